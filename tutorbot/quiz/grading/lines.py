"""Grading by lines of JSON, as other programs use it."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from tutorbot.quiz.grading.grader import Grader


def grade_lines(lines: Iterable[str], grader: Grader) -> Iterator[dict[str, Any]]:
    """One object for each line that is not blank, in order.

    ``{"id", "question", "expected", "given"}`` gives ``{"id", "correct", "score", "reason"}``; with ``"items"`` (a list of
    texts) instead of ``expected`` ``{"id", "credited", "reason"}``; anything else ``{"id": null, "error"}`` in its place.
    """
    for line in lines:
        if line.strip():
            yield _graded(line, grader)


def _graded(line: str, grader: Grader) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return _error("this line is not JSON")
    if not isinstance(row, dict) or not all(isinstance(row.get(key), str) for key in ("question", "given")):
        return _error('this line is not an object with a "question" and a "given" answer')
    items = row.get("items")
    if items is not None:
        if not isinstance(items, list) or not items or not all(isinstance(item, str) for item in items):
            return _error('"items" must be a list of texts')
        credit = grader.credit(row["question"], items, row["given"])
        return {"id": row.get("id"), "credited": list(credit.credited), "reason": credit.reason}
    if not isinstance(row.get("expected"), str):
        return _error('there is neither an "expected" answer nor a list of "items"')
    verdict = grader.grade(row["question"], row["expected"], row["given"])
    return {
        "id": row.get("id"),
        "correct": verdict.correct,
        "score": round(verdict.score, 4),
        "reason": verdict.reason,
    }


def _error(message: str) -> dict[str, Any]:
    return {"id": None, "error": message}
