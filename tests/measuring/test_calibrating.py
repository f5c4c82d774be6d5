"""Fitting a calibration on labelled questions, and reading it."""

import json
from pathlib import Path

import pytest

from tests.knowledge.small_course import write_small_course
from tests.matching.encoders import WordsEncoder
from tutorbot.answering.answerer import Answerer
from tutorbot.answering.calibration import (
    CONFIDENCE,
    DEFAULTS,
    DOUBTED,
    FOLLOW_UP,
    SECOND,
    Calibration,
    read_calibration,
)
from tutorbot.answering.vocabulary import course_words
from tutorbot.errors import CourseError
from tutorbot.knowledge import load_course
from tutorbot.matching.index import FEATURES, CourseIndex
from tutorbot.matching.spelling import Speller
from tutorbot.measuring.calibrating import calibrate, is_right
from tutorbot.measuring.labelled import Labelled

ENCODER = WordsEncoder()
ASKED = {
    "tide": [
        "what is a tide",
        "why do tides rise and fall",
        "what causes the rise of sea levels",
        "tide?",
        "the moon and the sea",
    ],
    "spring-tide": ["spring tide", "the highest tide", "sun and moon in one line", "which tide is highest"],
    "neap-tide": ["neap tide", "the lowest tide", "sun and moon at right angles", "which tide is lowest"],
    "slack": ["slack", "still water", "when is the water still"],
    None: [
        "who won the cup",
        "bake bread",
        "how tall is a giraffe",
        "the capital of peru",
        "play some music",
        "how high is a tsunami",
    ],
}


def _rows() -> list[Labelled]:
    rows = [
        Labelled(
            id=text, kind="definition" if entry else "out_of_scope", question=text, accept=((entry,),) if entry else ()
        )
        for entry, texts in ASKED.items()
        for text in texts
    ]
    follow_ups = [("spring-tide", "neap-tide"), ("neap-tide", "spring-tide")] * 6
    rows += [
        Labelled(id=f"f{at}", kind="followup", question="and the other one?", context=(before,), accept=((after,),))
        for at, (before, after) in enumerate(follow_ups)
    ]
    return [rows[at * 7 % len(rows)] for at in range(len(rows))]


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> tuple[CourseIndex, Speller]:
    """The small course, indexed by an encoder that adds up words."""
    folder = tmp_path_factory.mktemp("course")
    course = load_course(write_small_course(folder).folder).course
    return CourseIndex.build(course, ENCODER, folder), Speller(course_words(course), lambda _word: True)


def test_fitting_again_gives_the_same_and_names_its_weights(parts: tuple[CourseIndex, Speller]) -> None:
    found = calibrate(*parts, ENCODER, _rows())
    assert calibrate(*parts, ENCODER, _rows()) == found
    assert set(found.ranking) == set(FEATURES)
    assert set(found.follow_up) == set(FOLLOW_UP)
    assert set(found.confidence) == set(CONFIDENCE)
    assert found.encoder == ENCODER.name
    assert found.ranking != DEFAULTS.ranking
    assert found.follow_up != DEFAULTS.follow_up


def test_a_second_look_is_fitted_where_there_is_one_and_changes_nothing_else(
    parts: tuple[CourseIndex, Speller], tmp_path: Path
) -> None:
    index, speller = parts
    plain = WordsEncoder("plain")
    twice = CourseIndex.build(index.course, ENCODER, tmp_path, plain=plain)
    plain.asked.clear()
    found = calibrate(twice, speller, ENCODER, _rows())
    assert plain.asked
    assert set(found.second) == set(SECOND)
    assert found == calibrate(twice, speller, ENCODER, _rows())
    assert calibrate(index, speller, ENCODER, _rows()) == found.model_copy(update={"second": {}})


@pytest.mark.parametrize("course", ["knowledge/alliances", "tests/courses/sourdough"])
def test_the_shipped_courses_have_a_second_look_that_was_fitted(course: str) -> None:
    found = json.loads((Path(__file__).parents[2] / course / "calibration.json").read_text(encoding="utf-8"))["second"]
    assert set(found) == set(SECOND)
    assert found["first"] != 1  # where the fit starts
    assert found["first"] > 0
    assert found["margin"] > 0


