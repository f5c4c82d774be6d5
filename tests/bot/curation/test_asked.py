"""Questions asked in vain: shown to moderators, answered, and their askers told."""

import asyncio

from tutorbot.playground import Channel, Interaction, LocalGuild, Message, Person

from .house import CurationHouse, buttons, command, fill, press, read

BREAD = "How do I bake sourdough bread at home?"
NOTE = {"term": "Sourdough", "source": "Tutorial", "quote": "Sourdough bread is baked at 230 degrees"}


async def with_moderators_channel(ann: Person, guild: LocalGuild, channel: Channel) -> Channel:
    """The channel in which moderators are shown what was asked in vain."""
    room = guild.add_text_channel("moderators")
    settings = await command(ann, channel, "tutor settings")
    await (await ann.select(settings.message, "kn-pick:moderator_channel", [room])).answered()
    return room


async def shown(bot: CurationHouse, room: Channel, *parts: str) -> Message:
    """The card that has all these parts, once it is there."""

    def found() -> list[Message]:
        return [one for one in room.messages if not one.ephemeral and all(part in one.text for part in parts)]

    await bot.local.wait_for(found, 20)
    return found()[0]


async def answered(bot: CurationHouse, mo: Person, card: Message) -> Interaction:
    """Answer a card's question with a new entry."""
    opened = await press(mo, card, "Answer it")
    return await press(mo, await fill(mo, opened, **NOTE), "Save anyway")


async def test_a_question_asked_in_vain_is_answered_and_its_askers_are_told_once_where_they_asked(
    bot: CurationHouse,
    mo: Person,
    ann: Person,
    alice: Person,
    bob: Person,
    channel: Channel,
    guild: LocalGuild,
    pinged: list[str],
) -> None:
    pinged += [alice.mention, bob.mention]
    room = await with_moderators_channel(ann, guild, channel)
    await bot.ask(alice, channel, bot.mentioned(BREAD))
    asked = next(one for one in channel.messages if BREAD in one.content)
    card = await shown(bot, room, BREAD, "once, by one person")
    await command(bob, channel, "ask", question="what is the way to bake sourdough bread at home", private=True)
    grown = await shown(bot, room, BREAD, "2 times, by 2 people")
    assert grown is card
    assert "also: what is the way to bake" in grown.text
    saved = await answered(bot, mo, card)
    assert "2 people who asked are told where they asked." in saved.text
    assert f"**Answered** by {mo.mention}: Sourdough" in card.text
    assert card.buttons == []
    told = [one for one in channel.messages if "Show me" in [button.label for button in one.buttons]]
    assert [(one.text, one.reply_to) for one in told] == [
        (f"{alice.mention} The notes answer this now: **Sourdough**.", asked),
        (f"{bob.mention} The notes now answer a question that you asked here.", None),
    ]
    assert "230 degrees" in await read(await press(alice, told[0], "Show me"))
    assert await read(await press(bob, told[0], "Show me")) == "This is somebody else’s."
    await bot.restart()
    assert "### Sourdough" in (await command(alice, channel, "ask", question=BREAD)).text
    assert len([one for one in channel.messages if "Show me" in [button.label for button in one.buttons]]) == 2


async def test_who_does_not_want_to_be_told_is_not(
    bot: CurationHouse,
    mo: Person,
    ann: Person,
    alice: Person,
    bob: Person,
    channel: Channel,
    guild: LocalGuild,
    pinged: list[str],
) -> None:
    pinged += [alice.mention]
    room = await with_moderators_channel(ann, guild, channel)
    assert "You will not be told" in await read(await command(bob, channel, "privacy notices", state="off"))
    await command(alice, channel, "ask", question=BREAD)
    await command(bob, channel, "ask", question=BREAD)
    saved = await answered(bot, mo, await shown(bot, room, BREAD, "by 2 people"))
    assert "One person who asked is told where they asked." in saved.text
    told = next(one for one in channel.messages if "Show me" in [button.label for button in one.buttons])
    assert alice.mention in told.text
    assert "You will not be told any more" in await read(await press(alice, told, "Don’t tell me again"))
    shown_to_her = await read(await command(alice, channel, "privacy show"))
    assert "You are not told when a question that you asked in vain is answered." in shown_to_her


