"""Mending misspelt words."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutorbot.answering.vocabulary import course_words
from tutorbot.matching.spelling import Speller
from tutorbot.tutor import Opened

ORDINARY = frozenset(
    ["what", "is", "the", "a", "best", "cake", "with", "four", "states", "here", "chair", "hand", "pact"]
)
COURSE = [
    "alliance",
    "buck-passing",
    "entente",
    "punishment",
    "compellence",
    "deterrence",
    "war",
    "covid19",
    "interleukin6",
]


@pytest.fixture(scope="module")
def mend() -> Callable[[str], str]:
    """A speller with a few course words."""
    return Speller(COURSE, ORDINARY.__contains__).mend


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("what is an aliance", "what is an alliance"),
        ("Punisment?", "punishment?"),
        ("the entante,", "the entente,"),
        ("buckpassing", "buck-passing"),
        ("buck-pasing", "buck-passing"),
        ("detterence and compelence", "deterrence and compellence"),
        ("alliacne", "alliance"),
        ("detterance", "deterrence"),
    ],
)
def test_a_misspelt_course_word_is_mended(mend: Callable[[str], str], typed: str, meant: str) -> None:
    assert mend(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "what is the best cake",
        "war wra wor",
        "1914 to 1918, 45 %, 3rd",
        "zebra xylophone",
        "Alliance, ENTENTE!",
        "covid19",
        "interleukin6 in p53",
        "x_aliance",
        "don't — “quoted” ?!",
        "",
    ],
)
def test_ordinary_words_short_words_and_figures_stay(mend: Callable[[str], str], typed: str) -> None:
    assert mend(typed) == typed


def test_the_words_of_a_course_all_stay(opened: Opened) -> None:
    known = [word for word in course_words(opened.index.course) if not any(sign.isdigit() for sign in word)]
    assert [word for word in known if opened.speller.mend(word).casefold() != word.casefold()] == []


@settings(deadline=None)
@given(st.sampled_from(COURSE), st.integers(0, 20), st.sampled_from("abcdefgz-"))
def test_what_is_mended_is_not_mended_again(word: str, at: int, letter: str) -> None:
    mend = Speller(COURSE, ORDINARY.__contains__).mend
    once = mend(word[:at] + letter + word[at + 1 :])
    assert mend(once) == once


@given(st.text(max_size=80))
def test_any_text_is_mended_without_raising(text: str) -> None:
    assert isinstance(Speller(COURSE, ORDINARY.__contains__).mend(text), str)


def test_a_course_without_words_mends_nothing() -> None:
    assert Speller([], ORDINARY.__contains__).mend("what is an aliance") == "what is an aliance"
