"""Names in a question."""

import pytest

from tutorbot.knowledge import Citation, Course, Entry, Source, Work
from tutorbot.knowledge.text import words
from tutorbot.matching.names import Named, NameIndex


def _entry(key: str, term: str, *aliases: str) -> Entry:
    citation = Citation(source="book", locator="page 1", quote="It is so.")
    return Entry(id=key, term=term, topic="x", aliases=aliases, statement="It is so.", citations=(citation,))


COURSE = Course(
    id="made",
    title="Made",
    sources=(Source(id="book", title="Book"),),
    works=(
        Work(id="ada-1", authors=("Lovelace",), aliases=("Ada Lovelace", "Lovelase")),
        Work(id="ada-2", authors=("Lovelace", "Babbage")),
        Work(id="nobody", authors=("?",)),
    ),
    entries=(
        _entry("yeast", "Yeast"),
        _entry("wild-yeast", "Wild yeast", "levain"),
        _entry("steps", "3 steps of baking"),
        _entry("story", "Two stories of a loaf"),
        _entry("gas", "Gas"),
        _entry("old-yeast", "Old yeast"),
        _entry("flat-bread", "Flat white bread"),
        _entry("tall-bread", "Tall white bread"),
    ),
)


def _find(question: str) -> Named:
    return NameIndex(COURSE).find(words(question))


def _named(question: str) -> list[str]:
    return [COURSE.entries[at].id for at in _find(question).spans]


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("what is yeast?", ["yeast"]),
        ("is wild yeast alive", ["wild-yeast"]),
        ("wild yeast or yeast", ["wild-yeast", "yeast"]),
        ("a LEVAIN, please", ["wild-yeast"]),
        ("levains and yeasts", ["wild-yeast", "yeast"]),
        ("the steps of baking", ["steps"]),
        ("3 steps of baking", ["steps"]),
        ("the two stories of a loaf", ["story"]),
        ("two story of a loaf", ["story"]),
        ("gas", ["gas"]),
        ("wild", []),
        ("", []),
        ("yeasty", []),
    ],
)
def test_the_longest_name_counts_with_or_without_its_plural(question: str, named: list[str]) -> None:
    assert _named(question) == named


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("wild or old yeast", ["wild-yeast", "old-yeast"]),
        ("difference of old and wild yeasts", ["old-yeast", "wild-yeast"]),
        ("flat vs tall white bread", ["flat-bread", "tall-bread"]),
        ("flat white or tall white bread", ["tall-bread"]),
        ("old wild yeast", ["wild-yeast"]),
        ("gas or old yeast", ["gas", "old-yeast"]),
        ("and old yeast", ["old-yeast"]),
    ],
)
def test_a_name_that_leaves_out_what_it_shares_with_the_next_counts(question: str, named: list[str]) -> None:
    assert _named(question) == named


def test_a_span_says_which_words_the_name_covers() -> None:
    assert _find("tell me: is wild yeast alive").spans == {1: (3, 5)}


@pytest.mark.parametrize(
    ("question", "works"),
    [
        ("who is Babbage", [{"ada-2"}]),
        ("Lovelace's idea", [{"ada-1", "ada-2"}]),
        ("what did ada lovelase say", [{"ada-1"}]),
        ("Babbage or Lovelace", [{"ada-2"}, {"ada-1", "ada-2"}]),
        ("Babbage, did Babbage say so", [{"ada-2"}]),
        ("Ada alone", []),
        ("?", []),
    ],
)
def test_scholars_are_known_by_their_family_names_each_by_itself(question: str, works: list[set[str]]) -> None:
    assert list(_find(question).scholars) == works


def test_an_exact_name_is_one_that_covers_every_word() -> None:
    index = NameIndex(COURSE)
    assert index.exact(words("Wild Yeasts")) == 1
    assert index.exact(words("wild yeast here")) is None


def test_entries_that_have_a_word_in_their_names_come_with_the_shortest_name_first() -> None:
    index = NameIndex(COURSE)
    assert [COURSE.entries[at].id for at in index.having("yeasts")] == ["yeast", "wild-yeast", "old-yeast"]
    assert index.having("salt") == []
