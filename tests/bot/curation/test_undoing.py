"""Everything can be undone, and nobody overwrites anybody."""

from tutorbot.playground import Channel, LocalGuild, Person

from .house import CurationHouse, add, buttons, command, fill, press

NOTE = {"term": "Tulip mania", "source": "Tutorial", "quote": "Prices of bulbs rose until nobody bought them"}


async def test_removal_asks_once_and_can_be_undone(
    bot: CurationHouse, mo: Person, alice: Person, channel: Channel
) -> None:
    asked = await command(mo, channel, "knowledge remove", entry="entente", why="not taught")
    assert "Remove *Entente* from this server’s notes?" in asked.text
    removed = await press(mo, asked, "Remove")
    assert "no longer asked, shown or quizzed" in removed.text
    gone = await command(alice, channel, "define", term="entente")
    assert "### Entente" not in gone.text
    assert all(choice.name != "Entente" for choice in await alice.autocomplete(channel, "define", "term", "entente"))
    await bot.restart()
    undone = await press(mo, removed, "Undo")
    assert "**Undone: *Entente*** is as it was before." in undone.text
    assert "### Entente" in (await command(alice, channel, "define", term="entente")).text


async def test_an_entry_can_be_kept_after_all(
    bot: CurationHouse, mo: Person, channel: Channel, guild: LocalGuild
) -> None:
    kept = await press(mo, await command(mo, channel, "knowledge remove", entry="entente"), "Keep it")
    assert kept.text == "Nothing was changed."
    assert await bot.versions(guild.id) == []


async def test_what_was_removed_is_found_and_restored_by_its_name(
    bot: CurationHouse, mo: Person, alice: Person, channel: Channel
) -> None:
    await press(mo, await command(mo, channel, "knowledge remove", entry="entente"), "Remove")
    assert "**Entente** (removed here)" in (await command(mo, channel, "knowledge search", words="entente")).text
    [first, *_] = await mo.autocomplete(channel, "knowledge restore", "entry", "enten")
    restored = await command(mo, channel, "knowledge restore", entry=first.value, why="taught after all")
    assert "**Restored: *Entente*.**" in restored.text
    assert "### Entente" in (await command(alice, channel, "define", term="entente")).text


async def test_the_history_tells_who_changed_what_and_why_and_any_version_comes_back(
    bot: CurationHouse, mo: Person, alice: Person, channel: Channel
) -> None:
    saved = await press(mo, await add(mo, channel, **NOTE), "Save anyway")
    for number, word in enumerate(("fell", "stood still", "doubled", "halved", "rose again"), 2):
        edited = await mo.slash(channel, "knowledge edit", entry="Tulip mania", why=f"lecture {number}")
        saved = await fill(mo, edited, text=f"Prices of bulbs {word} until nobody bought them")
        assert f"version {number}" in saved.text
    history = await press(mo, saved, "History")
    assert f"**6** · {mo.mention} edited it" in history.text
    assert "Why: lecture 6" in history.text
    assert "Text: Prices of bulbs ~~halved~~ **rose again** until nobody bought them" in history.text
    assert buttons(history) == ["Restore 5", "Restore 4", "Restore 3", "Older"]
    older = await press(mo, history, "Older")
    assert "**0** · not there yet" in older.text
    assert buttons(older) == ["Restore 2", "Restore 1", "Restore 0", "Newer"]
    restored = await press(mo, older, "Restore 2")
    assert "> Prices of bulbs fell until" in restored.text
    assert "Prices of bulbs fell" in (await command(alice, channel, "define", term="Tulip mania")).text
    everything = await command(mo, channel, "knowledge history")
    assert f"**7** · {mo.mention} restored *Tulip mania*" in everything.text


async def test_the_second_of_two_moderators_is_shown_the_change_of_the_first_and_merges(
    bot: CurationHouse, mo: Person, ann: Person, alice: Person, channel: Channel
) -> None:
    await press(mo, await add(mo, channel, **NOTE), "Save anyway")
    first = await mo.slash(channel, "knowledge edit", entry="Tulip mania")
    second = await ann.slash(channel, "knowledge edit", entry="Tulip mania")
    await fill(mo, first, text="Prices of bulbs fell")
    refused = await fill(ann, second, term="Tulip bubble")
    assert f"**Somebody was quicker.** {mo.mention} edited *Tulip mania*" in refused.text
    assert "Text: Prices of bulbs ~~rose until nobody bought them~~ **fell**" in refused.text
    assert "### Tulip mania" in (await command(alice, channel, "define", term="Tulip mania")).text
    opened = await press(ann, refused, "Open on the newest version")
    assert opened.modal is not None
    assert [field.value for field in opened.modal.fields][:2] == ["Tulip bubble", "Prices of bulbs fell"]
    merged = await fill(ann, opened)
    assert "version 3" in merged.text
    defined = await command(alice, channel, "define", term="Tulip bubble")
    assert "> Prices of bulbs fell" in defined.text


async def test_of_two_who_remove_at_once_the_second_is_told(
    bot: CurationHouse, mo: Person, ann: Person, channel: Channel
) -> None:
    first = await command(mo, channel, "knowledge remove", entry="entente")
    second = await command(ann, channel, "knowledge remove", entry="entente")
    await press(mo, first, "Remove")
    told = await press(ann, second, "Remove")
    assert f"**Somebody was quicker.** {mo.mention} removed *Entente*" in told.text
    assert buttons(told) == ["History"]


async def test_every_change_is_told_in_the_audit_channel_if_there_is_one(
    bot: CurationHouse, mo: Person, ann: Person, channel: Channel, guild: LocalGuild
) -> None:
    audit = guild.add_text_channel("audit")
    settings = await command(ann, channel, "tutor settings")
    await (await ann.select(settings.message, "kn-pick:audit_channel", [audit])).answered()
    await press(mo, await add(mo, channel, **NOTE), "Save anyway")
    asked = await command(mo, channel, "knowledge remove", entry="Tulip mania", why="wrong course")
    await press(mo, asked, "Remove")
    told = [message.text for message in audit.messages]
    assert told[0].startswith(f"{mo.mention} added **Tulip mania** (version 1)")
    assert told[1].startswith(f"{mo.mention} removed **Tulip mania** (version 2): wrong course")
