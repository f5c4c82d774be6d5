"""The command ``/knowledge report``."""

from typing import Any

import discord
from discord import app_commands

from tutorbot.bot.insight.desk import InsightDesk


def add_report(knowledge: app_commands.Group, desk: InsightDesk) -> None:
    """Add the command to the group ``/knowledge``."""

    @knowledge.command(name="report", description=desk.texts.command("report"))
    async def report(interaction: discord.Interaction[Any]) -> None:
        await desk.report(interaction)
