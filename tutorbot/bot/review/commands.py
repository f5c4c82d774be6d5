"""The commands ``/review`` and ``/progress``."""

from typing import Any

import discord
from discord import app_commands

from tutorbot.bot.review.desk import ReviewDesk
from tutorbot.bot.texts import suggestion
from tutorbot.knowledge.text import squeezed

_SUGGESTIONS = 25

Interaction = discord.Interaction[Any]


def review_commands(desk: ReviewDesk) -> list[app_commands.Command[Any, ..., Any]]:
    """Both, described in the words of the templates. They are there in servers: reviews belong to a server's course."""
    about = desk.texts.command

    @app_commands.command(name="review", description=about("review"))
    @app_commands.describe(topic=about("review.topic"))
    @app_commands.guild_only()
    async def review(interaction: Interaction, topic: str | None = None) -> None:
        await desk.open(interaction, topic)

    @review.autocomplete("topic")
    async def suggest(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        wanted = squeezed(typed)
        fitting = [topic for topic in await desk.topics(interaction.guild_id) if wanted in squeezed(topic)]
        return [app_commands.Choice(name=suggestion(one), value=suggestion(one)) for one in fitting[:_SUGGESTIONS]]

    @app_commands.command(name="progress", description=about("progress"))
    @app_commands.guild_only()
    async def progress(interaction: Interaction) -> None:
        await desk.progress(interaction)

    return [review, progress]
