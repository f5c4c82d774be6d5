"""A moderator adds and mends entries."""

from tutorbot.playground import Channel, LocalGuild, Message, Person

from .house import CurationHouse as House
from .house import add, buttons, command, fill, press, read

QUOTE = "Alliances are formed in peace time and coalitions are often found during times of war or crises"
PROVED = {"term": "Wartime coalition", "source": "Slides", "locator": "slide 4", "quote": QUOTE}
NOTE = {
    "term": "Tulip mania",
    "text": "Prices of bulbs rose until nobody bought them any more",
    "source": "Tutorial of 3 May",
    "quote": "bulbs rose until nobody bought them",
}


async def test_what_is_added_is_askable_definable_and_suggested_at_once(
    bot: House, mo: Person, alice: Person, channel: Channel
) -> None:
    doubted = await add(mo, channel, **PROVED)
    assert "This looks like *" in await read(doubted)
    saved = await press(mo, doubted, "Save anyway")
    assert "Its quote is proved: it stands in *Alliance in International Relations (slides)*" in saved.text
    asked = await command(alice, channel, "ask", question="what is a wartime coalition?")
    assert "### Wartime coalition" in asked.text
    suggested = await alice.autocomplete(channel, "define", "term", "wartime coal")
    assert suggested[0].name == "Wartime coalition"
    defined = await command(alice, channel, "define", term=suggested[0].value)
    assert f"> {QUOTE}" in defined.text


async def test_what_is_added_survives_a_restart(bot: House, mo: Person, alice: Person, channel: Channel) -> None:
    await press(mo, await add(mo, channel, **NOTE), "Save anyway")
    await bot.restart()
    defined = await command(alice, channel, "define", term="Tulip mania")
    assert "> Prices of bulbs rose" in defined.text


async def test_an_entry_that_nothing_proves_is_marked_wherever_it_is_shown(
    bot: House, mo: Person, alice: Person, channel: Channel
) -> None:
    doubted = await add(mo, channel, **NOTE)
    assert "moderator's note, since the source is not one that quotes can be proved against" in await read(doubted)
    saved = await press(mo, doubted, "Save anyway")
    assert "Moderator’s note" in saved.text
    for shown in (
        await command(alice, channel, "define", term="Tulip mania"),
        await command(alice, channel, "ask", question="what is tulip mania?"),
        await command(mo, channel, "knowledge show", entry="Tulip mania"),
    ):
        assert "Moderator’s note: no lecture document proves it" in shown.text
    assert "(moderator’s note)" in (await command(mo, channel, "knowledge search", words="tulip")).text


async def test_a_near_duplicate_can_be_edited_instead(bot: House, mo: Person, channel: Channel) -> None:
    doubted = await add(mo, channel, **{**PROVED, "term": "Ententte"})
    assert "This looks like *Entente* (0." in await read(doubted)
    opened = await press(mo, doubted, "Edit Entente")
    assert opened.modal is not None
    assert opened.modal.fields[0].value == "Entente"


async def test_a_form_with_problems_opens_again_with_all_that_was_typed(
    bot: House, mo: Person, alice: Person, channel: Channel
) -> None:
    refused = await add(mo, channel, term="Entente", text="For @everyone", source="Slides", quote="")
    assert "“Entente” has that name already" in refused.text
    assert "The quote is missing" in refused.text
    assert "mentions somebody or something of Discord" in refused.text
    assert buttons(refused) == ["Mend", "Other names, topic, why", "Edit Entente"]
    opened = await press(mo, refused, "Mend")
    assert opened.modal is not None
    assert [field.value for field in opened.modal.fields] == ["Entente", "For @everyone", "Slides", "", ""]
    await press(mo, await fill(mo, opened, **NOTE), "Save anyway")
    assert "bulbs" in (await command(alice, channel, "define", term="Tulip mania")).text


