"""Matching by words."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutorbot.matching.lexical import WordIndex, content_words, tokens_of

TEXTS = [
    tokens_of(text) for text in ("the spring tide is high", "the neap tide is low", "slack water stands still", "???")
]


def test_a_rare_word_counts_more_than_a_common_one() -> None:
    scores = WordIndex(TEXTS).scores(["tide", "neap"])
    assert scores.argmax() == 1
    assert scores[0] > 0
    assert scores[2] == scores[3] == 0


@pytest.mark.parametrize("tokens", [[], ["unheard"], [""]])
def test_unknown_words_score_nothing(tokens: list[str]) -> None:
    scores = WordIndex(TEXTS[:3]).scores(tokens)
    assert scores.shape == (3,)
    assert not scores.any()


@settings(deadline=None, max_examples=50)
@given(st.lists(st.sampled_from(["tide", "neap", "slack", "moon", "the"]), max_size=4))
def test_the_faces_that_share_a_word_are_those_with_a_score(tokens: list[str]) -> None:
    index = WordIndex(TEXTS)
    assert set(index.sharing(tokens)) == set(np.flatnonzero(index.scores(tokens)))


def test_coverage_is_the_share_of_known_words() -> None:
    index = WordIndex(TEXTS)
    assert index.coverage(["tide", "slack", "moon", "sun"]) == 0.5
    assert index.coverage([]) == 0


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=60))
def test_any_text_has_a_score_for_each_face(text: str) -> None:
    found = WordIndex(TEXTS).scores(tokens_of(text))
    assert found.shape == (len(TEXTS),)
    assert np.isfinite(found).all()


def test_words_that_only_ask_are_no_content() -> None:
    assert content_words(tokens_of("What is the definition of the tides?")) == ["tide"]
