"""A server's changes, laid over a course that servers share: entries added or put in place of others, hidden ones, questions."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar

from tutorbot.errors import CourseError
from tutorbot.knowledge.models import Citation, Course, Entry, Line, Model, SampleQuestion, Source, Work

_Part = TypeVar("_Part", Source, Work)

WRITER = "moderators"
"""The writer of the sample questions that an overlay adds."""


class Laid(Model):
    """What a server lays over one entry. ``Laid()`` leaves the course's own as it is."""

    entry: Entry | None = None
    """The entry that is added, or that stands in place of the course's."""
    hidden: bool = False
    questions: tuple[Line, ...] = ()
    """Sample questions besides the entry's own."""
    sources: tuple[Source, ...] = ()
    """Sources that the entry cites and the course does not have."""
    works: tuple[Work, ...] = ()
    """Works that the entry credits and the course does not have."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """All that a server lays over a course, by the entry's id."""

    laid: Mapping[str, Laid] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def hidden(self) -> frozenset[str]:
        """The ids that are hidden."""
        return frozenset(key for key, laid in self.laid.items() if laid.hidden)


def laid_over(course: Course, overlay: Overlay) -> Course:
    """The course as the server has it. What the overlay does not touch is shared, not copied.

    Relations to hidden entries vanish and lists drop them; an entry that then says nothing and is in no list goes, too. What is
    added stands at the end, in the overlay's order.

    Raises CourseError if nothing would be left.
    """
    changed = {key: laid for key, laid in overlay.laid.items() if laid != Laid()}
    if not changed:
        return course
    sources = _joined(course.sources, (source for laid in changed.values() for source in laid.sources))
    works = _joined(course.works, (work for laid in changed.values() for work in laid.works))
    entries = _entries(course, changed, {work.id for work in works})
    if not entries:
        raise CourseError(f"The course `{course.id}` would have no entry left; keep one of them.")
    shown = {entry.id for entry in entries}
    # a source that the course no longer has is named by its id, rather than not at all
    cited = (Source(id=citation.source, title=citation.source) for one in _own(changed) for citation in one.citations)
    # not model_copy: it would take over what the course has cached (by_id and the like)
    return Course.model_construct(
        id=course.id,
        title=course.title,
        language=course.language,
        sources=_joined(sources, cited),
        works=works,
        entries=entries,
        questions=tuple(_questions(course, changed, shown)),
        outside=course.outside,
        folder=course.folder,
    )


def _entries(course: Course, changed: Mapping[str, Laid], works: Collection[str]) -> tuple[Entry, ...]:
    entries = [entry for entry in (_laid(entry, changed) for entry in course.entries) if entry is not None]
    entries += [
        laid.entry
        for key, laid in changed.items()
        if laid.entry is not None and not laid.hidden and key not in course.by_id
    ]
    own = {entry.id for entry in _own(changed)}
    entries = [_credited(entry, works) if entry.id in own else entry for entry in entries]
    touched, before = own, set(course.by_id) | own
    while True:
        known = {entry.id for entry in entries}
        gone = before - known
        entries = [_without(entry, known) if gone or entry.id in touched else entry for entry in entries]
        in_lists = {item.entry for entry in entries for item in entry.items}
        # every bare entry of a sound course is in a list; one that is in none has nothing to show
        kept = [entry for entry in entries if not entry.is_bare or entry.id in in_lists]
        if len(kept) == len(entries):
            return tuple(entries)
        entries = kept


def _laid(entry: Entry, changed: Mapping[str, Laid]) -> Entry | None:
    laid = changed.get(entry.id)
    if laid is None:
        return entry
    return None if laid.hidden else (laid.entry or entry)


def _own(changed: Mapping[str, Laid]) -> Iterator[Entry]:
    """The overlay's own entries that are shown."""
    return (laid.entry for laid in changed.values() if laid.entry is not None and not laid.hidden)


def _credited(entry: Entry, works: Collection[str]) -> Entry:
    """The entry without credits to works that nobody describes."""
    if all(citation.work_id is None or citation.work_id in works for citation in entry.citations):
        return entry
    citations = tuple(_uncredited(citation, works) for citation in entry.citations)
    return entry.model_copy(update={"citations": citations})


def _uncredited(citation: Citation, works: Collection[str]) -> Citation:
    return citation if citation.work_id in works else citation.model_copy(update={"work": None})


def _without(entry: Entry, known: Collection[str]) -> Entry:
    """The entry with relations to known entries only; itself if it has no others."""
    update: dict[str, object] = {}
    for name in ("compares", "opposite", "related", "same_as"):
        ids: tuple[str, ...] = getattr(entry, name)
        if any(one not in known for one in ids):
            kept = tuple(one for one in ids if one in known)
            update[name] = () if name == "compares" and len(kept) == 1 else kept  # nothing left to contrast with
    if any(item.entry is not None and item.entry not in known for item in entry.items):
        update["items"] = tuple(item for item in entry.items if item.entry is None or item.entry in known)
    if entry.example_of is not None and entry.example_of not in known:
        update["example_of"] = None
    return entry.model_copy(update=update) if update else entry


def _questions(course: Course, changed: Mapping[str, Laid], shown: Collection[str]) -> Iterator[SampleQuestion]:
    replaced = {key for key, laid in changed.items() if laid.entry is not None}
    for question in course.questions:
        if question.entry in shown and not (question.writer == "entry" and question.entry in replaced):
            yield question
    for key, laid in changed.items():
        if key not in shown:
            continue
        if laid.entry is not None:
            yield from (SampleQuestion(entry=key, text=text, writer="entry") for text in laid.entry.questions)
        yield from (SampleQuestion(entry=key, text=text, writer=WRITER) for text in laid.questions)


def _joined(first: tuple[_Part, ...], more: Iterable[_Part]) -> tuple[_Part, ...]:
    """The parts, each id once."""
    known = {part.id: part for part in first}
    for part in more:
        known.setdefault(part.id, part)
    return first if len(known) == len(first) else tuple(known.values())
