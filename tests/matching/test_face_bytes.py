"""Faces kept in bytes."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tutorbot.matching.face_bytes import FaceBytes


def _unit(rows: int, seed: int) -> np.ndarray:
    vectors = np.random.default_rng(seed).standard_normal((rows, 384)).astype(np.float32)
    unit: np.ndarray = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


@settings(deadline=None, max_examples=20)
@given(st.integers(1, 40), st.integers(1, 5), st.integers(0, 1000))
def test_cosines_are_nearly_those_of_the_vectors(faces: int, questions: int, seed: int) -> None:
    held, asked = _unit(faces, seed), _unit(questions, seed + 1)
    found = FaceBytes(held).cosines(asked)
    assert found.shape == (questions, faces)
    assert found.dtype == np.float32
    assert np.abs(found - asked @ held.T).max() < 0.005
    assert np.abs(np.diag(FaceBytes(held).cosines(held)) - 1).max() < 0.01


def test_a_question_has_the_same_cosines_alone_and_among_others() -> None:
    held, asked = FaceBytes(_unit(50, 0)), _unit(7, 1)
    together = held.cosines(asked)
    assert all(np.array_equal(held.cosines(asked[[at]])[0], together[at]) for at in range(7))


def test_vectors_of_nothing_are_near_nothing() -> None:
    assert not FaceBytes(np.zeros((3, 384), np.float32)).cosines(_unit(2, 0)).any()
    assert not FaceBytes(_unit(3, 0)).cosines(np.zeros((2, 384), np.float32)).any()
