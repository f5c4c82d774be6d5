"""What an import gives: proposals of entries, each to be accepted, mended or dropped by a person."""

from dataclasses import dataclass
from typing import Literal

from tutorbot.knowledge.documents import Segment
from tutorbot.knowledge.models import Entry, Source, Work

DoubtKind = Literal["glued", "credit", "no-heading", "long", "list", "unproved"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a person should look at.

    ``glued``: ``words`` may still be glued or misspelt. ``credit``: ``words`` are read as the credited work's name, and the
    course does not have it. ``no-heading``: the document gives no name, so the term is made of the words before or of the
    first ones. ``long``: the text was cut into several entries. ``list``: the front announces another number of items.
    ``unproved``: the document does not prove the quote, which is short and stands in two cards of one name.
    """

    kind: DoubtKind
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An entry of the course, or an earlier proposal of the file, that seems to say the same. ``score`` is 0..1."""

    id: str
    term: str
    where: Literal["course", "file"]
    by: Literal["name", "text", "meaning"]
    score: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """An entry as the document gives it. ``works`` are those that its citations credit and that the course does not have;
    ``part_of`` is the id of the list proposal that it is an item of."""

    entry: Entry
    doubts: tuple[Doubt, ...] = ()
    duplicate_of: Duplicate | None = None
    works: tuple[Work, ...] = ()
    part_of: str | None = None

    @property
    def id(self) -> str:
        """The entry's id."""
        return self.entry.id

    @property
    def term(self) -> str:
        """What the entry is called."""
        return self.entry.term

    @property
    def locator(self) -> str:
        """Where in the document it stands."""
        return self.entry.citations[0].locator

    @property
    def quote(self) -> str:
        """The words of the document, verbatim but for lost spaces."""
        return self.entry.citations[0].quote


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a whole file gives. ``segments`` make the source's fingerprint; YAML of the project has none. ``unread`` are the
    places of cards and pages that hold no text (a picture alone)."""

    name: str
    source: Source
    proposals: tuple[Proposal, ...]
    segments: tuple[Segment, ...] = ()
    unread: tuple[str, ...] = ()
