"""The Discord front end."""

from tutorbot.bot.run import DiscordError, run_bot

__all__ = ["DiscordError", "run_bot"]
