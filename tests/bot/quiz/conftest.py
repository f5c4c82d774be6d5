"""The bot with an empty database, and people in a channel."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tutorbot.playground import Channel, Clock, LocalDiscord, LocalGuild, Person
from tutorbot.tutor import Tutor
from tutorbot.wording import Wording

from .house import QuizHouse


@pytest.fixture
async def house(
    local: LocalDiscord, tutor: Tutor, wording: Wording, clock: Clock, tmp_path: Path
) -> AsyncIterator[QuizHouse]:
    """The bot, not yet started. At the end nothing that it sent may have been refused but what a test wanted."""
    house = QuizHouse(local, tutor, wording, clock, tmp_path)
    yield house
    await house.stop()
    assert [one.error for one in local.refused if one.status == 400] == []


@pytest.fixture
async def quiz(house: QuizHouse, channel: Channel) -> QuizHouse:
    """The bot, connected."""
    await house.start()
    return house


@pytest.fixture
def carol(guild: LocalGuild) -> Person:
    """A third student."""
    return guild.add_member("Carol")


@pytest.fixture
def moderator(guild: LocalGuild) -> Person:
    """Somebody who may manage messages."""
    return guild.add_moderator("Mo")
