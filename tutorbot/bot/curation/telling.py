"""Telling people, once, where they asked, that their question is answered now."""

import asyncio
import logging

from discord.ui import LayoutView

from tutorbot.bot.asker import Asker
from tutorbot.bot.curation.buttons import Act
from tutorbot.bot.curation.parts import Interaction, Parts
from tutorbot.bot.desks import Desks
from tutorbot.bot.views.layout import card, notice
from tutorbot.errors import StoreError
from tutorbot.store.unanswered import Telling

_log = logging.getLogger(__name__)


class Teller:
    """Tells askers; ``desks`` show them the entry."""

    def __init__(self, parts: Parts, desks: Desks) -> None:
        self._parts = parts
        self._desks = desks
        self._one_at_a_time = asyncio.Lock()

    async def tell(self, guild: int) -> int:
        """Tell all who are to be told on a server; to how many a message was sent."""
        async with self._one_at_a_time:
            try:
                waiting = await self._parts.unanswered.to_tell(guild)
                return sum([await self._told(telling) for telling in waiting])
            except StoreError as error:
                _log.warning("People could not be told that their questions are answered (%s).", error)
                return 0

    async def tell_all(self) -> None:
        """Tell what was not told before the last stop."""
        for guild in self._parts.outlet.guilds:
            await self.tell(guild)

    async def _told(self, telling: Telling) -> bool:
        """At most once: it is marked before it is sent."""
        course = self._parts.course(telling.guild)
        entry = course.by_id.get(telling.entry) if telling.course == course.id else None
        if entry is None or not await self._parts.unanswered.tell(telling.id, self._parts.clock()):
            return False
        texts = self._parts.texts
        # what was asked privately has no message to reply to, and stays private
        term = entry.term if telling.message is not None else ""
        buttons = [
            Act.of(texts.button("see"), "see", telling.entry, telling.person),
            Act.of(texts.button("quiet"), "quiet", telling.person),
        ]
        view = card(texts.render("telling", person=telling.person, term=term), buttons)
        outlet = self._parts.outlet
        sent = await outlet.send(telling.guild, telling.channel, view, ping=telling.person, reply_to=telling.message)
        return sent is not None

    async def see(self, click: Interaction, entry: str, person: str) -> None:
        """Show the entry privately to the person who was told."""

        async def work() -> LayoutView:
            if click.user.id != int(person):
                return notice(self._parts.texts.notice("not_yours"))
            return await self._desks.of(click.guild_id).show([entry], Asker.of(click))

        await self._parts.answer(click, work)

    async def quiet(self, click: Interaction, person: str) -> None:
        """Tell this person nothing any more."""

        async def work() -> LayoutView:
            if click.user.id != int(person):
                return notice(self._parts.texts.notice("not_yours"))
            await self._parts.unanswered.opt_out(click.user.id, True)
            return notice(self._parts.texts.notice("quiet"))

        await self._parts.answer(click, work)
