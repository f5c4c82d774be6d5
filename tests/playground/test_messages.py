"""Messages that people and the bot write, and what each hears of the other's."""

import io

import discord
import pytest

from tutorbot.playground import Channel, Intent, LocalDiscord, LocalGuild, Permission, Person, Upload

from .client import Bot, Connect


@pytest.fixture
async def bot(connect: Connect) -> Bot:
    """A bot without privileged intents."""
    return await connect(Bot())


async def there(bot: Bot, channel: Channel) -> discord.TextChannel:
    """A channel as the bot has it."""
    found = bot.get_channel(channel.id)
    assert isinstance(found, discord.TextChannel)
    return found


async def test_without_the_intent_only_what_concerns_the_bot_has_content(
    local_discord: LocalDiscord, channel: Channel, alice: Person, bob: Person, bot: Bot
) -> None:
    bots = await (await there(bot, channel)).send("Ask me")
    said = channel.by_id[bots.id]
    await alice.say(channel, "between us", files=[Upload("a.txt", b"secret")])
    await alice.say(channel, f"{local_discord.bot.mention} what is a bandwagon?")
    await alice.say(channel, "and this?", reply_to=said)
    await alice.say(channel, "not for you", reply_to=said, ping=False)
    await alice.say(alice.dm, "between you and me")
    await local_discord.wait_for(lambda: len(bot.heard) == 5)
    assert [message.content for message in bot.heard] == [
        "",
        f"{local_discord.bot.mention} what is a bandwagon?",
        "and this?",
        "",
        "between you and me",
    ]
    assert bot.heard[0].attachments == []
    reference = bot.heard[2].reference
    assert reference is not None
    assert isinstance(reference.resolved, discord.Message)
    assert reference.resolved.content == "Ask me"


async def test_with_the_intent_granted_all_content_is_told(
    local_discord: LocalDiscord, channel: Channel, alice: Person, connect: Connect
) -> None:
    local_discord.grant(Intent.MESSAGE_CONTENT)
    intents = discord.Intents.default()
    intents.message_content = True
    bot = await connect(Bot(intents))
    assert bot.application is not None
    assert bot.application.flags.gateway_message_content_limited
    message = await alice.say(channel, "between us")
    await alice.edit(message, "between us two")
    await alice.delete(message)
    await local_discord.wait_for(lambda: "raw_message_delete" in bot.news)
    assert [heard.content for heard in bot.heard] == ["between us two"]


async def test_fetched_messages_are_as_discreet_as_those_heard(
    local_discord: LocalDiscord, channel: Channel, alice: Person, bot: Bot
) -> None:
    await alice.say(channel, "between us")
    await alice.say(channel, f"{local_discord.bot.mention} for you")
    place = await there(bot, channel)
    contents = [message.content async for message in place.history(oldest_first=True)]
    assert contents == ["", f"{local_discord.bot.mention} for you"]
    local_discord.grant(Intent.MESSAGE_CONTENT)
    contents = [message.content async for message in place.history(oldest_first=True)]
    assert contents[0] == "between us"


@pytest.mark.parametrize(
    ("allowed", "reached"),
    [
        (None, {"alice", "bob"}),
        (discord.AllowedMentions.none(), set()),
        (discord.AllowedMentions(users=False, everyone=False, roles=False, replied_user=True), {"alice"}),
        (discord.AllowedMentions(users=True, replied_user=False), {"bob"}),
    ],
)
async def test_the_pings_of_a_message_obey_its_allowed_mentions(
    channel: Channel,
    alice: Person,
    bob: Person,
    bot: Bot,
    allowed: discord.AllowedMentions | None,
    reached: set[str],
) -> None:
    question = await alice.say(channel, "?")
    place = await there(bot, channel)
    text, reference = f"{bob.mention} @everyone", place.get_partial_message(question.id)
    if allowed is None:
        sent = await place.send(text, reference=reference)
    else:
        sent = await place.send(text, reference=reference, allowed_mentions=allowed)
    people = {"alice": alice.mention, "bob": bob.mention}
    assert channel.by_id[sent.id].pings == {people[name] for name in reached}


