"""A small sound course, new for each test, and the courses that the project ships."""

from pathlib import Path

import pytest

from tutorbot.knowledge import LoadedCourse, load_course

from .small_course import SmallCourse, write_small_course

ROOT = Path(__file__).parents[2]


@pytest.fixture
def small(tmp_path: Path) -> SmallCourse:
    """A sound course that a test may break."""
    return write_small_course(tmp_path)


@pytest.fixture(scope="session")
def alliances() -> LoadedCourse:
    """The first course."""
    return load_course(ROOT / "knowledge" / "alliances")
