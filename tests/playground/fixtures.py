"""Fixtures: a local Discord, a guild with people in it, and real discord.py clients that connect to it."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import discord.gateway
import discord.http
import pytest
import yarl

from tutorbot.playground import Channel, Clock, LocalDiscord, LocalGuild, Person
from tutorbot.playground.description import Description

from .client import Bot, Connect

OPENAPI = Path(__file__).parents[3] / "shared" / "discord" / "openapi.json"


@pytest.fixture(scope="session")
def description() -> Description | None:
    """Discord's own description, where it is at hand."""
    return Description.load(OPENAPI) if OPENAPI.exists() else None


@pytest.fixture
def clock() -> Clock:
    """The local Discord's clock: real time, until a test puts it forward."""
    return Clock()


@pytest.fixture
async def local_discord(
    monkeypatch: pytest.MonkeyPatch, description: Description | None, clock: Clock
) -> AsyncIterator[LocalDiscord]:
    """A running local Discord, to which every discord.py client of the test connects.

    At the end, no request may have broken Discord's description, asked for an unknown route or made the local
    Discord itself fail, unless the test has taken them out of `violations` and `requests`.
    """
    async with LocalDiscord(description=description, clock=clock) as local:
        monkeypatch.setattr(discord.http.Route, "BASE", local.api_url)
        gateway_url = yarl.URL(local.gateway_url)
        monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", gateway_url)
        yield local
    assert not local.violations, "\n".join(local.violations)
    assert not local.unknown_routes, f"{local.unknown_routes}"
    assert not local.crashes, f"{local.crashes}"


@pytest.fixture
def guild(local_discord: LocalDiscord) -> LocalGuild:
    """A guild that the bot is in."""
    return local_discord.add_guild("Course server")


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


@pytest.fixture
async def connect(local_discord: LocalDiscord) -> AsyncIterator[Connect]:
    """Connects bots, and disconnects them at the end."""
    running: list[tuple[Bot, asyncio.Task[None]]] = []

    async def start(bot: Bot) -> Bot:
        await bot.login(local_discord.token)
        task = asyncio.create_task(bot.connect())
        running.append((bot, task))
        ready = asyncio.create_task(bot.wait_until_ready())
        await asyncio.wait({ready, task}, return_when=asyncio.FIRST_COMPLETED, timeout=10)
        if task.done():
            ready.cancel()
            await task
        await bot.tree.sync()
        return bot

    yield start
    for bot, task in running:
        await bot.close()
        await asyncio.gather(task, return_exceptions=True)
