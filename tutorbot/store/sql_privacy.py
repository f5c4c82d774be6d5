"""What is known about a person, in a database, and forgetting it."""

import json
from typing import Any

from sqlalchemy import RowMapping, Table, select
from sqlalchemy.ext.asyncio import AsyncEngine

from tutorbot.store.forgetting import events_of, forget_everywhere, people_of, person_columns, rounds_of
from tutorbot.store.privacy import Forgotten, PersonalData
from tutorbot.store.rounds import Place
from tutorbot.store.tables import leaving, rounds
from tutorbot.store.transactions import reading, sweep, writing
from tutorbot.store.upserting import put

_JSON = frozenset({"entries", "laid", "state", "held"})
_INTERNAL = frozenset({"digest", "wording", "fingerprint"})


class SqlPrivacy:
    """Privacy in the database of ``engine``."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def data_of(self, person: int) -> PersonalData:
        """See Privacy. The kinds are the tables' names."""
        found: dict[str, list[dict[str, Any]]] = {}
        async with reading(self._engine) as connection:
            for table, column, _forgetting in person_columns():
                rows = (await connection.execute(select(table).where(column == person))).mappings()
                if plain := [_plain(table, row) for row in rows]:
                    found.setdefault(table.name, []).extend(plain)
            events = await events_of(connection, person)
        if events:
            found["round_events"] = [
                {"round": round_id, "number": number, "event": _own(record["event"], person)}
                for round_id, number, record in events
            ]
        return found

    async def forget(self, person: int) -> Forgotten:
        """See Privacy."""
        if person <= 0:
            raise ValueError("no person has such an id")
        async with writing(self._engine) as connection:
            playing = await rounds_of(connection, person)
            removed, replaced = await forget_everywhere(connection, person, playing)
            places = []
            if playing:
                await put(connection, leaving, {"person": person})
                wanted = select(rounds.c.id, rounds.c.guild, rounds.c.channel).where(rounds.c.id.in_(playing))
                places = [Place(*row) for row in (await connection.execute(wanted.order_by(rounds.c.id))).all()]
        await sweep(self._engine)
        return Forgotten(removed, replaced, tuple(places))


def _plain(table: Table, row: RowMapping) -> dict[str, Any]:
    return {
        column.name: json.loads(row[column]) if column.name in _JSON and row[column] else row[column]
        for column in table.columns
        if column.name not in _INTERNAL
    }


def _own(event: dict[str, Any], person: int) -> dict[str, Any]:
    """A round's event without other people and without the cards, which are the course's."""
    others = {key for key, one in people_of(event) if one != person}
    return {key: value for key, value in event.items() if key not in others and key != "cards"}
