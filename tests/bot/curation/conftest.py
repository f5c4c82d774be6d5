"""A server with moderators, and another one beside it."""

from collections.abc import AsyncIterator
from pathlib import Path

import discord.gateway
import discord.http
import pytest

from tests.bot import house as houses
from tutorbot.playground import Channel, Clock, LocalDiscord, LocalGuild, Permission, Person
from tutorbot.playground.description import Description
from tutorbot.tutor import Tutor
from tutorbot.wording import Wording

from .house import CurationHouse


@pytest.fixture
def pinged() -> list[str]:
    """The mentions that a test expects to reach somebody."""
    return []


@pytest.fixture
async def local(
    monkeypatch: pytest.MonkeyPatch, description: Description | None, clock: Clock, pinged: list[str]
) -> AsyncIterator[LocalDiscord]:
    """A local Discord. At the end only those may have been pinged that a test expected, and Discord's description kept."""
    for owner, name in ((discord.http.Route, "BASE"), (discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY")):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    async with LocalDiscord(description=description, clock=clock) as local:
        yield local
    assert sorted(ping for message in houses.said(local) for ping in message.pings) == sorted(pinged)
    assert local.violations == []
    assert local.unknown_routes == []


@pytest.fixture
async def house(
    local: LocalDiscord, tutor: Tutor, wording: Wording, clock: Clock, tmp_path: Path
) -> AsyncIterator[CurationHouse]:
    """The bot, not yet started. At the end nothing that it sent may have been refused."""
    house = CurationHouse(local, tutor, wording, clock, f"sqlite+aiosqlite:///{tmp_path}/tutorbot.sqlite3")
    yield house
    await house.stop()
    assert [one.error for one in local.refused if one.status == 400] == []


@pytest.fixture
async def bot(house: CurationHouse, channel: Channel) -> CurationHouse:
    """The bot, connected."""
    await house.start()
    return house


@pytest.fixture
def mo(guild: LocalGuild) -> Person:
    """A moderator, who may manage messages but not the server."""
    return guild.add_moderator("Mo", Permission.MANAGE_MESSAGES)


@pytest.fixture
def ann(guild: LocalGuild) -> Person:
    """Somebody who manages the server."""
    return guild.add_member("Ann", [guild.add_role("Head", Permission.MANAGE_GUILD | Permission.MANAGE_MESSAGES)])


@pytest.fixture
def other(local: LocalDiscord) -> LocalGuild:
    """Another server."""
    return local.add_guild("Other server", Permission.ADMINISTRATOR)


@pytest.fixture
def there(other: LocalGuild) -> Channel:
    """A channel of the other server."""
    return other.add_text_channel("questions")


@pytest.fixture
def zoe(other: LocalGuild) -> Person:
    """A moderator of the other server."""
    return other.add_moderator("Zoe")
