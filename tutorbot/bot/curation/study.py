"""Questions in study channels: where the notes answer one, its asker can open the answer, privately.

Discord shows private messages only to people who clicked or used a command: so a button is offered, and nothing else is said.
"""

import logging

import aiohttp
import discord
from discord.ui import LayoutView

from tutorbot.answering.answer import Status
from tutorbot.bot.asker import Asker
from tutorbot.bot.curation.buttons import Act
from tutorbot.bot.curation.parts import Interaction, Parts
from tutorbot.bot.desks import Desks
from tutorbot.bot.spoken import says_something, without_mentions
from tutorbot.bot.views import shown
from tutorbot.bot.views.layout import notice
from tutorbot.store.guilds import AnswerMode

_log = logging.getLogger(__name__)

_SURE = 0.8
"""The chance from which an answer is offered to somebody who did not ask the bot: at most one in five offers is in vain."""
_QUESTION_ROOM = 300
_TYPES = frozenset({discord.MessageType.default, discord.MessageType.reply})


class Study:
    """Listens in study channels; ``desks`` answer."""

    def __init__(self, parts: Parts, desks: Desks) -> None:
        self._parts = parts
        self._desks = desks

    async def heard(self, message: discord.Message) -> None:
        """Offer an answer to a message that asks something that the notes surely answer."""
        if not self._listens(message) or not asks(message):
            return
        if self._desks.cooldown.ask(message.author.id) is not None:
            return
        assert message.guild is not None
        question = without_mentions(message.content)
        answer = await self._parts.tutors.of(message.guild.id).ask(question)
        if answer.status is not Status.ANSWERED or answer.confidence < _SURE:
            return
        view = LayoutView(timeout=None)
        row = discord.ui.ActionRow[LayoutView]()
        row.add_item(Act.of(self._parts.texts.button("ready"), "ready", message.author.id))
        view.add_item(row)
        try:
            reference = message.to_reference(fail_if_not_exists=True)
            await message.channel.send(view=view, reference=reference, mention_author=False)
        except (discord.HTTPException, aiohttp.ClientError, OSError) as unsaid:
            _log.info("An answer could not be offered (%s).", unsaid)

    def _listens(self, message: discord.Message) -> bool:
        if message.guild is None:
            return False
        held = self._parts.tutors.settings_of(message.guild.id)
        places = {message.channel.id, getattr(message.channel, "parent_id", None)}
        return held.answers is AnswerMode.STUDY_CHANNELS and not places.isdisjoint(held.study_channels)

    async def open(self, click: Interaction, person: str) -> None:
        """Show the answer to its asker, and to nobody else."""

        async def work() -> LayoutView:
            if click.user.id != int(person):
                return notice(self._parts.texts.notice("not_yours"))
            asked = await shown.replied_to(click.message) if click.message else None
            if asked is None or not says_something(asked.content):
                return notice(self._parts.texts.notice("no_question"))
            return await self._desks.of(click.guild_id).ask(asked.content, Asker.of(click))

        await self._parts.answer(click, work)


def asks(message: discord.Message) -> bool:
    """Whether a message looks like a question to all: a short one with a question mark at its end, said to nobody."""
    if message.author.bot or message.webhook_id is not None or message.type not in _TYPES:
        return False
    if message.reference is not None or message.mentions or message.role_mentions or message.attachments:
        return False
    text = message.content.strip()
    return len(text) <= _QUESTION_ROOM and text.rstrip('!)"”’ ').endswith(("?", "？")) and len(text.split()) > 1
