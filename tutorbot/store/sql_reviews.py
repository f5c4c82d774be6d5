"""Personal reviews, in a database."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from tutorbot.quiz.card import CardKind
from tutorbot.store.reviews import Missed, Reviewed, ReviewLine
from tutorbot.store.tables import review_lines, reviews, round_cards, round_misses, rounds
from tutorbot.store.transactions import reading, writing
from tutorbot.store.upserting import put

_held = reviews.c


class SqlReviews:
    """A ReviewStore in the database of ``engine``."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def card(self, guild: int, person: int, card: str) -> Reviewed | None:
        """See ReviewStore."""
        return next(iter(await self._cards(_theirs(guild, person) & (_held.card == card), 1)), None)

    async def cards(self, guild: int, person: int) -> Sequence[Reviewed]:
        """See ReviewStore."""
        return await self._cards(_theirs(guild, person), None)

    async def due(self, guild: int, person: int, now: float, limit: int = 20) -> Sequence[Reviewed]:
        """See ReviewStore."""
        return await self._cards(_theirs(guild, person) & (_held.due <= now), limit)

    async def save(self, reviewed: Reviewed, line: ReviewLine | None = None) -> None:
        """See ReviewStore."""
        row = {name: getattr(reviewed, name) for name in ("guild", "person", "card", "entry", "state", "due")}
        async with writing(self._engine) as connection:
            await put(connection, reviews, row)
            if line is not None:
                said = {name: getattr(line, name) for name in ("guild", "person", "card", "entry", "rating", "at")}
                await connection.execute(insert(review_lines).values(said))

    async def lines(self, guild: int, person: int, since: float = 0.0) -> Sequence[ReviewLine]:
        """See ReviewStore."""
        said = review_lines.c
        wanted = (
            select(said.guild, said.person, said.card, said.entry, said.rating, said.at)
            .where((said.guild == guild) & (said.person == person) & (said.at >= since))
            .order_by(said.at, said.id)
        )
        async with reading(self._engine) as connection:
            return [ReviewLine(*row) for row in (await connection.execute(wanted)).all()]

    async def missed(self, guild: int, person: int, course: str, since: float = 0.0) -> Sequence[Missed]:
        """See ReviewStore."""
        cards, missed = round_cards.c, round_misses.c
        wanted = (
            select(missed.round, cards.card, cards.entry, cards.kind, rounds.c.ended)
            .join(round_cards, (cards.round == missed.round) & (cards.number == missed.number))
            .join(rounds, rounds.c.id == missed.round)
            .where((rounds.c.guild == guild) & (missed.player == person) & (rounds.c.ended >= since))
            .where(rounds.c.course.in_(("", course)))
            .order_by(rounds.c.ended.desc(), missed.round.desc(), missed.number)
        )
        async with reading(self._engine) as connection:
            rows = (await connection.execute(wanted)).all()
        return [Missed(row.round, row.card, row.entry, CardKind(row.kind), row.ended) for row in rows]

    async def _cards(self, which: ColumnElement[bool], limit: int | None) -> Sequence[Reviewed]:
        wanted = (
            select(_held.guild, _held.person, _held.card, _held.entry, _held.state, _held.due)
            .where(which)
            .order_by(_held.due, _held.card)
            .limit(limit)
        )
        async with reading(self._engine) as connection:
            return [Reviewed(*row) for row in (await connection.execute(wanted)).all()]


def _theirs(guild: int, person: int) -> ColumnElement[bool]:
    return (_held.guild == guild) & (_held.person == person)
