"""The first course with the real model, opened once a worker."""

import asyncio
from collections.abc import Iterator

import pytest

from tests.store import postgres
from tutorbot.settings import Settings
from tutorbot.tutor import Opened, Tutor, open_answerer


@pytest.fixture(scope="session")
def settings() -> Settings:
    """The settings as shipped, but for the cache, which the environment may name."""
    return Settings(_env_file=None)


@pytest.fixture(scope="session")
def opened(settings: Settings) -> Opened:
    """The first course with the real model."""
    return open_answerer(settings)


@pytest.fixture(scope="session")
def course_tutor(opened: Opened, settings: Settings) -> Iterator[Tutor]:
    """The real tutor."""
    tutor = Tutor(opened, threshold=settings.threshold)
    yield tutor
    asyncio.run(tutor.close())


@pytest.fixture(scope="session")
def cluster() -> Iterator[postgres.Cluster]:
    """PostgreSQL, once for a worker."""
    programs = postgres.binaries()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    with postgres.running(programs) as running:
        yield running
