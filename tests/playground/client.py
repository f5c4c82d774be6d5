"""A real discord.py client, made to start fast."""

from collections.abc import Awaitable, Callable
from typing import Any

import discord
from discord import app_commands


class Bot(discord.Client):
    """A client with a command tree, which writes down the messages that it hears."""

    def __init__(self, intents: discord.Intents | None = None, **options: Any) -> None:
        super().__init__(intents=intents or discord.Intents.default(), guild_ready_timeout=0.05, **options)
        self.tree = app_commands.CommandTree(self)
        self.heard: list[discord.Message] = []
        self.news: list[str] = []

    async def on_message(self, message: discord.Message) -> None:
        """Write a message down."""
        if message.author != self.user:
            self.heard.append(message)

    def dispatch(self, event_name: str, /, *args: Any, **kwargs: Any) -> None:
        """Write an event's name down."""
        self.news.append(event_name)
        super().dispatch(event_name, *args, **kwargs)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Do not wait 5 s between two attempts to identify."""


Connect = Callable[[Bot], Awaitable[Bot]]
"""Logs a bot in, waits until it is ready and registers its commands."""
