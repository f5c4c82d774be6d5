"""Opening the database, with its tables as this version needs them."""

import asyncio
from pathlib import Path
from sqlite3 import OperationalError
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import URL, Connection, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from tutorbot.errors import SettingsError, StoreError
from tutorbot.store.transactions import WRITES, writing

_BUSY_MS = 5_000
"""How long a writer waits for another one."""

_AGAIN_MS = 50  # after which a new file is tried again

_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}
_MIGRATING = 7_418_302  # any number, the same for all processes


async def open_database(url: str, *, revision: str = "head") -> AsyncEngine:
    """The database at ``url`` (``sqlite:///path`` or ``postgresql://user:password@host/name``), its tables made or brought up to
    date (or up to ``revision``); dispose of it at the end.

    Raises SettingsError if it cannot be opened; the sentence holds no password.
    """
    password: str | None = None
    try:
        address = _address(url)
        password = str(address.password) if address.password else None
        engine = _engine(address)
    except (ArgumentError, OSError, SQLAlchemyError, ModuleNotFoundError, ValueError) as error:
        raise _unusable(error, password) from None
    try:
        async with writing(engine) as connection:
            await connection.run_sync(_migrate, revision)
    except (StoreError, SQLAlchemyError, CommandError, OSError, TypeError) as error:  # a TypeError: an unknown option
        await engine.dispose()
        raise _unusable(error.__cause__ if isinstance(error, StoreError) else error, password) from None
    return engine


def _address(url: str) -> URL:
    address = make_url(url.replace("postgres://", "postgresql://", 1) if url.startswith("postgres://") else url)
    name = address.drivername
    return address.set(drivername=_DRIVERS.get(name, name))


def _engine(address: URL) -> AsyncEngine:
    if address.get_backend_name() != "sqlite":
        waits = {"timeout": 10, "command_timeout": 30, "server_settings": {"lock_timeout": str(_BUSY_MS)}}
        return create_async_engine(
            address,
            hide_parameters=True,  # what people wrote is not printed into logs
            pool_pre_ping=True,
            connect_args=waits if address.get_driver_name() == "asyncpg" else {},
        )
    if address.database and address.database != ":memory:":
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(address, hide_parameters=True)
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _unusable(error: BaseException | None, password: str | None) -> SettingsError:
    reason = (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
    reason = reason.replace(password, "***") if password else reason
    return SettingsError(f"TUTORBOT_DATABASE cannot be used: {reason}.")


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun by _begin, and by nobody else
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={_BUSY_MS}",
        "foreign_keys=ON",
        "synchronous=NORMAL",
        "secure_delete=ON",  # what is deleted is not left in the file
    ):
        cursor.execute(f"PRAGMA {pragma}")
    for left in reversed(range(_BUSY_MS // _AGAIN_MS)):
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            break
        except OperationalError as error:
            # SQLite does not wait for others who open the same new file at this moment
            if not left or "locked" not in str(error):
                raise
            connection.run_async(lambda _driver: asyncio.sleep(_AGAIN_MS / 1000))
    cursor.close()


def _begin(connection: Connection) -> None:
    # a writer waits for its turn here: one that has read before would be refused at once
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _migrate(connection: Connection, revision: str) -> None:
    if connection.dialect.name == "postgresql":  # of several processes that start, one migrates
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATING})
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
