"""How well a course answers labelled questions: right, asked back, abstained, wrong, by kind; and how far confidence can be trusted."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tutorbot.answering.answer import Status
from tutorbot.answering.answerer import Answerer
from tutorbot.matching.encoder import Encoder
from tutorbot.measuring.calibrating import encode_plans, is_right
from tutorbot.measuring.labelled import Labelled


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one labelled question. ``rank`` is the place of the first right proposal, counted from 1, or None; an alternative to the
    first one is the second.
    """

    row: Labelled
    status: Status
    right: bool
    chance: float
    rank: int | None
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """Figures over outcomes, all 0..1.

    ``kinds`` counts verdicts by kind. Of the questions that the notes answer: ``correct``, ``wrong``, ``recall`` at 1, 3 and 5, ``mrr``
    (mean reciprocal rank). Of the others: ``abstained``. ``risk_area`` is the area under the curve of risk over coverage, lower is better
    (El-Yaniv & Wiener 2010), ``calibration_error`` the mean gap between confidence and truth over ten bins, by the questions in each.
    """

    kinds: Mapping[str, Counter[str]]
    correct: float
    wrong: float
    recall: Mapping[int, float]
    mrr: float
    abstained: float
    risk_area: float
    calibration_error: float


def evaluate(answerer: Answerer, encoder: Encoder, rows: Sequence[Labelled], threshold: float) -> list[Outcome]:
    """Ask every question and judge what came."""
    plans = [answerer.plan(row.question, row.context) for row in rows]
    outcomes = []
    for row, plan, vectors in zip(rows, plans, encode_plans(encoder.encode, plans), strict=True):
        weighed = answerer.weigh(plan, vectors)
        answer = answerer.decide(plan, weighed, threshold)
        # What was said counts; where nothing was, what would have been said first.
        given = [answerer.number(one) for one in (*answer.entries, *answer.alternatives)]
        said = given or weighed.proposals[0].entries
        first = len(answer.entries) if given else 1 if weighed.proposals[0].alternative else len(said)
        tries = [said] if first == len(said) else [said[:first], said]
        tries += [one.entries for one in weighed.proposals[1:]]
        rank = next((n for n, entries in enumerate(tries, start=1) if is_right(answerer, row, entries)), None)
        shown = tuple(answerer.course.entries[at].id for at in said)
        right = is_right(answerer, row, said)
        outcomes.append(Outcome(row, answer.status, right, answer.confidence, rank, shown))
    return outcomes


def verdict(outcome: Outcome) -> str:
    """``correct``, ``clarified``, ``abstained`` or ``wrong``, as the person who asked would say."""
    if outcome.status is Status.CLARIFY:
        return "clarified"
    if outcome.status is Status.ABSTAINED:
        return "abstained" if outcome.row.accept else "correct"
    return "correct" if outcome.right else "wrong"


def summarise(outcomes: Sequence[Outcome]) -> Summary:
    """The figures of Summary."""
    kinds: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for outcome in outcomes:
        kinds[outcome.row.kind][verdict(outcome)] += 1
    inside = [outcome for outcome in outcomes if outcome.row.accept]
    outside = [outcome for outcome in outcomes if not outcome.row.accept]
    ranks = [outcome.rank for outcome in inside]
    return Summary(
        kinds=kinds,
        correct=_mean([verdict(one) == "correct" for one in inside]),
        wrong=_mean([verdict(one) == "wrong" for one in inside]),
        recall={at: _mean([rank is not None and rank <= at for rank in ranks]) for at in (1, 3, 5)},
        mrr=_mean([1 / rank if rank else 0.0 for rank in ranks]),
        abstained=_mean([one.status is Status.ABSTAINED for one in outside]),
        risk_area=float(np.mean(risk_curve(outcomes)[1])) if outcomes else 0.0,
        calibration_error=sum(abs(said - true) * share for said, true, share in reliability(outcomes)),
    )


def risk_curve(outcomes: Sequence[Outcome]) -> tuple[list[float], list[float]]:
    """Coverage (the share answered) and risk (the share of wrong answers among them), from the surest question on."""
    ordered = sorted(outcomes, key=lambda one: -one.chance)
    wrong = np.cumsum([not (one.right and one.row.accept) for one in ordered])
    count = np.arange(1, len(ordered) + 1)
    return (count / max(1, len(ordered))).tolist(), (wrong / count).tolist()


def reliability(outcomes: Sequence[Outcome], bins: int = 10) -> list[tuple[float, float, float]]:
    """For each bin of confidence that has questions: mean confidence, share right, share of the questions."""
    found = []
    for at in range(bins):
        held = [
            one for one in outcomes if at / bins <= one.chance < (at + 1) / bins or (at == bins - 1 and one.chance == 1)
        ]
        if held:
            said = _mean([one.chance for one in held])
            true = _mean([one.right and bool(one.row.accept) for one in held])
            found.append((said, true, len(held) / len(outcomes)))
    return found


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if len(values) else 0.0
