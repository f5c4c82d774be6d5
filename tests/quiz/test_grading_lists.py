"""Lists recalled in typed text, and grading by lines of JSON."""

import json
from pathlib import Path

import pytest

from tutorbot.matching.encoder.sentence import DEFAULT_MODEL
from tutorbot.quiz.grading import Grader, grade_lines
from tutorbot.settings import read_settings

LABELLED = Path(__file__).parent / "data" / "lists.jsonl"
QUESTION = "Name the four kinds of taxes."
ITEMS = ["Income tax", "Value-added tax", "Tax on imports (customs)", "Tax on exports"]


@pytest.fixture(scope="module")
def grader() -> Grader:
    return Grader.open(DEFAULT_MODEL, read_settings().cache)


@pytest.mark.parametrize(
    ("given", "credited"),
    [
        ("income tax, value-added tax, imports, exports", (0, 1, 2, 3)),
        ("1) exports 2) incom tax", (0, 3)),
        ("- income\n- customs", (0, 2)),
        ("income value added", (0, 1)),
        ("income, income, income tax", (0,)),
        ("tax", ()),
        ("income tax but not value-added tax", (0,)),
        ("neither imports nor exports", ()),
        ("tax on imports", (2,)),
        ("wealth tax and poll tax", ()),
        ("", ()),
        ("💰", ()),
    ],
)
def test_an_item_is_credited_once_by_the_words_that_tell_it_from_the_others(
    grader: Grader, given: str, credited: tuple[int, ...]
) -> None:
    assert grader.credit(QUESTION, ITEMS, given).credited == credited


def test_the_reason_names_the_items_found_and_missing(grader: Grader) -> None:
    reason = grader.credit(QUESTION, ITEMS, "income tax").reason
    assert "Named: Income tax." in reason
    assert "Tax on exports" in reason.partition("Missing:")[2]


def test_recalls_of_lists_never_tuned_on_are_mostly_exact(grader: Grader) -> None:
    rows = [json.loads(line) for line in LABELLED.read_text("utf-8").splitlines()]
    rows = [row for row in rows if row["part"] == "held-out"]
    exact = [
        set(grader.credit(row["question"], row["items"], row["given"]).credited) == set(row["credited"]) for row in rows
    ]
    assert len(exact) >= 150
    assert sum(exact) / len(exact) >= 0.63


def test_lines_are_graded_in_order_and_bad_ones_answered_in_their_place(grader: Grader) -> None:
    lines = [
        json.dumps({"id": "a", "question": "Capital of France?", "expected": "Paris", "given": "paris"}),
        "{broken",
        json.dumps({"id": 2, "question": QUESTION, "items": ITEMS, "given": "exports"}),
        "",
        "[1]",
        json.dumps({"id": 3, "question": "Capital of France?", "given": "paris"}),
        json.dumps({"id": 4, "question": QUESTION, "items": [], "given": "exports"}),
        json.dumps({"id": 5, "question": "Capital of France?", "expected": "Paris", "given": "Lyon"}),
        "[" * 100_000,
    ]
    found = list(grade_lines(lines, grader))
    assert [row["id"] for row in found] == ["a", None, 2, None, None, None, 5, None]
    assert found[0]["correct"] is True
    assert set(found[0]) == {"id", "correct", "score", "reason"}
    assert found[2]["credited"] == [3]
    assert found[6]["correct"] is False
    assert all("error" in row for row in found if row["id"] is None)
