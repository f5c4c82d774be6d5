"""A small course with the fingerprints of its documents."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.knowledge.small_course import write_small_course
from tutorbot.knowledge import Course, load_course
from tutorbot.knowledge.fingerprint import Fingerprint, read_fingerprint


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A course about tides."""
    return load_course(write_small_course(tmp_path).folder).course


@pytest.fixture
def prints(course: Course) -> Mapping[str, Fingerprint]:
    """The fingerprints of its sources."""
    return prints_of(course)


def prints_of(course: Course) -> Mapping[str, Fingerprint]:
    """The fingerprints of a course's sources."""
    return {
        source.id: read_fingerprint(course.folder / "fingerprints" / f"{source.id}.json") for source in course.sources
    }
