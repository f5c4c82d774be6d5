"""What servers set, what hosts choose, teams, and leaderboards."""

import pytest

from tests.bot.house import labels
from tutorbot.playground import Channel, Clock, LocalGuild, Person
from tutorbot.quiz.round import Scoring, Starters

from .house import LONG, QuizHouse, right, told, wrong


async def test_settings_show_and_change_what_rounds_have(
    quiz: QuizHouse, alice: Person, moderator: Person, channel: Channel
) -> None:
    assert "Cards: 10" in await told(await alice.slash(channel, "quiz settings"))
    assert "Only moderators can change" in await told(await alice.slash(channel, "quiz settings", cards=3))
    changed = await told(
        await moderator.slash(
            channel, "quiz settings", cards=3, seconds=30, scoring="accuracy", teams=2, host_only=False, grace=2
        )
    )
    for line in ("Cards: 3", "30 seconds, and 2 s more", "every right answer scores 1,000", "Teams: 2", "by: anyone"):
        assert line in changed
    assert "round is open" in await told(await alice.slash(channel, "quiz start"))
    await quiz.message(channel, "opened by")
    settings = (await quiz.round()).settings
    assert (settings.cards, settings.seconds, settings.scoring) == (3, 30, Scoring.ACCURACY)
    assert (settings.teams, settings.starters, settings.grace) == (2, Starters.ANYONE, 2)


async def test_settings_last_over_a_restart_and_can_be_taken_back(
    quiz: QuizHouse, alice: Person, moderator: Person, channel: Channel
) -> None:
    await told(await moderator.slash(channel, "quiz settings", seconds=30, teams=4, kinds="lists"))
    await quiz.restart()
    shown = await told(await alice.slash(channel, "quiz settings"))
    assert "30 seconds" in shown
    assert "lists only" in shown
    shown = await told(await moderator.slash(channel, "quiz settings", seconds=0, teams=0, kinds="every"))
    assert "as long as the card needs" in shown
    assert "Teams: none" in shown
    assert "only" not in shown.splitlines()[1]


@pytest.mark.parametrize("given", [{"seconds": 3}, {"teams": 1}])
async def test_a_setting_that_does_not_fit_changes_nothing(
    quiz: QuizHouse, moderator: Person, channel: Channel, given: dict[str, int]
) -> None:
    assert "Nothing was changed" in await told(await moderator.slash(channel, "quiz settings", cards=7, **given))
    assert "Cards: 10" in await told(await moderator.slash(channel, "quiz settings"))


async def test_a_host_chooses_otherwise_for_one_round(
    quiz: QuizHouse, alice: Person, bob: Person, channel: Channel
) -> None:
    lobby = await quiz.lobby(alice, channel, cards=4, seconds=12, scoring="relaxed", host_only=False)
    assert "4 cards · no clock · 12 seconds a card" in lobby.text
    assert "Anyone presses **Start**" in lobby.text
    assert "Here we go" in await told(await bob.click(lobby, "Start"))


async def test_a_topic_without_such_cards_is_refused_and_one_with_few_says_so(
    quiz: QuizHouse, alice: Person, channel: Channel
) -> None:
    course = quiz.tutor.course
    listed = {entry.topic for entry in course.entries if entry.is_list}
    bare = next(entry.topic for entry in course.entries if entry.topic not in listed)
    assert "no cards of that kind" in await told(await alice.slash(channel, "quiz start", topic=bare, kinds="lists"))
    lobby = await quiz.lobby(alice, channel, topic=bare, cards=50)
    assert "(there are no more)" in lobby.text


