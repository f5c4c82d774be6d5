"""What a course is made of: sources, works, citations, entries.

The models are frozen; the loader fills in what the YAML leaves to its place (an entry's topic). Names follow the project's
glossary: an *entry* is one thing to know, a *statement* its text in the lecture's own words, a *citation* the proof of it.
"""

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=64)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Passage = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]

_WORK = re.compile(r"^(?P<id>[a-z0-9-]+)(?:\s*:\s*(?P<pages>\S.*))?$")


class Model(BaseModel):
    """Frozen, and no key that it does not know: a misspelt key is an error, not silence."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Model):
    """A lecture document. Its words are not kept here, only a fingerprint that proves quotes from it."""

    id: Slug
    title: Line
    kind: Literal["slides", "flashcards", "paper", "text"] = "text"


class Work(Model):
    """Literature that the lecture credits, as the lecture prints it; ``erratum`` says what it prints wrong."""

    id: Slug
    authors: tuple[Line, ...] = Field(min_length=1)
    year: int | None = None
    title: Line | None = None
    aliases: tuple[Line, ...] = ()
    erratum: Line | None = None

    def cited(self, pages: str | None = None) -> str:
        """How the work is named in a source line: ``Snyder (1990: 106)``, ``Held``."""
        inside = ": ".join(part for part in (str(self.year) if self.year else "", pages or "") if part)
        names = " and ".join(self.authors)
        return f"{names} ({inside})" if inside else names


class Citation(Model):
    """A verbatim quote, the place where it stands, and the work that the lecture credits for it.

    ``work`` is a work's id, with pages after a colon where the lecture gives them: ``snyder-1990: 106``.
    """

    source: Slug
    locator: Line
    quote: Passage
    work: Annotated[str, StringConstraints(pattern=_WORK.pattern)] | None = None

    @property
    def work_id(self) -> str | None:
        """The credited work's id, without pages."""
        return self._work("id")

    @property
    def pages(self) -> str | None:
        """The pages that the lecture gives for the work."""
        return self._work("pages")

    def _work(self, part: str) -> str | None:
        found = _WORK.match(self.work) if self.work else None
        return found[part] if found else None


class Item(Model):
    """One item of a list: another entry, a text of the lecture, or both (the entry, shown by this text)."""

    entry: Slug | None = None
    text: Passage | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.entry is None and self.text is None:
            raise ValueError("an item needs `entry`, `text` or both")
        return self


class Entry(Model):
    """One thing to know: the smallest unit that is retrieved, cited and quizzed.

    An entry has a ``statement``, or ``items`` (then it is a list; a statement may lead it), or neither: then it is a bare item
    of a list and is shown within it. ``mended`` lists the typing errors of the lecture that statement and items put right
    (as printed: as it should read). ``compares`` marks an authored contrast between two or more entries.
    """

    id: Slug
    term: Line
    topic: Line
    aliases: tuple[Line, ...] = ()
    statement: Passage | None = None
    items: tuple[Item, ...] = ()
    citations: tuple[Citation, ...] = Field(min_length=1)
    mended: Mapping[str, str] = Field(default_factory=dict)
    compares: tuple[Slug, ...] = ()
    opposite: tuple[Slug, ...] = ()
    related: tuple[Slug, ...] = ()
    same_as: tuple[Slug, ...] = ()
    example_of: Slug | None = None
    gloss: Line | None = None
    errata: tuple[Line, ...] = ()
    questions: tuple[Line, ...] = ()

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


class Course(Model):
    """A course as it is asked and quizzed: its entries with everything that they refer to. ``folder`` is where it came from."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    id: Slug
    title: Line
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")] = "en"
    sources: tuple[Source, ...] = Field(min_length=1)
    works: tuple[Work, ...] = ()
    entries: tuple[Entry, ...] = Field(min_length=1)
    questions: tuple[SampleQuestion, ...] = ()
    outside: Outside = Outside()
    folder: Path = Path()

    @cached_property
    def by_id(self) -> Mapping[str, Entry]:
        """Entries by id."""
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def sources_by_id(self) -> Mapping[str, Source]:
        """Sources by id."""
        return {source.id: source for source in self.sources}

    @cached_property
    def works_by_id(self) -> Mapping[str, Work]:
        """Works by id."""
        return {work.id: work for work in self.works}

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
