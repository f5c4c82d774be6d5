"""What was begun in one course when the server chooses another."""

import asyncio

import pytest

from tests.bot.curation.house import add, command, fill, press
from tests.bot.curation.test_isolation import ADDED
from tests.test_tutors import ONE, TWO, courses, stores
from tutorbot.bot.curation.proofs import Prints, Proofs
from tutorbot.courses import Courses
from tutorbot.curation.versions import Action, Change
from tutorbot.knowledge import Course
from tutorbot.knowledge.overlay import Laid
from tutorbot.playground import Channel, LocalGuild, Person
from tutorbot.store.stores import Stores
from tutorbot.tutors import Tutors

from .house import ALLIANCES, SOURDOUGH, CoursesHouse

__all__ = ["courses", "stores"]


async def test_what_is_being_saved_goes_into_the_course_that_it_was_typed_for(
    bot: CoursesHouse, ann: Person, channel: Channel, guild: LocalGuild, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = await add(ann, channel, **ADDED)
    looking, go_on, of = asyncio.Event(), asyncio.Event(), Prints.of

    async def slowly(prints: Prints, server: int, course: Course) -> Proofs:
        looking.set()
        await go_on.wait()
        return await of(prints, server, course)

    monkeypatch.setattr(Prints, "of", slowly)
    pressed = await ann.click(asked.message, "Save anyway")
    await looking.wait()
    await bot.choose(ann, channel, SOURDOUGH)
    go_on.set()
    saved = await pressed.answered()
    assert "Tulip mania" in saved.text
    assert [version.course for version in await bot.versions(guild.id)] == ["alliances"]
    assert "Prices of bulbs" not in (await command(ann, channel, "define", term="tulip mania")).text


async def test_an_undo_of_another_course_finds_no_entry(bot: CoursesHouse, ann: Person, channel: Channel) -> None:
    saved = await press(ann, await add(ann, channel, **ADDED), "Save anyway")
    await bot.choose(ann, channel, SOURDOUGH)
    assert "There is no such entry." in (await press(ann, saved, "Undo")).text


async def test_a_draft_that_met_another_change_is_merged_in_its_own_course_only(
    bot: CoursesHouse, ann: Person, channel: Channel
) -> None:
    forms = [await ann.slash(channel, "knowledge edit", entry="entente") for _ in range(2)]
    first, second = [await fill(ann, form, text=f"A word, the {at}.") for at, form in enumerate(forms)]
    await press(ann, first, "Save anyway")
    met = await press(ann, second, "Save anyway")
    await bot.choose(ann, channel, SOURDOUGH)
    refused = await press(ann, met, "Open on the newest version")
    assert "This belongs to another course" in refused.text
    await bot.choose(ann, channel, ALLIANCES)
    opened = await ann.click(refused.message, "Open on the newest version")
    assert opened.modal is not None


async def test_an_answer_of_another_course_is_not_put_before_the_moderators(
    bot: CoursesHouse, ann: Person, alice: Person, channel: Channel, guild: LocalGuild
) -> None:
    answer = await command(alice, channel, "define", term="entente")
    await bot.choose(ann, channel, SOURDOUGH)
    assert "no longer in them" in (await press(alice, answer, "Not helpful")).text
    assert await bot.kept(guild.id) == []


async def test_a_course_that_nobody_wants_any_more_when_it_is_open_is_let_go(courses: Courses, stores: Stores) -> None:
    tutors = Tutors(courses, stores.knowledge, stores.guilds)
    await stores.guilds.change(ONE, {"course": "sourdough"}, who=1, at=0.0)
    await tutors.refresh()
    opening = tutors.opening(ONE)
    assert opening is not None
    await stores.guilds.change(ONE, {"course": "alliances"}, who=1, at=0.0)
    await tutors.refresh()
    await asyncio.wait({opening})
    await tutors.refresh()
    assert [course.id for course in courses.opened()] == ["alliances"]


async def test_a_server_that_took_out_all_that_its_course_still_has_holds_up_no_other(
    courses: Courses, stores: Stores
) -> None:
    tutors = Tutors(courses, stores.knowledge, stores.guilds)
    shared = tutors.of(None)
    changes = [Change(entry.id, Laid(hidden=True), Action.REMOVE, 0) for entry in shared.course.entries]
    await stores.knowledge.save(ONE, "alliances", changes, who=1, at=0.0)
    await stores.guilds.change(TWO, {"moderator_role": 5}, who=1, at=0.0)
    await tutors.refresh()
    assert tutors.of(ONE) is shared
    assert tutors.settings_of(TWO).moderator_role == 5