async def test_teams_are_joined_by_buttons_and_stand_in_the_lobby_the_reveal_and_the_podium(
    quiz: QuizHouse, clock: Clock, alice: Person, bob: Person, carol: Person, channel: Channel
) -> None:
    lobby = await quiz.lobby(alice, channel, teams=2, cards=1, scoring="accuracy")
    assert labels(lobby) == ["🔴 Red", "🔵 Blue", "Start"]
    await told(await alice.click(lobby, "🔴 Red"))
    await told(await bob.click(lobby, "🔵 Blue"))
    await told(await carol.click(lobby, "🔴 Red"))
    await told(await carol.click(lobby, "🔵 Blue"))  # minds may change until the start
    lobby = await quiz.message(channel, "🔴 Red (1)", "🔵 Blue (2)")
    await told(await alice.click(lobby, "Start"))
    card = await quiz.open_card(channel, 1)
    asked = await quiz.asked(1)
    await told(await alice.click(card, right(asked)))
    await told(await bob.click(card, right(asked)))
    await told(await carol.click(card, wrong(asked)))
    clock.forward(LONG)
    await quiz.message(channel, "Right (2 of 3)")
    clock.forward(9)
    podium = await quiz.message(channel, "The quiz is over", "🥇 **🔴 Red** 1,000", "🥈 **🔵 Blue** 500")
    assert f"🥇 {alice.mention} 1,000" in podium.text
    assert f"🥇 {bob.mention} 1,000" in podium.text  # equal points, equal place
    assert podium.attachments


async def play(
    quiz: QuizHouse, clock: Clock, channel: Channel, people: list[Person], number: int, **options: object
) -> None:
    """A round of one card that all answer rightly."""
    card = await quiz.begin(people[0], channel, cards=1, scoring="accuracy", **options)
    for person in people:
        await told(await person.click(card, right((await quiz.round(number)).cards[0])))
    clock.forward(LONG)
    await quiz.message(channel, f"Right ({len(people)} of {len(people)})")
    clock.forward(9)
    await quiz.finished(number)
    channel.by_id.clear()  # so that the next round's messages are not mistaken for these


async def test_leaderboards_go_by_week_topic_points_and_accuracy_and_ties_are_ties(
    quiz: QuizHouse, clock: Clock, alice: Person, bob: Person, carol: Person, channel: Channel
) -> None:
    topic, other = list(dict.fromkeys(entry.topic for entry in quiz.tutor.course.entries))[:2]
    await play(quiz, clock, channel, [alice, bob], 1, topic=topic)
    week = await quiz.leaderboard(carol, channel)
    for person in (alice, bob):
        assert f"🥇 {person.mention} 1,000 points · 100% right · 1 round" in week
    await play(quiz, clock, channel, [carol], 2, topic=topic)  # alone: it does not count
    await play(quiz, clock, channel, [bob, carol], 3, topic=other)
    allowed = await quiz.leaderboard(carol, channel, period="all")
    assert f"🥇 {bob.mention} 2,000 points" in allowed
    for person in (alice, carol):
        assert f"🥈 {person.mention} 1,000 points" in allowed
    on_topic = await quiz.leaderboard(carol, channel, period="all", topic=other)
    assert f"on {other}" in on_topic
    assert alice.mention not in on_topic
    assert f"🥇 {carol.mention} 1,000 points" in on_topic
    assert "There are no cards on" in await quiz.leaderboard(carol, channel, topic="Volcanoes")
    accuracy = await quiz.leaderboard(carol, channel, period="all", by="accuracy")
    assert "20 answers are needed" in accuracy
    assert alice.mention not in accuracy
    clock.forward(7 * 86_400)
    assert alice.mention not in await quiz.leaderboard(carol, channel)


async def test_a_player_who_leaves_is_not_waited_for_and_keeps_their_points(
    quiz: QuizHouse, clock: Clock, alice: Person, bob: Person, guild: LocalGuild, channel: Channel
) -> None:
    lobby = await quiz.lobby(alice, channel, cards=1)
    for person in (alice, bob):
        await told(await person.click(lobby, "Join"))
    await told(await alice.click(lobby, "Start"))
    card = await quiz.open_card(channel, 1)
    await told(await alice.click(card, right(await quiz.asked(1))))
    assert "You have left" in await told(await bob.slash(channel, "quiz leave"))
    assert "not in this round" in await told(await guild.add_member("Dora").slash(channel, "quiz leave"))
    clock.forward(3)
    await quiz.message(channel, "Right (1 of 1)")
