"""Rounds in a database."""

import asyncio
from collections.abc import Mapping, Sequence

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from tutorbot.quiz.card import CardKind
from tutorbot.quiz.result import CardResult, RoundResult, Score
from tutorbot.quiz.round import Record, dump_record, load_record, replay
from tutorbot.quiz.round.events import Deed, Opened
from tutorbot.quiz.round.scoring import ranked
from tutorbot.quiz.spacing import Asked
from tutorbot.store.event_log import EventLog
from tutorbot.store.forgetting import forget_leaving
from tutorbot.store.misses import missed_cards
from tutorbot.store.rounds import Place
from tutorbot.store.tables import (
    FINISHED,
    RUNNING,
    results,
    round_cards,
    round_events,
    round_messages,
    round_misses,
    rounds,
)
from tutorbot.store.transactions import reading, sweep, writing


class SqlRounds:
    """A RoundStore in the database of ``engine``."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._events = EventLog(engine)

    async def open(self, guild: int, channel: int, first: Record) -> Place | None:
        """See RoundStore."""
        assert isinstance(first.event, Opened)
        row = {"guild": guild, "channel": channel, "status": RUNNING, "created": first.now}
        row |= {"host": first.event.player, "course": first.event.course}
        try:
            async with writing(self._engine) as connection:
                made = await connection.execute(insert(rounds).values(row))
                assert made.inserted_primary_key is not None
                round_id = made.inserted_primary_key[0]
                await connection.execute(insert(round_events).values(_event_row(round_id, 0, first)))
        except IntegrityError:
            return None
        return Place(round_id, guild, channel)

    async def append(self, round_id: int, number: int, record: Record) -> bool:
        """See RoundStore. Raises IntegrityError if another event has that number."""
        return await self._events.append(_event_row(round_id, number, record))

    async def records(self, round_id: int) -> Sequence[Record]:
        """See RoundStore."""
        wanted = select(round_events.c.record).where(round_events.c.round == round_id).order_by(round_events.c.number)
        async with reading(self._engine) as connection:
            return [load_record(line) for line in (await connection.scalars(wanted)).all()]

    async def next_number(self, round_id: int) -> int:
        """See RoundStore."""
        last = select(func.max(round_events.c.number)).where(round_events.c.round == round_id)
        async with reading(self._engine) as connection:
            return 1 + ((await connection.scalar(last)) or 0)

    async def running(self) -> Sequence[Place]:
        """See RoundStore."""
        wanted = select(rounds.c.id, rounds.c.guild, rounds.c.channel).where(rounds.c.status == RUNNING)
        async with reading(self._engine) as connection:
            return [Place(*row) for row in (await connection.execute(wanted.order_by(rounds.c.id))).all()]

    async def place(self, round_id: int) -> Place | None:
        """See RoundStore."""
        wanted = select(rounds.c.id, rounds.c.guild, rounds.c.channel).where(rounds.c.id == round_id)
        async with reading(self._engine) as connection:
            found = (await connection.execute(wanted)).first()
        return Place(*found) if found is not None else None

    async def shown(self, round_id: int) -> Mapping[str, int]:
        """See RoundStore."""
        wanted = select(round_messages.c.effect, round_messages.c.message).where(round_messages.c.round == round_id)
        async with reading(self._engine) as connection:
            return {row.effect: row.message for row in (await connection.execute(wanted)).all()}

    async def keep_message(self, round_id: int, effect: str, message: int) -> None:
        """See RoundStore."""
        earlier = (round_messages.c.round == round_id) & (round_messages.c.effect == effect)
        async with writing(self._engine) as connection:
            await connection.execute(delete(round_messages).where(earlier))
            await connection.execute(insert(round_messages).values(round=round_id, effect=effect, message=message))

    async def finish(self, round_id: int, result: RoundResult, topic: str | None) -> None:
        """See RoundStore."""
        ended = {"status": FINISHED, "ended": result.ended_at, "ending": result.ending}
        players = [
            {
                "round": round_id,
                "player": score.player,
                "points": score.points,
                "answered": score.answered,
                "right": score.right,
                "team": score.team,
                "topic": topic,
                "at": result.ended_at,
            }
            for score in result.scores
        ]
        cards = [
            {
                "round": round_id,
                "number": number,
                "card": card.card,
                "entry": card.entry,
                "kind": card.kind.value,
                "void": int(card.void),
                "answered": card.answered,
                "right": card.right,
            }
            for number, card in enumerate(result.cards)
        ]
        misses = await asyncio.to_thread(_misses, round_id, await self.records(round_id))
        async with writing(self._engine) as connection:
            await connection.execute(update(rounds).where(rounds.c.id == round_id).values(ended))
            for table, rows in ((results, players), (round_cards, cards), (round_misses, misses)):
                await connection.execute(delete(table).where(table.c.round == round_id))
                if rows:
                    await connection.execute(insert(table), rows)
            swept = await forget_leaving(connection, round_id)
        if swept:
            await sweep(self._engine)

    async def results(self, guild: int, since: float = 0.0, topic: str | None = None) -> Sequence[RoundResult]:
        """See RoundStore."""
        ended = (rounds.c.guild == guild) & (rounds.c.status == FINISHED) & (rounds.c.ended >= since)
        if topic is not None:
            ended &= rounds.c.id.in_(select(results.c.round).where(results.c.topic == topic))
        held: dict[int, list[Score]] = {}
        cards: dict[int, list[CardResult]] = {}
        async with reading(self._engine) as connection:
            found = (await connection.execute(select(rounds).where(ended).order_by(rounds.c.ended))).mappings().all()
            rows = await connection.execute(select(results).join(rounds).where(ended))
            for row in rows.mappings():
                score = Score(0, row["player"], row["points"], row["right"], row["answered"], row["team"])
                held.setdefault(row["round"], []).append(score)
            rows = await connection.execute(
                select(round_cards).join(rounds).where(ended).order_by(round_cards.c.number)
            )
            for row in rows.mappings():
                card = CardResult(
                    row["card"], row["entry"], CardKind(row["kind"]), bool(row["void"]), row["answered"], row["right"]
                )
                cards.setdefault(row["round"], []).append(card)
        return [
            RoundResult(
                host=one["host"],
                opened_at=one["created"],
                ended_at=one["ended"],
                ending=one["ending"],
                cards=tuple(cards.get(one["id"], ())),
                scores=_placed(held.get(one["id"], [])),
                course=one["course"],
            )
            for one in found
        ]

    async def asked(self, guild: int) -> Sequence[Asked]:
        """See RoundStore."""
        wanted = (
            select(round_cards.c.card, rounds.c.ended, round_cards.c.answered, round_cards.c.right)
            .join(rounds)
            .where((rounds.c.guild == guild) & (rounds.c.status == FINISHED) & (round_cards.c.void == 0))
        )
        async with reading(self._engine) as connection:
            return [Asked(*row) for row in (await connection.execute(wanted)).all()]


def _misses(round_id: int, records: Sequence[Record]) -> list[dict[str, int]]:
    """What each player missed; it takes a while and is done off the event loop."""
    missed = missed_cards(replay(records))
    return [{"round": round_id, "number": number, "player": player} for number, player in missed]


def _event_row(round_id: int, number: int, record: Record) -> dict[str, object]:
    event = record.event.id if isinstance(record.event, Deed) else None
    return {"round": round_id, "number": number, "event": event, "record": dump_record(record)}


def _placed(scores: Sequence[Score]) -> tuple[Score, ...]:
    """The scores with their ranks, which are not kept: they follow from the points."""
    ranks = ranked({score.player: score.points for score in scores})
    placed = [Score(ranks[one.player], one.player, one.points, one.right, one.answered, one.team) for one in scores]
    return tuple(sorted(placed, key=lambda score: (score.rank, score.player)))
