"""Each server chooses its course."""

import shutil
import threading

import pytest

from tests.bot.curation.house import command, read
from tutorbot.playground import Channel, LocalGuild, Person
from tutorbot.playground.errors import ImpossibleError
from tutorbot.settings import Settings
from tutorbot.store.stores import open_stores
from tutorbot.tutor import Tutor

from .house import ALLIANCES, MENU, SOURDOUGH, TIDES, CoursesHouse

TERM, SAID = "levain", "The portion of starter that is built up"
ENTRY = """topic: The sea
entries:
  - id: tide
    term: Tide
    statement: The rise and fall of the sea.
    citations:
      - {source: slides, locator: "slide 1", quote: The rise and fall of the sea.}
"""


async def answers(person: Person, channel: Channel) -> bool:
    """Whether a question about sourdough is answered."""
    return SAID in (await command(person, channel, "ask", question=f"what is a {TERM}?")).text


async def test_a_server_that_chooses_has_its_course_at_once_and_after_a_restart_and_the_others_keep_theirs(
    bot: CoursesHouse, ann: Person, zoe: Person, channel: Channel, there: Channel, guild: LocalGuild
) -> None:
    assert f"Course: {ALLIANCES}" in await read(await command(ann, channel, "tutor settings"))
    page = await bot.choose(ann, channel, SOURDOUGH)
    for _start in range(2):
        assert f"Course: {SOURDOUGH}" in page.text
        assert await answers(ann, channel)
        assert not await answers(zoe, there)
        assert not await answers(ann, ann.dm)
        await bot.restart()
        page = await command(ann, channel, "tutor settings")
    assert "opened" not in page.text
    assert (await bot.set_by(guild.id)).course == "sourdough"
    await bot.choose(ann, channel, ALLIANCES)
    assert not await answers(ann, channel)


@pytest.fixture
def go_on(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Until it is set, no course comes to be open."""
    go_on, opened = threading.Event(), Tutor.open

    def slowly(settings: Settings) -> Tutor:
        assert go_on.wait(60)
        return opened(settings)

    monkeypatch.setattr(Tutor, "open", slowly)
    return go_on


async def test_until_a_course_is_open_its_server_has_the_one_before_and_is_told(
    bot: CoursesHouse, ann: Person, channel: Channel, go_on: threading.Event
) -> None:
    shown = await command(ann, channel, "tutor settings")
    chosen = await (await ann.select(shown.message, MENU, SOURDOUGH)).answered()
    assert f"“{SOURDOUGH}” is being opened" in chosen.text
    assert f"go on with “{ALLIANCES}”" in chosen.text
    assert not await answers(ann, channel)
    go_on.set()
    await bot.local.wait_for(lambda: f"Course: {SOURDOUGH}" in chosen.text, 20)
    assert "Changed." in chosen.text
    assert "is being opened" not in chosen.text
    assert await answers(ann, channel)


async def test_who_chooses_again_while_a_course_is_opened_has_what_was_chosen_last(
    bot: CoursesHouse, ann: Person, channel: Channel, go_on: threading.Event
) -> None:
    shown = await command(ann, channel, "tutor settings")
    await (await ann.select(shown.message, MENU, SOURDOUGH)).answered()
    again = await ann.select(shown.message, MENU, ALLIANCES)
    await bot.local.wait_for(lambda: "is being opened" not in again.text, 20)
    before = len(bot.local.requests)
    go_on.set()
    await bot.local.wait_for(lambda: len(bot.local.requests) > before, 20)  # the page is shown once more
    assert f"Course: {ALLIANCES}" in again.text
    assert "is being opened" not in again.text
    assert not await answers(ann, channel)


async def test_a_course_that_cannot_be_opened_leaves_the_server_what_it_has_until_its_files_are_mended(
    bot: CoursesHouse, ann: Person, channel: Channel, caplog: pytest.LogCaptureFixture
) -> None:
    await bot.choose(ann, channel, SOURDOUGH)
    page = await bot.choose(ann, channel, TIDES)
    assert f"“{TIDES}” cannot be opened, so I go on with “{SOURDOUGH}”." in page.text
    assert "the course has no entries; write them in entries/*.yaml" in caplog.text
    assert await answers(ann, channel)
    (bot.knowledge / "tides" / "entries").mkdir()
    (bot.knowledge / "tides" / "entries" / "sea.yaml").write_text(ENTRY, encoding="utf-8")
    bot.renewals.put_nowait(None)
    while "rise and fall" not in (await command(ann, channel, "define", term="tide")).text:
        pass
    page = await command(ann, channel, "tutor settings")
    assert f"Course: {TIDES}" in page.text
    assert "cannot be opened" not in page.text


async def test_a_server_whose_course_is_no_longer_installed_has_the_default_and_reads_so(
    bot: CoursesHouse, ann: Person, channel: Channel
) -> None:
    await bot.choose(ann, channel, SOURDOUGH)
    await bot.stop()
    shutil.rmtree(bot.knowledge / "sourdough")
    await bot.start()
    page = await command(ann, channel, "tutor settings")
    assert f"Course: {ALLIANCES}" in page.text
    assert f"(sourdough) is no longer installed, so I go on with “{ALLIANCES}”" in page.text
    assert not await answers(ann, channel)
    shutil.rmtree(bot.knowledge / "tides")
    with pytest.raises(ImpossibleError):  # with one course there is nothing to choose
        await ann.select((await command(ann, channel, "tutor settings")).message, MENU, ALLIANCES)


async def test_what_another_process_was_told_counts_here_too(
    bot: CoursesHouse, ann: Person, channel: Channel, guild: LocalGuild
) -> None:
    async with open_stores(bot.database) as stores:
        await stores.guilds.change(guild.id, {"course": "sourdough"}, who=1, at=bot.clock())
    while not await answers(ann, channel):
        pass


async def test_the_named_course_is_that_of_servers_which_chose_none(
    house: CoursesHouse, ann: Person, channel: Channel
) -> None:
    default = house.tutor
    house.tutor = Tutor.open(house.settings(course="sourdough"))
    await house.start()
    assert await answers(ann, channel)
    assert await answers(ann, ann.dm)
    await house.choose(ann, channel, ALLIANCES)
    assert not await answers(ann, channel)
    await house.stop()
    await house.tutor.close()
    house.tutor = default
