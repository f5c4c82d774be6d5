"""Near-duplicates and groups of one meaning, with the real model."""

import numpy as np
import pytest

from tutorbot.curation.duplicates import Meanings, near_duplicates
from tutorbot.curation.grouping import grouped
from tutorbot.knowledge import Citation, Course, Entry
from tutorbot.matching.encoder import SentenceEncoder
from tutorbot.settings import Settings
from tutorbot.tutor import Opened


@pytest.fixture(scope="module")
def meanings(opened: Opened) -> Meanings:
    """Vectors by the course's own encoder."""
    return Meanings(opened.encoder.encode, {})


def new(term: str, statement: str = "Something else altogether.", *aliases: str) -> Entry:
    """An entry that a moderator is about to add."""
    citation = Citation(source="talk", locator="minute 3", quote=statement)
    return Entry(id="new", term=term, topic="t", aliases=aliases, statement=statement, citations=(citation,))


@pytest.mark.parametrize("term", ["Neap tides", "TIDE, NEAP", "neep tide"])
def test_a_name_that_is_spelt_alike_is_found(course: Course, meanings: Meanings, term: str) -> None:
    first = near_duplicates(new(term), course, meanings)[0]
    assert (first.entry, first.term, first.by) == ("neap-tide", "Neap tide", "spelling")
    assert 0.86 <= first.score <= 1


def test_another_number_is_another_name(course: Course, meanings: Meanings) -> None:
    found = near_duplicates(new("3 kinds of tide"), course, meanings)
    assert "tide-kinds" not in {one.entry for one in found if one.by == "spelling"}


def test_a_text_that_means_the_same_is_found_under_another_name(course: Course, meanings: Meanings) -> None:
    same = new("Sea level change", "The moon makes the level of the sea rise and fall: that is a tide.")
    first = near_duplicates(same, course, meanings)[0]
    assert (first.entry, first.by) == ("tide", "meaning")
    assert 0 < first.score <= 1


def test_what_is_new_has_no_duplicate_and_an_entry_is_none_of_itself(course: Course, meanings: Meanings) -> None:
    assert near_duplicates(new("Photosynthesis", "Plants turn light into sugar."), course, meanings) == ()
    own = near_duplicates(course.by_id["neap-tide"], course, meanings)
    assert "neap-tide" not in {one.entry for one in own}


def test_each_text_is_encoded_once(course: Course, opened: Opened) -> None:
    counts: list[int] = []

    def encode(texts: list[str]) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        counts.append(len(texts))
        return opened.encoder.encode(texts)

    meanings = Meanings(encode, {})  # type: ignore[arg-type]
    for term in ("One", "Two"):
        near_duplicates(new(term), course, meanings)
    assert counts == [len(course.entries) + 1, 1]


def test_questions_of_one_meaning_are_one_group_and_the_largest_comes_first(settings: Settings) -> None:
    encoder = SentenceEncoder(settings.model, cache=settings.cache)
    questions = [
        "Who is the teaching assistant?",
        "When is the final exam?",
        "what is the name of our teaching assistant",
        "on which date is the final exam?",
        "Can dough be kept in the freezer?",
        "what day is the final exam",
    ]
    assert grouped(encoder.encode(questions)) == ((1, 3, 5), (0, 2), (4,))


@pytest.mark.parametrize(("count", "groups"), [(0, ()), (1, ((0,),)), (3, ((0, 1, 2),))])
def test_few_or_equal_questions_are_grouped_too(count: int, groups: tuple[tuple[int, ...], ...]) -> None:
    vectors = np.zeros((count, 4), np.float32)
    vectors[:, 0] = 1
    assert grouped(vectors) == groups
