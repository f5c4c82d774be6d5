"""Reading and writing, with what goes wrong told in one way."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from tutorbot.errors import StoreError, Trouble

_log = logging.getLogger(__name__)

WRITES = "writes"
"""The execution option of a connection that is going to write."""

_SAID: dict[Trouble, str] = {
    "locked": "The database is busy; nothing was changed. Try again in a moment.",
    "full": "The database has no room left; nothing was changed. Free some space on its disk and try again.",
    "unreachable": "The database cannot be reached; nothing was changed. Try again in a moment.",
    "other": "The database refused it; nothing was changed. The log says why.",
}

_SQLITE: dict[str, Trouble] = {
    "locked": "locked",
    "busy": "locked",
    "disk is full": "full",
    "unable to open": "unreachable",
}
# https://www.postgresql.org/docs/current/errcodes-appendix.html, by their beginnings
_SQLSTATES: dict[str, Trouble] = {
    "53100": "full",
    "53": "unreachable",
    "40": "locked",
    "55P03": "locked",
    "08": "unreachable",
    "28": "unreachable",
    "3D": "unreachable",
    "57P": "unreachable",
}

_writers: WeakKeyDictionary[Engine, asyncio.Lock] = WeakKeyDictionary()


@asynccontextmanager
async def reading(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection to read from. Raises StoreError if the database fails."""
    with _told():
        async with engine.connect() as connection:
            yield connection


@asynccontextmanager
async def writing(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection whose changes are all kept, or none if the body raises.

    Raises StoreError if the database fails, IntegrityError if a constraint does not hold.
    """
    lock = _writers.setdefault(engine.sync_engine, asyncio.Lock()) if is_sqlite(engine) else None
    with _told():
        if lock is not None:  # SQLite's own waiting is in no order, and holds a connection
            await lock.acquire()
        try:
            async with engine.execution_options(**{WRITES: True}).begin() as connection:
                yield connection
        finally:
            if lock is not None:
                lock.release()


def is_sqlite(engine: AsyncEngine) -> bool:
    """Whether it is SQLite, which has one writer at a time."""
    return engine.dialect.name == "sqlite"


async def sweep(engine: AsyncEngine) -> None:
    """Let nothing that was deleted be left in SQLite's write-ahead log. PostgreSQL sweeps for itself (autovacuum)."""
    if not is_sqlite(engine):
        return
    with _told():
        held = await engine.raw_connection()
        try:
            assert held.driver_connection is not None
            async with held.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)") as done:
                busy, *_pages = await done.fetchone()
        finally:
            held.close()
    if busy:
        _log.warning("What was deleted stays in the write-ahead log for now: somebody else reads the database.")


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except IntegrityError:
        raise
    except (SQLAlchemyError, OSError) as error:
        raise store_error(error) from error


def store_error(error: Exception) -> StoreError:
    """The sentence for what a database raised; it holds nothing of the address or of what was to be kept."""
    trouble = _trouble(error)
    return StoreError(_SAID[trouble], trouble)


def _trouble(error: Exception) -> Trouble:
    if isinstance(error, OSError):
        return "unreachable"
    if not isinstance(error, DBAPIError):  # no connection was free in time
        return "locked"
    if error.connection_invalidated:
        return "unreachable"
    state = getattr(error.orig, "sqlstate", None) or ""
    for beginning, trouble in _SQLSTATES.items():
        if state.startswith(beginning):
            return trouble
    said = str(error.orig).casefold()
    return next((trouble for words, trouble in _SQLITE.items() if words in said), "other")
