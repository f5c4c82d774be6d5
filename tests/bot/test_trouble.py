"""Slow answers, lost connections, refused requests, errors, floods."""

import asyncio
import logging
import re
from typing import Any

import pytest

from tutorbot.playground import Channel, Clock, LocalDiscord, Person

from .house import House

CALLBACK = r"/interactions/.*/callback"
ORIGINAL = r"/webhooks/.*/messages/@original"
SEND = r"/channels/\d+/messages"
DETERRENCE = "> To persuade an opponent not to initiate action"
SORRY = re.compile(r"Something went wrong here \(id ([0-9a-f]{6})\)\. It was logged; please try again\.")


@pytest.fixture
def gate(bot: House, monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """The tutor thinks until this is set."""
    opened = asyncio.Event()
    ask = bot.tutor.ask

    async def slowly(question: str, **others: Any) -> object:
        await opened.wait()
        return await ask(question, **others)

    monkeypatch.setattr(bot.tutor, "ask", slowly)
    return opened


@pytest.fixture
def broken(bot: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that the tutor is asked fails."""

    async def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the tutor is out")

    for name in ("ask", "define", "compare"):
        monkeypatch.setattr(bot.tutor, name, fail)


async def test_an_answer_slower_than_three_seconds_arrives(
    gate: asyncio.Event, alice: Person, channel: Channel, clock: Clock
) -> None:
    asked = await alice.slash(channel, "ask", question="what is deterrence?")
    assert asked.deferred
    clock.forward(10)
    gate.set()
    assert DETERRENCE in (await asked.answered()).text


async def test_the_bot_types_while_an_answer_takes_its_time(
    bot: House, gate: asyncio.Event, local: LocalDiscord, alice: Person, channel: Channel
) -> None:
    asked = await alice.say(channel, bot.mentioned("what is deterrence?"))
    await local.wait_for(lambda: any(one.path.endswith("/typing") for one in local.requests))
    gate.set()
    [answer] = await bot.replies(asked)
    assert DETERRENCE in answer.text


async def test_an_answer_that_comes_after_the_token_has_ended_is_dropped(
    gate: asyncio.Event,
    local: LocalDiscord,
    alice: Person,
    channel: Channel,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    asked = await alice.slash(channel, "ask", question="what is deterrence?")
    clock.forward(16 * 60)
    gate.set()
    await local.wait_for(lambda: [one for one in local.requests if "10015" in one.error])
    await local.wait_for(lambda: "An answer came too late" in caplog.text)
    assert not asked.messages
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_a_dropped_connection_is_taken_up_again_and_nothing_is_missed(
    bot: House, local: LocalDiscord, alice: Person, channel: Channel
) -> None:
    await local.gateway.close(4000)
    asked = await alice.say(channel, bot.mentioned("what is deterrence?"))
    [answer] = await bot.replies(asked)
    assert DETERRENCE in answer.text
    assert local.gateway.resumed == 1


async def test_a_click_after_a_dropped_connection_is_answered(
    bot: House, local: LocalDiscord, alice: Person, channel: Channel
) -> None:
    asked = await (await alice.slash(channel, "ask", question="what is deterrence?")).answered()
    local.gateway.cut()
    await local.wait_for(lambda: local.gateway.resumed)
    clicked = await (await alice.click(asked.message, "Sources")).answered()
    assert "2 possible goals of coercion" in clicked.text


@pytest.mark.parametrize("path", [CALLBACK, ORIGINAL])
async def test_a_rate_limit_is_waited_for(
    bot: House, local: LocalDiscord, alice: Person, channel: Channel, path: str
) -> None:
    local.faults.next("*", path, retry_after=0.02)
    asked = await (await alice.slash(channel, "ask", question="what is deterrence?")).answered()
    assert DETERRENCE in asked.text


@pytest.mark.parametrize("path", [CALLBACK, ORIGINAL])
async def test_a_bad_gateway_is_tried_again(
    bot: House, local: LocalDiscord, alice: Person, channel: Channel, path: str
) -> None:
    local.faults.next("*", path, status=502)
    asked = await (await alice.slash(channel, "ask", question="what is deterrence?")).answered()
    assert DETERRENCE in asked.text


@pytest.mark.parametrize("fault", [{"retry_after": 0.02}, {"status": 502}])
async def test_a_reply_is_sent_once_though_its_first_try_fails(
    bot: House, local: LocalDiscord, alice: Person, channel: Channel, fault: dict[str, Any]
) -> None:
    local.faults.next("POST", SEND, **fault)
    asked = await alice.say(channel, bot.mentioned("what is deterrence?"))
    assert len(await bot.replies(asked)) == 1


async def test_an_answer_still_comes_when_the_reply_to_the_deferral_is_lost(
    bot: House, local: LocalDiscord, alice: Person, channel: Channel
) -> None:
    local.faults.next("POST", CALLBACK, lose_answer=True)
    asked = await (await alice.slash(channel, "ask", question="what is deterrence?")).answered()
    assert DETERRENCE in asked.text
    assert len(asked.sent) == 1


async def test_events_that_arrive_twice_are_answered_once(
    bot: House, local: LocalDiscord, alice: Person, channel: Channel
) -> None:
    local.faults.double_event("MESSAGE_CREATE")
    asked = await alice.say(channel, bot.mentioned("what is deterrence?"))
    slash = await (await alice.slash(channel, "ask", question="what is deterrence?")).answered()
    local.deliver_again(slash)
    clicked = await (await alice.click(slash.message, "Not helpful")).answered()
    local.deliver_again(clicked)
    await bot.ask(alice, channel, bot.mentioned("what is compellence?"))
    assert len(await bot.replies(asked)) == 1
    assert local.refused == []
    assert len(slash.sent) == 1


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("private", [True, False])
async def test_an_error_is_told_to_the_asker_alone_and_logged_under_its_id(
    alice: Person, bob: Person, channel: Channel, caplog: pytest.LogCaptureFixture, private: bool
) -> None:
    asked = await alice.slash(channel, "ask", question="what is deterrence?", private=private)
    await asked.changes.until(lambda: asked.messages, 5)
    found = SORRY.fullmatch(asked.text)
    assert found
    assert bob.sees(channel) == []
    [record] = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert found[1] in record.getMessage()
    assert record.exc_info
    assert "RuntimeError: the tutor is out" in caplog.text


@pytest.mark.usefixtures("broken")
async def test_an_error_after_a_mention_is_told_in_a_reply(bot: House, alice: Person, channel: Channel) -> None:
    answer = await bot.ask(alice, channel, bot.mentioned("what is deterrence?"))
    assert SORRY.fullmatch(answer.text)


async def test_an_error_after_a_click_is_told_to_whoever_clicked(
    bot: House, alice: Person, bob: Person, channel: Channel, request: pytest.FixtureRequest
) -> None:
    asked = await (await alice.slash(channel, "ask", question="what is deterrence?")).answered()
    request.getfixturevalue("broken")
    clicked = await (await bob.click(asked.message, "Sources")).answered()
    assert SORRY.fullmatch(clicked.text)
    assert clicked.message.ephemeral


async def test_an_error_after_a_choice_leaves_the_question_back_where_it_was(
    bot: House, alice: Person, channel: Channel, request: pytest.FixtureRequest
) -> None:
    asked = await (await alice.slash(channel, "define", term="alliances of bandwagon states")).answered()
    request.getfixturevalue("broken")
    clicked = await alice.click(asked.message, asked.message.buttons[0].label)
    await clicked.changes.until(lambda: clicked.messages, 5)
    assert SORRY.fullmatch(clicked.text)
    assert clicked.message.ephemeral
    assert "is not a term of the notes" in asked.message.text


async def test_the_log_holds_neither_the_token_nor_what_people_wrote(
    bot: House, local: LocalDiscord, alice: Person, channel: Channel, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await (await alice.slash(channel, "ask", question="what is deterrence, says my secret diary?")).answered()
    await bot.restart()
    assert local.token not in caplog.text
    assert "secret diary" not in caplog.text


async def test_a_command_that_is_no_more_is_explained(
    bot: House, local: LocalDiscord, alice: Person, channel: Channel
) -> None:
    local.world.commands.add(None, {"name": "old", "type": 1, "description": "Gone since the last version"})
    asked = await alice.slash(channel, "old")
    assert asked.text == "This command has just changed. Please try it again in a minute."


async def test_one_person_cannot_flood_the_bot_with_commands(
    bot: House, alice: Person, bob: Person, channel: Channel, clock: Clock
) -> None:
    for _ in range(10):
        await alice.slash(channel, "ask", question="?")
    refused = await alice.slash(channel, "ask", question="what is deterrence?")
    other = await (await bob.slash(channel, "ask", question="what is deterrence?")).answered()
    clock.forward(61)
    later = await (await alice.slash(channel, "ask", question="what is deterrence?")).answered()
    assert "You can ask again <t:" in refused.text
    assert refused.message.ephemeral
    assert DETERRENCE in other.text
    assert DETERRENCE in later.text


async def test_one_person_cannot_flood_a_channel_with_mentions(
    bot: House, local: LocalDiscord, alice: Person, bob: Person, channel: Channel
) -> None:
    asked = [await alice.say(channel, bot.mentioned()) for _ in range(13)]
    await bot.ask(bob, channel, bot.mentioned())
    told = await bot.replies(asked[10])
    answers = [message for message in channel.messages if message.author is local.bot]
    assert "You can ask again <t:" in told[0].text
    assert len(answers) == 12