async def test_a_question_is_pointed_to_an_entry_and_becomes_its_sample_question(
    bot: CurationHouse,
    mo: Person,
    ann: Person,
    alice: Person,
    channel: Channel,
    guild: LocalGuild,
    pinged: list[str],
) -> None:
    pinged += [alice.mention]
    room = await with_moderators_channel(ann, guild, channel)
    question = "Which rugby club shares the trophy money?"
    await command(alice, channel, "ask", question=question)
    card = await shown(bot, room, question)
    opened = await press(mo, card, "Point to an entry")
    unknown = await fill(mo, opened, typed="no such thing at all")
    assert "There is no such entry" in unknown.text
    opened = await press(mo, card, "Point to an entry")
    pointed = await fill(mo, opened, typed="entente")
    assert "***Entente* answers it from now on.**" in pointed.text
    assert f"**Pointed** by {mo.mention} to Entente" in card.text
    assert "### Entente" in (await command(alice, channel, "ask", question=question)).text
    assert question in (await command(mo, channel, "knowledge show", entry="entente")).text
    await press(mo, pointed, "Undo")
    assert "### Entente" not in (await command(alice, channel, "ask", question=question)).text


async def test_the_list_of_what_was_asked_in_vain_and_dismissing(
    bot: CurationHouse, mo: Person, alice: Person, bob: Person, channel: Channel
) -> None:
    assert (await command(mo, channel, "knowledge unanswered")).text == "Nothing was asked in vain."
    await command(alice, channel, "ask", question="Which rugby club won the cup?")
    await command(alice, channel, "ask", question=BREAD)
    await command(bob, channel, "ask", question=BREAD)
    listed = await command(mo, channel, "knowledge unanswered")
    assert "**Asked in vain:** 2 questions" in listed.text
    assert listed.text.index(BREAD) < listed.text.index("rugby")
    assert buttons(listed) == ["Answer it", "Point to an entry", "Dismiss"] * 2
    dismissed = await press(mo, listed, "Dismiss")
    assert f"**Dismissed:** {BREAD}" in dismissed.text
    left = await command(mo, channel, "knowledge unanswered")
    assert "**Asked in vain:** 1 question" in left.text
    assert BREAD not in left.text


async def test_of_two_moderators_who_deal_with_a_question_the_second_is_told(
    bot: CurationHouse, mo: Person, ann: Person, alice: Person, channel: Channel
) -> None:
    await command(alice, channel, "ask", question=BREAD)
    first = await command(mo, channel, "knowledge unanswered")
    second = await command(ann, channel, "knowledge unanswered")
    await press(mo, first, "Dismiss")
    assert "Somebody has dealt with this question already." in (await press(ann, second, "Answer it")).text


async def test_a_card_is_changed_at_most_every_few_seconds(
    bot: CurationHouse, ann: Person, channel: Channel, guild: LocalGuild
) -> None:
    room = await with_moderators_channel(ann, guild, channel)
    people = [guild.add_member(f"Student {number}") for number in range(6)]
    for person in people[:1]:
        await command(person, channel, "ask", question=BREAD)
    card = await shown(bot, room, BREAD)
    await asyncio.gather(*(command(person, channel, "ask", question=BREAD) for person in people[1:]))
    await shown(bot, room, BREAD, "6 times, by 6 people")
    edits = [one for one in bot.local.requests if one.method == "PATCH" and str(card.id) in one.path]
    assert len(edits) <= 2
    assert len([one for one in room.messages if BREAD in one.text]) == 1


async def test_a_card_that_somebody_deleted_is_shown_again_when_its_group_grows(
    bot: CurationHouse, ann: Person, alice: Person, bob: Person, channel: Channel, guild: LocalGuild
) -> None:
    room = await with_moderators_channel(ann, guild, channel)
    await command(alice, channel, "ask", question=BREAD)
    card = await shown(bot, room, BREAD)
    await ann.delete(card)
    await command(bob, channel, "ask", question=BREAD)
    assert await shown(bot, room, BREAD, "by 2 people") is not card


async def test_what_was_asked_before_there_was_a_moderators_channel_is_shown_in_it(
    bot: CurationHouse, ann: Person, alice: Person, channel: Channel, guild: LocalGuild
) -> None:
    await command(alice, channel, "ask", question=BREAD)
    room = await with_moderators_channel(ann, guild, channel)
    card = await shown(bot, room, BREAD)
    await bot.restart()
    await command(alice, channel, "ask", question="Which rugby club won the cup?")
    await shown(bot, room, "rugby")
    assert [one.path for one in bot.local.requests if one.method == "PATCH" and str(card.id) in one.path] == []
