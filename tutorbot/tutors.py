"""The tutor of each server: the shared course with that server's overlay, kept up to date from the store."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tutorbot.knowledge import Course
from tutorbot.knowledge.overlay import laid_over
from tutorbot.repeating import repeated
from tutorbot.store.guilds import GuildSettings, GuildStore
from tutorbot.store.knowledge import KnowledgeStore
from tutorbot.tutor import Tutor

_EVERY = 0.5
"""Seconds between two looks at the store: a change that another process saved is to be seen within a second."""


class Tutors:
    """Hands out tutors by server. A server without an overlay shares the course's own."""

    def __init__(self, shared: Tutor, knowledge: KnowledgeStore, guilds: GuildStore) -> None:
        """``shared`` answers from the course as it is, in private messages and on servers that changed nothing."""
        self.shared = shared
        self._base = shared
        self.knowledge = knowledge
        self._guilds = guilds
        self._tutors: dict[int, Tutor] = {}
        self._settings: dict[int, GuildSettings] = {}
        self._seen: dict[int, int] = {}
        self._refreshing = asyncio.Lock()

    def of(self, guild: int | None) -> Tutor:
        """The tutor of a server; None for a private conversation."""
        return self._tutors.get(guild, self.shared) if guild is not None else self.shared

    def course_of(self, guild: int | None) -> Course:
        """The course as a server has it."""
        return self.of(guild).course

    def settings_of(self, guild: int | None) -> GuildSettings:
        """A server's settings, as last seen in the store."""
        return self._settings.get(guild, GuildSettings()) if guild is not None else GuildSettings()

    async def refresh(self) -> None:
        """Take up what changed in the store since the last time. Raises StoreError."""
        async with self._refreshing:
            for guild, revision in (await self.knowledge.revisions()).items():
                if self._seen.get(guild) != revision:
                    await self._take_up(guild)
                    self._seen[guild] = revision

    async def renew(self, course: Course) -> None:
        """Answer from ``course`` from now on: the shared course as its files are now. Raises StoreError."""
        async with self._refreshing:
            self.shared = await asyncio.to_thread(self._base.overlaid, course, "files")
            self._seen.clear()
        await self.refresh()

    @asynccontextmanager
    async def kept_fresh(self) -> AsyncIterator[None]:
        """Refreshed twice a second meanwhile."""
        await self.refresh()
        async with repeated(self.refresh, _EVERY, trouble="What moderators changed cannot be taken up now"):
            yield

    async def _take_up(self, guild: int) -> None:
        self._settings[guild] = await self._guilds.settings(guild)
        course = self.shared.course
        overlay = await self.knowledge.overlay(guild, course.id)
        laid = await asyncio.to_thread(laid_over, course, overlay)
        if laid is course:
            self._tutors.pop(guild, None)
        else:
            self._tutors[guild] = await asyncio.to_thread(self._base.overlaid, laid, str(guild))
