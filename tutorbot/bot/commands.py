"""The slash commands and the entry in a message's "Apps" menu."""

from typing import Any

import discord
from discord import app_commands

from tutorbot.bot.asker import Asker
from tutorbot.bot.desk import Desk
from tutorbot.bot.responding import respond
from tutorbot.bot.texts import suggestion
from tutorbot.bot.views.layout import notice

MENU = "Ask TutorBot"
_SUGGESTIONS = 25

Interaction = discord.Interaction[Any]
Command = app_commands.Command[Any, ..., Any] | app_commands.ContextMenu


def commands(desk: Desk) -> list[Command]:
    """All of them, described in the words of the templates."""
    about = desk.texts.command

    @app_commands.command(name="ask", description=about("ask"))
    @app_commands.describe(question=about("ask.question"), private=about("private"))
    async def ask(interaction: Interaction, question: str, private: bool = False) -> None:
        if await _may_ask(interaction, desk):
            asker = Asker.of(interaction)
            await respond(interaction, lambda: desk.ask(question, asker), private=private)

    @app_commands.command(name="define", description=about("define"))
    @app_commands.describe(term=about("define.term"), private=about("private"))
    async def define(interaction: Interaction, term: str, private: bool = False) -> None:
        asker = Asker.of(interaction)
        await respond(interaction, lambda: desk.define(term, asker), private=private)

    @app_commands.command(name="compare", description=about("compare"))
    @app_commands.describe(first=about("compare.first"), second=about("compare.second"))
    @app_commands.describe(private=about("private"))
    async def compare(interaction: Interaction, first: str, second: str, private: bool = False) -> None:
        asker = Asker.of(interaction)
        await respond(interaction, lambda: desk.compare(first, second, asker), private=private)

    @define.autocomplete("term")
    @compare.autocomplete("first")
    @compare.autocomplete("second")
    async def suggest(_: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return [
            app_commands.Choice(name=suggestion(choice.term), value=choice.entry)
            for choice in desk.tutor.suggest(typed, _SUGGESTIONS)
        ]

    @app_commands.context_menu(name=MENU)
    async def ask_about(interaction: Interaction, message: discord.Message) -> None:
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
