"""Slash commands and context menus, from what is registered to what a person reads."""

import io
from typing import Literal

import discord
import pytest
from discord import app_commands

from tutorbot.playground import Channel, ImpossibleError, LocalDiscord, LocalGuild, Permission, Person, Upload

from .client import Bot, Connect

Interaction = discord.Interaction[Bot]


@pytest.fixture
async def bot(connect: Connect) -> Bot:
    """A bot with a command of every kind."""
    bot = Bot()

    @bot.tree.command(description="Ask")
    async def ask(interaction: Interaction, question: str, public: bool = False) -> None:
        await interaction.response.send_message(f"You asked: {question}", ephemeral=not public)

    @bot.tree.command(description="Look up")
    async def define(interaction: Interaction, term: str, course: str = "") -> None:
        await interaction.response.send_message(term)

    @define.autocomplete("term")
    async def suggest(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        course = interaction.namespace.course or ""
        return [app_commands.Choice(name=f"{course}{typed}tion", value=f"{typed}-id")]

    @bot.tree.command(description="Everything")
    async def everything(
        interaction: Interaction,
        count: app_commands.Range[int, 1, 10],
        share: float,
        who: discord.Member,
        where: discord.TextChannel,
        role: discord.Role,
        file: discord.Attachment,
        kind: Literal["short", "long"] = "short",
        word: app_commands.Range[str, 2, 5] = "word",
    ) -> None:
        text = (await file.read()).decode()
        await interaction.response.send_message(
            f"{count} {share} {who.display_name} {where.name} {role.name} {text} {kind} {word}"
        )

    @bot.tree.command(description="Slow")
    async def slow(interaction: Interaction) -> None:
        await interaction.response.defer(thinking=True)
        await interaction.followup.send("first", file=discord.File(io.BytesIO(b"what it holds"), "test.py"))
        await interaction.followup.send("second", ephemeral=True)
        await interaction.edit_original_response(content="first, mended")

    quiz = app_commands.Group(name="quiz", description="Quiz")

    @quiz.command(description="Start")
    async def start(interaction: Interaction, rounds: int = 5) -> None:
        await interaction.response.send_message(f"{rounds} rounds")

    bot.tree.add_command(quiz)

    @bot.tree.command(description="For moderators")
    @app_commands.default_permissions(manage_guild=True)
    async def mend(interaction: Interaction) -> None:
        await interaction.response.send_message("mended")

    @bot.tree.context_menu(name="Ask TutorBot")
    async def ask_about(interaction: Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"About: {message.content}", ephemeral=True)

    @bot.tree.context_menu(name="Standing")
    async def standing(interaction: Interaction, member: discord.Member) -> None:
        await interaction.response.send_message(f"{member.display_name}: 0")

    return await connect(bot)


async def test_a_slash_command_is_answered(channel: Channel, alice: Person, bot: Bot) -> None:
    interaction = await alice.slash(channel, "ask", question="What is entrapment?", public=True)
    assert interaction.text == "You asked: What is entrapment?"
    assert not interaction.ephemeral
    assert not interaction.deferred
    assert interaction.acknowledged_after is not None
    assert 0 <= interaction.acknowledged_after < 3


async def test_a_private_answer_is_seen_only_by_who_asked(
    channel: Channel, alice: Person, bob: Person, bot: Bot
) -> None:
    interaction = await alice.slash(channel, "ask", question="Why?")
    assert interaction.ephemeral
    assert alice.sees(channel) == interaction.messages
    assert bob.sees(channel) == []
    with pytest.raises(ImpossibleError, match="does not see"):
        await bob.react(interaction.message, "👍")


async def test_a_deferred_answer_arrives_with_its_file_and_follow_ups(
    channel: Channel, alice: Person, bob: Person, bot: Bot, local_discord: LocalDiscord
) -> None:
    interaction = await alice.slash(channel, "slow")
    assert interaction.deferred
    await interaction.answered()
    await local_discord.wait_for(lambda: interaction.text.startswith("first, mended"))
    first, second = interaction.messages
    assert first.attachments[0].filename == "test.py"
    assert first.attachments[0].text == "what it holds"
    assert not first.ephemeral
    assert second.ephemeral
    assert bob.sees(channel) == [first]


async def test_autocomplete_suggests_what_the_bot_offers(channel: Channel, alice: Person, bot: Bot) -> None:
    choices = await alice.autocomplete(channel, "define", "term", "coali", course="a ")
    assert [(choice.name, choice.value) for choice in choices] == [("a coalition", "coali-id")]


async def test_options_of_every_type_reach_the_bot(
    guild: LocalGuild, channel: Channel, alice: Person, bob: Person, bot: Bot
) -> None:
    interaction = await alice.slash(
        channel,
        "everything",
        count=3,
        share=0.5,
        who=bob,
        where=channel,
        role=guild.bot_role,
        file=Upload("notes.txt", b"notes"),
        kind="long",
    )
    assert interaction.text == "3 0.5 Bob questions TutorBot notes long word"


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({}, "'question' is required"),
        ({"question": 3}, "takes str"),
        ({"question": "?", "publik": True}, "no option 'publik'"),
        ({"question": "?", "public": 1}, "takes bool"),
    ],
)
async def test_options_that_discord_would_not_let_through_are_refused(
    channel: Channel, alice: Person, bot: Bot, options: dict[str, object], complaint: str
) -> None:
    with pytest.raises(ImpossibleError, match=complaint):
        await alice.slash(channel, "ask", **options)


