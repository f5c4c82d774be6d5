"""Rounds when things go wrong: repeated deliveries, restarts, failing sends, deleted messages and channels."""

import pytest

from tutorbot.playground import Channel, Clock, LocalDiscord, LocalGuild, Message, Person
from tutorbot.quiz.round import Phase
from tutorbot.quiz.round.state import Ending

from .house import LONG, QuizHouse, right, told, wrong

SENDS = r"/channels/\d+/messages"


async def answers(quiz: QuizHouse, card: int = 0) -> int:
    """How many answers to a card (from 0) were kept."""
    return len((await quiz.round()).plays[card].answers)


async def test_a_click_that_is_delivered_twice_counts_once(
    quiz: QuizHouse, local: LocalDiscord, alice: Person, bob: Person, channel: Channel
) -> None:
    card = await quiz.begin(alice, channel)
    asked = await quiz.asked(1)
    clicked = await alice.click(card, right(asked))
    await told(clicked)
    local.deliver_again(clicked)
    await told(await bob.click(card, wrong(asked)))
    assert await answers(quiz) == 2
    assert len(clicked.sent) == 1


async def test_a_click_that_is_delivered_again_after_a_restart_counts_once(
    quiz: QuizHouse, local: LocalDiscord, alice: Person, bob: Person, channel: Channel
) -> None:
    card = await quiz.begin(alice, channel)
    asked = await quiz.asked(1)
    clicked = await alice.click(card, right(asked))
    await told(clicked)
    await quiz.restart()
    again = await quiz.message(channel, "shown again", "Closes <t:")
    local.deliver_again(clicked)
    await told(await bob.click(again, wrong(asked)))
    assert await answers(quiz) == 2


async def test_a_round_goes_on_after_a_restart_in_the_middle_of_a_card_and_keeps_its_points(
    quiz: QuizHouse, clock: Clock, alice: Person, bob: Person, channel: Channel
) -> None:
    first = await quiz.begin(alice, channel)
    asked = await quiz.asked(1)
    for person in (alice, bob):
        await told(await person.click(first, right(asked)))
    clock.forward(LONG + 2)
    await quiz.message(channel, "Right (2 of 2)")
    clock.forward(9)
    second = await quiz.open_card(channel, 2)
    await told(await alice.click(second, right(await quiz.asked(2))))
    await quiz.stop()
    clock.forward(LONG * 10)
    await quiz.start()
    again = await quiz.message(channel, "Card 2 of 2", "shown again", "Closes <t:")
    assert again is not second
    await quiz.local.wait_for(lambda: "Closed." in second.text)
    await told(await bob.click(again, right(await quiz.asked(2))))
    clock.forward(LONG + 2)
    await quiz.message(channel, "Card 2 of 2", "Right (2 of 2)")
    clock.forward(9)
    podium = await quiz.message(channel, "The quiz is over")
    assert f"{alice.mention} 2,000 · 2 of 2 right" in podium.text
    assert f"{bob.mention} 2,000 · 2 of 2 right" in podium.text


async def test_buttons_of_the_lobby_work_after_a_restart(
    quiz: QuizHouse, alice: Person, bob: Person, channel: Channel
) -> None:
    lobby = await quiz.lobby(alice, channel)
    await quiz.restart()
    assert "You are in" in await told(await bob.click(lobby, "Join"))
    await quiz.message(channel, "Joined (1)")
    assert "Here we go" in await told(await alice.click(lobby, "Start"))
    await quiz.open_card(channel, 1)
    assert len([one for one in channel.messages if "opened by" in one.text]) == 1


async def test_a_restart_during_a_reveal_neither_repeats_it_nor_stops_the_round(
    quiz: QuizHouse, clock: Clock, alice: Person, channel: Channel
) -> None:
    card = await quiz.begin(alice, channel)
    await told(await alice.click(card, right(await quiz.asked(1))))
    clock.forward(LONG + 2)
    await quiz.message(channel, "Right (1 of 1)")
    await quiz.restart()
    clock.forward(9)
    await quiz.open_card(channel, 2)
    assert len([one for one in channel.messages if "Right (1 of 1)" in one.text]) == 1


