"""The evidence for each entry, and the probabilities made of it."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tutorbot.answering.calibration import DEFAULTS
from tutorbot.knowledge import Course, Outside
from tutorbot.matching.faces import course_faces
from tutorbot.matching.index import FEATURES, CourseIndex, Evidence
from tutorbot.matching.ranking import Ranker
from tutorbot.matching.space import Space

from .encoders import WordsEncoder

ENCODER = WordsEncoder()


@pytest.fixture(scope="module")
def index(tides: Course) -> CourseIndex:
    """The small course, indexed."""
    faces = course_faces(tides)
    return CourseIndex(tides, faces, Space.of(faces, ENCODER.encode([face.text for face in faces])))


def _evidence(index: CourseIndex, question: str) -> Evidence:
    [found] = index.evidence([question], ENCODER.encode([question]))
    return found


def _probabilities(index: CourseIndex, question: str) -> np.ndarray:
    evidence = _evidence(index, question)
    return Ranker.of(DEFAULTS.ranking).probabilities(evidence)


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("neap tide", "neap-tide"),
        ("spring tides", "spring-tide"),
        ("when does the water stand still", "slack"),
        ("why does the sea rise", "tide"),
        ("the 2 kinds of tide", "tide-kinds"),
    ],
)
def test_what_is_asked_about_comes_first(index: CourseIndex, question: str, entry: str) -> None:
    assert index.course.entries[int(_probabilities(index, question)[:-1].argmax())].id == entry


def test_a_question_like_one_that_the_notes_do_not_answer_is_outside(index: CourseIndex) -> None:
    chances = _probabilities(index, "who won the cup")
    assert chances.argmax() == len(index.course.entries)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200))
def test_probabilities_of_any_question_sum_to_one(index: CourseIndex, text: str) -> None:
    evidence = _evidence(index, text)
    assert evidence.features.shape == (len(index.course.entries) + 1, len(FEATURES))
    assert np.isfinite(evidence.features).all()
    assert 0 <= evidence.coverage <= 1
    chances = _probabilities(index, text)
    assert chances.shape == (len(index.course.entries) + 1,)
    assert chances.sum() == pytest.approx(1, abs=1e-5)
    assert (chances >= 0).all()


def test_only_the_last_row_has_evidence_for_outside(index: CourseIndex) -> None:
    features = _evidence(index, "neap tide").features
    ours = [at for at, name in enumerate(FEATURES) if name.startswith("outside")]
    others = [at for at in range(len(FEATURES)) if at not in ours]
    assert not features[:-1, ours].any()
    assert not features[-1, others].any()
    assert features[-1, FEATURES.index("outside")] == 1


def test_a_named_scholar_speaks_for_the_entries_that_credit_him(index: CourseIndex) -> None:
    found = _evidence(index, "what did Newton say").features[:-1, FEATURES.index("scholar")]
    assert [entry.id for entry, held in zip(index.course.entries, found, strict=True) if held] == ["tide"]


def test_a_course_without_outside_questions_can_be_asked(tides: Course) -> None:
    course = tides.model_copy(update={"outside": Outside(), "questions": ()})
    faces = course_faces(course)
    index = CourseIndex(course, faces, Space.of(faces, ENCODER.encode([face.text for face in faces])))
    chances = _probabilities(index, "what is slack")
    assert course.entries[int(chances[:-1].argmax())].id == "slack"


def test_a_course_of_one_entry_can_be_asked(tides: Course, tmp_path: Path) -> None:
    alone = tides.model_copy(update={"entries": tides.entries[-1:], "questions": (), "outside": Outside()})
    index = CourseIndex.build(alone, WordsEncoder(), tmp_path)
    assert _probabilities(index, "slack").shape == (2,)


def test_the_share_of_words_that_an_entry_knows(index: CourseIndex) -> None:
    slack = [entry.id for entry in index.course.entries].index("slack")
    assert index.share_known(slack, ["still", "water", "moon", "sun"]) == 0.5
    assert index.share_known(slack, []) == 0


def test_evidence_that_is_not_named_weighs_nothing(index: CourseIndex) -> None:
    evidence = _evidence(index, "neap tide")
    chances = Ranker.of({}).probabilities(evidence)
    assert np.allclose(chances, 1 / len(chances))
