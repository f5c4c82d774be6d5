"""What a server sets, and what everybody can see of their own."""

import asyncio
import json

import pytest

from tutorbot.playground import Channel, LocalGuild, Person
from tutorbot.store.sql_unanswered import SqlUnanswered

from .house import CurationHouse, command, press, read


async def test_settings_are_changed_by_menus_and_last(
    bot: CurationHouse, mo: Person, ann: Person, channel: Channel, guild: LocalGuild
) -> None:
    room, role = guild.add_text_channel("moderators"), guild.add_role("Assistants")
    shown = await command(ann, channel, "tutor settings")
    assert "Course: Alliances, Coercion and Diplomacy" in await read(shown)
    await bot.restart()
    for menu, chosen in (
        ("study_channels", [channel, room]),
        ("moderator_role", [role]),
        ("moderator_channel", [room]),
        ("audit_channel", [room]),
    ):
        changed = await (await ann.select(shown.message, f"kn-pick:{menu}", chosen)).answered()
        assert "Changed." in changed.text
    answers = "Questions in study channels, too; the asker alone sees the answer"
    changed = await (await ann.select(shown.message, "kn-pick:answers", answers)).answered()
    assert "Discord has not granted me the content of others" in changed.text
    held = await bot.set_by(guild.id)
    assert (held.study_channels, held.moderator_role) == ((channel.id, room.id), role.id)
    assert (held.moderator_channel, held.audit_channel, held.answers.value) == (room.id, room.id, "study-channels")
    await (await ann.select(shown.message, "kn-pick:audit_channel", [])).answered()
    assert (await bot.set_by(guild.id)).audit_channel is None


async def test_a_click_on_settings_by_somebody_who_may_not_is_refused(
    bot: CurationHouse, ann: Person, channel: Channel, guild: LocalGuild
) -> None:
    shown = await command(ann, channel, "tutor settings")
    guild.take(ann, next(role for role in guild.state.roles.values() if role.name == "Head"))
    refused = await (await ann.select(shown.message, "kn-pick:audit_channel", [channel])).answered()
    assert "Only those who manage this server can change its settings." in refused.text
    assert (await bot.set_by(guild.id)).audit_channel is None


async def test_people_see_and_take_along_and_delete_what_is_kept_about_them(
    bot: CurationHouse, alice: Person, bob: Person, channel: Channel, guild: LocalGuild
) -> None:
    await command(alice, channel, "ask", question="what is an entente?")
    await command(alice, channel, "ask", question="how do I bake sourdough bread?")
    assert "- questions: 2" in await read(await command(alice, channel, "privacy show"))
    handed = await command(alice, channel, "privacy export")
    [file] = [one for message in handed.messages for one in message.attachments]
    assert {row["question"] for row in json.loads(file.data)["feedback"]} == {"how do I bake sourdough bread?"}
    assert all(message.ephemeral for message in handed.messages)
    asked = await command(alice, channel, "privacy delete")
    assert "Delete all that is kept about you, on all servers?" in await read(asked)
    assert "**Done.**" in (await press(alice, asked, "Delete it")).text
    assert "Nothing." in (await command(alice, channel, "privacy show")).text
    assert await bot.kept(guild.id) == []


async def test_what_somebody_asked_goes_from_the_moderators_channel_when_they_are_forgotten(
    bot: CurationHouse, ann: Person, alice: Person, channel: Channel, guild: LocalGuild
) -> None:
    room = guild.add_text_channel("moderators")
    settings = await command(ann, channel, "tutor settings")
    await (await ann.select(settings.message, "kn-pick:moderator_channel", [room])).answered()
    await command(alice, channel, "ask", question="how do I bake sourdough bread?")
    await bot.local.wait_for(lambda: room.messages, 20)
    await press(alice, await command(alice, channel, "privacy delete"), "Delete it")
    assert room.messages == []


async def test_a_card_that_is_on_its_way_when_its_asker_is_forgotten_goes_too(
    bot: CurationHouse,
    ann: Person,
    alice: Person,
    channel: Channel,
    guild: LocalGuild,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = guild.add_text_channel("moderators")
    settings = await command(ann, channel, "tutor settings")
    await (await ann.select(settings.message, "kn-pick:moderator_channel", [room])).answered()
    sent, forgotten = asyncio.Event(), asyncio.Event()
    keep_card = SqlUnanswered.keep_card

    async def slowly(self: SqlUnanswered, guild: int, group: int, at: int, message: int) -> bool:
        sent.set()
        await forgotten.wait()
        return await keep_card(self, guild, group, at, message)

    monkeypatch.setattr(SqlUnanswered, "keep_card", slowly)
    await command(alice, channel, "ask", question="how do I bake sourdough bread?")
    await asyncio.wait_for(sent.wait(), 20)
    assert room.messages
    asked = await command(alice, channel, "privacy delete")
    deleting = asyncio.create_task(press(alice, asked, "Delete it"))
    await asyncio.sleep(0.3)
    forgotten.set()
    await deleting
    await bot.local.wait_for(lambda: not room.messages, 20)