def test_a_second_look_is_for_what_is_in_doubt_and_a_wider_margin_is_surer() -> None:
    least, most = DOUBTED
    fitted = DEFAULTS.model_copy(update={"second": {"first": 1.0, "margin": 0.4, "constant": -0.3}})
    assert [fitted.doubts(chance) for chance in (least - 0.01, least, 0.5, most - 0.01, most)] == [
        False,
        True,
        True,
        True,
        False,
    ]
    assert not DEFAULTS.doubts(0.5)  # of a course that was not calibrated
    assert 0 < fitted.second_chance(0.5, -0.2) < fitted.second_chance(0.5, 0.2) < 1
    assert fitted.second_chance(0.3, 0.1) < fitted.second_chance(0.7, 0.1)


def test_with_few_follow_ups_the_defaults_stay(parts: tuple[CourseIndex, Speller]) -> None:
    rows = [row for row in _rows() if not row.context]
    assert calibrate(*parts, ENCODER, rows).follow_up == DEFAULTS.follow_up


def test_what_was_fitted_is_surer_of_what_the_notes_answer(parts: tuple[CourseIndex, Speller]) -> None:
    answerer = Answerer(*parts, calibrate(*parts, ENCODER, _rows()))

    def chance(question: str) -> float:
        plan = answerer.plan(question)
        return answerer.decide(plan, answerer.weigh(plan, ENCODER.encode(plan.texts)), 0.75).confidence

    assert chance("the lowest tide") > chance("how tall is the queen")


@pytest.mark.parametrize(
    "rows",
    [[], _rows()[:3], [row for row in _rows() if row.kind == "followup"], [row for row in _rows() if not row.accept]],
    ids=["none", "three", "follow-ups only", "outside only"],
)
def test_too_few_questions_are_told(parts: tuple[CourseIndex, Speller], rows: list[Labelled]) -> None:
    with pytest.raises(CourseError, match="labelled questions"):
        calibrate(*parts, ENCODER, rows)


def test_an_answer_is_right_if_it_covers_one_alternative_wholly(parts: tuple[CourseIndex, Speller]) -> None:
    answerer = Answerer(*parts, DEFAULTS)
    number = answerer.number
    row = Labelled(id="x", kind="x", question="?", accept=(("tide", "slack"), ("spring-tide",)))
    assert is_right(answerer, row, [number("tide"), number("slack")])
    assert is_right(answerer, row, [number("spring-tide")])
    assert is_right(answerer, row, [number("tide-kinds")])
    assert not is_right(answerer, row, [number("tide")])
    assert not is_right(answerer, Labelled(id="x", kind="x", question="?"), [number("tide")])


def test_a_calibration_survives_its_file(tmp_path: Path) -> None:
    kept = DEFAULTS.model_copy(update={"encoder": "words", "intercept": 0.25})
    (tmp_path / "calibration.json").write_text(json.dumps(kept.model_dump()), encoding="utf-8")
    assert read_calibration(tmp_path, "words") == kept


def test_without_a_file_or_for_another_encoder_the_defaults_hold(tmp_path: Path) -> None:
    assert read_calibration(tmp_path, "words") == DEFAULTS
    kept = DEFAULTS.model_copy(update={"encoder": "other", "intercept": 0.25})
    (tmp_path / "calibration.json").write_text(json.dumps(kept.model_dump()), encoding="utf-8")
    assert read_calibration(tmp_path, "words") == DEFAULTS


@pytest.mark.parametrize(
    "content",
    [
        "",
        "not json",
        "[]",
        "{}",
        "\ud800",
        json.dumps({**DEFAULTS.model_dump(), "more": 1}),
        json.dumps({**DEFAULTS.model_dump(), "intercept": "high"}),
        json.dumps({**DEFAULTS.model_dump(), "ranking": {"magic": 1.0}}),
        json.dumps({**DEFAULTS.model_dump(), "confidence": {"magic": 1.0}}),
        json.dumps({**DEFAULTS.model_dump(), "second": {"magic": 1.0}}),
        "[" * 100_000,
    ],
)
def test_a_broken_calibration_is_told_with_its_place(tmp_path: Path, content: str) -> None:
    (tmp_path / "calibration.json").write_text(content, encoding="utf-8", errors="surrogatepass")
    with pytest.raises(CourseError, match=r"calibration\.json:1: .*make it anew with `tutorbot calibrate`\.$"):
        read_calibration(tmp_path, "words")


def test_a_chance_is_between_0_and_1_and_a_missing_weight_counts_nothing() -> None:
    calibration = Calibration(ranking={}, follow_up={}, confidence={"mass": 1.0}, intercept=0.0)
    assert calibration.chance({"mass": 0.0, "lead": 5.0}) == 0.5
    assert 0 <= calibration.chance({"mass": -50.0}) < 0.01 < 0.99 < calibration.chance({"mass": 50.0}) <= 1
