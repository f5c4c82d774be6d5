"""What servers lay over courses, with every version of it."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from tutorbot.curation.versions import Change, Version
from tutorbot.knowledge.fingerprint import Fingerprint
from tutorbot.knowledge.models import Source
from tutorbot.knowledge.overlay import Overlay


class KnowledgeStore(Protocol):
    """Keeps knowledge. Ids are Discord's, times unix seconds. Servers never see each other's."""

    async def overlay(self, guild: int, course: str) -> Overlay:
        """What the server lays over the course now."""
        ...

    async def save(
        self, guild: int, course: str, changes: Sequence[Change], *, who: int, at: float, why: str = ""
    ) -> Sequence[Version]:
        """Make new versions, all or none. Raises ConflictError if an entry has another version than was expected."""
        ...

    async def restore(
        self, guild: int, course: str, entry: str, number: int, *, who: int, at: float, expected: int, why: str = ""
    ) -> Version:
        """Make an earlier version the newest, as a new one; 0 is the course's own. Raises ConflictError, or LookupError if
        there is no version of that number.
        """
        ...

    async def current(self, guild: int, course: str, entry: str) -> Version | None:
        """The newest version of an entry; None if the server has not touched it."""
        ...

    async def history(self, guild: int, course: str, entry: str | None = None, limit: int = 50) -> Sequence[Version]:
        """The versions of an entry, or of all entries, the newest first."""
        ...

    async def add_source(
        self, guild: int, course: str, source: Source, fingerprint: Fingerprint, *, who: int, at: float
    ) -> None:
        """Keep a document's fingerprint, in place of an earlier one, so that its quotes can be proved."""
        ...

    async def sources(self, guild: int, course: str) -> Mapping[str, tuple[Source, Fingerprint]]:
        """The documents that the server has added, by id."""
        ...

    async def revisions(self) -> Mapping[int, int]:
        """For each server that changed anything, a number that rises with every change of its knowledge or its settings.

        Cheap enough to be asked every second.
        """
        ...
