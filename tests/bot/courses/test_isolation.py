"""Servers of different courses never see each other's entries."""

from tests.bot.curation.house import add, command, press
from tests.bot.curation.test_isolation import ADDED, exported
from tutorbot.knowledge import load_course
from tutorbot.playground import Channel, LocalGuild, Person

from .house import SOURDOUGH, CoursesHouse

BREAD = ("levain", "Levain", "The portion of starter that is built up", "Sourdough Baking at Home (slides)")
POWER = ("entente", "Entente", "More flexible association", "Alliance in International Relations (slides)")


async def test_servers_of_two_courses_see_nothing_of_each_other(
    bot: CoursesHouse, ann: Person, zoe: Person, channel: Channel, there: Channel
) -> None:
    await bot.choose(ann, channel, SOURDOUGH)
    await press(ann, await add(ann, channel, **ADDED), "Save anyway")
    for person, place, own, others in ((ann, channel, BREAD, POWER), (zoe, there, POWER, BREAD)):
        for (name, term, said, _title), shown in ((own, True), (others, False)):
            asked = await command(person, place, "ask", question=f"what is {name}?")
            assert (said in asked.text) is shown
            mentioned = await bot.ask(person, place, bot.mentioned(f"what does {name} mean?"))
            assert (said in mentioned.text) is shown
            assert (said in (await command(person, place, "define", term=name)).text) is shown
            for line, option in (
                ("define", "term"),
                ("compare", "first"),
                ("knowledge edit", "entry"),
                ("knowledge show", "entry"),
            ):
                offered = [one.name for one in await person.autocomplete(place, line, option, name)]
                assert (term in offered) is shown, line
            found = await command(person, place, "knowledge search", words=name)
            assert (f"**{term}**" in found.text) is shown
            for form in ("yaml", "csv", "markdown"):
                assert (said in exported(await command(person, place, "knowledge export", form=form))) is shown
        sources = [one.name for one in await person.autocomplete(place, "knowledge import", "source", "")]
        assert own[3] in sources
        assert others[3] not in sources
    assert "Tulip mania" in (await command(ann, channel, "knowledge history")).text
    assert "Tulip mania" not in (await command(zoe, there, "knowledge history")).text


async def test_a_servers_changes_stay_with_the_course_that_they_were_made_of(
    bot: CoursesHouse, ann: Person, channel: Channel
) -> None:
    await press(ann, await add(ann, channel, **ADDED), "Save anyway")
    assert "Prices of bulbs" in (await command(ann, channel, "define", term="tulip mania")).text
    await bot.choose(ann, channel, SOURDOUGH)
    assert "Prices of bulbs" not in (await command(ann, channel, "define", term="tulip mania")).text
    assert "Nobody has changed the notes here." in (await command(ann, channel, "knowledge history")).text
    await bot.choose(ann, channel, "Alliances, Coercion and Diplomacy")
    assert "Prices of bulbs" in (await command(ann, channel, "define", term="tulip mania")).text


async def test_topics_reviews_and_reports_are_those_of_the_servers_course(
    bot: CoursesHouse, ann: Person, zoe: Person, channel: Channel, there: Channel
) -> None:
    await bot.choose(ann, channel, SOURDOUGH)
    for line in ("quiz start", "quiz leaderboard", "review"):
        offered = [one.name for one in await ann.autocomplete(channel, line, "topic", "the ")]
        assert "The culture" in offered
        elsewhere = [one.name for one in await zoe.autocomplete(there, line, "topic", "")]
        assert elsewhere
        assert not set(offered) & set(elsewhere)
    await command(ann, channel, "ask", question="what is a levain?")
    await command(zoe, there, "ask", question="what is an entente?")
    first, second = (load_course(bot.knowledge / one).course for one in ("alliances", "sourdough"))
    for person, place, course in ((ann, channel, second), (zoe, there, first)):
        report = await command(person, place, "knowledge report")
        assert "**1** question: 1 answered." in report.text
        assert f"{len(course.entries) - 1} of {len(course.entries)} entries" in report.text
    assert "Sourdough" in (await command(ann, channel, "ask", question="?!")).text
    assert "Sourdough" not in (await command(zoe, there, "ask", question="?!")).text


async def test_what_was_asked_of_one_course_waits_for_it_when_another_is_chosen(
    bot: CoursesHouse, ann: Person, alice: Person, channel: Channel, guild: LocalGuild, pinged: list[str]
) -> None:
    pinged.append(alice.mention)  # at the end it is answered
    await command(alice, channel, "ask", question="what is the offside rule in football?")
    waiting = await command(ann, channel, "knowledge unanswered")
    assert "offside rule" in waiting.text
    opened = await ann.click(waiting.message, "Answer it")
    await bot.choose(ann, channel, SOURDOUGH)
    assert "Nothing was asked in vain." in (await command(ann, channel, "knowledge unanswered")).text
    refused = await press(ann, waiting, "Point to an entry")
    assert "This belongs to another course" in refused.text
    assert opened.modal is not None
    typed = {"term": "Offside", "text": "A rule.", "source": "Talk", "quote": "A rule."}
    kept = await (await ann.submit(opened.modal, typed)).answered()
    assert "This belongs to another course" in kept.text
    assert await bot.versions(guild.id) == []
    await bot.choose(ann, channel, "Alliances, Coercion and Diplomacy")
    form = await ann.click(kept.message, "Mend")
    assert form.modal is not None
    saved = await press(ann, await (await ann.submit(form.modal, {})).answered(), "Save anyway")
    assert "Offside" in saved.text
