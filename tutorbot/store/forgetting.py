"""Taking a person out of the tables."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tutorbot.store.sql_unanswered import drop_empty_groups
from tutorbot.store.tables import (
    RUNNING,
    Forgetting,
    forgotten,
    leaving,
    metadata,
    questions,
    results,
    round_events,
    round_misses,
    rounds,
)

_BLANK = {"text": "", "message": None, "channel": None, "person": None}
_OF_ROUNDS = (rounds, results, round_misses)


def person_columns() -> Iterator[tuple[Table, Column[Any], Forgetting]]:
    """The columns that hold people's ids, and what becomes of their rows."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if "forgetting" in column.info:
                yield table, column, column.info["forgetting"]


def people_of(event: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """The keys of a round's event that hold people's ids, with the ids."""
    return ((key, event[key]) for key in ("player", "of") if isinstance(event.get(key), int))


async def forget_everywhere(connection: AsyncConnection, person: int, playing: Sequence[int]) -> tuple[int, int]:
    """Take a person out of everything but the rounds ``playing``; how many rows were removed, and how many changed."""
    number = await _number(connection)
    removed = replaced = 0
    for table, column, forgetting in person_columns():
        theirs = column == person
        if table in _OF_ROUNDS:
            theirs &= (table.c.id if table is rounds else table.c.round).not_in(playing)
        if forgetting is Forgetting.DELETED:
            removed += (await connection.execute(delete(table).where(theirs))).rowcount
        elif forgetting is Forgetting.NUMBERED:
            done = await connection.execute(update(table).where(theirs).values({column.name: number}))
            replaced += done.rowcount
        else:
            assert table is questions
            replaced += (await connection.execute(update(table).where(theirs).values(_BLANK))).rowcount
    replaced += await _number_events(connection, person, number, round_events.c.round.not_in(playing))
    await drop_empty_groups(connection)
    return removed, replaced


async def forget_leaving(connection: AsyncConnection, round_id: int) -> bool:
    """Take those who left for good while they played out of a round that has ended; whether there was anybody."""
    found = False
    for person in (await connection.scalars(select(leaving.c.person))).all():
        if not await in_round(connection, person, round_id):
            continue
        found = True
        number = await _number(connection)
        await connection.execute(
            delete(round_misses).where(round_misses.c.round == round_id, round_misses.c.player == person)
        )
        for table, key, column in ((rounds, rounds.c.id, rounds.c.host), (results, results.c.round, results.c.player)):
            theirs = (key == round_id) & (column == person)
            await connection.execute(update(table).where(theirs).values({column.name: number}))
        await _number_events(connection, person, number, round_events.c.round == round_id)
        if not await rounds_of(connection, person):
            await connection.execute(delete(leaving).where(leaving.c.person == person))
    return found


async def rounds_of(connection: AsyncConnection, person: int) -> Sequence[int]:
    """The running rounds that know a person."""
    running = (await connection.scalars(select(rounds.c.id).where(rounds.c.status == RUNNING))).all()
    return [one for one in running if await in_round(connection, person, one)]


async def in_round(connection: AsyncConnection, person: int, round_id: int) -> bool:
    """Whether a person plays a round, hosts it or has moderated it."""
    return bool(await events_of(connection, person, round_events.c.round == round_id))


async def events_of(
    connection: AsyncConnection, person: int, which: ColumnElement[bool] | None = None
) -> list[tuple[int, int, dict[str, Any]]]:
    """(round, number, record) of every event that holds a person's id, of the rounds that ``which`` says."""
    held = round_events.c
    wanted = select(held.round, held.number, held.record).where(held.record.contains(str(person)))
    rows = (await connection.execute(wanted if which is None else wanted.where(which))).all()
    records = [(row.round, row.number, json.loads(row.record)) for row in rows]
    return [one for one in records if person in dict(people_of(one[2]["event"])).values()]


async def _number_events(connection: AsyncConnection, person: int, number: int, which: ColumnElement[bool]) -> int:
    """Let the number stand for the person in the rounds' events, and take away what they typed; how many that were."""
    found = await events_of(connection, person, which)
    for round_id, at, record in found:
        event = record["event"]
        if event.get("player") == person and event.get("text") is not None:
            event["text"] = None
        event.update({key: number for key, one in people_of(event) if one == person})
        own = (round_events.c.round == round_id) & (round_events.c.number == at)
        text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
        await connection.execute(update(round_events).where(own).values(record=text))
    return len(found)


async def _number(connection: AsyncConnection) -> int:
    """A negative number that stands for nobody else."""
    made = (await connection.execute(insert(forgotten).values())).inserted_primary_key
    assert made is not None
    number: int = -made[0]
    return number
