"""Mentions, replies and direct messages."""

from collections.abc import Sequence

import pytest

from tutorbot.answering.answer import Answer
from tutorbot.playground import Channel, Intent, LocalDiscord, Permission, Person

from .house import House

DETERRENCE = "> To persuade an opponent not to initiate action"


async def test_a_mention_is_answered_by_a_reply(bot: House, alice: Person, channel: Channel) -> None:
    answer = await bot.ask(alice, channel, bot.mentioned("what is deterrence?"))
    assert DETERRENCE in answer.text
    assert "what is deterrence" not in answer.text


async def test_a_reply_to_an_answer_is_a_follow_up(bot: House, alice: Person, channel: Channel) -> None:
    first = await bot.ask(alice, channel, bot.mentioned("what is a coalition?"))
    answer = await bot.ask(alice, channel, "give me an example", reply_to=first)
    assert "Coalition of the " in answer.text


async def test_what_a_reply_is_about_is_known_after_a_restart(
    bot: House, alice: Person, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask, heard = bot.tutor.ask, []

    async def listening(question: str, *, about: Sequence[str] = ()) -> Answer:
        heard.append((question, tuple(about)))
        return await ask(question, about=about)

    monkeypatch.setattr(bot.tutor, "ask", listening)
    first = await (await alice.slash(channel, "compare", first="deterrence", second="compellence")).answered()
    await bot.restart()
    await bot.ask(alice, channel, bot.mentioned("who says that?"), reply_to=first.message)
    assert heard[0][0] == "who says that?"
    assert set(heard[0][1]) >= {"deterrence", "compellence"}


async def test_a_bare_mention_is_told_how_to_ask(bot: House, alice: Person, channel: Channel) -> None:
    answer = await bot.ask(alice, channel, bot.mentioned())
    assert "`/ask`" in answer.text


async def test_a_bare_mention_in_a_reply_asks_the_message_replied_to(
    house: House, local: LocalDiscord, alice: Person, bob: Person, channel: Channel
) -> None:
    local.grant(Intent.MESSAGE_CONTENT)
    await house.start(message_content=True)
    said = await bob.say(channel, "what is deterrence?")
    answer = await house.ask(alice, channel, house.mentioned(), reply_to=said)
    assert answer.text.startswith("-# what is deterrence?\n")
    assert DETERRENCE in answer.text


async def test_a_message_that_cannot_be_read_is_said_to_be_so(
    bot: House, alice: Person, bob: Person, channel: Channel
) -> None:
    said = await bob.say(channel, "what is deterrence?")
    answer = await bot.ask(alice, channel, bot.mentioned(), reply_to=said)
    assert "I can only read messages that mention me" in answer.text


async def test_a_mention_works_in_direct_messages_and_so_does_a_message_without_one(bot: House, alice: Person) -> None:
    mentioned = await bot.ask(alice, alice.dm, bot.mentioned("what is deterrence?"))
    plain = await bot.ask(alice, alice.dm, "what is deterrence?")
    assert mentioned.text == plain.text
    assert DETERRENCE in plain.text


async def test_in_direct_messages_nobody_is_promised_moderators(bot: House, alice: Person) -> None:
    answer = await bot.ask(alice, alice.dm, "who won the football world cup in 1998")
    assert "Your question was kept for the course team" in answer.text
    assert "moderators" not in answer.text


async def test_messages_that_are_not_for_the_bot_are_left_alone(
    bot: House, local: LocalDiscord, alice: Person, bob: Person, channel: Channel
) -> None:
    first = await bot.ask(alice, channel, bot.mentioned("what is deterrence?"))
    await bob.say(channel, "what is an alliance?")
    await bob.say(channel, "thanks", reply_to=first, ping=False)
    await bob.say(channel, "@everyone what is an alliance?")
    await bot.ask(alice, channel, bot.mentioned("what is compellence?"))
    assert len([message for message in channel.messages if message.author is local.bot]) == 2


async def test_the_bot_does_not_answer_itself_or_other_bots(
    bot: House, local: LocalDiscord, alice: Person, channel: Channel
) -> None:
    other = local.world.add_user("OtherBot")
    other.bot = True
    robot = local.world.guilds[channel.guild.id] if channel.guild else None
    assert robot is not None
    local.world.add_member(robot, other, [])
    stranger = Person(other, robot, local.world, alice.post, alice.desk)
    await stranger.say(channel, bot.mentioned("what is deterrence?"))
    await bot.ask(alice, channel, bot.mentioned("what is deterrence?"))
    assert len([message for message in channel.messages if message.author is local.bot]) == 1


async def test_a_question_in_a_thread_is_answered_there(bot: House, alice: Person, channel: Channel) -> None:
    thread = await alice.start_thread(channel, "Exam")
    answer = await bot.ask(alice, thread, bot.mentioned("what is deterrence?"))
    assert answer.channel is thread


async def test_a_deleted_question_is_still_answered(
    bot: House, local: LocalDiscord, alice: Person, channel: Channel
) -> None:
    asked = await alice.say(channel, bot.mentioned("what is deterrence?"))
    await alice.delete(asked)
    await local.wait_for(lambda: [one for one in channel.messages if DETERRENCE in one.text])


async def test_a_channel_where_the_bot_may_not_write_is_no_trouble(
    bot: House, local: LocalDiscord, alice: Person, channel: Channel
) -> None:
    assert channel.guild is not None
    quiet = local.add_guild("Quiet server", Permission.VIEW_CHANNEL)
    hall = quiet.add_text_channel("hall")
    quiet.deny(hall, local.bot, Permission.SEND_MESSAGES)
    stranger = quiet.add_member("Carol")
    await stranger.say(hall, bot.mentioned("what is deterrence?"))
    await local.wait_for(lambda: [one for one in local.requests if str(hall.id) in one.path])
    assert DETERRENCE in (await bot.ask(alice, channel, bot.mentioned("what is deterrence?"))).text
