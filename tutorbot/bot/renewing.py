"""Taking up the course's files anew while the bot runs. Templates need nothing: they are read when they have changed."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tutorbot.errors import TutorbotError
from tutorbot.knowledge import Course, check_course, find_course, load_course
from tutorbot.settings import Settings
from tutorbot.tutors import Tutors

_log = logging.getLogger(__name__)


class Renewal:
    """Answers and new rounds come from the course as its files are, once they are sound."""

    def __init__(self, settings: Settings, tutors: Tutors) -> None:
        self._settings = settings
        self._tutors = tutors

    @asynccontextmanager
    async def whenever(self, asked: "asyncio.Queue[None] | None") -> AsyncIterator[None]:
        """Renewed whenever ``asked`` has something, meanwhile."""
        if asked is None:
            yield
            return
        renewing = asyncio.create_task(self._renew_whenever(asked))
        try:
            yield
        finally:
            renewing.cancel()
            await asyncio.gather(renewing, return_exceptions=True)

    async def _renew_whenever(self, asked: "asyncio.Queue[None]") -> None:
        while True:
            await asked.get()
            while not asked.empty():
                asked.get_nowait()
            try:
                await self.renew()
            except Exception:
                _log.exception("The course could not be taken up; the bot answers on from what it knows.")

    async def renew(self) -> None:
        """Take the files up now; if they are not sound, nothing changes."""
        course = await asyncio.to_thread(self._sound)
        if course is not None and course != self._tutors.shared.course:
            await self._tutors.renew(course)
            _log.info("The course was taken up anew: %d entries.", len(course.entries))

    def _sound(self) -> Course | None:
        try:
            loaded = load_course(find_course(self._settings.knowledge, self._settings.course))
        except TutorbotError as error:
            _log.warning("The course is left as it was: %s", error)
            return None
        problems = check_course(loaded)
        if problems:
            _log.warning("The course is left as it was: %s", problems[0])
            return None
        return loaded.course
