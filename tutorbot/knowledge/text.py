"""How the words of two texts are compared."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """The words of ``text``: runs of letters and digits, case-folded, compatibility characters resolved (NFKC)."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def squeezed(text: str) -> str:
    """``text`` as letters and digits only, case-folded: what stays the same when words are glued or hyphens lost."""
    return "".join(words(text))
