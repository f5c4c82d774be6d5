"""What a person did, as the round's events tell it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

import discord

from tutorbot.bot.quiz.clock import DiscordClock
from tutorbot.bot.quiz.names import Names
from tutorbot.bot.quiz.texts import QuizTexts
from tutorbot.bot.quiz.workload import Workload
from tutorbot.bot.responding import Pages, apologise, respond
from tutorbot.bot.views.layout import notice
from tutorbot.quiz.round.events import Answered, Appealed, Deed, Joined, Left
from tutorbot.quiz.session import RoundSession

Interaction = discord.Interaction[Any]

_UNKNOWN_INTERACTION = 10062
_TOO_LATE = 3.5
"""Seconds after which an interaction that was not answered has failed; half a second of them for the clocks."""

_AT_ONCE = 48
"""Deeds in hand at once. Of a thousand that come in a second the first are then answered first, not all of them at the end."""

_ANYBODY = frozenset({Answered, Joined, Left, Appealed})
"""Deeds for which it does not matter whether the person may moderate."""

_log = logging.getLogger(__name__)


class ModeratorRole(Protocol):
    """Which role makes moderators, by the server's settings."""

    async def __call__(self, guild: int) -> int | None:
        """The role's id; None if permissions alone do."""
        ...


class People:
    """Who did what and when, and whether they may moderate; what became of it is told to them."""

    def __init__(
        self, texts: QuizTexts, clock: DiscordClock, names: Names, moderator_role: ModeratorRole, workload: Workload
    ) -> None:
        self._texts = texts
        self._workload = workload
        self._gate = asyncio.Semaphore(_AT_ONCE)
        self._clock = clock
        self._names = names
        self._moderator_role = moderator_role

    def heard(self, interaction: Interaction) -> dict[str, Any]:
        """The fields of a deed for which it does not matter whether the person may moderate. Call it at once: it sets the clock."""
        self._names.heard(interaction.guild_id or 0, interaction.user)
        return {"id": interaction.id, "at": self._clock.heard(interaction.id), "player": interaction.user.id}

    async def deed(self, interaction: Interaction) -> dict[str, Any]:
        """The fields that all deeds have."""
        return {**self.heard(interaction), "moderator": await self.moderates(interaction)}

    async def moderates(self, interaction: Interaction) -> bool:
        """Whether the person may manage messages or has the server's moderator role."""
        if interaction.permissions.manage_messages:
            return True
        member = interaction.user
        role = await self._moderator_role(interaction.guild_id) if interaction.guild_id is not None else None
        return role is not None and isinstance(member, discord.Member) and member.get_role(role) is not None

    async def act(
        self,
        interaction: Interaction,
        session: RoundSession | None,
        name: str,
        deed: type[Deed],
        *,
        answer: str = "",
        **more: object,
    ) -> None:
        """Hand a deed to its round and tell the person what became of it; ``name`` is the deed's in the templates."""

        heard = self.heard(interaction)

        async def work() -> None:
            who = heard if deed in _ANYBODY else {**heard, "moderator": await self.moderates(interaction)}
            event = deed.model_validate({**who, **more})
            if session is None:
                await self._send(interaction, self._texts.notice("over"))
                return
            reply = await session.happened(event)  # type: ignore[arg-type]  # one of the deeds that are events
            if self._clock() > event.at + _TOO_LATE:  # nobody can be told any more, and others are waiting
                _log.warning("A deed was kept, but its player could not be told in time.")
            elif reply is not None:
                await self._send(interaction, self._texts.outcome(reply, name, answer=answer))

        self._workload.enter()
        async with self._gate:
            await self.safely(interaction, work)

    async def respond(
        self, interaction: Interaction, work: Callable[[], Awaitable[Pages]], *, private: bool = True
    ) -> None:
        """Answer with what ``work`` brings, "thinking…" meanwhile."""
        self._workload.enter()
        await respond(interaction, work, private=private)

    async def tell(self, interaction: Interaction, text: str) -> None:
        """Say something privately."""
        await self.safely(interaction, lambda: self._send(interaction, text))

    async def safely(self, interaction: Interaction, work: Callable[[], Awaitable[object]]) -> None:
        """Do it; whatever fails is told to the person."""
        try:
            await work()
        except discord.NotFound as error:
            if error.code != _UNKNOWN_INTERACTION:
                await apologise(interaction, error)
                return
            _log.warning("An answer came too late: the person was told by Discord that there was none.")
        except Exception as error:
            await apologise(interaction, error)

    async def _send(self, interaction: Interaction, text: str) -> None:
        await interaction.response.send_message(view=notice(text), ephemeral=True)
