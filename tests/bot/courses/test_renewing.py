"""Edited files of every open course are taken up while the bot runs."""

from tests.bot.curation.house import command
from tutorbot.playground import Channel, Person

from .house import SOURDOUGH, CoursesHouse


async def test_an_edit_of_any_open_course_is_answered_with(
    bot: CoursesHouse, ann: Person, zoe: Person, channel: Channel, there: Channel
) -> None:
    await bot.choose(ann, channel, SOURDOUGH)
    for person, place, course, term, line in (
        (ann, channel, "sourdough", "starter", "gloss: The pet in the jar."),
        (zoe, there, "alliances", "entente", "gloss: "),
    ):
        files = (bot.knowledge / course / "entries").glob("*.yaml")
        [file] = [one for one in files if f"- id: {term}\n" in one.read_text(encoding="utf-8")]
        before, at, after = file.read_text(encoding="utf-8").partition(f"- id: {term}\n")
        head, found, rest = after.partition(line)
        assert found
        edited = f"gloss: Edited for {course}.\n" + rest.partition("\n")[2]
        file.write_text(before + at + head + edited, encoding="utf-8")
        bot.renewals.put_nowait(None)
        while f"Edited for {course}." not in (await command(person, place, "define", term=term)).text:
            pass
    assert "Edited for sourdough." in (await command(ann, channel, "define", term="starter")).text
