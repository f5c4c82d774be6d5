"""What a course is made of: sources, works, citations, entries.

The models are frozen; the loader fills in what the YAML leaves to its place (an entry's topic). Names follow the project's
glossary: an *entry* is one thing to know, a *statement* its text in the lecture's own words, a *citation* the proof of it.
"""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from tutorbot.knowledge.text import squeezed

SLUG = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
WORK = r"^[a-z0-9-]+(?:\s*:\s*\S.*)?$"
LANGUAGE = r"^[a-z]{2,3}$"

Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=64)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Passage = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class Model(BaseModel):
    """Frozen, and no key that it does not know: a misspelt key is an error, not silence.

    The texts below the attributes are what an editor shows (through the JSON Schema).
    """

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Source(Model):
    """A lecture document. Its words are not kept here, only a fingerprint that proves quotes from it."""

    id: Slug
    title: Line
    """How the document is named in a source line."""
    kind: Literal["slides", "flashcards", "paper", "text"] = "text"
    """How a .txt of it is read: slides and cards have places of their own kind, everything else is paragraphs."""


class Work(Model):
    """Literature that the lecture credits, as the lecture prints it; ``erratum`` says what it prints wrong."""

    id: Slug
    authors: tuple[Line, ...] = Field(min_length=1)
    """Family names, as they are cited."""
    year: int | None = None
    title: Line | None = None
    aliases: tuple[Line, ...] = ()
    """Other ways to name the authors: first names, the lecture's misspelling."""
    erratum: Line | None = None
    """What the lecture prints wrong about the work, in one sentence."""

    def cited(self, pages: str | None = None) -> str:
        """How the work is named in a source line: ``Hooke (1665: 113)``, ``Hooke``."""
        inside = ": ".join(part for part in (str(self.year) if self.year else "", pages or "") if part)
        names = " and ".join(self.authors)
        return f"{names} ({inside})" if inside else names


class Citation(Model):
    """A verbatim quote, the place where it stands, and the work that the lecture credits for it.

    ``work`` is a work's id, with pages after a colon where the lecture gives them: ``hooke-1665: 113``.
    """

    source: Slug
    """A source's id."""
    locator: Line
    """The place in the source, as `tutorbot source add` prints it."""
    quote: Passage
    """The words that stand there, verbatim; spaces that the document lost may be put back."""
    work: Annotated[str, StringConstraints(pattern=WORK)] | None = None
    """The credited work's id, with pages after a colon."""

    @property
    def work_id(self) -> str | None:
        """The credited work's id, without pages."""
        return self.work.partition(":")[0].strip() if self.work else None

    @property
    def pages(self) -> str | None:
        """The pages that the lecture gives for the work."""
        return (self.work.partition(":")[2].strip() or None) if self.work else None


class Item(Model):
    """One item of a list: another entry, a text of the lecture, or both (the entry, shown by this text)."""

    entry: Slug | None = None
    """The id of the entry that the item stands for."""
    text: Passage | None = None
    """The item in the lecture's words; without it the entry's term and statement are shown."""

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.entry is None and self.text is None:
            raise ValueError("an item needs `entry`, `text` or both")
        return self


class AuthoredCard(Model):
    """A quiz card written by the course team. It has ``items`` (name them all), or a ``key``: with ``distractors`` it is chosen,
    else typed, and ``accept`` lists what is right besides the key."""

    question: Line
    key: Line | None = None
    """The right answer."""
    distractors: tuple[Line, ...] = Field(default=(), max_length=7)
    """Wrong answers to choose from."""
    accept: tuple[Line, ...] = ()
    """Other ways to write the key."""
    items: tuple[Line, ...] = ()
    """What the group names together, two or more."""

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if bool(self.items) == (self.key is not None):
            raise ValueError("a card needs `key` or `items`, not both")
        if sum(map(bool, (self.distractors, self.accept, self.items))) > 1:
            raise ValueError("a card has `distractors`, `accept` or `items`, only one of them")
        if len(self.items) == 1:
            raise ValueError("`items` needs at least two")
        texts = [squeezed(text) or text for text in (*filter(None, [self.key]), *self.distractors, *self.items)]
        if len(set(texts)) < len(texts):
            raise ValueError("the key, the distractors and the items must all differ")
        return self


