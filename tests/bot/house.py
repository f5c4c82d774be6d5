"""The real bot, as the command line runs it."""

import asyncio
from contextlib import suppress

from tutorbot.bot import run_bot
from tutorbot.playground import Channel, Clock, LocalDiscord, Message, Person
from tutorbot.settings import Settings
from tutorbot.store import Feedback
from tutorbot.store.stores import open_stores
from tutorbot.tutor import Tutor
from tutorbot.wording import Wording


def said(local: LocalDiscord) -> list[Message]:
    """Every message of the bot that still stands, private ones included."""
    channels = local.world.channels.values()
    return [message for channel in channels for message in channel.messages if message.author is local.bot]


class House:
    """A bot that can be started, stopped and started again, and the Discord that it is on."""

    def __init__(
        self,
        local: LocalDiscord,
        tutor: Tutor,
        wording: Wording,
        clock: Clock,
        database: str = "sqlite+aiosqlite://",
    ) -> None:
        self.local = local
        self.database = database
        self.tutor = tutor
        self._wording = wording
        self._clock = clock
        self._task: asyncio.Task[None] | None = None

    def settings(self, **others: object) -> Settings:
        """Settings that lead to the local Discord."""
        given: dict[str, object] = {
            "discord_token": self.local.token,
            "discord_api": self.local.api_url,
            "discord_gateway": self.local.gateway_url,
            **others,
        }
        return Settings(_env_file=None, **{"database": self.database, **given})  # type: ignore[arg-type]

    async def run(self, settings: Settings) -> None:
        """Run until the bot ends by itself."""
        await run_bot(settings, self.tutor, self._wording, clock=self._clock)

    async def start(self, **others: object) -> None:
        """Start the bot and wait until it listens."""
        self._task = asyncio.create_task(self.run(self.settings(**others)))
        await self.local.connected()

    async def stop(self) -> None:
        """End the bot."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def restart(self) -> None:
        """What a new version does: everything that was only in memory is gone."""
        await self.stop()
        await self.start()

    async def kept(self, guild: int | None) -> list[Feedback]:
        """What the bot put before a server's moderators."""
        async with open_stores(self.database) as stores:
            return list(await stores.unanswered.all(guild))

    async def replies(self, message: Message, count: int = 1) -> list[Message]:
        """The bot's replies to a message, once there are so many."""

        def found() -> list[Message]:
            said = message.channel.messages
            return [one for one in said if one.author is self.local.bot and one.reply_to is message]

        await self.local.wait_for(lambda: len(found()) >= count)
        return found()

    async def ask(self, person: Person, channel: Channel, text: str, reply_to: Message | None = None) -> Message:
        """What the bot replies when a person says this to it."""
        message = await person.say(channel, text, reply_to=reply_to)
        return (await self.replies(message))[0]

    def mentioned(self, text: str = "") -> str:
        """``text`` after a mention of the bot."""
        return f"{self.local.bot.mention} {text}".strip()


def labels(message: Message) -> list[str]:
    """The buttons under a message."""
    return [button.label for button in message.buttons]
