"""The courses of the knowledge folder: each is opened when it is first wanted, shared by all servers, and let go when none wants it."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from tutorbot.errors import CourseError
from tutorbot.knowledge import Course, find_course, list_courses
from tutorbot.knowledge.load import load_head
from tutorbot.settings import Settings
from tutorbot.tutor import Tutor
from tutorbot.uncollected import uncollected


@dataclass(slots=True)
class _Open:
    """A course as it was ``opened``, and as its files are ``now``."""

    opened: Tutor
    now: Tutor


class Courses:
    """Opens courses, off the event loop and one at a time: some of them have to be encoded first."""

    def __init__(self, settings: Settings, default: Tutor) -> None:
        """``default`` is the tutor of private messages and of servers that chose no course; it is never let go."""
        self.default = default.course.id
        self._settings = settings
        self._open = {self.default: _Open(default, default)}
        self._one_at_a_time = asyncio.Lock()

    def installed(self) -> Mapping[str, str]:
        """The titles of the courses that are installed, by their ids, in order. It reads files: call it in a thread."""
        return {folder.name: _title(folder.name, self._settings) for folder in list_courses(self._settings.knowledge)}

    def has(self, course: str) -> bool:
        """Whether a course of that id is installed."""
        return (self._settings.knowledge / course / "course.yaml").is_file()

    def opened(self) -> Sequence[Course]:
        """The courses that are open."""
        return [one.now.course for one in self._open.values()]

    def get(self, course: str) -> Tutor | None:
        """The tutor of a course as it is, without any server's overlay; None if it is not open."""
        held = self._open.get(course)
        return held.now if held is not None else None

    async def open(self, course: str) -> None:
        """Open a course, which takes seconds, the first time a minute. Raises TutorbotError."""
        async with self._one_at_a_time:
            if course not in self._open:
                with uncollected():
                    tutor = await asyncio.to_thread(Tutor.open, self._settings.model_copy(update={"course": course}))
                self._open[course] = _Open(tutor, tutor)

    async def overlaid(self, course: Course, name: str) -> Tutor:
        """The tutor for an open course as something changed it; ``name`` is for the cache: the server's, if it did."""
        with uncollected():
            return await asyncio.to_thread(self._open[course.id].opened.overlaid, course, name)

    async def renew(self, course: Course) -> None:
        """Take an open course for what its files are now."""
        self._open[course.id].now = await self.overlaid(course, "files")

    def keep(self, courses: Collection[str]) -> None:
        """Let go of all others but the default. Whoever still waits for an answer gets it: the last of them ends the tutor's thread."""
        self._open = {key: one for key, one in self._open.items() if key == self.default or key in courses}


def _title(course: str, settings: Settings) -> str:
    """A course's title; its id if its file cannot be read, so that opening it tells why."""
    try:
        return load_head(find_course(settings.knowledge, course)).title
    except CourseError:
        return course
