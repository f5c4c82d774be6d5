"""Inserting what may be there already."""

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from tutorbot.store.tables import guilds


def insertion(connection: AsyncConnection, table: Table) -> Any:
    """An insert that has ``on_conflict_do_update`` and ``on_conflict_do_nothing``; both databases write them alike."""
    return (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(table)


async def put(connection: AsyncConnection, table: Table, row: dict[str, Any]) -> None:
    """Insert a row, or change the one of the same primary key."""
    keys = [column.name for column in table.primary_key]
    rest = {name: value for name, value in row.items() if name not in keys}
    statement = insertion(connection, table).values(row)
    if rest:
        statement = statement.on_conflict_do_update(index_elements=keys, set_=rest)
    else:
        statement = statement.on_conflict_do_nothing(index_elements=keys)
    await connection.execute(statement)


async def raise_revision(connection: AsyncConnection, guild: int) -> None:
    """Let all processes see that a server's knowledge or settings change. Others that change them wait until this is kept."""
    first = insertion(connection, guilds).values(guild=guild, revision=1)
    more = {"revision": guilds.c.revision + 1}
    await connection.execute(first.on_conflict_do_update(index_elements=["guild"], set_=more))
