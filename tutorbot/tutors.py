"""The tutor of each server: the course that it chose with that server's overlay, kept up to date from the store."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress

from tutorbot.courses import Courses
from tutorbot.errors import CourseError, StoreError, TutorbotError
from tutorbot.knowledge import Course
from tutorbot.knowledge.overlay import laid_over
from tutorbot.repeating import repeated
from tutorbot.store.guilds import GuildSettings, GuildStore
from tutorbot.store.knowledge import KnowledgeStore
from tutorbot.tutor import Tutor

_EVERY = 0.5
"""Seconds between two looks at the store: a change that another process saved is to be seen within a second."""

_log = logging.getLogger(__name__)


class Tutors:
    """Hands out tutors by server. Servers of one course share it; one without an overlay has the course's own tutor."""

    def __init__(self, courses: Courses, knowledge: KnowledgeStore, guilds: GuildStore) -> None:
        self.courses = courses
        self.failed: set[str] = set()
        """The courses that could not be opened when they were last wanted."""
        self._knowledge = knowledge
        self._guilds = guilds
        self._using: dict[int, str] = {}
        self._overlaid: dict[int, Tutor] = {}
        self._settings: dict[int, GuildSettings] = {}
        self._seen: dict[int, int] = {}
        self._opening: dict[str, asyncio.Task[None]] = {}
        self._refreshing = asyncio.Lock()
        self._tell: list[Callable[[int], object]] = []

    def watch(self, tell: Callable[[int], object]) -> None:
        """Have a server's id told whenever it gets another tutor."""
        self._tell.append(tell)

    def of(self, guild: int | None) -> Tutor:
        """The tutor of a server; None for a private conversation."""
        held = self._overlaid.get(guild) if guild is not None else None
        return held or self.shared(guild)

    def shared(self, guild: int | None) -> Tutor:
        """The tutor of a server's course as it is for all, without what the server laid over it."""
        using = self._using.get(guild) if guild is not None else None
        tutor = self.courses.get(using or self.courses.default)
        assert tutor is not None  # what a server uses is not let go
        return tutor

    def course_of(self, guild: int | None) -> Course:
        """The course as a server has it."""
        return self.of(guild).course

    def settings_of(self, guild: int | None) -> GuildSettings:
        """A server's settings, as last seen in the store."""
        return self._settings.get(guild, GuildSettings()) if guild is not None else GuildSettings()

    def opening(self, guild: int) -> "asyncio.Task[None] | None":
        """What opens the course that a server chose, while that goes on; the server goes on meanwhile with what it had."""
        return self._opening.get(self.settings_of(guild).course or "")

    async def refresh(self) -> None:
        """Take up what changed in the store since the last time. Raises StoreError."""
        async with self._refreshing:
            for guild, revision in (await self._knowledge.revisions()).items():
                if self._seen.get(guild) != revision:
                    await self._take_up(guild)
                    self._seen[guild] = revision
            self.courses.keep({*self._using.values(), *self._opening})

    async def renew(self, courses: Sequence[Course]) -> None:
        """Answer from ``courses`` from now on: those of them that are open, as their files are now. What could not be opened is
        tried again. Raises StoreError.
        """
        async with self._refreshing:
            renewed = {course.id: course for course in courses if self.courses.get(course.id) is not None}
            for course in renewed.values():
                await self.courses.renew(course)
            for guild in list(self._seen):
                using = self._using[guild]
                if using in renewed or self._wanted(guild) != using:
                    del self._seen[guild]
        await self.refresh()

    @asynccontextmanager
    async def kept_fresh(self) -> AsyncIterator[None]:
        """Refreshed twice a second meanwhile. Before, the courses that servers chose are opened."""
        try:
            await self.refresh()
            if self._opening:
                await asyncio.wait(self._opening.values())
            async with repeated(self.refresh, _EVERY, trouble="What moderators changed cannot be taken up now"):
                yield
        finally:
            async with self._refreshing:  # nothing is cut off while it reads the store
                for task in self._opening.values():
                    task.cancel()
            await asyncio.gather(*self._opening.values(), return_exceptions=True)

    def _wanted(self, guild: int) -> str:
        return self.settings_of(guild).course or self.courses.default

    async def _take_up(self, guild: int) -> None:
        self._settings[guild] = await self._guilds.settings(guild)
        using = self._usable(guild)
        shared = self.courses.get(using)
        assert shared is not None  # it is usable
        overlay = await self._knowledge.overlay(guild, using)
        try:
            laid = await asyncio.to_thread(laid_over, shared.course, overlay)
        except CourseError as error:  # the files no longer have what the server left of them
            _log.error("A server's changes cannot be laid over its course; it has the course without them: %s", error)
            laid = shared.course
        if laid is shared.course:
            self._overlaid.pop(guild, None)
        else:
            self._overlaid[guild] = await self.courses.overlaid(laid, str(guild))
        self._using[guild] = using
        for tell in self._tell:
            tell(guild)

    def _usable(self, guild: int) -> str:
        """The course that a server chose, if it is open; else the one that it has, or the default if its own is not installed."""
        wanted = self._wanted(guild)
        if self.courses.get(wanted) is not None:
            return wanted
        if not self.courses.has(wanted):
            _log.warning("A server's course is not installed any more (%s); it has the default.", wanted)
            return self.courses.default
        if wanted not in self._opening:
            self._opening[wanted] = asyncio.create_task(self._open(wanted))
        return self._using.get(guild, self.courses.default)

    async def _open(self, course: str) -> None:
        self.failed.discard(course)
        try:
            await self.courses.open(course)
        except Exception as error:  # whatever it is, the other courses go on
            self.failed.add(course)
            known = isinstance(error, TutorbotError)
            _log.error("A course cannot be opened (%s): %s", course, error, exc_info=None if known else error)
        async with self._refreshing:  # nobody is being taken up who has not seen it
            del self._opening[course]
            if course not in self.failed:
                for guild in list(self._seen):
                    if self._wanted(guild) == course:
                        del self._seen[guild]
        with suppress(StoreError):  # the next look at the store finds it
            await self.refresh()
