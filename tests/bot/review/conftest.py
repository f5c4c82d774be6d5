"""The bot with an empty database, and the cards of its course."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tutorbot.bot.review.decks import KeyedDeck
from tutorbot.playground import Channel, Clock, LocalDiscord
from tutorbot.tutor import Tutor
from tutorbot.wording import Wording

from .house import ReviewHouse


@pytest.fixture
async def house(
    local: LocalDiscord, tutor: Tutor, wording: Wording, clock: Clock, tmp_path: Path
) -> AsyncIterator[ReviewHouse]:
    """The bot, not yet started. At the end nothing that it sent may have been refused."""
    house = ReviewHouse(local, tutor, wording, clock, tmp_path)
    yield house
    await house.stop()
    assert [one.error for one in local.refused if one.status == 400] == []


@pytest.fixture
async def quiz(house: ReviewHouse, channel: Channel) -> ReviewHouse:
    """The bot, connected."""
    await house.start()
    return house


@pytest.fixture(scope="session")
def deck(course_tutor: Tutor) -> KeyedDeck:
    """The cards of the first course."""
    return KeyedDeck(course_tutor.course)
