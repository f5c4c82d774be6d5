"""Rounds in a thread of their own."""

import pytest

from tutorbot.playground import Channel, Clock, LocalDiscord, LocalGuild, Permission, Person, Thread
from tutorbot.quiz.round.state import Ending

from .house import LONG, QuizHouse, right, told


async def threaded(quiz: QuizHouse, host: Person, channel: Channel, **more: object) -> Thread:
    """The thread of a round that ``host`` opened in a channel and started."""
    lobby = await quiz.lobby(host, channel, thread=True, **more)
    assert "Here we go" in await told(await host.click(lobby, "Start"))
    await quiz.local.wait_for(lambda: lobby.thread)
    assert lobby.thread is not None
    return lobby.thread


async def test_a_round_is_played_in_its_thread_to_the_podium(
    quiz: QuizHouse, clock: Clock, alice: Person, bob: Person, channel: Channel
) -> None:
    thread = await threaded(quiz, alice, channel, cards=1)
    assert thread.name == f"Quiz: {quiz.tutor.course.title}"
    card = await quiz.open_card(thread, 1)
    for person in (alice, bob):
        await told(await person.click(card, right(await quiz.asked(1))))
    assert "already running" in await told(await bob.slash(channel, "quiz start"))
    assert "already running" in await told(await bob.slash(thread, "quiz start"))
    assert "2 of 2" not in await told(await bob.slash(thread, "quiz standing"))
    clock.forward(LONG)
    await quiz.message(thread, "Right (2 of 2)")
    clock.forward(9)
    assert (await quiz.message(thread, "The quiz is over")).attachments
    assert [one for one in channel.messages if "Card 1" in one.text] == []


async def test_after_a_restart_a_round_goes_on_in_its_thread(
    quiz: QuizHouse, clock: Clock, alice: Person, bob: Person, channel: Channel
) -> None:
    thread = await threaded(quiz, alice, channel)
    card = await quiz.open_card(thread, 1)
    await told(await alice.click(card, right(await quiz.asked(1))))
    await quiz.restart()
    again = await quiz.message(thread, "shown again", "Closes <t:")
    await told(await bob.click(again, right(await quiz.asked(1))))
    clock.forward(LONG)
    await quiz.message(thread, "Right (2 of 2)")
    assert len([one for one in channel.guild.channels.values() if isinstance(one, Thread)]) == 1  # type: ignore[union-attr]


@pytest.mark.parametrize("fate", ["deleted", "archived", "locked"])
async def test_without_its_thread_a_round_goes_on_in_the_channel(
    quiz: QuizHouse, clock: Clock, guild: LocalGuild, alice: Person, bob: Person, channel: Channel, fate: str
) -> None:
    thread = await threaded(quiz, alice, channel, cards=1)
    card = await quiz.open_card(thread, 1)
    lobby = await quiz.message(channel, "opened by")
    await told(await bob.click(lobby, "Join"))
    await told(await alice.click(card, right(await quiz.asked(1))))
    if fate == "deleted":
        guild.remove_channel(thread)
    else:
        setattr(thread, fate, True)
        quiz.local.world.channel_news("THREAD_UPDATE", thread)
    again = await quiz.message(channel, "shown again", "Closes <t:")
    await told(await bob.click(again, right(await quiz.asked(1))))
    clock.forward(LONG)
    await quiz.message(channel, "Right (2 of 2)")
    clock.forward(9)
    await quiz.message(channel, "The quiz is over", alice.mention, bob.mention)


async def test_a_thread_deleted_during_a_reveal_does_not_stop_the_round(
    quiz: QuizHouse, clock: Clock, guild: LocalGuild, alice: Person, channel: Channel
) -> None:
    thread = await threaded(quiz, alice, channel, cards=2)
    card = await quiz.open_card(thread, 1)
    await told(await alice.click(card, right(await quiz.asked(1))))
    clock.forward(LONG)
    await quiz.message(thread, "Right (1 of 1)")
    guild.remove_channel(thread)
    await quiz.message(channel, "Right (1 of 1)")
    clock.forward(9)
    await quiz.open_card(channel, 2)


async def test_a_round_ends_with_its_report_if_thread_and_channel_are_gone(
    quiz: QuizHouse, guild: LocalGuild, alice: Person, channel: Channel
) -> None:
    thread = await threaded(quiz, alice, channel)
    await quiz.open_card(thread, 1)
    guild.remove_channel(channel)
    guild.remove_channel(thread)
    await quiz.finished()
    assert (await quiz.round()).ending is Ending.CHANNEL_LOST


async def test_where_threads_are_not_allowed_the_round_is_played_in_the_channel(
    quiz: QuizHouse, local: LocalDiscord, guild: LocalGuild, alice: Person, channel: Channel
) -> None:
    guild.set_permissions(guild.bot_role, Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES)
    guild.deny(channel, guild.everyone, Permission.CREATE_PUBLIC_THREADS)
    await quiz.begin(alice, channel, thread=True)
    assert not (await quiz.round()).settings.thread
    assert [one for one in local.refused if "threads" in one.path] == []


async def test_a_thread_that_cannot_be_opened_is_done_without(
    quiz: QuizHouse, local: LocalDiscord, alice: Person, channel: Channel
) -> None:
    local.faults.next("POST", r"/channels/\d+/messages/\d+/threads", status=403, times=None)
    await quiz.begin(alice, channel, thread=True)
