"""How near a question is without the course's adapter."""

import gc
import weakref
from pathlib import Path

import numpy as np
import pytest

from tutorbot.knowledge import Course
from tutorbot.knowledge.overlay import Laid, Overlay, laid_over
from tutorbot.matching import space
from tutorbot.matching.encoder import plain_encoder
from tutorbot.matching.index import CourseIndex
from tutorbot.matching.space import DROPPED

from .adding import bore
from .encoders import WordsEncoder

FIRST, PLAIN = WordsEncoder("first"), WordsEncoder("plain")


def _index(course: Course, folder: Path) -> CourseIndex:
    return CourseIndex.build(course, FIRST, folder, plain=PLAIN)


def _margin(index: CourseIndex, text: str, *entries: str) -> float:
    ids = [entry.id for entry in index.course.entries]
    assert index.second is not None
    [found] = index.second.margins([text], [[ids.index(one) for one in entries]])
    return found


def test_a_text_is_nearer_to_what_it_is_about_than_to_what_is_outside(tides: Course, tmp_path: Path) -> None:
    index = _index(tides, tmp_path)
    assert _margin(index, "neap tide", "neap-tide") > 0.3
    assert _margin(index, "neap tide", "slack") < _margin(index, "neap tide", "neap-tide")
    assert _margin(index, "neap tide", "slack", "neap-tide") == _margin(index, "neap tide", "neap-tide")
    assert _margin(index, "who won the cup", "neap-tide") < -0.3


def test_only_the_plain_encoder_reads_the_text(tides: Course, tmp_path: Path) -> None:
    index = _index(tides, tmp_path)
    FIRST.asked.clear()
    PLAIN.asked.clear()
    _margin(index, "which tide is lowest", "neap-tide")
    assert FIRST.asked == []
    assert PLAIN.asked == [["which tide is lowest"]]


def test_several_texts_have_the_margins_of_each(tides: Course, tmp_path: Path) -> None:
    index = _index(tides, tmp_path)
    assert index.second is not None
    texts, ids = ["neap tide", "who won the cup", "slack"], [entry.id for entry in tides.entries]
    entries = [[ids.index("neap-tide")], [ids.index("tide")], [ids.index("slack"), ids.index("tide")]]
    found = index.second.margins(texts, entries)
    alone = [index.second.margins([text], [some])[0] for text, some in zip(texts, entries, strict=True)]
    assert found == pytest.approx(alone, abs=0.01)


def test_without_a_plain_encoder_there_is_no_second_look(tides: Course, tmp_path: Path) -> None:
    assert CourseIndex.build(tides, FIRST, tmp_path).second is None
    index = _index(tides, tmp_path)
    assert index.at_first_sight().second is None
    assert index.second is not None


def test_a_restart_encodes_nothing(tides: Course, tmp_path: Path) -> None:
    _index(tides, tmp_path)
    PLAIN.asked.clear()
    _index(tides, tmp_path)
    assert PLAIN.asked == []


def test_a_large_course_is_looked_at_where_its_index_proposes(
    tides: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = _margin(_index(tides, tmp_path / "whole"), "neap tide", "neap-tide")
    monkeypatch.setattr(space, "_EXACT", 3)
    monkeypatch.setattr(space, "_CELL", 2)
    monkeypatch.setattr(space, "_SEEN", 2)
    index = _index(tides, tmp_path / "indexed")
    assert index.second is not None
    assert index.second.space.index is not None
    assert _margin(index, "neap tide", "neap-tide") == pytest.approx(whole, abs=0.01)
    assert _margin(index, "who won the cup", "neap-tide") < -0.3  # whatever was proposed, it is among what is compared


def test_what_a_server_added_is_seen_too_and_by_that_server_alone(tides: Course, tmp_path: Path) -> None:
    base = _index(tides, tmp_path)
    PLAIN.asked.clear()
    laid = base.overlaid(
        laid_over(tides, Overlay({"bore": Laid(entry=bore(tides)), "slack": Laid(hidden=True)})),
        "server",
        FIRST,
        tmp_path,
    )
    assert 0 < sum(map(len, PLAIN.asked)) <= 3  # what was added, nothing else
    assert _margin(laid, "what is a tidal bore", "bore") > 0.1
    assert _margin(laid, "neap tide", "neap-tide") == pytest.approx(_margin(base, "neap tide", "neap-tide"))
    assert "bore" not in [entry.id for entry in base.course.entries]


def test_what_a_moderator_writes_overrules_the_same_at_both_looks(tides: Course, tmp_path: Path) -> None:
    cup = bore(tides).model_copy(update={"term": "Who won the cup", "statement": "Our rowers won the cup."})
    laid = _index(tides, tmp_path).overlaid(
        laid_over(tides, Overlay({"bore": Laid(entry=cup)})), "server", FIRST, tmp_path
    )
    assert laid.second is not None
    dropped = [np.flatnonzero(one.owners == DROPPED).tolist() for one in (laid.space, laid.second.space)]
    assert dropped[0] == dropped[1] != []
    assert _margin(laid, "who won the cup", "bore") > 0.3


def test_a_process_holds_the_plain_encoder_once_and_only_while_it_is_wanted(tiny_model: Path, tmp_path: Path) -> None:
    one = plain_encoder(str(tiny_model), tmp_path)
    assert plain_encoder(str(tiny_model), tmp_path) is one
    assert plain_encoder(str(tiny_model), tmp_path / "other") is not one
    held = weakref.ref(one)
    del one
    gc.collect()
    assert held() is None
