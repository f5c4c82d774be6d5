"""A player's look at a typed answer, and appeals."""

import pytest

from tests.bot.house import labels
from tutorbot.playground import Channel, Clock, LocalDiscord, LocalGuild, Message, Person

from .house import LONG, QuizHouse, told, typed


async def revealed(
    quiz: QuizHouse, clock: Clock, channel: Channel, alice: Person, bob: Person, **more: object
) -> Message:
    """The reveal of the only card, typed, that Alice answered wrongly."""
    card = await quiz.begin(alice, channel, **{"kinds": "typed", "cards": 1, **more})
    await told(await typed(alice, card, "no **idea** @everyone"))
    await told(await typed(bob, card, (await quiz.asked(1)).accept[0]))
    clock.forward(LONG)
    return await quiz.message(channel, "Right (1 of 2)")


async def appealed(quiz: QuizHouse, channel: Channel, alice: Person, reveal: Message) -> Message:
    """Alice's appeal, as moderators see it."""
    verdict = await (await alice.click(reveal, "My answer")).answered()
    assert "was not counted as right" in verdict.text
    assert "**idea**" not in verdict.text
    assert "The moderators will look" in await told(await alice.click(verdict.message, "Appeal"))
    return await quiz.message(channel, "Moderators decide.")


async def test_granting_an_appeal_scores_the_round_again_and_tells_the_standing(
    quiz: QuizHouse, clock: Clock, alice: Person, bob: Person, moderator: Person, channel: Channel
) -> None:
    reveal = await revealed(quiz, clock, channel, alice, bob)
    appeal = await appealed(quiz, channel, alice, reveal)
    assert alice.mention in appeal.text
    assert "**idea**" not in appeal.text
    assert "@everyone" not in appeal.text
    assert "Only moderators can decide that." in await told(await bob.click(appeal, "Grant"))
    assert "scored again" in await told(await moderator.click(appeal, "Grant"))
    await quiz.local.wait_for(lambda: "Granted by" in appeal.text)
    assert f"{alice.mention} has 1,000 points now, place 1" in appeal.text
    assert all(button.disabled for button in appeal.buttons)
    await quiz.local.wait_for(lambda: "Right (2 of 2)" in reveal.text)
    assert "decided already" in await told(await moderator.click(appeal, "Grant", late=True))


async def test_dismissing_an_appeal_says_so(
    quiz: QuizHouse, clock: Clock, alice: Person, bob: Person, moderator: Person, channel: Channel
) -> None:
    reveal = await revealed(quiz, clock, channel, alice, bob)
    appeal = await appealed(quiz, channel, alice, reveal)
    assert "the score stays" in await told(await moderator.click(appeal, "Dismiss"))
    await quiz.local.wait_for(lambda: f"Dismissed by {moderator.mention}" in appeal.text)
    assert "Right (1 of 2)" in reveal.text


async def test_an_appeal_can_be_granted_after_the_round_and_a_restart_and_the_podium_shows_it(
    quiz: QuizHouse, clock: Clock, alice: Person, bob: Person, moderator: Person, channel: Channel
) -> None:
    reveal = await revealed(quiz, clock, channel, alice, bob)
    clock.forward(9)
    podium = await quiz.message(channel, "The quiz is over")
    await quiz.finished()
    await quiz.restart()
    appeal = await appealed(quiz, channel, alice, reveal)
    picture = podium.attachments[0].data
    assert "scored again" in await told(await moderator.click(appeal, "Grant"))
    await quiz.local.wait_for(lambda: f"{alice.mention} 1,000 · 1 of 1 right" in podium.text)
    await quiz.local.wait_for(lambda: podium.attachments[0].data != picture)
    await quiz.kept_as(2_000)
    assert f"{alice.mention} 1,000 points · 100% right" in await quiz.leaderboard(bob, channel)


async def test_who_was_right_sees_so_and_has_nothing_to_appeal(
    quiz: QuizHouse, clock: Clock, alice: Person, bob: Person, carol: Person, channel: Channel
) -> None:
    reveal = await revealed(quiz, clock, channel, alice, bob)
    verdict = await (await bob.click(reveal, "My answer")).answered()
    assert "It counts: +" in verdict.text
    assert labels(verdict.message) == []
    assert "You did not answer this card" in await told(await carol.click(reveal, "My answer"))


async def test_items_of_a_list_are_credited_by_a_moderator(
    quiz: QuizHouse, clock: Clock, alice: Person, bob: Person, moderator: Person, channel: Channel
) -> None:
    card = await quiz.begin(alice, channel, kinds="lists", cards=1)
    items = [item.text for item in (await quiz.asked(1)).items]
    await told(await typed(alice, card, items[0]))
    clock.forward(LONG + 2)
    reveal = await quiz.message(channel, "Card 1 of 1", "Right (1 of 1)")
    verdict = await (await alice.click(reveal, "My answer")).answered()
    assert f"the first to name 1 of {len(items)}" in verdict.text
    await told(await alice.click(verdict.message, "Appeal"))
    appeal = await quiz.message(channel, "Moderators decide.")
    [menu] = appeal.selects
    assert len(menu.options) == len(items) - 1
    await told(await moderator.select(appeal, menu.custom_id, [menu.options[0][0]]))
    await quiz.local.wait_for(lambda: "Granted by" in appeal.text)
    await quiz.local.wait_for(lambda: reveal.text.count(f"({alice.mention})") == 2)


@pytest.mark.parametrize("open_to_bot", [True, False])
async def test_appeals_go_to_the_moderators_channel_if_the_bot_may_write_there(
    quiz: QuizHouse,
    local: LocalDiscord,
    guild: LocalGuild,
    clock: Clock,
    alice: Person,
    bob: Person,
    channel: Channel,
    open_to_bot: bool,
) -> None:
    office = guild.add_text_channel("moderators")
    await quiz.set_up(guild, moderator_channel=office.id if open_to_bot else 4_242_424_242)
    reveal = await revealed(quiz, clock, channel, alice, bob)
    await appealed(quiz, office if open_to_bot else channel, alice, reveal)


async def test_the_servers_moderator_role_decides_too(
    quiz: QuizHouse, guild: LocalGuild, clock: Clock, alice: Person, bob: Person, carol: Person, channel: Channel
) -> None:
    role = guild.add_role("Tutors")
    guild.give(carol, role)
    await quiz.set_up(guild, moderator_role=role.id)
    reveal = await revealed(quiz, clock, channel, alice, bob)
    appeal = await appealed(quiz, channel, alice, reveal)
    assert "scored again" in await told(await carol.click(appeal, "Grant"))
