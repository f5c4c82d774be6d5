"""Flashcards read into drafts: the front names, the back says."""

import re
from collections.abc import Sequence

from tutorbot.knowledge.importing.draft import LONGEST_QUOTE, Draft, Line, announced, cut, defined, grouped, line
from tutorbot.knowledge.importing.naming import term_of
from tutorbot.knowledge.importing.proposal import Doubt

_LONGEST_FRONT = 300  # characters; a longer one is no name, and is left out of the quote
_LONG = 600  # characters of a back with several paragraphs, from which on each is a point of its own


def read_card(locator: str, front: str, back: Sequence[str]) -> list[Draft]:
    """The drafts of one card: one, or several where the back is too long for one quote."""
    question = front if front.endswith("?") and len(front) <= 300 else None
    rows = [line(row) for text in back for row in cut(text)]
    made: list[Draft] = []
    for number, group in enumerate(grouped(rows)):
        quote = [*([front] if number == 0 and len(front) <= _LONGEST_FRONT else []), *(row.printed for row in group)]
        lead, items = _items(front, group)
        doubts: tuple[Doubt, ...] = ()
        count = announced(front)
        if count and items and count != len(items):
            doubts += (Doubt("list", (str(count), str(len(items)))),)
        if number or sum(len(row.printed) for row in rows) > LONGEST_QUOTE:
            doubts += (Doubt("long"),)
        parts = {at: part for at, item in enumerate(items) if (part := defined(item, locator))}
        made.append(
            Draft(term_of(front), locator, quote, lead, items, parts, doubts, question if number == 0 else None)
        )
    return made


def _items(front: str, rows: Sequence[Line]) -> tuple[str | None, Sequence[str]]:
    """The back as a statement and items; the items may be marked, announced by the front, or long paragraphs."""
    texts = [row.text for row in rows]
    marked = [at for at, row in enumerate(rows) if row.marked]
    if len(marked) > 1:
        items: list[str] = []
        for row in rows[marked[0] :]:
            if row.marked:
                items.append(row.text)
            else:
                items[-1] += f" {row.text}"
        return "\n".join(texts[: marked[0]]) or None, items
    count = announced(front)
    if count and len(texts) == count:
        return None, texts
    if count and len(texts) == 1:
        for sign in ("; ", ", "):
            items = [item.strip().rstrip(".") for item in texts[0].split(sign)]
            if len(items) == count and all(items) and not re.match(r"(?:and|or) ", items[-1]):
                return None, items
    if len(texts) > 1 and sum(map(len, texts)) > _LONG:
        return None, texts
    alone = marked[0] if len(marked) == 1 else None  # a bullet that makes no list
    return "\n".join(row.text if at == alone else row.printed for at, row in enumerate(rows)), ()
