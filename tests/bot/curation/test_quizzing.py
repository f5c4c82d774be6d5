"""What a server adds is quizzed there, and there alone."""

from tutorbot.playground import Channel, Person

from .house import CurationHouse, add, command, press

NOTE = {
    "term": "Tulip mania",
    "source": "Tutorial",
    "quote": "Prices of bulbs rose until nobody bought them any more in the winter of 1637",
}


async def test_an_added_entry_is_quizzed_with_its_source_and_marked(
    bot: CurationHouse, mo: Person, alice: Person, zoe: Person, channel: Channel, there: Channel
) -> None:
    saved = await press(mo, await add(mo, channel, **NOTE), "Save anyway")
    more = await press(mo, saved, "Other names, topic, why")
    assert more.modal is not None
    await (await mo.submit(more.modal, {"topic": "Flowers"})).answered()
    assert "Flowers" in [one.name for one in await alice.autocomplete(channel, "quiz start", "topic", "flow")]
    assert await zoe.autocomplete(there, "quiz start", "topic", "flow") == []
    elsewhere = await command(zoe, there, "quiz start", topic="Flowers")
    assert "The round is open" not in elsewhere.text
    await command(alice, channel, "quiz start", topic="Flowers", cards=1, kinds="buttons", scoring="relaxed")

    def said(*parts: str) -> bool:
        return any(all(part in one.text for part in parts) for one in channel.messages)

    await bot.local.wait_for(lambda: said("opened by"), 20)
    lobby = next(one for one in channel.messages if "opened by" in one.text)
    await press(alice, lobby, "Join")
    await press(alice, lobby, "Start")
    await bot.local.wait_for(lambda: said("Card 1 of 1"), 20)
    card = next(one for one in channel.messages if "Card 1 of 1" in one.text)
    await press(alice, card, card.buttons[0].custom_id or "")
    await bot.local.wait_for(lambda: said("moderator's note", "Tutorial"), 20)
    assert said("Tulip mania")
