"""The tables are made step by step: what an earlier version kept is there afterwards, on both databases."""

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine

import tutorbot.store
from tests.quiz.table import ANN, START
from tests.store.entries import GUILD, MOD, NOW, added
from tests.store.test_rounds import CHANNEL, opened, result
from tutorbot.quiz.result import Score
from tutorbot.quiz.round import dump_record
from tutorbot.store.database import open_database
from tutorbot.store.sql_knowledge import SqlKnowledge
from tutorbot.store.sql_privacy import SqlPrivacy
from tutorbot.store.sql_rounds import SqlRounds
from tutorbot.store.tables import metadata

_ROUND = (
    "INSERT INTO rounds (guild, channel, status, created, ended, host, ending)"
    " VALUES (:guild, :channel, :status, :at, :ended, 1, 'completed')"
)
_ROWS: list[tuple[str, dict[str, Any]]] = [
    (_ROUND, {"guild": 2**62, "channel": CHANNEL, "status": "running", "at": START, "ended": None}),
    (_ROUND, {"guild": 2**62, "channel": CHANNEL, "status": "finished", "at": START, "ended": START + 60}),
    (
        'INSERT INTO round_events ("round", number, event, record) VALUES (1, 0, 1, :record)',
        {"record": dump_record(opened())},
    ),
    ("INSERT INTO round_messages (\"round\", effect, message) VALUES (1, 'lobby', :message)", {"message": 2**62 + 9}),
    (
        'INSERT INTO results ("round", player, points, answered, "right", team, topic, at)'
        " VALUES (2, 11, 900, 1, 1, NULL, 't', :at)",
        {"at": START + 60},
    ),
    (
        'INSERT INTO round_cards ("round", number, card, entry, kind, void, answered, "right")'
        " VALUES (2, 0, 'choose-term:a', 'a', 'choose-term', 0, 2, 1),"
        " (2, 1, 'name-them-all:b', 'b', 'name-them-all', 1, 0, 0)",
        {},
    ),
]
"""Rows as the first version wrote them."""


def revisions() -> list[str]:
    """All steps, the first one first."""
    config = Config()
    config.set_main_option("script_location", str(Path(tutorbot.store.__file__).parent / "migrations"))
    return [step.revision for step in ScriptDirectory.from_config(config).walk_revisions()][::-1]


async def fill(engine: AsyncEngine) -> None:
    """Put in what the first version may have kept."""
    async with engine.begin() as connection:
        for statement, values in _ROWS:
            await connection.execute(text(statement), values)


@pytest.mark.parametrize("earlier", revisions())
async def test_what_an_earlier_version_kept_is_there_in_this_one(bare_url: str, earlier: str) -> None:
    engine = await open_database(bare_url, revision=earlier)
    await fill(engine)
    await engine.dispose()
    engine = await open_database(bare_url)
    store = SqlRounds(engine)
    (place,) = await store.running()
    assert (place.guild, place.channel) == (2**62, CHANNEL)
    assert list(await store.records(place.round)) == [opened()]
    assert await store.shown(place.round) == {"lobby": 2**62 + 9}
    assert await store.results(2**62) == [result(Score(1, ANN, 900, 1, 1))]
    assert await store.open(2**62, CHANNEL, opened(2)) is None
    await store.finish(place.round, result(), None)  # a round that was running goes on in this version
    await SqlKnowledge(engine).save(GUILD, "sea", [added()], who=MOD, at=NOW)
    assert (await SqlPrivacy(engine).forget(ANN)).replaced == 1
    await engine.dispose()


async def test_the_steps_make_the_tables_as_they_are_described(bare_url: str) -> None:
    def differences(connection: Connection) -> list[Any]:
        return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata))

    def indexes(connection: Connection) -> set[str]:
        found = inspect(connection)
        return {str(one["name"]) for table in found.get_table_names() for one in found.get_indexes(table)}

    engine = await open_database(bare_url)
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
        assert await connection.run_sync(indexes) >= {str(i.name) for t in metadata.sorted_tables for i in t.indexes}
    await engine.dispose()


async def test_a_difference_between_steps_and_description_would_be_seen(bare_url: str) -> None:
    def differences(connection: Connection) -> list[Any]:
        return list(compare_metadata(MigrationContext.configure(connection), MetaData()))

    engine = await open_database(bare_url)
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) != []
    await engine.dispose()


async def test_several_processes_that_start_at_once_make_the_tables_once(bare_url: str) -> None:
    engines = await asyncio.gather(*(open_database(bare_url) for _process in range(4)))
    assert await SqlKnowledge(engines[0]).revisions() == {}
    for engine in engines:
        await engine.dispose()


async def test_whoever_opens_a_new_file_waits_for_those_who_open_it_too(tmp_path: Path) -> None:
    file = tmp_path / "new.sqlite3"
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    opening = asyncio.create_task(open_database(f"sqlite:///{file}"))
    await asyncio.sleep(0.3)
    assert not opening.done()
    other.execute("COMMIT")
    other.close()
    engine = await opening
    assert await SqlKnowledge(engine).revisions() == {}
    await engine.dispose()
