"""Keeping the events of many rounds: what comes while a transaction is under way is kept together in the next one."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from tutorbot.store.tables import round_events
from tutorbot.store.transactions import reading, writing

_MOST = 200
"""Events in one transaction."""

_Row = Mapping[str, Any]


class EventLog:
    """The events of all rounds in the database of ``engine``."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._waiting: list[tuple[_Row, asyncio.Future[bool]]] = []
        self._keeping: asyncio.Task[None] | None = None

    async def append(self, row: _Row) -> bool:
        """Keep a row of ``round_events``; False if an event of the same id was kept before.

        Raises StoreError, or IntegrityError if another event has that number.
        """
        kept: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((row, kept))
        if self._keeping is None or self._keeping.done():
            self._keeping = asyncio.ensure_future(self._keep())
        return await kept

    async def _keep(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
            try:
                await self._keep_all([row for row, _kept in batch])
            except IntegrityError:  # one of them was there: each by itself
                for row, kept in batch:
                    await self._keep_one(row, kept)
            except asyncio.CancelledError:
                for _row, kept in (*batch, *self._waiting):
                    kept.cancel()
                self._waiting.clear()
                raise
            except Exception as error:
                for _row, kept in batch:
                    _fail(kept, error)
            else:
                for _row, kept in batch:
                    _tell(kept, done=True)

    async def _keep_all(self, rows: Sequence[_Row]) -> None:
        async with writing(self._engine) as connection:
            await connection.execute(insert(round_events), rows)

    async def _keep_one(self, row: _Row, kept: asyncio.Future[bool]) -> None:
        try:
            await self._keep_all([row])
        except IntegrityError as error:
            if row["event"] is not None and await self._holds(row["round"], row["event"]):
                _tell(kept, done=False)
            else:
                _fail(kept, error)
        except Exception as error:
            _fail(kept, error)
        else:
            _tell(kept, done=True)

    async def _holds(self, round_id: int, event: int) -> bool:
        same = (round_events.c.round == round_id) & (round_events.c.event == event)
        async with reading(self._engine) as connection:
            return (await connection.execute(select(round_events.c.number).where(same))).first() is not None


def _tell(kept: asyncio.Future[bool], *, done: bool) -> None:
    if not kept.done():  # whoever asked may have been cancelled
        kept.set_result(done)


def _fail(kept: asyncio.Future[bool], error: Exception) -> None:
    if not kept.done():
        kept.set_exception(error)
