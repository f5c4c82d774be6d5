"""A card in the moderators' channel for each group of questions asked in vain, changed as the group grows."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

import numpy as np
from discord.ui import LayoutView

from tutorbot.bot.curation.buttons import Act
from tutorbot.bot.curation.parts import Parts
from tutorbot.bot.views.layout import ABSTAINED, ANSWERED, UNSURE, card
from tutorbot.curation.duplicates import Vectors
from tutorbot.curation.grouping import grouped
from tutorbot.errors import TutorbotError
from tutorbot.store.unanswered import Group, GroupStatus

_log = logging.getLogger(__name__)

_EVERY = 3.0
"""Seconds between two looks: a card is changed at most so often."""


class Cards:
    """Keeps the cards. ``sleep`` waits for so many seconds."""

    def __init__(self, parts: Parts, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._parts = parts
        self._vectors: dict[int, tuple[str, dict[str, Vectors]]] = {}
        self._sleep = sleep
        self._changed: set[int] = set()
        self._news = asyncio.Event()
        self._shown: dict[int, tuple[int, int, int]] = {}
        self._one_at_a_time = asyncio.Lock()
        self._putting = asyncio.Lock()

    def changed(self, guild: int) -> None:
        """Something was asked in vain on a server."""
        self._changed.add(guild)
        self._news.set()

    async def take_up(self, guild: int) -> None:
        """Go on from the cards that there are. Raises StoreError."""
        for group in await self._parts.unanswered.open(guild):
            if group.card is not None:
                self._shown[group.id] = _state(group)
        self.changed(guild)

    async def keep_up(self) -> None:
        """Show what changed, until cancelled."""
        while True:
            await self._news.wait()
            self._news.clear()
            guilds, self._changed = self._changed, set()
            for guild in guilds:
                try:
                    await self.refresh(guild)
                except TutorbotError as error:
                    _log.warning("What was asked in vain could not be shown (%s).", error)
                except Exception:
                    _log.exception("What was asked in vain could not be shown.")
            await self._sleep(_EVERY)

    async def together(self, guild: int) -> Sequence[Group]:
        """The open groups of a server, those of one meaning merged. Raises StoreError."""
        course = self._parts.course(guild).id
        async with self._one_at_a_time:
            groups = await self._parts.unanswered.open(guild, course)
            if len(groups) < 2:
                return groups
            vectors = await self._meanings(guild, [group.question for group in groups])
            alike = [[groups[at] for at in rows] for rows in grouped(vectors) if len(rows) > 1]
            for same in alike:
                await self._merge(guild, same)
        return await self._parts.unanswered.open(guild, course) if alike else groups

    async def _meanings(self, guild: int, questions: Sequence[str]) -> Vectors:
        """Unit vectors (questions, dimensions); those of a server's open groups are kept, with their encoder's name."""
        encoder = self._parts.tutors.of(guild).opened.plain
        by, known = self._vectors.get(guild, ("", {}))
        known = known if by == encoder.name else {}
        new = [question for question in dict.fromkeys(questions) if question not in known]
        if new:
            known = {**known, **dict(zip(new, await asyncio.to_thread(encoder.encode, new), strict=True))}
        self._vectors[guild] = (encoder.name, {question: known[question] for question in questions})
        return np.stack([known[question] for question in questions])

    async def _merge(self, guild: int, same: Sequence[Group]) -> None:
        """Put groups into the oldest, if possible one that has a card; the other cards go."""
        into, *others = sorted(same, key=lambda group: (group.card is None, group.id))
        await self._parts.unanswered.merge(guild, into.id, [group.id for group in others])
        for group in others:
            self._shown.pop(group.id, None)
            if group.card is not None:
                await self._parts.outlet.delete(guild, *group.card)

    async def refresh(self, guild: int) -> None:
        """Show the open groups of a server in its moderators' channel. Raises StoreError."""
        channel = (await self._parts.guilds.settings(guild)).moderator_channel
        if channel is None:
            return
        for group in await self.together(guild):
            if self._shown.get(group.id) == _state(group):
                continue
            view = card(self._parts.texts.group(group), self.buttons(group), colour=UNSURE)
            async with self._putting:
                put = await self._put(group, channel, view)
            if put:
                self._shown[group.id] = _state(group)

    async def _put(self, group: Group, channel: int, view: LayoutView) -> bool:
        """Change the card, or send one where there is none (any more)."""
        outlet = self._parts.outlet
        if group.card is not None and await outlet.edit(group.guild, *group.card, view):
            return True
        message = await outlet.send(group.guild, channel, view)
        if message is None:
            return False
        if await self._parts.unanswered.keep_card(group.guild, group.id, channel, message):
            return True
        # whoever asked was forgotten meanwhile
        await outlet.delete(group.guild, channel, message)
        return False

    async def settled(self, group: Group) -> None:
        """Show on its card what became of a group."""
        self._shown.pop(group.id, None)
        if group.card is None:
            return
        entry = self._parts.course(group.guild).by_id.get(group.entry or "")
        text = self._parts.texts.group(group, term=entry.term if entry else group.entry or "")
        colour = ABSTAINED if group.status is GroupStatus.DISMISSED else ANSWERED
        await self._parts.outlet.edit(group.guild, *group.card, card(text, colour=colour))

    @asynccontextmanager
    async def swept(self) -> AsyncIterator[None]:
        """What the body takes out of the store goes from the moderators' channels, too. Raises StoreError."""
        async with self._putting:  # no card is on its way meanwhile
            open_ones = [await self._parts.unanswered.open(guild) for guild in self._parts.outlet.guilds]
            yield
            for group in (one for groups in open_ones for one in groups if one.card is not None):
                assert group.card is not None
                if await self._parts.unanswered.group(group.guild, group.id) is None:
                    await self._parts.outlet.delete(group.guild, *group.card)
                else:
                    self.changed(group.guild)

    def buttons(self, group: Group) -> list[Act]:
        """What moderators can do with a group."""
        button = self._parts.texts.button
        return [Act.of(button(verb), verb, group.id) for verb in ("answer", "point", "dismiss")]


def _state(group: Group) -> tuple[int, int, int]:
    """What a card shows of how large a group is."""
    return group.times, group.people, len(group.questions)