async def test_everyone_is_pinged_only_with_the_permission(guild: LocalGuild, channel: Channel, alice: Person) -> None:
    role = guild.add_role("Players")
    assert (await alice.say(channel, f"@everyone {role.mention}")).pings == frozenset()
    moderator = guild.add_moderator("Mia")
    message = await moderator.say(channel, f"@everyone {role.mention}")
    assert message.pings == {"@everyone", role.mention}


async def test_the_bot_edits_reacts_and_deletes(
    local_discord: LocalDiscord, channel: Channel, alice: Person, bot: Bot
) -> None:
    place = await there(bot, channel)
    sent = await place.send("Hello", embed=discord.Embed(title="Title", description="Text"))
    message = channel.by_id[sent.id]
    assert message.text == "Hello\nTitle\nText"
    await sent.edit(content="Hello again", embed=None)
    assert message.text == "Hello again"
    await sent.add_reaction("👍")
    await alice.react(message, "👍")
    await local_discord.wait_for(lambda: "reaction_add" in bot.news)
    fetched = await place.fetch_message(sent.id)
    assert [(one.emoji, one.count, one.me) for one in fetched.reactions] == [("👍", 2, True)]
    assert {user.id async for user in fetched.reactions[0].users()} == {alice.id, local_discord.bot.id}
    await sent.remove_reaction("👍", discord.Object(local_discord.bot.id))
    await alice.unreact(message, "👍")
    assert message.reactions == {}
    await sent.delete()
    assert alice.sees(channel) == []
    assert message.deleted


async def test_history_is_read_from_both_ends(channel: Channel, alice: Person, bot: Bot) -> None:
    said = [await alice.say(channel, f"message {number}") for number in range(7)]
    place = await there(bot, channel)
    newest = [message.id async for message in place.history(limit=3)]
    assert newest == [said[6].id, said[5].id, said[4].id]
    after = [message.id async for message in place.history(after=discord.Object(said[4].id))]
    assert after == [said[5].id, said[6].id]
    before = [message.id async for message in place.history(limit=2, before=discord.Object(said[2].id))]
    assert before == [said[1].id, said[0].id]
    around = [message.id async for message in place.history(limit=3, around=discord.Object(said[3].id))]
    assert sorted(around) == [said[2].id, said[3].id, said[4].id]


async def test_files_are_served_back(channel: Channel, bot: Bot) -> None:
    place = await there(bot, channel)
    sent = await place.send(
        "file",
        file=discord.File(io.BytesIO(b"what it holds"), "data.csv", description="numbers"),
        embed=discord.Embed(title="t"),
    )
    fetched = await place.fetch_message(sent.id)
    assert fetched.attachments[0].description == "numbers"
    assert await fetched.attachments[0].read() == b"what it holds"
    await sent.edit(attachments=[])
    assert channel.by_id[sent.id].attachments == []


async def test_threads_are_started_written_in_and_archived(
    local_discord: LocalDiscord, channel: Channel, alice: Person, bot: Bot
) -> None:
    place = await there(bot, channel)
    question = await alice.say(channel, "A long question")
    on_message = await place.get_partial_message(question.id).create_thread(name="Answer")
    assert on_message.id == question.id
    await on_message.send("inside")
    thread = question.thread
    assert thread is not None
    assert [message.content for message in alice.sees(thread)] == ["inside"]
    alone = await place.create_thread(name="Round", type=discord.ChannelType.public_thread)
    await alone.edit(archived=True)
    assert local_discord.world.channels[alone.id].name == "Round"
    await alice.say(thread, f"{local_discord.bot.mention} thanks")
    await local_discord.wait_for(lambda: len(bot.heard) == 2)
    assert isinstance(bot.heard[1].channel, discord.Thread)
    with pytest.raises(discord.HTTPException, match="already been created"):
        await place.get_partial_message(question.id).create_thread(name="Again")


