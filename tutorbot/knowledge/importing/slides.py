"""Slides read into drafts: headings apart from content, announced lists, definitions, and the points that remain."""

import re
from collections.abc import Sequence

from tutorbot.knowledge.importing.credits import credits_of, without_credit
from tutorbot.knowledge.importing.draft import Draft, Line, announced, cut, defined, definition, grouped, line
from tutorbot.knowledge.importing.naming import opening, term_of
from tutorbot.knowledge.importing.proposal import Doubt

_LONGEST_TITLE = 12  # words
_SHORT_TITLE = 8
_ONE_THING = 700  # characters of a definition with the points that explain it
_POINTS_OF_ONE_THING = 6
_SMALL = "a an and as at by for from in into of on or per the to vs vs. with –"


def read_slide(locator: str, heading: str, printed: Sequence[str], *, first: bool = True) -> list[Draft]:
    """The drafts of a slide's lines, or of one paragraph of it (``first``: its first); ``heading`` may be ""."""
    rows = [line(row) for text in printed for row in cut(text)]
    groups = grouped(rows)
    made: list[Draft] = []
    for number, group in enumerate(groups):
        doubts: tuple[Doubt, ...] = (Doubt("long"),) if len(groups) > 1 else ()
        if not (first and number == 0):
            doubts += (Doubt("no-heading"),)
        made += _drafts(locator, heading, group, doubts)
    return made


def _drafts(locator: str, heading: str, rows: Sequence[Line], doubts: tuple[Doubt, ...]) -> list[Draft]:
    titles = _titles(rows)
    lists, points = _announced_lists(locator, rows[len(titles) :])
    if titles:
        doubts = tuple(doubt for doubt in doubts if doubt.kind != "no-heading")
    if not points:
        return lists
    lead = "\n".join(title.text for title in titles[:-1]) or None
    term = term_of(without_credit(titles[-1].text)) if titles else term_of(heading)
    if not term:
        term, doubts = opening(points[0].text), (*doubts, Doubt("no-heading"))
    headed = not titles
    quote = [row.printed for row in rows]
    texts = [point.text for point in points]
    only = [at for at, text in enumerate(texts) if definition(text)]
    if only == [0] and not titles and len(texts) <= _POINTS_OF_ONE_THING and sum(map(len, texts)) <= _ONE_THING:
        name, said = definition(texts[0]) or ("", "")
        kept = tuple(doubt for doubt in doubts if doubt.kind != "no-heading")
        return [
            *lists,
            Draft(
                name,
                locator,
                [point.printed for point in points] if not lists else quote,
                "\n".join([said, *texts[1:]]),
                doubts=kept,
            ),
        ]
    if len(texts) == 1:
        return [
            *lists,
            Draft(term, locator, quote, "\n".join(filter(None, [lead, texts[0]])), doubts=doubts, headed=headed),
        ]
    parts = {at: part for at, text in enumerate(texts) if (part := defined(text, locator))}
    return [*lists, Draft(term, locator, quote, lead, texts, parts, doubts, headed=headed)]


def _titles(rows: Sequence[Line]) -> Sequence[Line]:
    """The lines at the beginning that name what follows."""
    count = 0
    while count < len(rows) - 1 and _is_title(rows[count], rows[count + 1 :], first=count == 0):
        count += 1
    # what follows the title that credits a work is about that work
    credited = next((at for at, row in enumerate(rows[:count]) if credits_of(row.text)), count - 1)
    return rows[: credited + 1]


def _is_title(row: Line, following: Sequence[Line], *, first: bool) -> bool:
    held = row.text.split()
    if row.marked or len(held) > _LONGEST_TITLE or re.search(r"[.!?;:…,]$", row.text) or announced(row.text):
        return False
    if row.text.isupper() or _in_title_case(held) or (credits_of(row.text) and without_credit(row.text) != row.text):
        return not definition(without_credit(row.text))
    # A short first line over long ones; "cf." and a dash make it a point.
    longer = sum(len(one.text.split()) for one in following) / len(following)
    return (
        first
        and len(held) <= _SHORT_TITLE
        and len(following) > 1
        and longer >= 2 * len(held)
        and not definition(row.text)
    )


def _in_title_case(held: Sequence[str]) -> bool:
    counted = [word for word in held if word.casefold() not in _SMALL.split()]
    capital = sum(not word[0].islower() for word in counted)
    return len(counted) > 1 and capital == len(counted) and any(word.isalpha() for word in counted)


def _announced_lists(locator: str, rows: Sequence[Line]) -> tuple[list[Draft], list[Line]]:
    """Leads such as "2 risks of …" with as many lines after them; and the lines that belong to no such list."""
    lists: list[Draft] = []
    points: list[Line] = []
    at = 0
    while at < len(rows):
        count = announced(rows[at].text)
        items = rows[at + 1 : at + 1 + count] if count else []
        if count and len(items) == count:
            texts = [item.text for item in items]
            parts = {number: part for number, text in enumerate(texts) if (part := defined(text, locator))}
            quote = [row.printed for row in rows[at : at + 1 + count]]
            lists.append(Draft(term_of(rows[at].text), locator, quote, None, texts, parts))
            at += 1 + count
        else:
            points.append(rows[at])
            at += 1
    return lists, points
