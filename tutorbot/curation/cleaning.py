"""Text that people typed or copied from Discord, as plain text."""

import re
import unicodedata

# Control and direction characters and those without width; a tab or another space becomes a space.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff]")
_FENCE = re.compile(r"```(?:\w*\n)?(.*?)\n?```", re.DOTALL)
_PAIRS = re.compile(r"(\*\*\*|\*\*|___|__|~~|\|\||``|`)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
_SINGLE = re.compile(r"(?<![\w*_\\])([*_])(?=[^\s*_])([^*_\n]+?)(?<=[^\s*_])\1(?![\w*_])")
_LINK = re.compile(r"\[([^\]\n]+)\]\((https?://[^\s)]+)\)")
_HEAD = re.compile(r"^(?:#{1,3}|-#|>{1,3})[ ]+", re.MULTILINE)
_DEEPEST = 8  # marks within marks; nobody means more
_MENTION = re.compile(r"@everyone|@here|<(?:@[!&]?|#|/[^:>]{1,80}:|a?:\w{1,40}:|id:)[\w:]*>")


def cleaned(text: str) -> str:
    """``text`` without Discord's markdown and unseen characters (NFC); spaces at the ends of lines and empty lines go."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _UNSEEN.sub(lambda found: " " if found[0].isspace() else "", text)
    for _depth in range(_DEEPEST):
        before, text = text, _without_marks(text)
        if text == before:
            break
    return text


def _without_marks(text: str) -> str:
    text = _SINGLE.sub(r"\2", _PAIRS.sub(r"\2", _FENCE.sub(r"\1", text)))
    text = _HEAD.sub("", _LINK.sub(r"\1 (\2)", text))
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def mention_in(text: str) -> str | None:
    """The first mention or custom emoji: it would be a number to everybody else."""
    found = _MENTION.search(text)
    return found[0] if found else None


def slug(text: str) -> str:
    """An id made of a text: at most 48 lower-case letters, digits and hyphens; empty if it has none of them."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")[:48].strip("-")