async def test_a_paused_card_is_still_paused_after_a_restart(quiz: QuizHouse, alice: Person, channel: Channel) -> None:
    card = await quiz.begin(alice, channel)
    await told(await alice.slash(channel, "quiz pause"))
    await quiz.restart()
    assert "goes on" in await told(await alice.slash(channel, "quiz resume"))
    assert "noted" in await told(await alice.click(card, right(await quiz.asked(1))))


async def test_a_bad_gateway_on_the_cards_send_does_not_start_its_clock(
    quiz: QuizHouse, local: LocalDiscord, clock: Clock, alice: Person, channel: Channel
) -> None:
    lobby = await quiz.lobby(alice, channel)
    local.faults.next("POST", SENDS, status=502)
    await told(await alice.click(lobby, "Start"))
    card = await quiz.open_card(channel, 1)
    [showing] = (await quiz.round()).plays[0].showings
    assert showing.shown_at == pytest.approx(card.created_at, abs=0.002)
    failed = next(one for one in local.requests if one.status == 502)
    assert local.requests.index(failed) < max(
        number for number, one in enumerate(local.requests) if one.method == "POST" and one.path == failed.path
    )


async def test_a_card_whose_send_fails_is_sent_later_with_its_whole_time(
    quiz: QuizHouse, local: LocalDiscord, clock: Clock, alice: Person, channel: Channel
) -> None:
    lobby = await quiz.lobby(alice, channel)
    local.faults.next("POST", SENDS, status=503)
    await told(await alice.click(lobby, "Start"))
    await local.wait_for(lambda: any(one.status == 503 for one in local.requests))
    state = await quiz.round()
    assert state.phase is Phase.SENDING
    assert state.plays[0].showings[0].shown_at is None
    clock.forward(30)
    card = await quiz.open_card(channel, 1)
    assert (await quiz.round()).deadline() == pytest.approx(card.created_at + LONG, abs=0.002)


async def test_a_card_is_sent_once_though_the_answer_to_its_send_is_lost(
    quiz: QuizHouse, local: LocalDiscord, clock: Clock, alice: Person, channel: Channel
) -> None:
    lobby = await quiz.lobby(alice, channel)
    local.faults.next("POST", SENDS, lose_answer=True)
    await told(await alice.click(lobby, "Start"))
    await local.wait_for(lambda: _cards(channel))
    clock.forward(3)
    await quiz.open_card(channel, 1)
    assert len(_cards(channel)) == 1


def _cards(channel: Channel) -> list[Message]:
    return [one for one in channel.messages if "Card 1 of" in one.text]


async def test_a_deleted_card_is_shown_again(
    quiz: QuizHouse, alice: Person, moderator: Person, channel: Channel
) -> None:
    card = await quiz.begin(alice, channel)
    await moderator.delete(card)
    again = await quiz.open_card(channel, 1)
    assert again is not card
    assert "noted" in await told(await alice.click(again, right(await quiz.asked(1))))


async def test_a_round_ends_with_its_channel(
    quiz: QuizHouse, local: LocalDiscord, guild: LocalGuild, alice: Person, channel: Channel
) -> None:
    await quiz.begin(alice, channel)
    guild.remove_channel(channel)
    await quiz.finished()
    assert (await quiz.round()).ending is Ending.CHANNEL_LOST


async def test_a_button_of_a_round_that_is_over_says_so(
    quiz: QuizHouse, alice: Person, bob: Person, channel: Channel
) -> None:
    lobby = await quiz.lobby(alice, channel)
    await told(await alice.slash(channel, "quiz stop"))
    await quiz.finished()
    assert "That round is over." in await told(await bob.click(lobby, "Join"))
