"""What fails is told, and nothing that was typed is lost."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from tutorbot.curation.versions import Action, Change
from tutorbot.knowledge.overlay import Laid
from tutorbot.playground import Channel, LocalGuild, Person
from tutorbot.store.stores import open_stores

from .house import CurationHouse, add, buttons, command, press

NOTE = {"term": "Tulip mania", "source": "Tutorial", "quote": "Prices of bulbs rose until nobody bought them"}


@contextmanager
def locked(bot: CurationHouse) -> Iterator[None]:
    """Another program writes to the database, and takes its time."""
    other = sqlite3.connect(bot.database.partition("///")[2], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


async def test_a_save_that_fails_keeps_the_form_and_can_be_tried_again(
    bot: CurationHouse, mo: Person, alice: Person, channel: Channel
) -> None:
    doubted = await add(mo, channel, **NOTE)
    with locked(bot):
        failed = await press(mo, doubted, "Save anyway")
        assert "**Not saved:** the database is busy." in failed.text
        assert "what you typed is kept" in failed.text
        assert buttons(failed) == ["Open the form again", "Save again"]
        opened = await press(mo, failed, "Open the form again")
    assert opened.modal is not None
    assert opened.modal.fields[4].value == NOTE["quote"]
    assert "**Saved: *Tulip mania***" in (await press(mo, failed, "Save again")).text
    assert "Prices of bulbs" in (await command(alice, channel, "define", term="Tulip mania")).text


async def test_what_another_process_saves_is_askable_within_a_second(
    bot: CurationHouse, mo: Person, alice: Person, channel: Channel, guild: LocalGuild
) -> None:
    await command(alice, channel, "define", term="entente")
    async with open_stores(bot.database) as stores:
        change = Change("entente", Laid(hidden=True), Action.REMOVE, 0)
        await stores.knowledge.save(guild.id, bot.tutor.course.id, [change], who=mo.id, at=1.0)

    async def names() -> list[str]:
        return [choice.name for choice in await alice.autocomplete(channel, "define", "term", "entente")]

    began = bot.local.world.clock()
    while "Entente" in await names():
        assert bot.local.world.clock() - began < 10
    assert "### Entente" not in (await command(alice, channel, "define", term="entente")).text


async def test_a_click_delivered_twice_saves_once(
    bot: CurationHouse, mo: Person, channel: Channel, guild: LocalGuild
) -> None:
    saved = await press(mo, await add(mo, channel, **NOTE), "Save anyway")
    bot.local.deliver_again(saved)
    await command(mo, channel, "knowledge show", entry="Tulip mania")
    assert [version.number for version in await bot.versions(guild.id)] == [1]


async def test_a_moderators_channel_that_is_closed_to_the_bot_stops_nothing(
    bot: CurationHouse, mo: Person, ann: Person, alice: Person, channel: Channel, guild: LocalGuild
) -> None:
    room = guild.add_text_channel("moderators")
    settings = await command(ann, channel, "tutor settings")
    for menu in ("moderator_channel", "audit_channel"):
        await (await ann.select(settings.message, f"kn-pick:{menu}", [room])).answered()
    guild.remove_channel(room)
    await command(alice, channel, "ask", question="how do I bake sourdough bread?")
    assert "**Saved:" in (await press(mo, await add(mo, channel, **NOTE), "Save anyway")).text
    assert "sourdough" in (await command(mo, channel, "knowledge unanswered")).text
