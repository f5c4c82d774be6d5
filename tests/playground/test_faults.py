"""Troubles on demand, and how discord.py copes with them."""

import time

import aiohttp
import discord
import pytest

from tutorbot.playground import Channel, LocalDiscord, Person

from .client import Bot, Connect

CALLBACK = r"/interactions/.*/callback"
SEND = r"/channels/\d+/messages"


@pytest.fixture
async def bot(connect: Connect) -> Bot:
    """A bot that answers `/ping`."""
    bot = Bot()

    @bot.tree.command(description="Ping")
    async def ping(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("pong")

    return await connect(bot)


@pytest.fixture
def place(bot: Bot, channel: Channel) -> discord.PartialMessageable:
    """The channel as the bot has it."""
    return bot.get_partial_messageable(channel.id)


async def test_a_rate_limited_request_is_tried_again(
    local_discord: LocalDiscord, channel: Channel, place: discord.PartialMessageable
) -> None:
    local_discord.faults.next("POST", SEND, retry_after=0.02, times=2)
    await place.send("Hello")
    assert [message.content for message in channel.messages] == ["Hello"]
    assert [one.status for one in local_discord.requests if one.path.endswith("/messages")] == [429, 429, 200]


async def test_a_global_rate_limit_is_waited_for(
    local_discord: LocalDiscord, channel: Channel, place: discord.PartialMessageable
) -> None:
    local_discord.faults.next("*", ".*", retry_after=0.02, everywhere=True)
    await place.send("Hello")
    assert len(channel.messages) == 1


async def test_an_empty_bucket_is_waited_for(local_discord: LocalDiscord, place: discord.PartialMessageable) -> None:
    local_discord.faults.next("POST", SEND, exhausted_for=0.2)
    start = time.monotonic()
    await place.send("Hello")
    await place.send("Hello again")
    assert time.monotonic() - start >= 0.2


async def test_a_failed_answer_is_tried_again(
    local_discord: LocalDiscord, channel: Channel, alice: Person, bot: Bot
) -> None:
    local_discord.faults.next("POST", CALLBACK, status=502)
    interaction = await alice.slash(channel, "ping")
    assert interaction.text == "pong"
    assert interaction.acknowledged_after is not None
    assert interaction.acknowledged_after >= 1


async def test_an_unavailable_server_is_reported(
    local_discord: LocalDiscord, channel: Channel, place: discord.PartialMessageable
) -> None:
    local_discord.faults.next("POST", SEND, status=503)
    with pytest.raises(discord.DiscordServerError):
        await place.send("Hello")
    assert channel.messages == []


async def test_a_delayed_answer_takes_its_time(
    local_discord: LocalDiscord, channel: Channel, alice: Person, bot: Bot
) -> None:
    local_discord.faults.next("POST", CALLBACK, delay=0.2)
    interaction = await alice.slash(channel, "ping")
    assert interaction.acknowledged_after is not None
    assert interaction.acknowledged_after >= 0.2


async def test_a_message_whose_answer_was_lost_was_sent_all_the_same(
    local_discord: LocalDiscord, channel: Channel, place: discord.PartialMessageable
) -> None:
    local_discord.faults.next("POST", SEND, lose_answer=True)
    with pytest.raises(aiohttp.ClientError):
        await place.send("Hello", nonce="n1")
    assert [message.content for message in channel.messages] == ["Hello"]
    assert not local_discord.requests[-1].answered
    sent = await place.send("Hello", nonce="n1")
    assert [message.id for message in channel.messages] == [sent.id]


async def test_a_message_whose_request_was_lost_was_not_sent(
    local_discord: LocalDiscord, channel: Channel, place: discord.PartialMessageable
) -> None:
    local_discord.faults.next("POST", SEND, lose_request=True)
    with pytest.raises(aiohttp.ClientError):
        await place.send("Hello")
    assert channel.messages == []


async def test_a_fault_can_wait_for_a_certain_body(
    local_discord: LocalDiscord, place: discord.PartialMessageable
) -> None:
    local_discord.faults.next("POST", SEND, status=403, when=lambda body: "secret" in body["content"])
    await place.send("open")
    with pytest.raises(discord.Forbidden):
        await place.send("secret")
    await place.send("secret again")


async def test_cleared_faults_do_not_happen(local_discord: LocalDiscord, place: discord.PartialMessageable) -> None:
    local_discord.faults.next("POST", SEND, status=503, times=None)
    local_discord.faults.clear()
    await place.send("Hello")


async def test_unknown_routes_are_answered_and_written_down(local_discord: LocalDiscord, bot: Bot) -> None:
    with pytest.raises(discord.NotFound):
        await bot.fetch_sticker(1)
    assert [request.path for request in local_discord.unknown_routes] == ["/stickers/1"]
    local_discord.requests.clear()
    local_discord.violations.clear()
