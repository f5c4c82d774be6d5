"""The picture and the table of a round, with its players' names."""

import asyncio
from collections.abc import Callable

import discord

from tutorbot.bot.quiz.names import Names
from tutorbot.bot.quiz.texts import QuizTexts
from tutorbot.quiz.report import Sheet, draw_picture, make_sheet, write_csv
from tutorbot.quiz.report.lettering import drawable
from tutorbot.quiz.report.picture import MOST_ROWS
from tutorbot.quiz.round import Round


class Handouts:
    """Makes them. ``guild_of`` finds a server by its id."""

    def __init__(self, texts: QuizTexts, names: Names, guild_of: Callable[[int], discord.Guild | None]) -> None:
        self._texts = texts
        self._names = names
        self._guild_of = guild_of
        self._drawing = asyncio.Semaphore()  # many rounds may end at once, and clicks are waiting

    async def picture(self, guild: int, state: Round) -> bytes | None:
        """The podium and the report card as PNG; None if nobody answered anything."""
        sheet = await self._sheet(guild, state, drawable)
        if not sheet.rows:
            return None
        words = self._texts.picture_words(state, sheet, more=max(0, len(sheet.rows) - MOST_ROWS))
        async with self._drawing:
            return await asyncio.to_thread(draw_picture, sheet, words)

    async def table(self, guild: int, state: Round) -> bytes:
        """The round as CSV."""
        sheet = await self._sheet(guild, state, lambda name: name)
        cards = [self._texts.card_words(card) for card in state.cards[: len(state.plays)]]
        teams = [self._texts.team(team) for team in range(state.settings.teams or 0)]
        return write_csv(sheet, cards, teams, self._texts.table_words())

    async def _sheet(self, guild: int, state: Round, readable: Callable[[str], str]) -> Sheet:
        names = await self._names.of(self._guild_of(guild), list(state.players))
        numbers = {player: number for number, player in enumerate(state.players, 1)}

        def name_of(player: int) -> str:
            return readable(names.get(player, "")) or self._texts.unnamed(numbers[player])

        return await asyncio.to_thread(make_sheet, state, name_of, lambda team: readable(self._texts.team(team)))
