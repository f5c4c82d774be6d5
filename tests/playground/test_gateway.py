"""The gateway: what a client is told, and how its session is lost and found again."""

import discord
import pytest

from tutorbot.playground import Channel, Intent, LocalDiscord, LocalGuild, Person

from .client import Bot, Connect


@pytest.fixture
async def bot(connect: Connect) -> Bot:
    """A bot that answers `/ping`."""
    bot = Bot()

    @bot.tree.command(description="Ping")
    async def ping(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("pong")

    return await connect(bot)


async def test_a_client_is_told_of_its_guilds(guild: LocalGuild, channel: Channel, bot: Bot) -> None:
    (found,) = bot.guilds
    assert (found.id, found.name, found.member_count) == (guild.id, "Course server", 2)
    assert [one.name for one in found.text_channels] == ["questions"]
    assert found.me.guild_permissions.manage_messages
    assert not found.me.guild_permissions.administrator


async def test_what_was_missed_while_disconnected_is_replayed(
    local_discord: LocalDiscord, channel: Channel, alice: Person, bot: Bot
) -> None:
    local_discord.gateway.cut()
    await alice.say(channel, f"{local_discord.bot.mention} missed?")
    interaction = await alice.slash(channel, "ping")
    assert interaction.text == "pong"
    await local_discord.wait_for(lambda: bot.heard)
    assert [message.content for message in bot.heard] == [f"{local_discord.bot.mention} missed?"]
    assert local_discord.gateway.resumed == 1
    assert len(local_discord.gateway.identified) == 1


async def test_a_client_that_is_asked_to_reconnect_resumes(
    local_discord: LocalDiscord, channel: Channel, alice: Person, bot: Bot
) -> None:
    await local_discord.gateway.ask_to_reconnect()
    await local_discord.wait_for(lambda: local_discord.gateway.resumed == 1)
    assert (await alice.slash(channel, "ping")).text == "pong"


async def test_a_closed_connection_is_resumed(local_discord: LocalDiscord, bot: Bot) -> None:
    await local_discord.gateway.close(4000)
    await local_discord.wait_for(lambda: local_discord.gateway.resumed == 1)


async def test_a_refused_resume_leads_to_a_new_session(
    local_discord: LocalDiscord, channel: Channel, alice: Person, bot: Bot
) -> None:
    local_discord.faults.refuse_resumes = 1
    local_discord.gateway.cut()
    await local_discord.wait_for(lambda: len(local_discord.gateway.identified) == 2)
    assert local_discord.gateway.resumed == 0
    await local_discord.connected()
    assert (await alice.slash(channel, "ping")).text == "pong"


async def test_an_invalidated_session_is_begun_anew(
    local_discord: LocalDiscord, channel: Channel, alice: Person, bot: Bot
) -> None:
    await local_discord.gateway.invalidate()
    await local_discord.wait_for(lambda: len(local_discord.gateway.identified) == 2)
    await local_discord.connected()
    assert (await alice.slash(channel, "ping")).text == "pong"


async def test_a_wrong_token_is_refused_on_both_sides(local_discord: LocalDiscord) -> None:
    with pytest.raises(discord.LoginFailure):
        async with Bot() as bot:
            await bot.login("wrong")
    async with Bot() as bot:
        await bot.login(local_discord.token)
        bot.http.token = "wrong"
        with pytest.raises(discord.ConnectionClosed) as caught:
            await bot.connect()
    assert caught.value.code == 4004


@pytest.mark.parametrize("name", ["members", "presences", "message_content"])
async def test_privileged_intents_must_be_granted(connect: Connect, name: str) -> None:
    intents = discord.Intents.default()
    setattr(intents, name, True)
    with pytest.raises(discord.PrivilegedIntentsRequired):
        await connect(Bot(intents))


async def test_with_the_members_intent_all_members_are_told(
    local_discord: LocalDiscord, guild: LocalGuild, alice: Person, connect: Connect
) -> None:
    local_discord.grant(Intent.GUILD_MEMBERS)
    intents = discord.Intents.default()
    intents.members = True
    bot = await connect(Bot(intents))
    assert {member.name for member in bot.guilds[0].members} == {"alice", "owner", "tutorbot"}
    carl = guild.add_member("Carl")
    await carl.leave()
    await local_discord.wait_for(lambda: "member_remove" in bot.news)
    assert "member_join" in bot.news
    found = await bot.guilds[0].query_members("ali")
    assert [member.id for member in found] == [alice.id]


async def test_a_guild_that_comes_and_goes_is_told(local_discord: LocalDiscord, guild: LocalGuild, bot: Bot) -> None:
    second = local_discord.add_guild("Second")
    second.add_text_channel("general")
    await local_discord.wait_for(lambda: len(bot.guilds) == 2 and bot.guilds[1].text_channels)
    second.remove_bot()
    await local_discord.wait_for(lambda: len(bot.guilds) == 1)


async def test_each_shard_gets_its_own_guilds(local_discord: LocalDiscord, connect: Connect) -> None:
    guilds = [local_discord.add_guild(f"Guild {number}") for number in range(6)]
    shards = [await connect(Bot(shard_id=index, shard_count=2)) for index in (0, 1)]
    held = [{one.id for one in bot.guilds} for bot in shards]
    assert held[0] | held[1] == {one.id for one in guilds}
    assert not held[0] & held[1]
    assert [one["shard"] for one in local_discord.gateway.identified] == [[0, 2], [1, 2]]


async def test_lost_events_are_not_heard_and_doubled_ones_twice(
    local_discord: LocalDiscord, channel: Channel, alice: Person, bot: Bot
) -> None:
    local_discord.faults.lose_event("MESSAGE_CREATE")
    local_discord.faults.double_event("MESSAGE_CREATE")
    for text in ("lost", "doubled", "once"):
        await alice.say(channel, f"{local_discord.bot.mention} {text}")
    await local_discord.wait_for(lambda: len(bot.heard) == 3)
    assert [message.content.split()[-1] for message in bot.heard] == ["doubled", "doubled", "once"]


async def test_an_interaction_delivered_twice_is_acknowledged_once(
    local_discord: LocalDiscord, channel: Channel, alice: Person, bot: Bot
) -> None:
    local_discord.faults.double_event("INTERACTION_CREATE")
    interaction = await alice.slash(channel, "ping")
    await local_discord.wait_for(lambda: local_discord.refused)
    assert "40060" in local_discord.refused[0].error
    assert len(interaction.messages) == 1


async def test_unanswered_heartbeats_make_the_client_resume(local_discord: LocalDiscord, connect: Connect) -> None:
    local_discord.gateway.heartbeat_seconds = 0.2
    await connect(Bot(heartbeat_timeout=0.3))
    local_discord.faults.ignore_heartbeats = True
    await local_discord.wait_for(lambda: local_discord.gateway.resumed or not local_discord.gateway.connected)
    local_discord.faults.clear()
    await local_discord.wait_for(lambda: local_discord.gateway.resumed >= 1)


async def test_a_second_client_finds_the_messages_of_the_first(
    local_discord: LocalDiscord, channel: Channel, alice: Person, bot: Bot, connect: Connect
) -> None:
    answer = (await alice.slash(channel, "ping")).message
    await bot.close()
    await local_discord.wait_for(lambda: not local_discord.gateway.connected)
    second = await connect(Bot())
    place = second.get_channel(channel.id)
    assert isinstance(place, discord.TextChannel)
    assert [message.id async for message in place.history()] == [answer.id]
    assert local_discord.commands == []
