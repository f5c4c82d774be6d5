"""What one server adds, changes or hides never shows in another."""

from random import Random

from tutorbot.courses import Courses
from tutorbot.knowledge import Course
from tutorbot.playground import Channel, Interaction, LocalGuild, Person
from tutorbot.quiz.cards import CardMaker
from tutorbot.quiz.deck import draw
from tutorbot.store.stores import open_stores
from tutorbot.tutors import Tutors

from .house import CurationHouse, add, buttons, command, fill, press

ADDED = {"term": "Tulip mania", "source": "Tutorial", "quote": "Prices of bulbs rose until nobody bought them"}
CHANGED = "A cordial word among neighbours"


def exported(handed: Interaction) -> str:
    """The file that was handed over."""
    [file] = [one for message in handed.messages for one in message.attachments]
    return file.data.decode()


async def test_servers_never_see_each_others_entries(
    bot: CurationHouse,
    mo: Person,
    zoe: Person,
    alice: Person,
    channel: Channel,
    there: Channel,
    guild: LocalGuild,
    other: LocalGuild,
) -> None:
    saved = await press(mo, await add(mo, channel, **ADDED), "Save anyway")
    edited = await fill(mo, await mo.slash(channel, "knowledge edit", entry="entente"), text=CHANGED)
    await press(mo, edited, "Save anyway")
    await press(mo, await command(mo, channel, "knowledge remove", entry="coalition"), "Remove")

    for person, place, own in ((mo, channel, True), (zoe, there, False)):
        asked = await command(person, place, "ask", question="what is tulip mania?")
        assert ("Prices of bulbs" in asked.text) is own
        defined = await command(person, place, "define", term="Tulip mania")
        assert ("Prices of bulbs" in defined.text) is own
        assert (CHANGED in (await command(person, place, "define", term="entente")).text) is own
        assert ("### Coalition\n" in (await command(person, place, "define", term="coalition")).text) is not own
        for typed, name, expected in (("tulip", "Tulip mania", own), ("coalition", "Coalition", not own)):
            offered = [one.name for one in await person.autocomplete(place, "define", "term", typed)]
            assert (name in offered) is expected
        offered = [one.name for one in await person.autocomplete(place, "knowledge restore", "entry", "coalition")]
        assert (offered[:1] == ["Coalition"]) is True
        found = await command(person, place, "knowledge search", words="bulbs")
        assert ("Tulip mania" in found.text) is own
        for form in ("yaml", "csv", "markdown"):
            text = exported(await command(person, place, "knowledge export", form=form))
            assert ("Prices of bulbs" in text) is own
            assert (CHANGED in text) is own
        history = await command(person, place, "knowledge history")
        assert ("Tulip mania" in history.text) is own

    stolen = await zoe.slash(there, "knowledge history", entry="tulip-mania")
    assert "Nobody has changed this entry here" in (await stolen.answered()).text
    assert "Undo" in buttons(saved)

    async with open_stores(bot.database) as stores:
        tutors = Tutors(Courses(bot.settings(), bot.tutor), stores.knowledge, stores.guilds)
        await tutors.refresh()
        here, elsewhere = tutors.course_of(guild.id), tutors.course_of(other.id)
    assert {"tulip-mania"} <= quizzed(here)
    assert "coalition" not in quizzed(here)
    assert "tulip-mania" not in quizzed(elsewhere)
    assert "coalition" in quizzed(elsewhere)
    assert elsewhere is bot.tutor.course


def quizzed(course: Course) -> set[str]:
    """The entries on the cards of a course."""
    cards = CardMaker(course).cards(Random(1))
    return {card.entry for card in draw(cards, len(cards), Random(1))}
