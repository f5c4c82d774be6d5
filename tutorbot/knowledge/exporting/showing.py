"""What an export shows of an entry, the same in every format."""

from collections.abc import Sequence
from dataclasses import dataclass

from tutorbot.knowledge.models import Citation, Course, Entry


@dataclass(frozen=True, slots=True)
class Labels:
    """The words that stand before an explanation by the course team, a correction of the lecture, and a moderator's entry."""

    gloss: str
    erratum: str
    note: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where it stands, in one line, and the words that stand there."""

    line: str
    quote: str


def points(course: Course, entry: Entry) -> Sequence[str]:
    """The items of a list as they are shown."""
    shown = []
    for item in entry.items:
        target = course.by_id.get(item.entry) if item.entry else None
        text = item.text
        if text is None and target is not None:
            text = f"{target.term}: {target.statement}" if target.statement else target.term
        shown.append(text or item.entry or "")
    return shown


def places(course: Course, entry: Entry) -> Sequence[Place]:
    """The citations of an entry."""
    return [Place(_line(course, citation), citation.quote) for citation in entry.citations]


def errata(course: Course, entry: Entry) -> Sequence[str]:
    """What the lecture prints wrong about the entry and the works that it credits."""
    works = [course.works_by_id.get(citation.work_id or "") for citation in entry.citations]
    return list(dict.fromkeys([*entry.errata, *(work.erratum for work in works if work and work.erratum)]))


def _line(course: Course, citation: Citation) -> str:
    source = course.sources_by_id.get(citation.source)
    work = course.works_by_id.get(citation.work_id or "")
    parts = [source.title if source else citation.source, citation.locator, work.cited(citation.pages) if work else ""]
    return " · ".join(filter(None, parts))
