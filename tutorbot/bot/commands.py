"""The slash commands and the entry in a message's "Apps" menu."""

import asyncio
from typing import Any

import discord
from discord import app_commands

from tutorbot.bot.asker import Asker
from tutorbot.bot.desk import Desk
from tutorbot.bot.desks import Desks
from tutorbot.bot.responding import respond
from tutorbot.bot.texts import suggestion
from tutorbot.bot.views.layout import notice

MENU = "Ask TutorBot"
_SUGGESTIONS = 25

Interaction = discord.Interaction[Any]
Command = app_commands.Command[Any, ..., Any] | app_commands.ContextMenu


def commands(desks: Desks) -> list[Command]:
    """All of them, described in the words of the templates."""
    about = desks.texts.command

    @app_commands.command(name="ask", description=about("ask"))
    @app_commands.describe(question=about("ask.question"), private=about("private"))
    async def ask(interaction: Interaction, question: str, private: bool = False) -> None:
        desk = desks.of(interaction.guild_id)
        if await _may_ask(interaction, desk):
            asker = Asker.of(interaction)
            await respond(interaction, lambda: desk.ask(question, asker), private=private)

    @app_commands.command(name="define", description=about("define"))
    @app_commands.describe(term=about("define.term"), private=about("private"))
    async def define(interaction: Interaction, term: str, private: bool = False) -> None:
        desk, asker = desks.of(interaction.guild_id), Asker.of(interaction)
        await respond(interaction, lambda: desk.define(term, asker), private=private)

    @app_commands.command(name="compare", description=about("compare"))
    @app_commands.describe(first=about("compare.first"), second=about("compare.second"))
    @app_commands.describe(private=about("private"))
    async def compare(interaction: Interaction, first: str, second: str, private: bool = False) -> None:
        desk, asker = desks.of(interaction.guild_id), Asker.of(interaction)
        await respond(interaction, lambda: desk.compare(first, second, asker), private=private)

    @define.autocomplete("term")
    @compare.autocomplete("first")
    @compare.autocomplete("second")
    async def suggest(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        tutor = desks.of(interaction.guild_id).tutor
        found = await asyncio.to_thread(tutor.suggest, typed, _SUGGESTIONS)
        return [app_commands.Choice(name=suggestion(choice.term), value=choice.entry) for choice in found]

    @app_commands.context_menu(name=MENU)
    async def ask_about(interaction: Interaction, message: discord.Message) -> None:
        desk = desks.of(interaction.guild_id)
        if await _may_ask(interaction, desk):
            asker = Asker.of(interaction)
            await respond(interaction, lambda: desk.ask(message.content, asker), private=True)

    return [ask, define, compare, ask_about]


async def _may_ask(interaction: Interaction, desk: Desk) -> bool:
    """Whether this person may ask now; if not, they are told when."""
    wait = desk.cooldown.ask(interaction.user.id)
    if wait is None:
        return True
    await interaction.response.send_message(view=notice(desk.texts.cooldown(wait.until)), ephemeral=True)
    return False
