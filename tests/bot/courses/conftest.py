"""Two courses in one knowledge folder, and two servers that may choose."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.curation.conftest import ann, bot, local, mo, other, pinged, there, zoe
from tutorbot.playground import Clock, LocalDiscord, LocalGuild, Permission, Person
from tutorbot.tutor import Tutor
from tutorbot.wording import Wording

from .house import CoursesHouse

__all__ = ["ann", "bot", "local", "mo", "other", "pinged", "there", "zoe"]

ROOT = Path(__file__).parents[3]


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """A folder with a course on alliances, one on sourdough, and one that has no entries yet."""
    folder = tmp_path / "knowledge"
    shutil.copytree(ROOT / "knowledge" / "alliances", folder / "alliances")
    shutil.copytree(ROOT / "tests" / "courses" / "sourdough", folder / "sourdough")
    (folder / "tides").mkdir()
    head = "id: tides\ntitle: The tides\nsources:\n  - {id: slides, title: Slides, kind: slides}\n"
    (folder / "tides" / "course.yaml").write_text(head, encoding="utf-8")
    return folder


@pytest.fixture
async def house(
    local: LocalDiscord, tutor: Tutor, wording: Wording, clock: Clock, tmp_path: Path, knowledge: Path
) -> AsyncIterator[CoursesHouse]:
    """The bot, not yet started. At the end nothing that it sent may have been refused."""
    house = CoursesHouse(local, tutor, wording, clock, tmp_path)
    house.knowledge = knowledge
    yield house
    await house.stop()
    assert [one.error for one in local.refused if one.status == 400] == []


@pytest.fixture
def una(other: LocalGuild) -> Person:
    """Somebody who manages the other server."""
    return other.add_member("Una", [other.add_role("Head", Permission.MANAGE_GUILD | Permission.MANAGE_MESSAGES)])
