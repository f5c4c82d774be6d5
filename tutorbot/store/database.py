"""Opening the database, with its tables as this version needs them."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from tutorbot.errors import SettingsError

_BUSY_MS = 5_000
"""How long SQLite waits for another writer."""


async def open_database(url: str) -> AsyncEngine:
    """The database at ``url`` (``sqlite+aiosqlite:///path``), its tables made or brought up to date; dispose of it at the end.

    Raises SettingsError if it cannot be opened.
    """
    try:
        address = make_url(url)
        sqlite = address.get_backend_name() == "sqlite"
        if sqlite and address.database and address.database != ":memory:":
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_async_engine(address)
    except (ArgumentError, OSError, SQLAlchemyError, ModuleNotFoundError) as error:
        raise _unusable(error) from error
    if sqlite:
        event.listen(engine.sync_engine, "connect", _prepare)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_migrate)
    except (SQLAlchemyError, CommandError, OSError) as error:
        await engine.dispose()
        raise _unusable(error) from error
    return engine


def _unusable(error: Exception) -> SettingsError:
    reason = str(error).splitlines()[0].rstrip(".")
    return SettingsError(f"TUTORBOT_DATABASE cannot be used: {reason}.")


def _prepare(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", f"busy_timeout={_BUSY_MS}", "foreign_keys=ON", "synchronous=NORMAL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _migrate(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
