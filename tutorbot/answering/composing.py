"""From entries to what is shown of them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tutorbot.answering.answer import Answer, Choice, Passage, Point, Quote, Status
from tutorbot.knowledge import Course, Entry


def passage_of(course: Course, entry: Entry) -> Passage:
    """An entry as it is shown. A bare item of a list is shown as that list, with the item marked."""
    if entry.is_bare:
        whole = course.lists_of[entry.id][0]
        return Passage(
            entry=entry.id,
            term=whole.term,
            statement=whole.statement or "",
            citations=_quotes(course, whole),
            points=_points(course, whole, asked=entry.id),
            gloss=entry.gloss,
            errata=_errata(course, whole, entry),
            note=whole.note or entry.note,
        )
    return Passage(
        entry=entry.id,
        term=entry.term,
        statement=entry.statement or "",
        citations=_quotes(course, entry),
        points=_points(course, entry),
        gloss=entry.gloss,
        errata=_errata(course, entry),
        note=entry.note,
    )


def once(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """The passages, those that show one list as one, with all items marked that any of them marks."""
    found: list[Passage] = []
    for passage in passages:
        texts = [point.text for point in passage.points]
        at = next((at for at, one in enumerate(found) if texts and [point.text for point in one.points] == texts), None)
        if at is None:
            found.append(passage)
            continue
        before = found[at]
        pairs = zip(before.points, passage.points, strict=True)
        points = tuple(replace(one, asked=one.asked or other.asked) for one, other in pairs)
        errata = tuple(dict.fromkeys((*before.errata, *passage.errata)))
        found[at] = replace(before, points=points, gloss=None, errata=errata)
    return tuple(found)


def shown_text(course: Course, entry: Entry) -> str:
    """What is shown of an entry in words, without its place."""
    passage = passage_of(course, entry)
    return " ".join([passage.term, passage.statement, *(point.text for point in passage.points)])


def choice_of(entry: Entry) -> Choice:
    """An entry as it is offered."""
    return Choice(entry.id, entry.term)


def credit_of(course: Course, entry: Entry) -> str | None:
    """The works that the lecture credits for an entry, the first citation's first; None if it credits none."""
    works = dict.fromkeys(quote.work for quote in _quotes(course, entry) if quote.work)
    return "; ".join(works) or None


def combined(question: str, parts: Sequence[Answer], left: Sequence[str] = ()) -> Answer:
    """The answers to the several questions of one message, as one; ``left`` are those of them that are not answered."""
    answered = {entry for part in parts for entry in part.entries}
    return Answer(
        question,
        Status.ANSWERED,
        parts[0].kind,
        passages=once(
            passage
            for part in parts
            for passage in part.passages
            if not passage.alternative or passage.entry not in answered
        ),
        credit=parts[0].credit if len(parts) == 1 else None,
        left=tuple(left),
        confidence=min(part.confidence for part in parts),
    )


def _points(course: Course, entry: Entry, asked: str | None = None) -> tuple[Point, ...]:
    found = []
    for item in entry.items:
        target = course.by_id.get(item.entry) if item.entry else None
        text = item.text or ""
        if not text and target is not None:
            text = f"{target.term}: {target.statement}" if target.statement else target.term
        found.append(Point(text, item.entry, asked=asked is not None and item.entry == asked))
    return tuple(found)


def _quotes(course: Course, entry: Entry) -> tuple[Quote, ...]:
    return tuple(
        Quote(
            source=citation.source,
            title=course.sources_by_id[citation.source].title,
            locator=citation.locator,
            quote=citation.quote,
            work=course.works_by_id[citation.work_id].cited(citation.pages) if citation.work_id else None,
        )
        for citation in entry.citations
    )


def _errata(course: Course, *entries: Entry) -> tuple[str, ...]:
    lines = [line for entry in entries for line in entry.errata]
    for entry in entries:
        for citation in entry.citations:
            work = course.works_by_id[citation.work_id] if citation.work_id else None
            if work is not None and work.erratum:
                lines.append(work.erratum)
    return tuple(dict.fromkeys(lines))
