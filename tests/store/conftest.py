"""The databases that every store is tried on."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.store import postgres
from tutorbot.store.database import open_database


@pytest.fixture(scope="session")
def migrated(cluster: postgres.Cluster) -> str:
    """The name of a database with all tables, to make others from."""
    name = cluster.database()

    async def migrate() -> None:
        await (await open_database(cluster.url(name))).dispose()

    asyncio.run(migrate())
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database of each kind; what is at a SQLite address is not there yet."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path}/new/tutorbot.sqlite3"
    cluster: postgres.Cluster = request.getfixturevalue("cluster")
    return cluster.url(cluster.database(request.getfixturevalue("migrated")))


@pytest.fixture
def bare_url(url: str, request: pytest.FixtureRequest) -> str:
    """The address of a database without any table."""
    if url.startswith("sqlite"):
        return url
    cluster: postgres.Cluster = request.getfixturevalue("cluster")
    return cluster.url(cluster.database())


@pytest.fixture
async def engine(url: str) -> AsyncIterator[AsyncEngine]:
    """An open database."""
    engine = await open_database(url)
    yield engine
    await engine.dispose()


@pytest.fixture
async def second(engine: AsyncEngine, url: str) -> AsyncIterator[AsyncEngine]:
    """The same database, opened by another process, as it were."""
    engine = await open_database(url)
    yield engine
    await engine.dispose()
