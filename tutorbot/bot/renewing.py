"""Taking up the courses' files anew while the bot runs. Templates need nothing: they are read when they have changed."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tutorbot.errors import TutorbotError
from tutorbot.knowledge import Course, check_course, find_course, load_course
from tutorbot.settings import Settings
from tutorbot.tutors import Tutors
from tutorbot.uncollected import uncollected

_log = logging.getLogger(__name__)


class Renewal:
    """Answers and new rounds come from the courses as their files are, once they are sound."""

    def __init__(self, settings: Settings, tutors: Tutors) -> None:
        self._settings = settings
        self._tutors = tutors
        self._working = asyncio.Lock()

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
            async with self._working:  # a renewal that is cut off would leave a database's connection hanging
                renewing.cancel()
            await asyncio.gather(renewing, return_exceptions=True)

    async def _renew_whenever(self, asked: "asyncio.Queue[None]") -> None:
        while True:
            await asked.get()
            while not asked.empty():
                asked.get_nowait()
            try:
                async with self._working:
                    await self.renew()
            except Exception:
                _log.exception("The courses could not be taken up; the bot answers on from what it knows.")

    async def renew(self) -> None:
        """Take the files of all courses that are open up now; one whose files are not sound stays as it is."""
        with uncollected():
            read = [await asyncio.to_thread(self._changed, course) for course in self._tutors.courses.opened()]
        changed = [course for course in read if course is not None]
        await self._tutors.renew(changed)
        for course in changed:
            _log.info("A course was taken up anew (%s): %d entries.", course.id, len(course.entries))

    def _changed(self, before: Course) -> Course | None:
        """The course as its files are now; None if they are as before or not sound."""
        try:
            loaded = load_course(find_course(self._settings.knowledge, before.id))
        except TutorbotError as error:
            _log.warning("A course is left as it was: %s", error)
            return None
        problems = check_course(loaded)
        if problems:
            _log.warning("A course is left as it was: %s", problems[0])
            return None
        return loaded.course if loaded.course != before else None
