"""What servers have set, kept for a moment: every click asks for it."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from tutorbot.store.guilds import GuildSettings, GuildStore

_FRESH = 1.0
"""Seconds for which a server's settings are not read again."""


class Servers:
    """The servers' settings. ``clock`` gives seconds."""

    def __init__(self, store: GuildStore, clock: Callable[[], float]) -> None:
        self._store = store
        self._clock = clock
        self._held: dict[int, tuple[float, GuildSettings]] = {}
        self._reading: dict[int, asyncio.Lock] = {}

    async def of(self, guild: int) -> GuildSettings:
        """A server's settings, at most a second old. Raises StoreError."""
        async with self._reading.setdefault(guild, asyncio.Lock()):  # of many at once, one reads
            held = self._held.get(guild)
            if held is not None and abs(self._clock() - held[0]) < _FRESH:
                return held[1]
            settings = await self._store.settings(guild)
            self._held[guild] = (self._clock(), settings)
            return settings

    async def moderator_role(self, guild: int) -> int | None:
        """The role that makes moderators, if one is set."""
        return (await self.of(guild)).moderator_role

    async def change_quiz(self, guild: int, given: Mapping[str, Any], *, who: int, at: float) -> GuildSettings:
        """Set some of the quiz's defaults. Raises SettingsError if one does not fit."""
        held = (await self._store.settings(guild)).quiz.model_dump(mode="json")
        settings = await self._store.change(guild, {"quiz": {**held, **given}}, who=who, at=at)
        self._held[guild] = (self._clock(), settings)
        return settings
