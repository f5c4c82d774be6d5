"""Figures over outcomes, compared with figures computed by hand."""

import pytest

from tutorbot.answering import Status
from tutorbot.measuring.evaluating import Outcome, reliability, risk_curve, summarise, verdict
from tutorbot.measuring.labelled import Labelled


def _outcome(kind: str, status: Status, chance: float, rank: int | None, *, inside: bool = True) -> Outcome:
    row = Labelled(id="x", kind=kind, question="?", accept=(("one",),) if inside else ())
    return Outcome(row, status, rank == 1, chance, rank, ("one",))


A, C, N = Status.ANSWERED, Status.CLARIFY, Status.ABSTAINED
OUTCOMES = [
    _outcome("definition", A, 0.95, 1),
    _outcome("definition", A, 0.85, 2),
    _outcome("definition", N, 0.15, None),
    _outcome("list", C, 0.45, 4),
    _outcome("out_of_scope", N, 0.05, None, inside=False),
    _outcome("out_of_scope", A, 0.75, None, inside=False),
    _outcome("out_of_scope", C, 0.45, None, inside=False),
]


def test_verdicts() -> None:
    expected = ["correct", "wrong", "abstained", "clarified", "correct", "wrong", "clarified"]
    assert [verdict(outcome) for outcome in OUTCOMES] == expected


def test_the_figures_are_those_computed_by_hand() -> None:
    found = summarise(OUTCOMES)
    assert {kind: dict(counts) for kind, counts in found.kinds.items()} == {
        "definition": {"correct": 1, "wrong": 1, "abstained": 1},
        "list": {"clarified": 1},
        "out_of_scope": {"correct": 1, "wrong": 1, "clarified": 1},
    }
    assert found.correct == found.wrong == 0.25
    assert found.recall == {1: 0.25, 3: 0.5, 5: 0.75}
    assert found.mrr == pytest.approx((1 + 1 / 2 + 1 / 4) / 4)
    assert found.abstained == pytest.approx(1 / 3)


def test_risk_over_coverage_from_the_surest_question_on() -> None:
    coverage, risk = risk_curve(OUTCOMES[:3])
    assert coverage == pytest.approx([1 / 3, 2 / 3, 1])
    assert risk == pytest.approx([0, 1 / 2, 2 / 3])
    assert summarise(OUTCOMES[:3]).risk_area == pytest.approx((0 + 1 / 2 + 2 / 3) / 3)


def test_the_gap_between_confidence_and_truth() -> None:
    rows = [
        _outcome("list", A, 0.92, 1),
        _outcome("list", A, 0.98, 2),
        _outcome("list", A, 1.0, 1),
        _outcome("list", N, 0.0, 2),
    ]
    assert reliability(rows) == [
        (0.0, 0.0, 0.25),
        (pytest.approx((0.92 + 0.98 + 1) / 3), pytest.approx(2 / 3), 0.75),
    ]
    gap = 0.75 * abs((0.92 + 0.98 + 1) / 3 - 2 / 3)
    assert summarise(rows).calibration_error == pytest.approx(gap)


def test_no_outcomes_and_one_sided_outcomes_have_figures() -> None:
    assert summarise([]).correct == summarise([]).risk_area == 0
    assert summarise(OUTCOMES[4:]).recall[1] == 0
    assert summarise(OUTCOMES[:4]).abstained == 0
