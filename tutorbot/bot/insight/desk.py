"""The report's desk: draws together what the stores keep about a server, for its moderators."""

import asyncio
from collections.abc import Awaitable, Callable
from io import BytesIO
from typing import Any

import discord
from discord.ui import Container, File, LayoutView, MediaGallery

from tutorbot.bot.insight.picture import draw_usage
from tutorbot.bot.insight.table import usage_table
from tutorbot.bot.insight.texts import InsightTexts
from tutorbot.bot.insight.usage import usage
from tutorbot.bot.responding import Page, Pages, respond
from tutorbot.bot.review.decks import Decks
from tutorbot.bot.views.layout import card, notice
from tutorbot.knowledge import Course
from tutorbot.store.feedback import FeedbackLog
from tutorbot.store.questions import QuestionStore
from tutorbot.store.rounds import RoundStore

Interaction = discord.Interaction[Any]

PICTURE, TABLE = "report.png", "report.csv"


class InsightDesk:
    """Makes reports. ``course_of`` gives a server's course; ``moderates`` tells whether the person may see the report, and refuses
    it to others; ``clock`` gives unix seconds.
    """

    def __init__(
        self,
        course_of: Callable[[int | None], Course],
        decks: Decks,
        questions: QuestionStore,
        feedback: FeedbackLog,
        rounds: RoundStore,
        texts: InsightTexts,
        *,
        moderates: Callable[[Interaction], Awaitable[bool]],
        clock: Callable[[], float],
    ) -> None:
        self.texts = texts
        self._course_of = course_of
        self._decks = decks
        self._questions = questions
        self._feedback = feedback
        self._rounds = rounds
        self._moderates = moderates
        self._clock = clock

    async def report(self, interaction: Interaction) -> None:
        """Show the report to a moderator, privately."""
        if await self._moderates(interaction):
            await respond(interaction, lambda: self._report(interaction.guild_id or 0), private=True)

    async def _report(self, guild: int) -> Pages:
        course = self._course_of(guild)
        cards = (await self._decks.of(course)).deck.cards
        found = usage(
            course,
            {card.entry for card in cards},
            await self._questions.asked(guild),
            await self._feedback.all(guild),
            await self._rounds.results(guild),
            until=self._clock(),
        )
        text = self.texts.report(found)
        if found.empty:
            return notice(text)
        told = self.texts.told(found)
        picture = await asyncio.to_thread(draw_usage, found, self.texts.words(found))
        files = (
            discord.File(BytesIO(picture), PICTURE, description=told),
            discord.File(BytesIO(usage_table(found)), TABLE),
        )
        return Page(_laid_out(text, told), files)


def _laid_out(text: str, told: str) -> LayoutView:
    view = card(text)
    frame = view.children[-1]
    assert isinstance(frame, Container)
    frame.add_item(MediaGallery(discord.MediaGalleryItem(f"attachment://{PICTURE}", description=told)))
    frame.add_item(File(f"attachment://{TABLE}"))
    return view
