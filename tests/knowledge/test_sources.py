"""Taking a lecture document into a course."""

from pathlib import Path

import pytest

from tutorbot.errors import CourseError, SourceError
from tutorbot.knowledge.fingerprint import read_fingerprint
from tutorbot.knowledge.sources import add_source

from .small_course import SmallCourse


def test_adding_a_document_makes_its_places_quotable_and_keeps_no_text(small: SmallCourse) -> None:
    new = small.documents / "new.txt"
    new.write_text("Tides Flashcards\nEbb\nThe water goes out to sea again\n", encoding="utf-8")
    segments = add_source(small.folder, "cards", new)
    assert [segment.locator for segment in segments] == ["card: Ebb"]
    kept = read_fingerprint(small.folder / "fingerprints" / "cards.json")
    assert kept.proves("card: Ebb", "goes out to sea again")
    assert not kept.has_place("card: Slack")
    assert not any("goes out" in path.read_text(encoding="utf-8") for path in small.folder.rglob("*.json"))


def test_a_document_can_be_added_before_any_entry_is_written(small: SmallCourse) -> None:
    (small.folder / "entries" / "tides.yaml").unlink()
    assert add_source(small.folder, "slides", small.documents / "slides.txt")


def test_an_unknown_source_an_empty_document_and_a_broken_course_are_told(small: SmallCourse) -> None:
    empty = small.documents / "empty.txt"
    empty.touch()
    before = (small.folder / "fingerprints" / "cards.json").read_bytes()
    with pytest.raises(SourceError, match=r"course\.yaml has no source `book`; add it there first\."):
        add_source(small.folder, "book", empty)
    with pytest.raises(SourceError, match=r"empty\.txt has no text that could be quoted; check"):
        add_source(small.folder, "cards", empty)
    assert (small.folder / "fingerprints" / "cards.json").read_bytes() == before
    with pytest.raises(CourseError, match=r"course\.yaml:1: "):
        add_source(Path(small.documents), "cards", empty)