class Entry(Model):
    """One thing to know: the smallest unit that is retrieved, cited and quizzed.

    An entry has a ``statement``, or ``items`` (then it is a list; a statement may lead it), or neither: then it is a bare item
    of a list and is shown within it. ``mended`` lists the typing errors of the lecture that statement and items put right
    (as printed: as it should read). ``compares`` marks an authored contrast between two or more entries.
    """

    id: Slug
    """Lower-case words joined by hyphens; it never changes, since answers and scores refer to it."""
    term: Line
    """What the entry is called; no other entry may be called so."""
    topic: Line
    """The group that it belongs to; the file's topic unless it is set here."""
    aliases: tuple[Line, ...] = ()
    """Other names for the very same thing."""
    statement: Passage | None = None
    """The lecture's own words, made of the quotes below."""
    items: tuple[Item, ...] = ()
    """The items of a list, in the lecture's order."""
    citations: tuple[Citation, ...] = Field(min_length=1)
    """Where it stands: every place of every document that says it."""
    mended: Mapping[str, str] = Field(default_factory=dict)
    """Typing errors of the lecture that statement and items put right (as printed: as it should read)."""
    compares: tuple[Slug, ...] = ()
    """The entries, two or more, that this one contrasts."""
    opposite: tuple[Slug, ...] = ()
    """Entries that mean the opposite."""
    related: tuple[Slug, ...] = ()
    """Entries to look at next."""
    same_as: tuple[Slug, ...] = ()
    """Entries that say the same in other words."""
    example_of: Slug | None = None
    """The entry that this one is an example of."""
    gloss: Line | None = None
    """An explanation in plain words by the course team, always shown as such."""
    errata: tuple[Line, ...] = ()
    """What the lecture prints wrong here, one sentence each."""
    questions: tuple[Line, ...] = ()
    """Sample questions, as a student would ask them."""
    cards: tuple[AuthoredCard, ...] = ()
    """Quiz cards besides those that are derived from the entry."""
    note: bool = False
    """A moderator's note: no lecture document proves it, and wherever it is shown it says so."""

    @property
    def is_list(self) -> bool:
        """Whether the entry is a list of items."""
        return bool(self.items)

    @property
    def is_bare(self) -> bool:
        """Whether the entry says nothing by itself and is shown within the list that it is an item of."""
        return self.statement is None and not self.items

    @property
    def names(self) -> tuple[str, ...]:
        """The term and its aliases."""
        return (self.term, *self.aliases)


class SampleQuestion(Model):
    """A question as a student would ask it, filed under the entry that answers it best; ``writer`` names its file."""

    entry: Slug
    text: Line
    writer: str


class Outside(Model):
    """Questions that the notes do not answer: near the subject and far from it."""

    near: tuple[Line, ...] = ()
    far: tuple[Line, ...] = ()


class CourseHead(Model):
    """What ``course.yaml`` says: the course's name, its lecture documents and the literature that they credit."""

    id: Slug
    title: Line
    language: Annotated[str, StringConstraints(pattern=LANGUAGE)] = "en"
    sources: tuple[Source, ...] = Field(min_length=1)
    works: tuple[Work, ...] = ()

    @cached_property
    def sources_by_id(self) -> Mapping[str, Source]:
        """Sources by id."""
        return {source.id: source for source in self.sources}

    @cached_property
    def works_by_id(self) -> Mapping[str, Work]:
        """Works by id."""
        return {work.id: work for work in self.works}


class Course(CourseHead):
    """A course as it is asked and quizzed: its entries with everything that they refer to. ``folder`` is where it came from."""

    entries: tuple[Entry, ...] = Field(min_length=1)
    questions: tuple[SampleQuestion, ...] = ()
    outside: Outside = Outside()
    folder: Path = Path()

    @cached_property
    def by_id(self) -> Mapping[str, Entry]:
        """Entries by id."""
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def lists_of(self) -> Mapping[str, tuple[Entry, ...]]:
        """For each entry id, the lists that it is an item of."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            for item in entry.items:
                if item.entry is not None:
                    found.setdefault(item.entry, []).append(entry)
        return {key: tuple(lists) for key, lists in found.items()}

    @cached_property
    def examples_of(self) -> Mapping[str, tuple[Entry, ...]]:
        """For each entry id, the entries that are examples of it."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            if entry.example_of is not None:
                found.setdefault(entry.example_of, []).append(entry)
        return {key: tuple(examples) for key, examples in found.items()}