@pytest.mark.parametrize(
    "wrong",
    [{"count": 0}, {"count": 11}, {"share": "half"}, {"kind": "medium"}, {"word": "w"}, {"word": "wordier"}],
)
async def test_values_outside_the_limits_of_an_option_are_refused(
    guild: LocalGuild, channel: Channel, alice: Person, bot: Bot, wrong: dict[str, object]
) -> None:
    right = {
        "count": 1,
        "share": 1.0,
        "who": alice,
        "where": channel,
        "role": guild.bot_role,
        "file": Upload("a.txt", b""),
    }
    with pytest.raises(ImpossibleError, match=next(iter(wrong))):
        await alice.slash(channel, "everything", **{**right, **wrong})


async def test_subcommands_are_named_by_their_words(channel: Channel, alice: Person, bot: Bot) -> None:
    assert (await alice.slash(channel, "quiz start", rounds=3)).text == "3 rounds"
    with pytest.raises(ImpossibleError, match="needs a subcommand"):
        await alice.slash(channel, "quiz")
    with pytest.raises(ImpossibleError, match="it has: start"):
        await alice.slash(channel, "quiz stop")


async def test_a_command_that_is_not_registered_cannot_be_used(channel: Channel, alice: Person, bot: Bot) -> None:
    with pytest.raises(ImpossibleError, match="no command 'asks'; there are: ask, "):
        await alice.slash(channel, "asks", question="?")


async def test_commands_are_offered_to_those_with_the_permissions(
    guild: LocalGuild, channel: Channel, alice: Person, bot: Bot
) -> None:
    with pytest.raises(ImpossibleError, match="needs permissions"):
        await alice.slash(channel, "mend")
    guild.give(alice, guild.add_role("Moderator", Permission.MANAGE_GUILD))
    assert (await alice.slash(channel, "mend")).text == "mended"
    moderator = guild.add_moderator("Mia")
    assert (await moderator.slash(channel, "mend")).text == "mended"


async def test_a_context_menu_gets_the_message_with_its_text(
    channel: Channel, alice: Person, bob: Person, bot: Bot
) -> None:
    message = await bob.say(channel, "What is a bandwagon?")
    interaction = await alice.context_menu(message, "Ask TutorBot")
    assert interaction.text == "About: What is a bandwagon?"
    assert (await alice.context_menu(bob, "Standing")).text == "Bob: 0"


async def test_commands_of_a_guild_are_offered_only_there(
    local_discord: LocalDiscord, guild: LocalGuild, channel: Channel, alice: Person, connect: Connect
) -> None:
    other = local_discord.add_guild("Other server")
    there, carl = other.add_text_channel("general"), other.add_member("Carl")
    bot = Bot()

    @bot.tree.command(description="Here", guild=discord.Object(guild.id))
    async def here(interaction: Interaction) -> None:
        await interaction.response.send_message("here")

    await connect(bot)
    await bot.tree.sync(guild=discord.Object(guild.id))
    assert (await alice.slash(channel, "here")).text == "here"
    with pytest.raises(ImpossibleError, match="none at all"):
        await carl.slash(there, "here")


async def test_commands_keep_their_ids_when_they_are_registered_again(bot: Bot) -> None:
    before = {command.name: command.id for command in await bot.tree.fetch_commands()}
    await bot.tree.sync()
    again = await bot.tree.fetch_commands()
    assert {command.name: command.id for command in again} == before
    await again[0].edit(name="renamed")
    await again[1].delete()
    names = {command.name for command in await bot.tree.fetch_commands()}
    assert names == before.keys() - {again[0].name, again[1].name} | {"renamed"}


async def test_commands_work_in_direct_messages(alice: Person, bot: Bot) -> None:
    interaction = await alice.slash(alice.dm, "ask", question="Why?", public=True)
    assert interaction.text == "You asked: Why?"
