"""Writing into a picture, in a font that is there on every machine: DejaVu, which comes with matplotlib."""

import unicodedata
from functools import cache
from pathlib import Path

import matplotlib
from PIL import ImageFont

_FILES = {False: "DejaVuSans.ttf", True: "DejaVuSans-Bold.ttf"}
_UNKNOWN = "\uffff"
"""No font has a shape for this; what looks the same is not in the font either."""

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINED = "AL"
"""Arabic letters change their shape with their neighbours; one by one they cannot be read."""


@cache
def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """DejaVu Sans. Laid out letter by letter: with the finer layout a picture would depend on what the machine has installed."""
    file = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / _FILES[bold]
    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)


def drawable(text: str) -> str:
    """``text`` on one line without what the font has no shapes for (coloured emoji, Chinese, …), right-to-left words turned round."""
    composed = unicodedata.normalize("NFKC", text)
    kept = "".join(" " if sign.isspace() else sign for sign in composed if sign.isspace() or _known(sign))
    words = [
        word[::-1] if any(unicodedata.bidirectional(sign) == "R" for sign in word) else word for word in kept.split()
    ]
    return " ".join(words)


def fitted(text: str, size: int, width: float, *, bold: bool = False) -> str:
    """``text``, cut with an ellipsis to at most ``width`` pixels."""
    wanted = font(size, bold=bold)
    if wanted.getlength(text) <= width:
        return text
    while text and wanted.getlength(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


@cache
def _known(sign: str) -> bool:
    if unicodedata.category(sign) in _INVISIBLE or unicodedata.bidirectional(sign) == _JOINED:
        return False
    probe = font(24)
    shape, missing = probe.getmask(sign), probe.getmask(_UNKNOWN)
    return (shape.size, bytes(shape)) != (missing.size, bytes(missing))
