"""Tutors by server: courses are opened when they are wanted, shared, and let go."""

import asyncio
import gc
import time
import weakref
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tutorbot.bot.desks import Desks
from tutorbot.courses import Courses
from tutorbot.settings import Settings
from tutorbot.store.stores import Stores, open_stores
from tutorbot.tutor import Tutor
from tutorbot.tutors import Tutors
from tutorbot.wording import Wording

ROOT = Path(__file__).parents[1]
ONE, TWO, THREE = 1, 2, 3


@pytest.fixture
def courses(tmp_path: Path, course_tutor: Tutor) -> Courses:
    """Two courses, one of them open, and a folder whose file cannot be read."""
    for folder in (ROOT / "knowledge" / "alliances", ROOT / "tests" / "courses" / "sourdough"):
        (tmp_path / folder.name).symlink_to(folder)
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "course.yaml").write_text("id: [", encoding="utf-8")
    return Courses(Settings(_env_file=None, knowledge=tmp_path), course_tutor)


@pytest.fixture
async def stores() -> AsyncIterator[Stores]:
    """An empty database."""
    async with open_stores("sqlite+aiosqlite://") as stores:
        yield stores


async def chosen(stores: Stores, tutors: Tutors, guild: int, course: str) -> None:
    """A server chooses a course, and whatever follows is done."""
    await stores.guilds.change(guild, {"course": course}, who=1, at=0.0)
    await tutors.refresh()
    if opening := tutors.opening(guild):
        await asyncio.wait({opening})


def test_what_is_installed_is_known_by_its_title_or_else_by_its_id(courses: Courses) -> None:
    titles = ["Alliances, Coercion and Diplomacy", "broken", "Sourdough Baking at Home"]
    assert list(courses.installed().items()) == list(zip(["alliances", "broken", "sourdough"], titles, strict=True))
    assert courses.has("sourdough")
    assert not courses.has("nothing")


async def test_servers_of_a_course_share_its_tutor_and_the_last_one_to_leave_lets_it_go(
    courses: Courses, stores: Stores
) -> None:
    tutors = Tutors(courses, stores.knowledge, stores.guilds)
    wording = Wording(Settings(_env_file=None).prompts)
    desks = Desks(tutors, wording, time.time, feedback=stores.unanswered, questions=stores.questions)
    await chosen(stores, tutors, ONE, "sourdough")
    await chosen(stores, tutors, TWO, "sourdough")
    assert tutors.of(ONE) is tutors.of(TWO) is courses.get("sourdough")
    assert tutors.of(THREE) is tutors.of(None) is courses.get("alliances")
    assert [desks.of(guild).tutor.course.id for guild in (ONE, TWO, THREE)] == ["sourdough", "sourdough", "alliances"]
    asking = asyncio.ensure_future(tutors.of(ONE).ask("what is a levain?"))
    await asyncio.sleep(0)
    held = weakref.ref(tutors.of(ONE).opened.encoder)
    for guild in (ONE, TWO):
        assert held() is not None
        await chosen(stores, tutors, guild, "alliances")
    assert (await asking).entries == ("levain",)  # whoever had asked before is answered
    del asking
    gc.collect()
    assert held() is None
    assert [course.id for course in courses.opened()] == ["alliances"]


async def test_the_event_loop_goes_on_while_a_course_is_opened(courses: Courses, stores: Stores) -> None:
    tutors = Tutors(courses, stores.knowledge, stores.guilds)
    await stores.guilds.change(ONE, {"course": "sourdough"}, who=1, at=0.0)
    await tutors.refresh()
    opening, beats = tutors.opening(ONE), 0
    assert opening is not None
    assert tutors.of(ONE) is courses.get("alliances")
    while not opening.done():
        await asyncio.sleep(0.005)
        beats += 1
    assert beats > 10
    assert tutors.of(ONE).course.id == "sourdough"


async def test_at_the_start_the_courses_of_all_servers_are_opened_first(courses: Courses, stores: Stores) -> None:
    await stores.guilds.change(ONE, {"course": "sourdough"}, who=1, at=0.0)
    await stores.guilds.change(TWO, {"course": "broken"}, who=1, at=0.0)
    tutors = Tutors(courses, stores.knowledge, stores.guilds)
    async with tutors.kept_fresh():
        assert tutors.of(ONE).course.id == "sourdough"
        assert tutors.of(TWO).course.id == "alliances"
        assert tutors.failed == {"broken"}
