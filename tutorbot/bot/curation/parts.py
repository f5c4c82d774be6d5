"""What the moderators' side is made of, handed to each of its parts."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import discord

from tutorbot.bot.curation.outlet import Outlet
from tutorbot.bot.curation.texts import CurationTexts
from tutorbot.bot.responding import Pages, respond
from tutorbot.bot.views.layout import notice
from tutorbot.errors import StoreError
from tutorbot.knowledge import Course
from tutorbot.store.audit import AuditEvent, AuditLog
from tutorbot.store.guilds import GuildStore
from tutorbot.store.knowledge import KnowledgeStore
from tutorbot.store.privacy import Privacy
from tutorbot.store.unanswered import UnansweredStore
from tutorbot.tutors import Tutors

Interaction = discord.Interaction[Any]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Parts:
    """Stores, texts and the way out. ``clock`` gives unix seconds."""

    tutors: Tutors
    knowledge: KnowledgeStore
    guilds: GuildStore
    unanswered: UnansweredStore
    audit: AuditLog
    privacy: Privacy
    texts: CurationTexts
    outlet: Outlet
    clock: Callable[[], float]

    def course(self, guild: int) -> Course:
        """The course as a server has it."""
        return self.tutors.of(guild).course

    def shared(self, guild: int) -> Course:
        """The server's course as it is for all, without what the server laid over it."""
        return self.tutors.shared(guild).course

    async def answer(self, interaction: Interaction, work: Callable[[], Awaitable[Pages]]) -> None:
        """Answer privately; a click in a private message changes that message. A database that fails is told in a sentence."""

        async def told() -> Pages:
            try:
                return await work()
            except StoreError as error:
                return notice(self.texts.trouble(error.trouble, kept=False))

        await respond(interaction, told, private=True, in_place=in_private(interaction))

    async def tell(self, interaction: Interaction, text: str) -> None:
        """Say something privately."""

        async def said() -> Pages:
            return notice(text)

        await self.answer(interaction, said)

    def may_moderate(self, interaction: Interaction) -> bool:
        """Whether the person may change the notes here: those who manage messages and have the server's moderator role, if it
        has set one; and those who manage the server, since they set the role.
        """
        may = interaction.permissions
        role = self.tutors.settings_of(interaction.guild_id).moderator_role
        member = interaction.user
        has_role = role is None or (isinstance(member, discord.Member) and member.get_role(role) is not None)
        return interaction.guild_id is not None and (may.manage_guild or (may.manage_messages and has_role))

    async def moderates(self, interaction: Interaction) -> bool:
        """Whether the person may change the notes here. Others are told, and it is logged."""
        if self.may_moderate(interaction):
            return True
        await self._refuse(interaction, "refused")
        return False

    async def manages(self, interaction: Interaction) -> bool:
        """Whether the person may change what the server has set. Others are told, and it is logged."""
        if interaction.guild_id is not None and interaction.permissions.manage_guild:
            return True
        await self._refuse(interaction, "refused_settings")
        return False

    async def _refuse(self, interaction: Interaction, which: str) -> None:
        async def refuse() -> Pages:
            guild = interaction.guild_id
            if guild is None:
                return notice(self.texts.notice("server_only"))
            event = AuditEvent(guild, interaction.user.id, "refused", _what(interaction), self.clock())
            try:
                await self.audit.add(event)
            except StoreError as error:
                _log.error("A refusal could not be logged (%s): %s by %d.", error, event.detail, event.who)
            return notice(self.texts.notice(which))

        await respond(interaction, refuse, private=True)


def in_private(interaction: Interaction) -> bool:
    """Whether a message was clicked that only this person sees."""
    return interaction.message is not None and interaction.message.flags.ephemeral


def _what(interaction: Interaction) -> str:
    """What was tried: a command's name or a button's custom_id."""
    if interaction.command is not None:
        return f"/{interaction.command.qualified_name}"
    return str(dict(interaction.data or {}).get("custom_id", ""))
