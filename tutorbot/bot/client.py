"""The Discord client: what it listens to and what it hands on."""

import logging
import sys
from typing import Any

import discord
from discord import app_commands

from tutorbot.bot import messages
from tutorbot.bot.commands import commands
from tutorbot.bot.curation.buttons import CURATION_ITEMS
from tutorbot.bot.curation.commands import curation_commands
from tutorbot.bot.curation.desk import CurationDesk
from tutorbot.bot.desks import Desks
from tutorbot.bot.insight.commands import add_report
from tutorbot.bot.insight.desk import InsightDesk
from tutorbot.bot.once import Once
from tutorbot.bot.quiz.buttons import QUIZ_BUTTONS
from tutorbot.bot.quiz.commands import quiz_commands
from tutorbot.bot.quiz.desk import QuizDesk
from tutorbot.bot.quiz.fields import answer_field
from tutorbot.bot.responding import apologise, logged
from tutorbot.bot.review.buttons import REVIEW_BUTTONS, click_again
from tutorbot.bot.review.commands import review_commands
from tutorbot.bot.review.desk import ReviewDesk
from tutorbot.bot.review.fields import review_field
from tutorbot.bot.views.buttons import BUTTONS, lost
from tutorbot.bot.views.layout import notice

_log = logging.getLogger(__name__)


class TutorBot(discord.Client):
    """A client that pings nobody and needs no privileged intent; ``message_content`` asks for that one."""

    def __init__(
        self,
        desks: Desks,
        *,
        quiz: QuizDesk | None = None,
        review: ReviewDesk | None = None,
        curation: CurationDesk | None = None,
        insight: InsightDesk | None = None,
        message_content: bool = False,
    ) -> None:
        intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=message_content)
        super().__init__(
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
        )
        self.desks = desks
        self.quiz = quiz
        self.review = review
        self.curation = curation
        self.insight = insight
        self.once = Once()
        self._tree = _Commands(self)

    async def setup_hook(self) -> None:
        """Register commands and buttons; go on with the rounds that were running."""
        self.add_dynamic_items(*BUTTONS)
        for command in commands(self.desks):
            self._tree.add_command(command)
        if self.quiz is not None:
            self.add_dynamic_items(*QUIZ_BUTTONS)
            self._tree.add_command(quiz_commands(self.quiz))
            await self.quiz.rounds.take_up()
        if self.review is not None:
            self.add_dynamic_items(*REVIEW_BUTTONS)
            for review_command in review_commands(self.review):
                self._tree.add_command(review_command)
        if self.curation is not None:
            self.add_dynamic_items(*CURATION_ITEMS)
            for curation_command in curation_commands(self.curation):
                self._tree.add_command(curation_command)
            self.curation.start(self)
        knowledge = self._tree.get_command("knowledge")
        if self.insight is not None and isinstance(knowledge, app_commands.Group):
            add_report(knowledge, self.insight)
        try:
            await self._tree.sync()
        except discord.HTTPException as error:
            _log.error("The commands could not be registered; those of the last start remain (%s).", error)

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """Tell of an event, but not once the client is closed: the library does if it was connected a moment before."""
        if not self.is_closed():
            super().dispatch(event, *args, **kwargs)

    async def on_ready(self) -> None:
        """Say who is there."""
        _log.info("Connected to Discord as %s, in %d servers.", self.user, len(self.guilds))

    async def on_message(self, message: discord.Message) -> None:
        """Answer what is said to the bot."""
        assert self.user is not None
        if messages.is_for(message, self.user.id):
            if self.once.first(message.id):
                await messages.answer(message, self.user.id, self.desks.of(message.guild.id if message.guild else None))
        elif self.intents.message_content and self.once.first(message.id):
            taken = self.quiz is not None and await self.quiz.answers.said(message)
            if self.curation is not None and not taken:
                await self.curation.study.heard(message)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Carry out a click that was on its way while its button was taken from the message; take typed quiz answers."""
        button = lost(interaction)
        if button is not None and await button.interaction_check(interaction):
            await button.callback(interaction)
        if self.quiz is not None and interaction.type is discord.InteractionType.modal_submit:
            await answer_field(interaction, self.quiz, self.once)
        if self.review is not None:
            await click_again(interaction)
            await review_field(interaction, self.review, self.once)
        if self.curation is not None:
            await self.curation.heard(interaction, self.once)

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Show a quiz card again that was deleted."""
        if self.quiz is not None:
            await self.quiz.watch.message_deleted(payload.channel_id, payload.message_id)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """End the round that was played there."""
        if self.quiz is not None:
            await self.quiz.watch.channel_deleted(channel.id)

    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """Go on in the channel with the round that was played in the thread."""
        if self.quiz is not None:
            await self.quiz.watch.channel_deleted(payload.thread_id)

    async def on_raw_thread_update(self, payload: discord.RawThreadUpdateEvent) -> None:
        """Go on in the channel if the thread was archived or locked."""
        if self.quiz is not None:
            await self.quiz.watch.thread_changed(payload)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002
        """Log what failed while an event was handled."""
        error = sys.exception()
        if error is not None:
            logged(error)


class _Commands(app_commands.CommandTree[TutorBot]):
    def __init__(self, client: TutorBot) -> None:
        here = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False)
        installed = app_commands.AppInstallationType(guild=True, user=False)
        super().__init__(client, allowed_contexts=here, allowed_installs=installed)

    async def interaction_check(self, interaction: discord.Interaction[TutorBot], /) -> bool:
        """Whether this interaction was not delivered before."""
        return interaction.client.once.first(interaction.id)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Carry out a click that was on its way while its button was taken from the message."""
        button = lost(interaction)
        if button is not None and await button.interaction_check(interaction):
            await button.callback(interaction)

    async def on_error(
        self, interaction: discord.Interaction[TutorBot], error: app_commands.AppCommandError, /
    ) -> None:
        """Tell the person what went wrong before a command could answer by itself."""
        if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
            view = notice(interaction.client.desks.texts.outdated())
            await interaction.response.send_message(view=view, ephemeral=True)
            return
        await apologise(interaction, getattr(error, "original", error))
