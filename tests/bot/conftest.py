"""The real bot with the real tutor and course, on a local Discord with people in it."""

from collections.abc import AsyncIterator
from pathlib import Path

import discord.gateway
import discord.http
import pytest

from tutorbot.playground import Channel, Clock, LocalDiscord, LocalGuild, Permission, Person
from tutorbot.playground.description import Description
from tutorbot.settings import Settings
from tutorbot.tutor import Tutor
from tutorbot.wording import Wording

from . import house as houses
from .house import House

OPENAPI = Path(__file__).parents[3] / "shared" / "discord" / "openapi.json"
BOT_MAY = Permission.ADMINISTRATOR


@pytest.fixture
def tutor(course_tutor: Tutor) -> Tutor:
    """The real tutor."""
    return course_tutor


@pytest.fixture(scope="session")
def wording() -> Wording:
    """The project's templates."""
    return Wording(Settings(_env_file=None).prompts)


@pytest.fixture(scope="session")
def description() -> Description | None:
    """Discord's own description, where it is at hand."""
    return Description.load(OPENAPI) if OPENAPI.exists() else None


@pytest.fixture
def clock() -> Clock:
    """Everybody's clock: real time, until a test puts it forward."""
    return Clock()


@pytest.fixture
async def local(
    monkeypatch: pytest.MonkeyPatch, description: Description | None, clock: Clock
) -> AsyncIterator[LocalDiscord]:
    """A local Discord. At the end nobody may have been pinged and Discord's description kept."""
    for owner, name in ((discord.http.Route, "BASE"), (discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY")):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    async with LocalDiscord(description=description, clock=clock) as local:
        yield local
    assert [message.text for message in houses.said(local) if message.pings] == []
    assert local.violations == []
    assert local.unknown_routes == []


@pytest.fixture
async def house(
    local: LocalDiscord, tutor: Tutor, wording: Wording, clock: Clock, tmp_path: Path
) -> AsyncIterator[House]:
    """The bot, not yet started."""
    house = House(local, tutor, wording, clock, f"sqlite+aiosqlite:///{tmp_path}/bot.db")
    yield house
    await house.stop()


@pytest.fixture
async def bot(house: House, channel: Channel) -> House:
    """The bot, connected."""
    await house.start()
    return house


@pytest.fixture
def guild(local: LocalDiscord) -> LocalGuild:
    """A server where the bot may do anything: nothing but itself keeps it from pinging everyone."""
    return local.add_guild("Course server", BOT_MAY)


@pytest.fixture
def channel(guild: LocalGuild) -> Channel:
    """A text channel."""
    return guild.add_text_channel("questions")


@pytest.fixture
def alice(guild: LocalGuild) -> Person:
    """A student."""
    return guild.add_member("Alice")


@pytest.fixture
def bob(guild: LocalGuild) -> Person:
    """Another student."""
    return guild.add_member("Bob")
