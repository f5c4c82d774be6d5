"""The smallest part of a document that a locator names."""

from dataclasses import dataclass

_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a document: its locator and its text as printed."""

    locator: str
    text: str


def place(kind: str, name: str) -> str:
    """A locator short enough for a citation's line, with room for a paragraph's number."""
    name = " ".join(name.split())
    return f"{kind}: {name if len(name) <= _LONGEST_NAME else name[:_LONGEST_NAME] + '…'}"


def numbered(kind: str, number: int, name: str) -> str:
    """The locator of a numbered part: ``slide 4: What a cell is``, ``slide 4`` if it has no name."""
    return place(f"{kind} {number}", name) if name.strip() else f"{kind} {number}"
