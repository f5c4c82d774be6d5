"""Messages that ask the bot: mentions, replies to it and direct messages."""

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

import aiohttp
import discord
from discord.ui import LayoutView

from tutorbot.bot.asker import Asker
from tutorbot.bot.desk import Desk
from tutorbot.bot.responding import logged
from tutorbot.bot.spoken import says_something, without_mentions
from tutorbot.bot.views import shown
from tutorbot.bot.views.layout import notice

_log = logging.getLogger(__name__)

SECONDS_UNTIL_TYPING = 0.7
_ASKS = frozenset({discord.MessageType.default, discord.MessageType.reply})


@dataclass(frozen=True, slots=True)
class Heard:
    """A question; ``about``: the entries it follows up; ``elsewhere``: it stands in the message replied to."""

    question: str
    about: tuple[str, ...] = ()
    elsewhere: bool = False


def is_for(message: discord.Message, bot: int) -> bool:
    """Whether a person says this to the bot: by a mention, a reply that pings it, or in direct messages."""
    if message.author.bot or message.webhook_id is not None or message.type not in _ASKS:
        return False
    return message.guild is None or any(user.id == bot for user in message.mentions)


async def hear(message: discord.Message, bot: int, desk: Desk) -> Heard:
    """What a message asks. One without words of its own asks what the message says that it replies to."""
    question = without_mentions(message.content)
    target = await shown.replied_to(message)
    if target is None:
        return Heard(question)
    if target.author.id == bot:
        return Heard(question, about=shown.entries(target, desk.keys))
    if says_something(question):
        return Heard(question)
    return Heard(target.content, elsewhere=True)


async def answer(message: discord.Message, bot: int, desk: Desk) -> None:
    """Reply to a message that is for the bot; it shows that it types if that takes more than a moment."""
    wait = desk.cooldown.ask(message.author.id)
    if wait is not None and not wait.first:
        return
    try:
        try:
            view = (
                notice(desk.texts.cooldown(wait.until))
                if wait is not None
                else await _typing_if_slow(message.channel, _view(message, bot, desk))
            )
        except Exception as error:
            view = notice(desk.texts.error(logged(error)))
        reference = message.to_reference(fail_if_not_exists=False)
        await message.channel.send(view=view, reference=reference, mention_author=False)
    except (discord.HTTPException, aiohttp.ClientError, OSError) as unsaid:
        _log.warning("A reply could not be sent (%s).", unsaid)


async def _view(message: discord.Message, bot: int, desk: Desk) -> LayoutView:
    heard = await hear(message, bot, desk)
    if heard.elsewhere and not heard.question:
        return notice(desk.texts.unreadable())
    return await desk.ask(heard.question, Asker.of(message), about=heard.about, repeat=heard.elsewhere)


async def _typing_if_slow(channel: discord.abc.Messageable, work: Coroutine[Any, Any, LayoutView]) -> LayoutView:
    task = asyncio.ensure_future(work)
    await asyncio.wait({task}, timeout=SECONDS_UNTIL_TYPING)
    if task.done():
        return task.result()
    async with channel.typing():
        return await task
