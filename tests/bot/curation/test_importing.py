"""Documents become proposals, which a moderator accepts, mends or drops."""

from tutorbot.playground import Channel, LocalGuild, Person, Upload

from .house import CurationHouse, buttons, command, fill, press, read

CARDS = b"""Tulips Flashcards

Tulip mania
- Prices of bulbs rose in the winter of 1637 until nobody bought them any more

2 kinds of bulbs
- Broken bulbs: those with flames of colour on their petals
- Plain bulbs: those that have a single colour

Florists' guild
- Members of the guild met in taverns and traded notes instead of flowers
"""


async def test_proposals_are_accepted_mended_and_dropped_one_by_one(
    bot: CurationHouse, mo: Person, alice: Person, channel: Channel
) -> None:
    first = await command(mo, channel, "knowledge import", file=Upload("tulips.txt", CARDS))
    assert "**tulips.txt** · 1 of " in await read(first)
    assert "### Tulip mania" in first.text
    second = await press(mo, first, "Accept")
    assert "1 accepted, 0 dropped" in second.text
    assert "### 2 kinds of bulbs" in second.text
    opened = await press(mo, second, "Mend")
    third = await fill(mo, opened, term="Kinds of tulip bulbs")
    assert "2 accepted, 0 dropped" in third.text
    last = third
    while "Drop" in buttons(last):
        last = await press(mo, last, "Drop")
    assert "**tulips.txt is done:** 2 accepted," in last.text
    defined = await command(alice, channel, "define", term="Tulip mania")
    assert "Prices of bulbs rose in the winter of 1637" in defined.text
    assert "Moderator’s note" not in defined.text
    assert (
        "Broken bulbs: those with flames" in (await command(alice, channel, "define", term="Kinds of tulip bulbs")).text
    )
    assert "### Florists" not in (await command(alice, channel, "define", term="Florists' guild")).text


async def test_all_that_nothing_speaks_against_is_accepted_at_once(
    bot: CurationHouse, mo: Person, alice: Person, channel: Channel
) -> None:
    first = await command(mo, channel, "knowledge import", file=Upload("tulips.txt", CARDS))
    done = await press(mo, first, "Accept all undoubted")
    assert "accepted" in done.text
    for term in ("Tulip mania", "2 kinds of bulbs", "Florists' guild"):
        assert f"### {term}" in (await command(alice, channel, "define", term=term)).text
    again = await command(mo, channel, "knowledge import", file=Upload("tulips.txt", CARDS))
    assert "This has the name of “Tulip mania”" in again.text
    refused = await press(mo, again, "Accept")
    assert "**Not accepted:** *Tulip mania* has this name already." in refused.text


async def test_an_import_is_gone_on_with_later_but_not_after_a_restart(
    bot: CurationHouse, mo: Person, ann: Person, channel: Channel
) -> None:
    first = await command(mo, channel, "knowledge import", file=Upload("tulips.txt", CARDS))
    await press(mo, first, "Drop")
    resumed = await command(mo, channel, "knowledge import")
    assert "0 accepted, 1 dropped" in resumed.text
    assert "There is no import to go on with" in (await command(ann, channel, "knowledge import")).text
    await bot.restart()
    assert "This import is no longer kept" in (await press(mo, resumed, "Accept")).text


async def test_a_quote_of_an_imported_document_is_proved_from_then_on(
    bot: CurationHouse, mo: Person, channel: Channel
) -> None:
    first = await command(mo, channel, "knowledge import", file=Upload("tulips.txt", CARDS))
    await press(mo, first, "Accept")
    opened = await mo.slash(channel, "knowledge add", term="Notes", source="Tulips")
    quote = "Members of the guild met in taverns and traded notes instead of flowers"
    saved = await fill(mo, opened, quote=quote)
    if "Save anyway" in buttons(saved):
        saved = await press(mo, saved, "Save anyway")
    assert "Its quote is proved: it stands in *Tulips*" in saved.text


async def test_files_that_cannot_be_read_are_refused_in_a_sentence(
    bot: CurationHouse, mo: Person, channel: Channel, guild: LocalGuild
) -> None:
    for name, data, said in (
        ("tulips.exe", b"MZ", "I cannot read this kind of file."),
        ("tulips.txt", b"x" * 20_000_001, "This file is too large: at most 20 MB."),
        ("tulips.pdf", b"not a pdf", "tulips.pdf is not a PDF"),
        ("tulips.txt", b"", "tulips.txt"),
    ):
        told = await command(mo, channel, "knowledge import", file=Upload(name, data))
        assert said in await read(told)
    fetched = [one for one in bot.local.world.attachments.values() if one.filename == "tulips.exe"]
    assert len(fetched) == 1
    assert await bot.versions(guild.id) == []
