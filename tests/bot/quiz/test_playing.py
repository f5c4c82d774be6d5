"""Quiz rounds as people play them."""

import pytest

from tests.bot.house import labels
from tutorbot.playground import Channel, Clock, LocalDiscord, LocalGuild, Permission, Person

from .house import LONG, QuizHouse, right, told, wrong


async def test_three_people_play_a_round_by_buttons_to_the_podium(
    quiz: QuizHouse, clock: Clock, alice: Person, bob: Person, carol: Person, channel: Channel
) -> None:
    lobby = await quiz.lobby(alice, channel, cards=3)
    for person in (alice, bob):
        assert "You are in" in await told(await person.click(lobby, "Join"))
    await quiz.message(channel, "Joined (2)", alice.mention, bob.mention)
    assert "Here we go" in await told(await alice.click(lobby, "Start"))
    for number in (1, 2, 3):
        card = await quiz.open_card(channel, number)
        asked = await quiz.asked(number)
        assert "noted. You can change it until the end." in await told(await alice.click(card, right(asked)))
        clock.forward(20)
        await told(await bob.click(card, right(asked)))
        await told(await carol.click(card, wrong(asked)))  # who answers has joined
        clock.forward(LONG)
        reveal = await quiz.message(channel, f"Card {number} of 3", "Right (2 of 3)")
        assert f"{alice.mention} +1,000" in reveal.text
        assert "✓" in reveal.text
        assert "-# Alliance in International Relations" in reveal.text
        clock.forward(9)
    podium = await quiz.message(channel, "The quiz is over")
    places = [line for line in podium.text.splitlines() if "<@" in line]
    assert [line.split()[1] for line in places] == [alice.mention, bob.mention, carol.mention]
    assert places[0] == f"🥇 {alice.mention} 3,000 · 3 of 3 right"
    assert places[2] == f"🥉 {carol.mention} 0 · 0 of 3 right"


async def test_the_options_stand_in_the_text_too(quiz: QuizHouse, alice: Person, channel: Channel) -> None:
    card = await quiz.begin(alice, channel)
    asked = await quiz.asked(1)
    if len(asked.options) > 2:
        assert labels(card) == list("ABCD")[: len(asked.options)]
        assert all(f"**{letter}** " in card.text for letter in labels(card))
    else:
        assert labels(card) == ["True", "False"]


async def test_an_answer_can_be_changed_until_the_end(
    quiz: QuizHouse, clock: Clock, alice: Person, channel: Channel
) -> None:
    card = await quiz.begin(alice, channel)
    asked = await quiz.asked(1)
    await told(await alice.click(card, wrong(asked)))
    assert f"Changed to **{right(asked)}**" in await told(await alice.click(card, right(asked)))
    clock.forward(LONG + 2)
    await quiz.message(channel, "Right (1 of 1)")


async def test_the_count_is_shown_at_most_every_three_seconds(
    quiz: QuizHouse,
    local: LocalDiscord,
    clock: Clock,
    guild: LocalGuild,
    alice: Person,
    bob: Person,
    carol: Person,
    channel: Channel,
) -> None:
    dora = guild.add_member("Dora")
    lobby = await quiz.lobby(alice, channel)
    await told(await dora.click(lobby, "Join"))  # who does not answer: the card stays open
    await told(await alice.click(lobby, "Start"))
    card = await quiz.open_card(channel, 1)
    asked = await quiz.asked(1)

    def edits() -> int:
        path = f"/channels/{channel.id}/messages/{card.id}"
        return len([one for one in local.requests if one.method == "PATCH" and one.path == path])

    before = edits()
    for person in (alice, bob, carol):
        await told(await person.click(card, right(asked)))
    assert edits() == before
    clock.forward(3)
    await quiz.message(channel, "3 answered")
    assert edits() == before + 1


async def test_a_card_ends_early_once_all_who_joined_have_answered(
    quiz: QuizHouse, clock: Clock, alice: Person, bob: Person, channel: Channel
) -> None:
    lobby = await quiz.lobby(alice, channel)
    for person in (alice, bob):
        await told(await person.click(lobby, "Join"))
    await told(await alice.click(lobby, "Start"))
    card = await quiz.open_card(channel, 1)
    asked = await quiz.asked(1)
    await told(await alice.click(card, right(asked)))
    clock.forward(5)
    await told(await bob.click(card, wrong(asked)))  # still open: Bob has not answered
    assert "Changed to" in await told(await bob.click(card, right(asked)))
    clock.forward(3)
    await quiz.message(channel, "Right (2 of 2)", f"{alice.mention} +1,000", f"{bob.mention} +9")


async def test_a_late_click_is_refused_plainly(
    quiz: QuizHouse, clock: Clock, alice: Person, bob: Person, channel: Channel
) -> None:
    card = await quiz.begin(alice, channel)
    asked = await quiz.asked(1)
    await told(await alice.click(card, right(asked)))
    clock.forward(LONG + 2)
    await quiz.message(channel, "Right (1 of 1)")
    assert "That was too late" in await told(await bob.click(card, right(asked), late=True))
    await quiz.local.wait_for(lambda: "Closed." in card.text)
    assert all(button.disabled for button in card.buttons)