async def test_markdown_and_mentions_of_a_form_have_no_power(
    bot: House, mo: Person, alice: Person, channel: Channel
) -> None:
    await press(mo, await add(mo, channel, **{**NOTE, "text": "**Bold** [link](https://example.org) @here"}), "Mend")
    typed = {**NOTE, "term": "*Tulip* mania", "text": "**Bold** words\n# of a heading", "source": "<b>Notes</b> `x`"}
    saved = await press(mo, await add(mo, channel, **typed), "Save anyway")
    defined = await command(alice, channel, "define", term="Tulip mania")
    assert "> Bold words" in defined.text
    assert "\n> of a heading" in defined.text
    for said in (saved, defined):
        assert "`x`" not in said.text
        assert "**Bold" not in said.text


async def test_a_draft_that_is_no_longer_kept_is_told_in_a_sentence(bot: House, mo: Person, channel: Channel) -> None:
    doubted = await add(mo, channel, **NOTE)
    await bot.restart()
    assert "The form is no longer kept" in (await press(mo, doubted, "Save anyway")).text


async def test_a_form_that_was_open_during_a_restart_is_not_lost(
    bot: House, mo: Person, alice: Person, channel: Channel
) -> None:
    opened = await mo.slash(channel, "knowledge add")
    await bot.restart()
    await press(mo, await fill(mo, opened, **NOTE), "Save anyway")
    edited = await mo.slash(channel, "knowledge edit", entry="Tulip mania")
    await bot.restart()
    saved = await fill(mo, edited, text="A price bubble of 1637")
    assert "version 2" in saved.text
    assert "> A price bubble of 1637" in (await command(alice, channel, "define", term="Tulip mania")).text


async def test_names_topic_and_why_have_a_form_of_their_own(
    bot: House, mo: Person, alice: Person, channel: Channel
) -> None:
    saved = await press(mo, await add(mo, channel, **NOTE), "Save anyway")
    opened = await press(mo, saved, "Other names, topic, why")
    more = await fill(mo, opened, aliases="Bulb craze\nTulip fever", note="People bid for flowers", why="for week 3")
    assert "version 2" in more.text
    defined = await command(alice, channel, "define", term="bulb craze")
    assert "-# In plain words (course team): People bid for flowers" in defined.text
    history = await press(mo, more, "History")
    assert "Other names: **Bulb craze · Tulip fever**" in history.text
    assert "Why: for week 3" in history.text


async def test_a_message_is_added_with_its_text_and_a_link_to_it(
    bot: House, mo: Person, alice: Person, channel: Channel
) -> None:
    message: Message = await alice.say(channel, "Bulbs were sold by weight.")
    opened = await mo.context_menu(message, "Add to knowledge")
    assert opened.modal is not None
    values = {field.custom_id: field.value for field in opened.modal.fields}
    assert values["text"] == values["quote"] == "Bulbs were sold by weight."
    assert values["locator"].endswith(f"{channel.id}/{message.id}")
    saved = await press(mo, await fill(mo, opened, term="Sale of bulbs"), "Save anyway")
    assert "Discord: Alice in" in saved.text
    assert "Bulbs were sold by weight" in (await command(alice, channel, "define", term="Sale of bulbs")).text


async def test_those_who_do_not_moderate_are_refused_privately_and_it_is_logged(
    bot: House, mo: Person, ann: Person, channel: Channel, guild: LocalGuild
) -> None:
    assistants = guild.add_role("Assistants")
    settings = await command(ann, channel, "tutor settings")
    await (await ann.select(settings.message, "kn-pick:moderator_role", [assistants])).answered()
    refused = await command(mo, channel, "knowledge add")
    assert await read(refused) == "This is for the moderators of this server."
    assert await mo.autocomplete(channel, "knowledge edit", "entry", "alli") == []
    events = await bot.events(guild.id)
    assert [(one.who, one.what, one.detail) for one in events if one.what == "refused"] == [
        (mo.id, "refused", "/knowledge add")
    ]
    guild.give(mo, assistants)
    assert (await mo.slash(channel, "knowledge add")).modal is not None


async def test_somebody_who_may_no_longer_moderate_cannot_save_an_open_form(
    bot: House, mo: Person, channel: Channel, guild: LocalGuild
) -> None:
    opened = await mo.slash(channel, "knowledge add")
    guild.take(mo, next(role for role in guild.state.roles.values() if role.name == "Moderator"))
    refused = await fill(mo, opened, **NOTE)
    assert "This is for the moderators" in refused.text
    assert buttons(refused) == []
    assert await bot.versions(guild.id) == []
