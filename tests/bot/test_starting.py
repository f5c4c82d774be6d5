"""Starting, refusing to start, and stopping."""

import asyncio
import os
import signal

import pytest

from tutorbot.bot import DiscordError
from tutorbot.errors import SettingsError
from tutorbot.playground import Channel, LocalDiscord

from .house import House


@pytest.mark.parametrize("token", ["wrong", "wrong token", "„quoted“"])
async def test_a_wrong_token_is_one_sentence_that_says_what_to_do(house: House, token: str) -> None:
    with pytest.raises(SettingsError, match=r"^The token was refused by Discord; copy it anew .*TOKEN\.$"):
        await house.run(house.settings(discord_token=token))


@pytest.mark.parametrize("token", [None, "", "  "])
async def test_without_a_token_the_setting_is_named(house: House, token: str | None) -> None:
    with pytest.raises(SettingsError, match="set TUTORBOT_DISCORD_TOKEN"):
        await house.run(house.settings(discord_token=token))


async def test_a_token_with_blanks_around_it_is_taken(house: House, local: LocalDiscord) -> None:
    await house.start(discord_token=f" {local.token}\n")
    assert local.gateway.connected


async def test_an_intent_that_is_not_granted_is_named_with_its_switch(house: House) -> None:
    with pytest.raises(SettingsError, match="Message Content Intent"):
        await house.run(house.settings(message_content=True))


@pytest.mark.parametrize(
    "others",
    [
        {"discord_api": "http://example.com/api/v10"},
        {"discord_gateway": "ws://192.168.0.7:8080"},
        {"discord_api": "http://127.0.0.1.example.com"},
        {"discord_api": "http://localhost@example.com"},
        {"discord_api": "ftp://127.0.0.1"},
        {"discord_api": "http://[::1"},
        {"discord_gateway": None},
        {"discord_api": None},
    ],
)
async def test_the_token_is_sent_to_no_other_machine(
    house: House, local: LocalDiscord, others: dict[str, str | None]
) -> None:
    with pytest.raises(SettingsError, match="TUTORBOT_DISCORD_"):
        await house.run(house.settings(**others))
    assert local.requests == []


async def test_a_discord_that_does_not_answer_is_said_to_be_unreachable(house: House) -> None:
    with pytest.raises(DiscordError, match=r"^Discord cannot be reached"):
        await house.run(house.settings(discord_api="http://127.0.0.1:9/api/v10"))


async def test_commands_that_cannot_be_registered_do_not_keep_the_bot_from_working(
    house: House, local: LocalDiscord, caplog: pytest.LogCaptureFixture
) -> None:
    local.faults.next("PUT", r"/applications/\d+/commands", status=503)
    await house.start()
    assert "The commands could not be registered" in caplog.text


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_ends_it_cleanly(house: House, local: LocalDiscord, number: signal.Signals) -> None:
    before = signal.getsignal(number)
    running = asyncio.create_task(house.run(house.settings()))
    await local.connected()
    assert signal.getsignal(number) != before
    os.kill(os.getpid(), number)
    await asyncio.wait_for(running, 10)
    assert not local.gateway.connected


async def test_it_can_be_stopped_and_started_again(house: House, local: LocalDiscord, channel: Channel) -> None:
    await house.start()
    await house.restart()
    assert local.gateway.connected
    assert len(local.gateway.identified) == 2
