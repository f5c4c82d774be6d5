"""Running text read into drafts: a paragraph is one thing to know, and a list one thing with its items."""

import re
from collections.abc import Sequence

from tutorbot.knowledge.importing.draft import Draft, Line, cut, defined, grouped, line
from tutorbot.knowledge.importing.naming import opening, term_of
from tutorbot.knowledge.importing.proposal import Doubt

_FEWEST_WORDS = 4  # of a paragraph that says something
_SHORT_LINE = 0.6  # of the page's longest line; a shorter one ends its paragraph
_SUBJECT = re.compile(
    r"^(?:An? |The )?(?P<term>[A-Za-z][\w’'-]*(?: [\w’'-]+){0,4}?) (?:is|are|means|refers to) (?=an?\b|the\b|any\b|when\b)"
)
_NO_SUBJECTS = "it this that these those there he she they we what which who one some such"


def read_paragraph(locator: str, heading: str, rows: Sequence[str]) -> list[Draft]:
    """The drafts of one paragraph under ``heading`` (which may be "")."""
    lines = [line(row) for row in rows]
    if len([row for row in lines if row.marked]) > 1:
        return [_list(locator, heading, group) for group in grouped([line(one) for row in rows for one in cut(row)])]
    text = " ".join(rows)
    if len(text.split()) < _FEWEST_WORDS:
        return []
    pieces = cut(text)
    return [
        Draft(
            *_named(piece, locator, heading if number == 0 else ""), doubts=_doubts(piece, heading, number, len(pieces))
        )
        for number, piece in enumerate(pieces)
    ]


def _list(locator: str, heading: str, rows: Sequence[Line]) -> Draft:
    """Marked lines as items, the lines before them as what leads the list; a line after an item goes on with it."""
    lead: list[str] = []
    items: list[str] = []
    for row in rows:
        if row.marked:
            items.append(row.text)
        elif items:
            items[-1] += f" {row.text}"
        else:
            lead.append(row.text)
    said = "\n".join(lead) or None
    parts = {at: part for at, item in enumerate(items) if (part := defined(item, locator))}
    term = term_of(heading) or opening(said or items[0])
    return Draft(term, locator, [row.printed for row in rows], said, items, parts, headed=bool(heading))


def _named(text: str, locator: str, heading: str) -> tuple[str, str, Sequence[str], str]:
    return subject(text) or term_of(heading) or opening(text), locator, (text,), text


def subject(text: str) -> str | None:
    """What a paragraph defines in its first words: "A tide is the rise …"."""
    found = _SUBJECT.match(text)
    if found is None or found["term"].split()[0].casefold() in _NO_SUBJECTS.split():
        return None
    return found["term"][:1].upper() + found["term"][1:]


def _doubts(text: str, heading: str, number: int, count: int) -> tuple[Doubt, ...]:
    named = bool(subject(text) or (heading and number == 0))
    return (*(() if named else (Doubt("no-heading"),)), *((Doubt("long"),) if count > 1 else ()))


def rejoined(rows: Sequence[str]) -> list[str]:
    """The paragraphs of a page whose lines were broken for the page's width."""
    made: list[str] = []
    width = max(map(len, rows), default=0)
    for at, row in enumerate(rows):
        before = rows[at - 1] if at else ""
        if before.endswith("-") and row[:1].islower():
            made[-1] = made[-1][:-1] + row
            continue
        sentence = before.endswith((".", "!", "?", ":", ";")) and row[:1].isupper()
        if not before or sentence or len(before) < _SHORT_LINE * width or line(row).marked:
            made.append(row)
        else:
            made[-1] += f" {row}"
    return made
