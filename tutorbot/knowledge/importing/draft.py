"""What is read out of one segment, before it has an id, credits and a place among the course's entries."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tutorbot.knowledge.importing.proposal import Doubt

LONGEST_QUOTE = 1_500
"""Characters; a passage of the course may have 2,000, and a person mends it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a segment: as printed, and without the bullet or number before it."""

    printed: str
    text: str

    @property
    def marked(self) -> bool:
        """Whether a bullet or number stood before it."""
        return self.printed != self.text


@dataclass(frozen=True, slots=True)
class Draft:
    """One thing to know. ``lines`` are its quote, ``parts`` the items that are things of their own (by the item's
    number). ``headed``: the term is only the heading above, which other drafts may share."""

    term: str
    locator: str
    lines: Sequence[str]
    statement: str | None = None
    items: Sequence[str] = ()
    parts: dict[int, "Draft"] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    question: str | None = None
    headed: bool = False


_MARK = re.compile(r"^(?:[-–•*‣▪●○◦→·](?=\s)|\(?\d{1,2}[.)](?=\s)|\(?[a-z][.)](?=\s))\s+(?=\S)")


def line(printed: str) -> Line:
    """A printed line, its mark taken off."""
    return Line(printed, _MARK.sub("", printed))


_NUMBER_WORDS = "two three four five six seven eight nine ten"
_NUMBERS = {word: number for number, word in enumerate(_NUMBER_WORDS.split(), start=2)}
_ANNOUNCED = re.compile(
    rf"\b(?P<number>[2-9]|1\d|{'|'.join(_NUMBERS)})\s+(?:[\w/-]+\s+){{0,2}}?[\w/-]*[a-rt-z]s\b", re.IGNORECASE
)
_LONGEST_LEAD = 120  # characters; a longer line is a sentence


def announced(text: str) -> int | None:
    """How many items a front or a lead says that there are: "3 dangers of …", "… is a function of four factors"."""
    if len(text) > _LONGEST_LEAD or text.rstrip().endswith((".", "!", ";")):
        return None
    found = _ANNOUNCED.search(text)
    if found is None:
        return None
    number = found["number"].casefold()
    return _NUMBERS.get(number) or int(number)


# What stands before a colon without being the name of what follows.
_NO_TERMS = """source sources note notes example examples case bottom in so thus summary question answer figure table reading link
see http https cf nb ps remember important it they he she we you i this these that those there"""
# What goes on with a sentence after its colon.
_CLAUSES = "and because but for if or so that then thus which while who"
_DEFINING = re.compile(r"^(?P<term>[^\s_a-z!-/][^:–—.!?;]{1,60}?)(?::| [–—]) (?P<rest>\S.*)", re.DOTALL)


def definition(text: str) -> tuple[str, str] | None:
    """A term and what it is: "Osmosis: the passage of …", "Cell – the smallest …"; None where the line is no definition."""
    found = _DEFINING.match(text)
    if found is None or len(found["rest"].split()) < 2 or len(found["term"].split()) > 6:
        return None
    if found["term"].split()[0].casefold() in _NO_TERMS.split():
        return None
    if found["rest"].split()[0].casefold() in _CLAUSES.split():
        return None
    if "(" in found["term"] and ")" not in found["term"]:
        return None
    rest = found["rest"]
    return found["term"].strip('“”" '), rest[:1].upper() + rest[1:]


def defined(text: str, locator: str) -> Draft | None:
    """The draft of a line that is a definition."""
    found = definition(text)
    return Draft(found[0], locator, (text,), statement=found[1]) if found else None


def cut(text: str, longest: int = LONGEST_QUOTE) -> list[str]:
    """``text`` in pieces of at most ``longest`` characters, cut after sentences where there are any, else between words."""
    pieces: list[str] = []
    while len(text) > longest:
        ends = [found.end() for found in re.finditer(r"[.!?;]\s", text[:longest])]
        at = ends[-1] if ends else text.rfind(" ", 1, longest)
        at = at if at > 0 else longest
        pieces.append(text[:at].strip())
        text = text[at:].strip()
    return [*pieces, text] if text else pieces


def grouped(rows: Sequence[Line]) -> list[list[Line]]:
    """Lines in groups that each fit one quote."""
    groups: list[list[Line]] = [[]]
    for row in rows:
        if groups[-1] and sum(len(one.printed) + 1 for one in groups[-1]) + len(row.printed) > LONGEST_QUOTE:
            groups.append([])
        groups[-1].append(row)
    return groups
