"""What people may do, see and choose."""

import asyncio
from typing import Any

import discord
import pytest
from discord import ui

from tutorbot.playground import Channel, ImpossibleError, LocalDiscord, LocalGuild, Permission, Person, Upload

from .client import Bot, Connect


class Everything(ui.Modal, title="Everything"):
    """A modal with a field of every kind that Discord has."""

    who = ui.Label["Everything"](text="Who", component=ui.UserSelect(max_values=2))
    where = ui.Label["Everything"](text="Where", component=ui.ChannelSelect())
    role = ui.Label["Everything"](text="Role", component=ui.RoleSelect())
    file = ui.Label["Everything"](text="File", component=ui.FileUpload())

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        """Say what was chosen."""
        who, where, role, file = (label.component for label in (self.who, self.where, self.role, self.file))
        assert isinstance(who, ui.UserSelect)
        assert isinstance(where, ui.ChannelSelect)
        assert isinstance(role, ui.RoleSelect)
        assert isinstance(file, ui.FileUpload)
        names = [one.display_name for one in who.values]
        text = (await file.values[0].read()).decode()
        await interaction.response.send_message(f"{names} {where.values[0].name} {role.values[0].name} {text}")


class Opener(ui.View):
    """A button that opens the modal."""

    @ui.button(label="Open", custom_id="open")
    async def open(self, interaction: discord.Interaction[Any], button: ui.Button["Opener"]) -> None:
        """Open the modal."""
        await interaction.response.send_modal(Everything())

    @ui.button(label="Change", custom_id="change")
    async def change(self, interaction: discord.Interaction[Any], button: ui.Button["Opener"]) -> None:
        """Change the message."""
        await interaction.response.edit_message(content="changed")


@pytest.fixture
async def bot(connect: Connect) -> Bot:
    """A bot that shows these, to all or privately."""
    bot = Bot()

    @bot.tree.command(description="Show")
    async def show(interaction: discord.Interaction, private: bool = False) -> None:
        await interaction.response.send_message("Here", view=Opener(timeout=None), ephemeral=private)

    @bot.tree.command(description="Broken")
    async def broken(interaction: discord.Interaction) -> None:
        pass

    return await connect(bot)


async def test_people_roles_channels_and_files_are_chosen_in_a_modal(
    guild: LocalGuild, channel: Channel, alice: Person, bob: Person, bot: Bot
) -> None:
    message = (await alice.slash(channel, "show")).message
    modal = (await alice.click(message, "Open")).modal
    assert modal is not None
    chosen = {
        "Who": [alice, bob],
        "Where": [channel],
        "Role": [guild.everyone],
        "File": [Upload("a", b"file")],
    }
    submitted = await (await alice.submit(modal, chosen)).answered()
    assert submitted.text == "['Alice', 'Bob'] questions @everyone file"


async def test_a_private_message_is_not_clicked_by_others_even_late(
    channel: Channel, alice: Person, bob: Person, bot: Bot
) -> None:
    message = (await alice.slash(channel, "show", private=True)).message
    with pytest.raises(ImpossibleError, match="does not see"):
        await bob.click(message, "Open", late=True)


async def test_a_late_click_on_a_deleted_message_changes_nothing(
    local_discord: LocalDiscord, guild: LocalGuild, channel: Channel, alice: Person, bot: Bot
) -> None:
    message = (await alice.slash(channel, "show")).message
    await guild.owner.delete(message)
    with pytest.raises(ImpossibleError, match="does not see"):
        await alice.click(message, "Change")
    await alice.click(message, "Change", late=True, wait=False)
    await local_discord.wait_for(lambda: local_discord.refused)
    assert "10008" in local_discord.refused[0].error
    assert message.content == "Here"


async def test_many_people_click_at_once(guild: LocalGuild, channel: Channel, alice: Person, bot: Bot) -> None:
    message = (await alice.slash(channel, "show")).message
    crowd = [guild.add_member(f"Student {number}") for number in range(40)]
    clicks = await asyncio.gather(*(person.click(message, "Change") for person in crowd))
    assert all(click.acknowledged_after is not None for click in clicks)


async def test_a_private_thread_is_seen_by_its_members(
    local_discord: LocalDiscord, guild: LocalGuild, channel: Channel, alice: Person, bob: Person, bot: Bot
) -> None:
    place = bot.get_channel(channel.id)
    assert isinstance(place, discord.TextChannel)
    made = await place.create_thread(name="Review")
    await made.add_user(discord.Object(alice.id))
    await made.send("for Alice")
    thread = local_discord.world.channels[made.id]
    assert [message.content for message in alice.sees(thread)] == ["for Alice"]
    assert bob.sees(thread) == []
    with pytest.raises(ImpossibleError, match="no permission"):
        await bob.say(thread, "hello")
    await made.edit(locked=True, archived=True)
    with pytest.raises(ImpossibleError, match="locked"):
        await alice.say(thread, "hello")
    assert len(await made.fetch_members()) == 2


async def test_those_without_the_permission_cannot_write_or_use_commands(
    guild: LocalGuild, channel: Channel, alice: Person, bot: Bot
) -> None:
    guild.deny(channel, alice, Permission.SEND_MESSAGES | Permission.USE_APPLICATION_COMMANDS)
    with pytest.raises(ImpossibleError, match="SEND_MESSAGES"):
        await alice.say(channel, "hello")
    with pytest.raises(ImpossibleError, match="USE_APPLICATION_COMMANDS"):
        await alice.slash(channel, "show")


async def test_people_change_only_their_own_messages(channel: Channel, alice: Person, bob: Person) -> None:
    message = await alice.say(channel, "mine")
    with pytest.raises(ImpossibleError, match="Alice's, not Bob's"):
        await bob.edit(message, "yours")
    with pytest.raises(ImpossibleError, match="Alice's, not Bob's"):
        await bob.delete(message)
    with pytest.raises(ImpossibleError, match="2000"):
        await bob.say(channel, "x" * 2001)
    thread = await bob.start_thread(message, "About it")
    assert thread.id == message.id


async def test_a_sharded_client_asks_how_many_shards(local_discord: LocalDiscord, guild: LocalGuild) -> None:
    client = discord.AutoShardedClient(intents=discord.Intents.default(), guild_ready_timeout=0.05)
    task = asyncio.create_task(client.start(local_discord.token))
    await local_discord.connected()
    await local_discord.wait_for(lambda: client.guilds)
    assert client.shard_count == 1
    await client.close()
    await asyncio.gather(task, return_exceptions=True)
