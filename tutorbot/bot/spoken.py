"""What people wrote, read as text."""

import re

_ESCAPED = re.compile(r"\\([^\w\s]|_)")
_MENTION = re.compile(r"<(?:@[!&]?|#|a?:\w+:)\d+>")
_INVISIBLE = "\u200b"


def without_mentions(text: str) -> str:
    """``text`` without mentions of people, roles and channels, and without a server's own emoji."""
    return _MENTION.sub(" ", text).strip()


def says_something(text: str) -> bool:
    """Whether there is a letter or a digit in it: emoji, signs and blanks alone ask nothing."""
    return any(sign.isalnum() for sign in text)


def one_line(text: str) -> str:
    """``text`` with every run of blanks and line breaks made one blank."""
    return " ".join(text.split())


def as_typed(shown: str) -> str:
    """The text that was shown through the filter ``plain`` in a small line, as it was typed."""
    return _ESCAPED.sub(r"\1", shown.removeprefix("-# ").replace(_INVISIBLE, ""))
