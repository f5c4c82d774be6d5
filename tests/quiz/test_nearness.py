"""How near two entries are, with vectors and without."""

from pathlib import Path

import numpy as np
import pytest

from tutorbot.knowledge import load_course
from tutorbot.quiz.nearness import LexicalNearness, vector_nearness

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"


def test_vectors_give_their_cosine_and_never_less_than_nothing() -> None:
    vectors = np.array([[1, 0], [0.6, 0.8], [-1, 0]], np.float32)
    near = vector_nearness(["a", "b", "c"], vectors)
    assert near("a", "b") == near("b", "a") == pytest.approx(0.6)
    assert near("a", "c") == 0.0


def test_without_vectors_entries_that_share_rare_words_are_near() -> None:
    near = LexicalNearness(load_course(KNOWLEDGE / "alliances").course)
    assert near("deterrence", "deterrence") == pytest.approx(1.0)
    assert near("deterrence", "compellence") > near("deterrence", "soft-power")
    assert near("deterrence", "compellence") == pytest.approx(near("compellence", "deterrence"))
