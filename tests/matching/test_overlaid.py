"""A course with what one server added and hid: only that server sees it, and little is encoded for it."""

from pathlib import Path

import numpy as np
import pytest

from tutorbot.answering.calibration import DEFAULTS
from tutorbot.knowledge import Course
from tutorbot.knowledge.overlay import Laid, Overlay, laid_over
from tutorbot.matching.index import CourseIndex
from tutorbot.matching.ranking import Ranker

from .adding import bore
from .encoders import WordsEncoder


class _Shown:
    """An index and the encoder that it was made with."""

    def __init__(self, course: Course, folder: Path) -> None:
        self.encoder = WordsEncoder()
        self.folder = folder
        self.base = CourseIndex.build(course, self.encoder, folder)
        self.encoder.asked.clear()

    def overlaid(self, laid: dict[str, Laid]) -> CourseIndex:
        """The index of the course with an overlay."""
        course = laid_over(self.base.course, Overlay(laid))
        return self.base.overlaid(course, "server", self.encoder, self.folder)


def _chances(index: CourseIndex, question: str) -> dict[str, float]:
    [evidence] = index.evidence([question], WordsEncoder().encode([question]))
    found = Ranker.of(DEFAULTS.ranking).probabilities(evidence)
    assert found.sum() == pytest.approx(1, abs=1e-5)
    return dict(zip([*(entry.id for entry in index.course.entries), "outside"], found.tolist(), strict=True))


def _best(index: CourseIndex, question: str) -> str:
    chances = _chances(index, question)
    return max(chances, key=lambda one: chances[one])


@pytest.fixture
def shown(tides: Course, tmp_path: Path) -> _Shown:
    """The small course, indexed."""
    return _Shown(tides, tmp_path)


def test_an_added_entry_is_found_by_those_who_have_it(shown: _Shown, tides: Course) -> None:
    index = shown.overlaid({"bore": Laid(entry=bore(tides))})
    assert _best(index, "what is a tidal bore") == "bore"
    assert _best(index, "a wave that runs up against the stream of a river") == "bore"
    assert "bore" not in _chances(shown.base, "what is a tidal bore")


def test_what_was_known_before_is_answered_as_before(shown: _Shown, tides: Course) -> None:
    index = shown.overlaid({"bore": Laid(entry=bore(tides))})
    for question in ("neap tide", "spring tides", "when does the water stand still", "why does the sea rise"):
        assert _best(index, question) == _best(shown.base, question)
    assert _best(index, "who won the cup") == "outside"


def test_a_hidden_entry_is_not_found_by_name_nor_by_meaning(shown: _Shown) -> None:
    index = shown.overlaid({"slack": Laid(hidden=True)})
    assert "slack" not in [entry.id for entry in index.course.entries]
    assert "slack" not in _chances(index, "slack")
    assert index.names.exact(["slack"]) is None


def test_an_added_question_leads_to_its_entry(shown: _Shown) -> None:
    question = "wann kentert die flut"
    assert _best(shown.base, question) != "slack"
    assert _best(shown.overlaid({"slack": Laid(questions=(question,))}), question) == "slack"


def test_only_what_was_added_is_encoded_and_a_restart_encodes_nothing(shown: _Shown, tides: Course) -> None:
    laid = {"bore": Laid(entry=bore(tides))}
    shown.overlaid(laid)
    added = [text for batch in shown.encoder.asked for text in batch]
    assert 0 < len(added) <= 3
    assert all("bore" in text.lower() or "wave" in text for text in added)
    shown.encoder.asked.clear()
    shown.overlaid(laid)
    assert not any(shown.encoder.asked)


def test_vectors_of_the_course_are_shared_not_copied(shown: _Shown, tides: Course) -> None:
    one = shown.overlaid({"bore": Laid(entry=bore(tides))})
    other = shown.overlaid({"slack": Laid(hidden=True)})
    for index in (one, other):
        assert np.shares_memory(index.space.parts[0], shown.base.space.parts[0])


def test_what_a_replaced_entry_was_called_leads_to_it_no_more(shown: _Shown, tides: Course) -> None:
    replaced = bore(tides).model_copy(update={"id": "slack"})
    index = shown.overlaid({"slack": Laid(entry=replaced)})
    assert _best(index, "tidal bore") == "slack"
    assert index.names.exact(["slack"]) is None
    before, after = (_chances(one, "still water")["slack"] for one in (shown.base, index))
    assert after < before


def test_what_a_moderator_writes_overrules_what_is_outside_elsewhere(shown: _Shown, tides: Course) -> None:
    cup = bore(tides).model_copy(update={"term": "Who won the cup", "statement": "Our rowers won the cup."})
    assert _best(shown.base, "who won the cup") == "outside"
    assert _best(shown.overlaid({"bore": Laid(entry=cup)}), "who won the cup") == "bore"


def test_some_entries_score_by_themselves_as_among_all(shown: _Shown, tides: Course) -> None:
    space = shown.overlaid({"bore": Laid(entry=bore(tides)), "slack": Laid(hidden=True)}).space
    assert space.head is not None
    vectors = shown.encoder.encode(["tidal bore", "spring tide", "who won the cup"])
    cosines = np.concatenate([vectors @ part.T for part in space.parts], axis=1)
    every = np.arange(space.size + 1)
    assert np.allclose(space.head.scores(cosines, every[::-1]), space.head.scores(cosines)[:, ::-1], atol=1e-5)
    assert np.allclose(space.head.scores(cosines, every[-1:]), space.head.scores(cosines)[:, -1:], atol=1e-5)