async def test_of_two_starts_at_the_same_instant_one_is_refused(
    quiz: QuizHouse, local: LocalDiscord, alice: Person, bob: Person, channel: Channel
) -> None:
    begun = [one.begin_slash(channel, "quiz start", cards=2, kinds="buttons") for one in (alice, bob)]
    texts = sorted([await told(one) for one in begun])
    assert texts[0].startswith("A round is already running in this channel")
    assert texts[1].startswith("The round is open")
    await quiz.message(channel, "opened by")
    assert len([one for one in channel.messages if "opened by" in one.text]) == 1


async def test_a_second_start_is_refused_and_allowed_again_after_the_first_is_over(
    quiz: QuizHouse, alice: Person, bob: Person, channel: Channel
) -> None:
    await quiz.lobby(alice, channel)
    assert "already running" in await told(await bob.slash(channel, "quiz start"))
    assert "was stopped" in await told(await alice.slash(channel, "quiz stop"))
    await quiz.message(channel, "The quiz is over: it was stopped", "No card counted")
    assert "The round is open" in await told(await bob.slash(channel, "quiz start"))


async def test_stopping_a_round_reports_what_was_played(
    quiz: QuizHouse, clock: Clock, alice: Person, bob: Person, channel: Channel
) -> None:
    card = await quiz.begin(alice, channel)
    for person in (alice, bob):
        await told(await person.click(card, right(await quiz.asked(1))))
    clock.forward(LONG + 2)
    await quiz.message(channel, "Right (2 of 2)")
    clock.forward(9)
    left = await quiz.open_card(channel, 2)
    assert "was stopped" in await told(await alice.slash(channel, "quiz stop"))
    await quiz.message(channel, "The quiz is over: it was stopped", "1 card counted", f"{bob.mention} 1,000")
    await quiz.local.wait_for(lambda: "Closed." in left.text and all(button.disabled for button in left.buttons))
    assert "No round is running" in await told(await alice.slash(channel, "quiz standing"))
    await quiz.finished()
    board = await (await bob.slash(channel, "quiz leaderboard")).answered()
    assert f"🥇 {alice.mention} 1,000 points · 100% right · 1 round" in board.text


async def test_only_the_host_and_moderators_command_a_round(
    quiz: QuizHouse, alice: Person, bob: Person, moderator: Person, channel: Channel
) -> None:
    lobby = await quiz.lobby(alice, channel)
    assert "Only the host" in await told(await bob.click(lobby, "Start"))
    assert "Here we go" in await told(await moderator.click(lobby, "Start"))
    await quiz.open_card(channel, 1)
    for name in ("pause", "skip", "next", "stop"):
        assert "Only the host" in await told(await bob.slash(channel, f"quiz {name}"))
    assert "was stopped" in await told(await moderator.slash(channel, "quiz stop"))


async def test_the_clock_stands_while_a_round_is_paused(
    quiz: QuizHouse, clock: Clock, alice: Person, bob: Person, channel: Channel
) -> None:
    card = await quiz.begin(alice, channel)
    asked = await quiz.asked(1)
    assert "is paused" in await told(await alice.slash(channel, "quiz pause"))
    clock.forward(LONG + 60)
    assert "The round is paused" in await told(await bob.click(card, right(asked)))
    await quiz.message(channel, "The clock stands.")
    assert "goes on" in await told(await alice.slash(channel, "quiz resume"))
    assert "noted" in await told(await bob.click(card, right(asked)))
    clock.forward(LONG + 2)
    await quiz.message(channel, "Right (1 of 1)")


async def test_a_skipped_card_does_not_count(quiz: QuizHouse, alice: Person, channel: Channel) -> None:
    card = await quiz.begin(alice, channel)
    await told(await alice.click(card, right(await quiz.asked(1))))
    assert "skipped" in await told(await alice.slash(channel, "quiz skip"))
    await quiz.message(channel, "it does not count", "1 answered.")
    assert f"{alice.mention} 0 · 0 of 0 right" in await told(await alice.slash(channel, "quiz standing"))


@pytest.mark.parametrize("topic", ["Volcanoes", "@everyone **bold** " * 20, "\u202e"])
async def test_an_unknown_topic_is_answered_with_those_there_are(
    quiz: QuizHouse, alice: Person, channel: Channel, topic: str
) -> None:
    answered = await told(await alice.slash(channel, "quiz start", topic=topic))
    assert "There are no cards on" in answered
    assert "- Why alliances form" in answered
    assert "**bold**" not in answered


async def test_a_suggested_topic_is_what_the_cards_are_on(quiz: QuizHouse, alice: Person, channel: Channel) -> None:
    [choice] = await alice.autocomplete(channel, "quiz start", "topic", "diplomacy and")
    lobby = await quiz.lobby(alice, channel, topic=choice.value)
    assert f"Quiz: {choice.value}" in lobby.text
    assert {card.topic for card in (await quiz.round()).cards} == {choice.value}


async def test_where_the_bot_may_not_write_no_round_is_opened(
    quiz: QuizHouse, guild: LocalGuild, alice: Person, channel: Channel
) -> None:
    guild.set_permissions(guild.bot_role, Permission.VIEW_CHANNEL)
    guild.deny(channel, guild.everyone, Permission.SEND_MESSAGES)
    assert "I may not write in this channel" in await told(await alice.slash(channel, "quiz start"))


@pytest.mark.parametrize("name", ["stop", "skip", "next", "pause", "resume", "standing"])
async def test_without_a_round_a_command_says_so(quiz: QuizHouse, alice: Person, channel: Channel, name: str) -> None:
    assert "No round is running in this channel" in await told(await alice.slash(channel, f"quiz {name}"))
