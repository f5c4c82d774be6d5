"""Who asks, and where."""

from dataclasses import dataclass

import discord


@dataclass(frozen=True, slots=True)
class Asker:
    """Discord's ids of a person, the channel and the server; ``guild`` is None in direct messages.

    ``message`` is the one that asked, where there is one to reply to.
    """

    person: int
    channel: int | None = None
    guild: int | None = None
    message: int | None = None

    @classmethod
    def of(cls, event: "discord.Interaction | discord.Message") -> "Asker":
        """Who clicked, used a command or wrote a message."""
        if isinstance(event, discord.Interaction):
            return cls(event.user.id, event.channel_id, event.guild_id)
        return cls(event.author.id, event.channel.id, event.guild.id if event.guild else None, event.id)