async def test_the_bot_writes_first_in_direct_messages(local_discord: LocalDiscord, alice: Person, bot: Bot) -> None:
    user = await bot.fetch_user(alice.id)
    await user.send("Your review is due")
    assert [message.content for message in alice.sees(alice.dm)] == ["Your review is due"]
    await alice.leave()
    with pytest.raises(discord.Forbidden, match="50007"):
        await user.send("Still due")


async def test_a_repeated_nonce_finds_the_first_message(channel: Channel, bot: Bot) -> None:
    place = await there(bot, channel)
    first = await place.send("once", nonce="abc")
    second = await place.send("once", nonce="abc")
    assert first.id == second.id
    assert len(channel.messages) == 1


async def test_typing_is_told_to_both_sides(
    local_discord: LocalDiscord, channel: Channel, alice: Person, bot: Bot
) -> None:
    await alice.types(channel)
    await local_discord.wait_for(lambda: "raw_typing" in bot.news)
    async with (await there(bot, channel)).typing():
        pass
    assert any(request.path.endswith("/typing") for request in local_discord.requests)


async def test_what_is_forbidden_is_refused(
    local_discord: LocalDiscord, guild: LocalGuild, channel: Channel, alice: Person, bot: Bot
) -> None:
    place = await there(bot, channel)
    said = await alice.say(channel, "mine")
    theirs = place.get_partial_message(said.id)
    with pytest.raises(discord.Forbidden, match="50005"):
        await theirs.edit(content="yours")
    guild.deny(channel, local_discord.bot, Permission.SEND_MESSAGES)
    with pytest.raises(discord.Forbidden, match="50013"):
        await place.send("Hello")
    guild.allow(channel, local_discord.bot, Permission.SEND_MESSAGES)
    guild.deny(channel, guild.bot_role, Permission.EMBED_LINKS | Permission.ATTACH_FILES)
    with pytest.raises(discord.Forbidden, match="50013"):
        await place.send(embed=discord.Embed(title="t"))
    with pytest.raises(discord.Forbidden, match="50013"):
        await place.send(file=discord.File(io.BytesIO(b""), "empty.txt"))
    guild.deny(channel, guild.bot_role, Permission.READ_MESSAGE_HISTORY)
    with pytest.raises(discord.HTTPException, match="160002"):
        await place.send("Hello", reference=theirs)
    guild.deny(channel, guild.everyone, Permission.VIEW_CHANNEL)
    assert alice.sees(channel) == []
    with pytest.raises(discord.Forbidden, match="50001"):
        await place.send("Hello")
    with pytest.raises(discord.NotFound, match="10003"):
        await bot.fetch_channel(1)
    guild.allow(channel, local_discord.bot, Permission.VIEW_CHANNEL)
    guild.set_permissions(guild.bot_role, Permission(0))
    with pytest.raises(discord.Forbidden, match="50013"):
        await theirs.delete()
    assert len(local_discord.refused) == 8


async def test_guilds_members_and_roles_are_fetched(guild: LocalGuild, alice: Person, bob: Person, bot: Bot) -> None:
    fetched = await bot.fetch_guild(guild.id)
    assert fetched.approximate_member_count == 4
    member = await fetched.fetch_member(alice.id)
    assert member.display_name == "Alice"
    assert {role.name for role in await fetched.fetch_roles()} == {"@everyone", "TutorBot"}
    guild.set_permissions(guild.bot_role, Permission.MANAGE_ROLES)
    role = guild.add_role("Players")
    await member.add_roles(discord.Object(role.id))
    assert guild.state.members[alice.id].role_ids == [role.id]
    await bob.leave()
    with pytest.raises(discord.NotFound, match="10007"):
        await fetched.fetch_member(bob.id)
    await fetched.leave()
    with pytest.raises(discord.NotFound, match="10004"):
        await bot.fetch_guild(guild.id)
