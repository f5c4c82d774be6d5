"""Saving: a new version, askable at once, told in the audit channel; or what keeps it from being saved."""

import logging
from collections.abc import Sequence

from tutorbot.bot.curation.parts import Parts
from tutorbot.bot.curation.versions import Versions
from tutorbot.bot.views.layout import notice
from tutorbot.curation.versions import Change, Version
from tutorbot.errors import TutorbotError

_log = logging.getLogger(__name__)

_ONE_BY_ONE = 5
"""Changes saved at once that are each told in the audit channel; more are told as a number."""


class Saving:
    """Saves changes of a server's knowledge."""

    def __init__(self, parts: Parts, versions: Versions) -> None:
        self._parts = parts
        self._versions = versions

    async def save(
        self, guild: int, course: str, changes: Sequence[Change], *, who: int, why: str = ""
    ) -> Sequence[Version]:
        """New versions of entries of ``course``, all or none: the server may have chosen another since the changes were made.

        Raises ConflictError or StoreError; then nothing was saved.
        """
        parts = self._parts
        made = await parts.knowledge.save(guild, course, changes, who=who, at=parts.clock(), why=why)
        await self._saved(guild, made)
        return made

    async def restore(
        self, guild: int, course: str, entry: str, number: int, *, expected: int, who: int, why: str = ""
    ) -> Version:
        """An earlier version as the newest. Raises ConflictError, StoreError, or LookupError if there is none of that number."""
        parts = self._parts
        at = parts.clock()
        made = await parts.knowledge.restore(guild, course, entry, number, who=who, at=at, expected=expected, why=why)
        await self._saved(guild, [made])
        return made

    async def _saved(self, guild: int, made: Sequence[Version]) -> None:
        """Make it askable and tell it; it is saved whatever fails here."""
        try:
            await self._parts.tutors.refresh()
            await self._tell(guild, made)
        except TutorbotError as error:
            _log.error("A change was saved; what follows from it comes later (%s).", error)

    async def _tell(self, guild: int, made: Sequence[Version]) -> None:
        channel = (await self._parts.guilds.settings(guild)).audit_channel
        if channel is None:
            return
        if len(made) > _ONE_BY_ONE:
            text = self._parts.texts.render("audit_many", version=made[0], count=len(made))
            await self._parts.outlet.send(guild, channel, notice(text))
            return
        for version, term in zip(made, await self._versions.named(made), strict=True):
            before, after = (
                await self._versions.before(version),
                self._versions.full(guild, version.entry, version.laid),
            )
            text = self._parts.texts.audit(term, version, before, after)
            await self._parts.outlet.send(guild, channel, notice(text))
