"""Messages that the bot sends of its own accord: cards for moderators, audit lines, tellings."""

import logging
from collections.abc import Awaitable, Callable

import aiohttp
import discord
from discord.ui import LayoutView

_log = logging.getLogger(__name__)

_UNKNOWN_MESSAGE = 10008


class Outlet:
    """Sends through ``client``, which is set before the first message. What cannot be sent is logged, never raised."""

    def __init__(self) -> None:
        self.client: discord.Client | None = None

    @property
    def guilds(self) -> list[int]:
        """The servers that the bot is in."""
        return [guild.id for guild in self.client.guilds] if self.client is not None else []

    @property
    def reads_messages(self) -> bool:
        """Whether Discord lets the bot read messages that do not mention it."""
        return self.client is not None and self.client.intents.message_content

    async def send(
        self, guild: int, channel: int, view: LayoutView, *, ping: int | None = None, reply_to: int | None = None
    ) -> int | None:
        """Send a message that pings nobody but ``ping``; its number, or None if it could not be sent."""
        people = [discord.Object(ping)] if ping is not None else []
        may_ping = discord.AllowedMentions(everyone=False, roles=False, users=people, replied_user=False)

        async def send() -> int:
            place = self._place(guild, channel)
            if reply_to is None:
                return (await place.send(view=view, allowed_mentions=may_ping)).id
            answered = discord.MessageReference(
                message_id=reply_to, channel_id=channel, guild_id=guild, fail_if_not_exists=False
            )
            return (await place.send(view=view, allowed_mentions=may_ping, reference=answered)).id

        return await _tried(send)

    async def edit(self, guild: int, channel: int, message: int, view: LayoutView) -> bool:
        """Change a message; False if it is not there any more. What else goes wrong is left for the next change."""
        try:
            await self._place(guild, channel).get_partial_message(message).edit(view=view)
        except discord.HTTPException as error:
            if error.code == _UNKNOWN_MESSAGE:
                return False
            _log.warning("A message could not be changed (%s).", error)
        except (aiohttp.ClientError, OSError) as error:
            _log.warning("A message could not be changed (%s).", error)
        return True

    async def delete(self, guild: int, channel: int, message: int) -> None:
        """Take a message away."""

        async def delete() -> int:
            await self._place(guild, channel).get_partial_message(message).delete()
            return message

        await _tried(delete)

    def _place(self, guild: int, channel: int) -> discord.PartialMessageable:
        assert self.client is not None
        return self.client.get_partial_messageable(channel, guild_id=guild)


async def _tried(work: Callable[[], Awaitable[int]]) -> int | None:
    try:
        return await work()
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        _log.warning("A message could not be sent or taken away (%s).", error)
        return None
