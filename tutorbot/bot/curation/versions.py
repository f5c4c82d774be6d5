"""Entries as a server has them, with their versions."""

from collections.abc import Sequence
from dataclasses import dataclass

from tutorbot.bot.curation.parts import Parts
from tutorbot.curation.versions import Version
from tutorbot.knowledge.models import Entry
from tutorbot.knowledge.overlay import Laid

_ALL = 100_000


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry in full, hidden or not, and what the server lays over it; ``number`` is that version's, 0 for the course's own."""

    entry: Entry
    laid: Laid | None
    number: int


class Versions:
    """Reads the versions of a server's entries. Raises StoreError."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def seen(self, guild: int, entry: str) -> Seen | None:
        """The entry as it stands now; None if there never was one, or an added one was undone."""
        course = self._parts.course(guild)
        newest = await self._parts.knowledge.current(guild, course.id, entry)
        laid = newest.laid if newest else None
        own = (laid.entry if laid else None) or self._own(guild, entry)
        return Seen(own, laid, newest.number if newest else 0) if own is not None else None

    async def at(self, guild: int, entry: str, number: int) -> Laid | None:
        """What was laid over an entry by a version; with the course's own in full where it was untouched."""
        course = self._parts.course(guild)
        rows = await self._parts.knowledge.history(guild, course.id, entry, _ALL)
        return self.full(guild, entry, next((one.laid for one in rows if one.number == number), None))

    async def before(self, version: Version) -> Laid | None:
        """What was laid over the entry before a version."""
        return await self.at(version.guild, version.entry, version.number - 1)

    async def last_text(self, guild: int, entry: str) -> Entry | None:
        """The newest version of an entry that says something: what an undone addition was."""
        course = self._parts.course(guild)
        rows = await self._parts.knowledge.history(guild, course.id, entry, _ALL)
        return next((one.laid.entry for one in rows if one.laid.entry is not None), None) or self._own(guild, entry)

    def full(self, guild: int, entry: str, laid: Laid | None) -> Laid | None:
        """With the course's own entry where the server has none of its own; None if there is neither."""
        laid = laid or Laid()
        own = laid.entry or self._own(guild, entry)
        return laid.model_copy(update={"entry": own}) if own is not None else None

    async def named(self, versions: Sequence[Version]) -> list[str]:
        """The term of each version's entry."""
        terms = []
        for version in versions:
            entry = version.laid.entry or await self.last_text(version.guild, version.entry)
            terms.append(entry.term if entry else version.entry)
        return terms

    def is_shared(self, guild: int, entry: str) -> bool:
        """Whether the shared course has the entry."""
        return self._own(guild, entry) is not None

    def _own(self, guild: int, entry: str) -> Entry | None:
        return self._parts.shared(guild).by_id.get(entry)
