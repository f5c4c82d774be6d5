"""What people are told when the database fails, and that nothing is half done then."""

import asyncio
import contextlib
import logging
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.store import postgres
from tests.store.entries import GUILD, MOD, NOW, added
from tests.store.test_rounds import CHANNEL, opened
from tutorbot.errors import SettingsError, StoreError
from tutorbot.knowledge.overlay import Overlay
from tutorbot.store import transactions
from tutorbot.store.database import open_database
from tutorbot.store.guilds import GuildSettings
from tutorbot.store.sql_guilds import SqlGuilds
from tutorbot.store.sql_knowledge import SqlKnowledge
from tutorbot.store.sql_rounds import SqlRounds
from tutorbot.store.transactions import reading, writing


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a SQLite database is going to be."""
    return tmp_path / "tutorbot.sqlite3"


@pytest.fixture
async def sqlite(file: Path) -> AsyncIterator[AsyncEngine]:
    """A SQLite database whose writers are not patient."""
    engine = await open_database(f"sqlite:///{file}")
    yield engine
    await engine.dispose()


async def impatient(engine: AsyncEngine) -> None:
    """Let a connection of the pool wait no longer than a moment for another writer."""
    async with engine.connect() as connection:
        await connection.execute(text("PRAGMA busy_timeout=50"))


async def test_the_file_is_written_ahead_and_waits_for_other_writers(sqlite: AsyncEngine) -> None:
    async with sqlite.connect() as connection:
        for pragma, expected in (
            ("journal_mode", "wal"),
            ("busy_timeout", 5000),
            ("foreign_keys", 1),
            ("secure_delete", 1),
        ):
            assert (await connection.execute(text(f"PRAGMA {pragma}"))).scalar() == expected


async def test_a_writer_waits_for_another_process_to_be_done(sqlite: AsyncEngine, file: Path) -> None:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    saving = asyncio.ensure_future(SqlKnowledge(sqlite).save(GUILD, "sea", [added()], who=MOD, at=NOW))
    await asyncio.sleep(0.2)
    assert not saving.done()
    other.execute("COMMIT")
    other.close()
    assert len(await saving) == 1


async def test_a_database_that_stays_locked_is_told_and_nothing_is_kept(sqlite: AsyncEngine, file: Path) -> None:
    store = SqlKnowledge(sqlite)
    await impatient(sqlite)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="busy; nothing was changed") as caught:
        await store.save(GUILD, "sea", [added()], who=MOD, at=NOW)
    assert caught.value.trouble == "locked"
    assert await store.overlay(GUILD, "sea") == Overlay()  # who only reads does not wait
    other.execute("ROLLBACK")
    other.close()
    assert len(await store.save(GUILD, "sea", [added()], who=MOD, at=NOW)) == 1


async def test_a_full_disk_is_told_and_what_was_kept_before_stays(sqlite: AsyncEngine) -> None:
    store, guilds = SqlKnowledge(sqlite), SqlGuilds(sqlite)
    await store.save(GUILD, "sea", [added()], who=MOD, at=NOW)
    async with sqlite.connect() as connection:
        pages = (await connection.execute(text("PRAGMA page_count"))).scalar()
        await connection.execute(text(f"PRAGMA max_page_count={pages}"))
    many = [added(f"entry-{number}", "Words, words, words. " * 90) for number in range(20)]
    with pytest.raises(StoreError, match="no room left; nothing was changed") as caught:
        await store.save(GUILD, "sea", many, who=MOD, at=NOW)
    assert caught.value.trouble == "full"
    assert list((await store.overlay(GUILD, "sea")).laid) == ["tide"]
    assert await guilds.settings(GUILD) == GuildSettings()
    async with sqlite.connect() as connection:
        await connection.execute(text("PRAGMA max_page_count=1000000"))
    assert len(await store.save(GUILD, "sea", many, who=MOD, at=NOW)) == len(many)


async def test_a_hundred_writers_at_once_all_get_their_turn(sqlite: AsyncEngine) -> None:
    store = SqlRounds(sqlite)
    opening = (store.open(GUILD, CHANNEL + number, opened(number)) for number in range(100))
    assert None not in await asyncio.gather(*opening)
    assert len(await store.running()) == 100


async def test_a_writer_who_is_cancelled_lets_the_next_one_in(sqlite: AsyncEngine) -> None:
    store = SqlKnowledge(sqlite)
    saves = [
        asyncio.ensure_future(store.save(GUILD, "sea", [added(f"entry-{number}")], who=MOD, at=NOW))
        for number in range(6)
    ]
    await asyncio.sleep(0.002)
    for one in saves[:3]:
        one.cancel()
    done = await asyncio.gather(*saves, return_exceptions=True)
    assert not [one for one in done[3:] if isinstance(one, BaseException)]
    assert len(await store.save(GUILD, "sea", [added("last")], who=MOD, at=NOW)) == 1


async def write(engine: AsyncEngine, *statements: str, error: Exception | None = None) -> None:
    """Carry out statements in one transaction, and raise the error, if there is one, before its end."""
    async with writing(engine) as connection:
        for statement in statements:
            await connection.execute(text(statement))
        if error is not None:
            raise error


async def test_what_was_written_before_an_error_is_taken_back(engine: AsyncEngine) -> None:
    with pytest.raises(KeyError):
        await write(engine, "INSERT INTO guilds (guild, revision) VALUES (1, 1)", error=KeyError())
    assert await SqlKnowledge(engine).revisions() == {}


async def test_a_server_that_went_away_is_told_and_found_again(cluster: postgres.Cluster, migrated: str) -> None:
    name = cluster.database(migrated)
    engine = await open_database(cluster.url(name))
    store = SqlKnowledge(engine)
    await store.save(GUILD, "sea", [added()], who=MOD, at=NOW)
    await engine.dispose()
    moved = f"{name}_away"
    cluster.sql(f"ALTER DATABASE {name} RENAME TO {moved}")
    with pytest.raises(StoreError) as caught:
        await store.overlay(GUILD, "sea")
    assert caught.value.trouble == "unreachable"
    cluster.sql(f"ALTER DATABASE {moved} RENAME TO {name}")
    assert list((await store.overlay(GUILD, "sea")).laid) == ["tide"]
    cluster.sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    assert list((await store.overlay(GUILD, "sea")).laid) == ["tide"]
    await engine.dispose()


async def test_a_lock_that_stays_is_told_on_a_server_too(cluster: postgres.Cluster, migrated: str) -> None:
    engine = await open_database(cluster.url(cluster.database(migrated)))
    store = SqlKnowledge(engine)
    await store.save(GUILD, "sea", [added()], who=MOD, at=NOW)
    async with engine.begin() as other:
        await other.execute(text("LOCK TABLE guilds"))
        with pytest.raises(StoreError) as caught:
            await write(engine, "SET LOCAL lock_timeout = 100", "UPDATE guilds SET revision = 5")
    assert caught.value.trouble == "locked"
    await engine.dispose()


@pytest.mark.parametrize("address", ["nonsense", "sqlite+aiosqlite:////proc/no/such/file", "mysteryql://x/y"])
async def test_an_address_that_leads_nowhere_is_one_sentence(address: str) -> None:
    with pytest.raises(SettingsError, match=r"^TUTORBOT_DATABASE cannot be used: .*\.$"):
        await open_database(address)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://bot:s3cr%40t-word@127.0.0.1:9/tutorbot",
        "postgres://bot:s3cr%40t-word@127.0.0.1:9/tutorbot",
        "mysteryql://bot:s3cr%40t-word@127.0.0.1/x",
        "postgresql://bot:s3cr%40t-word@127.0.0.1:nine/x",
        "postgresql+asyncpg://bot:s3cr%40t-word@127.0.0.1:9/x?colour=red",
    ],
)
async def test_no_error_tells_the_password(
    address: str, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(SettingsError) as caught:
        await open_database(address)
    with contextlib.suppress(SettingsError):
        logging.getLogger("test").error("it failed", exc_info=caught.value)
    said = "".join((str(caught.value), repr(caught.value.__cause__), caplog.text, *capsys.readouterr()))
    assert "TUTORBOT_DATABASE cannot be used" in said
    assert "s3cr" not in said


async def read(engine: AsyncEngine, statement: str, **values: object) -> None:
    """Carry out a statement that reads."""
    async with reading(engine) as connection:
        await connection.execute(text(statement), values)


async def test_an_error_in_a_statement_tells_nothing_of_what_was_to_be_kept(engine: AsyncEngine) -> None:
    with pytest.raises(StoreError) as caught:
        await read(engine, "SELECT * FROM nowhere WHERE word = :word", word="a secret")
    assert caught.value.trouble == "other"
    assert "a secret" not in f"{caught.value} {caught.value.__cause__}"
    assert transactions.store_error(OSError()).trouble == "unreachable"


async def test_an_event_that_cannot_be_kept_is_told_to_its_round_and_the_next_one_is_kept(
    sqlite: AsyncEngine, file: Path
) -> None:
    store = SqlRounds(sqlite)
    place = await store.open(GUILD, CHANNEL, opened())
    assert place is not None
    await impatient(sqlite)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    events = [opened(number) for number in (5, 6, 7)]
    appends = [store.append(place.round, number, event) for number, event in enumerate(events, 1)]
    failed = await asyncio.gather(*appends, return_exceptions=True)
    assert [type(one) for one in failed] == [StoreError] * 3
    other.execute("ROLLBACK")
    other.close()
    assert await store.append(place.round, 1, events[0])
    assert list(await store.records(place.round)) == [opened(), events[0]]
