"""Rounds stay with the course that their cards were drawn from."""

from tests.bot.curation.house import command
from tests.bot.quiz.house import LONG, right, told
from tests.bot.quiz.test_settings import play
from tutorbot.knowledge import load_course
from tutorbot.playground import Channel, Clock, LocalGuild, Person
from tutorbot.store.stores import open_stores

from .house import ALLIANCES, SOURDOUGH, CoursesHouse


async def test_a_round_goes_on_in_its_course_when_the_server_chooses_another_also_after_a_restart(
    bot: CoursesHouse, clock: Clock, ann: Person, alice: Person, bob: Person, channel: Channel
) -> None:
    lobby = await bot.lobby(alice, channel)
    await bot.choose(ann, channel, SOURDOUGH)
    await bot.restart()
    await bot.message(channel, "opened by", ALLIANCES)
    await told(await bob.click(lobby, "Join"))
    await bot.message(channel, "Joined (1)", ALLIANCES)
    await told(await alice.click(lobby, "Start"))
    for number in (1, 2):
        card = await bot.open_card(channel, number)
        await told(await bob.click(card, right(await bot.asked(number))))
        clock.forward(LONG + 1)
        await bot.message(channel, f"Card {number} of 2", "Right (1 of 1)", "-# Alliance in International Relations")
        clock.forward(9)
    await bot.message(channel, "The quiz is over")
    state = await bot.round()
    assert (state.course, state.title) == ("alliances", ALLIANCES)
    assert {one.entry for one in state.cards} <= set(load_course(bot.knowledge / "alliances").course.by_id)


async def test_a_leaderboard_on_a_topic_counts_rounds_on_that_topic_of_the_servers_course(
    house: CoursesHouse, clock: Clock, ann: Person, alice: Person, bob: Person, channel: Channel
) -> None:
    topic = house.tutor.course.entries[0].topic
    file = house.knowledge / "sourdough" / "entries" / "culture.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("topic: The culture", f"topic: {topic}"), encoding="utf-8")
    await house.start()
    await play(house, clock, channel, [alice, bob], 1, topic=topic)
    assert alice.mention in await house.leaderboard(ann, channel, topic=topic)
    await house.choose(ann, channel, SOURDOUGH)
    assert alice.mention not in await house.leaderboard(ann, channel, topic=topic)
    assert alice.mention in await house.leaderboard(ann, channel)


async def test_new_rounds_and_reviews_are_of_the_new_course(
    bot: CoursesHouse, ann: Person, alice: Person, channel: Channel, guild: LocalGuild
) -> None:
    await bot.choose(ann, channel, SOURDOUGH)
    second = load_course(bot.knowledge / "sourdough").course
    lobby = await bot.lobby(alice, channel, cards=3)
    assert SOURDOUGH in lobby.text
    state = await bot.round()
    assert {one.entry for one in state.cards} <= set(second.by_id)
    await alice.click(lobby, "Start")
    await bot.open_card(channel, 1)
    await command(alice, channel, "quiz stop")
    await bot.finished()
    async with open_stores(bot.database) as stores:
        [result] = await stores.rounds.results(guild.id)
    assert result.course == "sourdough"
    review = await command(alice, channel, "review")
    more = next(button.label for button in review.message.buttons if "new" in button.label)
    shown = await (await alice.click(review.message, more)).answered()
    await (await alice.click(shown.message, "Show the answer")).answered()
    assert "Sourdough Baking" in shown.text
