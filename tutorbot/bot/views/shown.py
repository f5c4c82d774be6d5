"""What a message of the bot shows, read back from the message itself: it is still known after a restart."""

from collections.abc import Iterator
from typing import Any

import discord

from tutorbot.bot.entry_keys import EntryKeys
from tutorbot.bot.spoken import as_typed, without_mentions
from tutorbot.bot.views.layout import QUESTION_ID


def components(message: discord.Message) -> Iterator[Any]:
    """Every component of a message, at any depth."""
    waiting: list[Any] = list(message.components)
    while waiting:
        component = waiting.pop(0)
        yield component
        waiting[:0] = getattr(component, "children", [])


def entries(message: discord.Message, keys: EntryKeys) -> tuple[str, ...]:
    """The entries that a message of the bot answers with."""
    for component in components(message):
        name, _, packed = (getattr(component, "custom_id", None) or "").partition(":")
        if name == "sources":
            return keys.unpack(packed)
    return ()


def repeated_question(message: discord.Message) -> str:
    """The question that stands above an answer; "" if there is none."""
    for component in components(message):
        if isinstance(component, discord.TextDisplay) and component.id == QUESTION_ID:
            return as_typed(component.content)
    return ""


async def question(message: discord.Message) -> str:
    """What a message of the bot answers: the question above it or the message replied to; "" if unknown."""
    if repeated := repeated_question(message):
        return repeated
    asked = await replied_to(message)
    if asked is None or asked.author == message.author:
        return ""
    return without_mentions(asked.content)


async def replied_to(message: discord.Message) -> discord.Message | None:
    """The message that this one replies to, if it is still there and may be read."""
    reference = message.reference
    if reference is None or reference.message_id is None or message.type is not discord.MessageType.reply:
        return None
    if isinstance(reference.resolved, discord.Message):
        return reference.resolved
    if isinstance(reference.resolved, discord.DeletedReferencedMessage):
        return None
    try:
        return await message.channel.fetch_message(reference.message_id)
    except discord.HTTPException:
        return None
