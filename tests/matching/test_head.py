"""The classifier over faces."""

from pathlib import Path
from unittest.mock import Mock

import numpy as np
import pytest

from tutorbot.matching.elsewhere import elsewhere
from tutorbot.matching.head import KernelHead

from .encoders import WordsEncoder

TEXTS = ["spring tide high", "high spring water", "neap tide low", "low neap water", "who won the cup", "cup final"]
LABELS = [0, 0, 1, 1, 2, 2]


def test_a_question_scores_highest_for_the_class_of_its_faces() -> None:
    encoder = WordsEncoder()
    vectors = encoder.encode(TEXTS)
    head = KernelHead(vectors, LABELS, 3)
    asked = encoder.encode(["spring high", "neap low", "final cup", *TEXTS])
    scores = head.scores(asked @ vectors.T)
    assert scores.shape == (9, 3)
    assert scores.argmax(1).tolist() == [0, 1, 2, *LABELS]


def test_of_too_many_faces_each_class_keeps_its_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tutorbot.matching.head.MOST_FACES", 4)
    encoder = WordsEncoder()
    vectors = encoder.encode(TEXTS)
    head = KernelHead(vectors, LABELS, 3)
    assert np.count_nonzero(head.weights.any(axis=0)) == 4
    asked = encoder.encode(["spring tide", "neap tide", "the cup"])
    assert head.scores(asked @ vectors.T).argmax(1).tolist() == [0, 1, 2]


def test_what_was_fitted_is_kept_and_other_faces_are_fitted_anew(tmp_path: Path) -> None:
    vectors = WordsEncoder().encode(TEXTS)
    first = KernelHead(vectors, LABELS, 3, cache=tmp_path)
    [file] = tmp_path.iterdir()
    np.save(file, first.weights * 2)
    assert np.array_equal(KernelHead(vectors, LABELS, 3, cache=tmp_path).weights, first.weights * 2)
    other = KernelHead(vectors, [*LABELS[:-1], 0], 3, cache=tmp_path)
    assert len(list(tmp_path.iterdir())) == 2
    assert not np.array_equal(other.weights, first.weights)


def test_a_class_without_faces_scores_nothing() -> None:
    vectors = WordsEncoder().encode(TEXTS)
    scores = KernelHead(vectors, LABELS, 4).scores(vectors @ vectors.T)
    assert not scores[:, 3].any()


def test_some_classes_score_by_themselves_as_among_all() -> None:
    vectors = WordsEncoder().encode(TEXTS)
    head, cosines = KernelHead(vectors, LABELS, 3), vectors @ vectors.T
    some = head.scores(cosines, np.asarray([2, 0]))
    assert np.allclose(some, head.scores(cosines)[:, [2, 0]], atol=1e-6)


def test_many_faces_are_fitted_elsewhere_with_the_same_result(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = WordsEncoder().encode(TEXTS)
    here = KernelHead(vectors, LABELS, 3).weights
    sent = Mock(wraps=elsewhere)
    monkeypatch.setattr("tutorbot.matching.head._FEW_FACES", 3)
    monkeypatch.setattr("tutorbot.matching.head.elsewhere", sent)
    assert np.allclose(KernelHead(vectors, LABELS, 3).weights, here, atol=1e-6)
    sent.assert_called_once()
