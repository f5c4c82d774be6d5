"""The first course answers labelled questions well enough; they were written for this project and are never fitted on."""

from pathlib import Path

from tutorbot.measuring.evaluating import evaluate, summarise, verdict
from tutorbot.measuring.labelled import read_labelled
from tutorbot.settings import Settings
from tutorbot.tutor import Opened

FILE = Path(__file__).parents[1] / "data" / "alliances-labelled.jsonl"


def test_labelled_questions_are_answered_well_enough(opened: Opened, settings: Settings) -> None:
    rows = read_labelled(FILE)
    assert len(rows) >= 400
    known = opened.index.course.by_id
    assert {one for row in rows for alternative in row.accept for one in alternative} <= known.keys()
    outcomes = evaluate(opened.answerer, opened.encoder, rows, settings.threshold)
    found = summarise(outcomes)
    outside = [outcome for outcome in outcomes if not outcome.row.accept]
    answered = sum(verdict(outcome) == "wrong" for outcome in outside) / len(outside)
    missed = [f"{one.row.id} {verdict(one)}: {one.row.question}" for one in outcomes if verdict(one) == "wrong"]
    assert found.recall[1] >= 0.88, found
    assert found.wrong <= 0.07, missed
    assert answered <= 0.12, missed
