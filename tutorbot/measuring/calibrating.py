"""Fitting a course's Calibration on labelled questions.

Small models, one after the other: the ranking (a conditional logit over entries and "outside"), the same for follow-up questions, the
chance that an answer is right (a logistic regression on rankings of questions left out of the fit), and the chance after a second look
(the same on first chances of questions left out of the fit).
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from tutorbot.answering.answerer import Answerer, Plan
from tutorbot.answering.calibration import (
    CONFIDENCE,
    DEFAULTS,
    DOUBTED,
    FOLLOW_UP,
    SECOND,
    SPEAKS_AGAINST,
    SPEAKS_FOR,
    Calibration,
    at_second_look,
)
from tutorbot.errors import CourseError
from tutorbot.matching.encoder import Encoder, Vectors
from tutorbot.matching.index import FEATURES, CourseIndex, Evidence
from tutorbot.matching.spelling import Speller
from tutorbot.measuring.labelled import Labelled

_FOLDS = 5
_RANKING_PENALTY, _FOLLOW_UP_PENALTY = 2e-3, 2e-2
_SECOND_PRIOR = {"first": 1.0, "margin": 0.4, "constant": -0.3}
"""The weights of SECOND, as they were fitted on the first course. They are no defaults: the margin depends on how many outside questions there
are, so a course that was not calibrated has no second look."""

_CONFIDENCE_PENALTY = 3.5  # shared among the cases: the more there are, the less the prior weighs

OUTSIDE_SHARE = 0.2
"""How many of the questions that people ask are taken to be outside the notes. A labelled set holds as many as its author liked,
so its questions are weighted to this share."""

_TOO_FEW = "There are too few labelled questions to fit on; write more of them, of all kinds, also such as the notes do not answer."

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Case:
    row: Labelled
    plan: Plan
    vectors: Vectors


def calibrate(
    index: CourseIndex, speller: Speller, encoder: Encoder, rows: Sequence[Labelled], *, without: Collection[str] = ()
) -> Calibration:
    """Fit on ``rows``. Deterministic: the folds go by position. ``without`` names evidence that is to weigh nothing.

    Raises CourseError if there are too few rows to fit on.
    """
    probe = Answerer(index, speller, DEFAULTS)
    plans = [probe.plan(row.question, row.context) for row in rows]
    held = zip(rows, plans, encode_plans(encoder.encode, plans), strict=True)
    cases = [_Case(row, plan, vectors) for row, plan, vectors in held if not plan.reading.empty]
    if sum(_is_single(case) for case in cases) < 2 * _FOLDS:
        raise CourseError(_TOO_FEW)
    features: list[list[float]] = []
    right: list[bool] = []
    judged: list[_Case] = []
    margins: list[float | None] = []
    for fold in range(_FOLDS):
        answerer = Answerer(
            index, speller, _weights(index, speller, [c for n, c in enumerate(cases) if n % _FOLDS != fold], without)
        )
        for case in (c for n, c in enumerate(cases) if n % _FOLDS == fold):
            weighed = answerer.weigh(case.plan, case.vectors)
            features.append([weighed.features[name] for name in CONFIDENCE])
            margins += answerer.look_again([case.plan], [weighed])
            judged.append(case)
            right.append(is_right(answerer, case.row, weighed.proposals[0].entries))
    if len(set(right)) < 2:
        raise CourseError(_TOO_FEW)
    judged_by, truth, shares = np.column_stack([features, np.ones(len(features))]), np.asarray(right), _shares(judged)
    fitted = _confidence(judged_by, truth, shares)
    weights = _weights(index, speller, cases, without)
    return Calibration(
        ranking=weights.ranking,
        follow_up=weights.follow_up,
        confidence=_named(CONFIDENCE, fitted[:-1]),
        intercept=round(float(fitted[-1]), 4),
        second=_second(judged_by, truth, shares, margins),
        encoder=encoder.name,
    )


def is_right(answerer: Answerer, row: Labelled, shown: Sequence[int]) -> bool:
    """Whether showing these entries answers the question: one of the accepted alternatives is wholly among what they cover."""
    covered = {answerer.course.entries[at].id for at in answerer.covered(shown)}
    return any(set(alternative) <= covered for alternative in row.accept)


def _weights(index: CourseIndex, speller: Speller, cases: Sequence[_Case], without: Collection[str]) -> Calibration:
    number = {entry.id: at for at, entry in enumerate(index.course.entries)}
    single = [case for case in cases if _is_single(case)]
    vectors = np.stack([case.vectors[0] for case in single])
    found = index.evidence([case.plan.reading.text for case in single], vectors)
    evidence = _side_by_side(found)
    evidence[:, :, [name in without for name in FEATURES]] = 0
    targets = [_targets(case.row, number) for case in single]
    ranking = _conditional_logit(
        evidence,
        [_rows(one, wanted) for one, wanted in zip(found, targets, strict=True)],
        _RANKING_PENALTY,
        np.asarray([DEFAULTS.ranking.get(name, 0.0) * (name not in without) for name in FEATURES]),
        _shares(single),
    )
    ranked = DEFAULTS.model_copy(update={"ranking": _named(FEATURES, ranking)})
    follow_ups = [case for case in cases if case.plan.earlier]
    if len(follow_ups) < 10:
        return ranked
    answerer = Answerer(index, speller, ranked)
    evidence = np.stack([answerer.follow_up_evidence(case.plan, case.vectors) for case in follow_ups])
    # Follow-ups are few and their cues fewer: what the data do not tell stays as the defaults have it.
    prior = np.asarray([DEFAULTS.follow_up.get(name, 0.0) for name in FOLLOW_UP])
    follow_up = _conditional_logit(
        evidence, [_targets(case.row, number) for case in follow_ups], _FOLLOW_UP_PENALTY, prior, _shares(follow_ups)
    )
    return ranked.model_copy(update={"follow_up": _named(FOLLOW_UP, follow_up)})


def _side_by_side(found: Sequence[Evidence]) -> NDArray[np.float32]:
    """An array (cases, rows, features), "outside" the last row of each; where a case has fewer entries, the rows before it are nan."""
    longest = max(len(one.features) for one in found)
    return np.stack([np.insert(one.features, [-1] * (longest - len(one.features)), np.nan, axis=0) for one in found])


def _rows(found: Evidence, targets: Sequence[int]) -> list[int]:
    rows = [-1 if target < 0 else found.row(target) for target in targets]
    return [row for row in rows if row is not None] or [-1]


def _is_single(case: _Case) -> bool:
    return case.row.kind not in {"comparison", "followup"}


def _shares(cases: Sequence[_Case]) -> Floats:
    """How much each case counts, so that those outside the notes make up OUTSIDE_SHARE."""
    outside = np.asarray([not case.row.accept for case in cases])
    if not outside.any() or outside.all():
        return np.ones(len(cases))
    share = outside.mean()
    shares: Floats = np.where(outside, OUTSIDE_SHARE / share, (1 - OUTSIDE_SHARE) / (1 - share))
    return shares


def _targets(row: Labelled, number: dict[str, int]) -> list[int]:
    """The rows of the evidence that are right: the accepted entries, or "outside" (the last)."""
    return [number[one] for alternative in row.accept for one in alternative if one in number] or [-1]


def _conditional_logit(
    evidence: NDArray[np.float32], targets: Sequence[Sequence[int]], penalty: float, prior: Floats, shares: Floats
) -> Floats:
    """Weights that make the targets likely: maximum likelihood with a ridge penalty on the distance from ``prior``.

    ``evidence`` is (cases, rows, features), with nan in rows that are none; ``shares`` (cases) is how much each case counts, 1 on
    average.
    """
    missing = np.isnan(evidence).any(axis=2)
    held = np.nan_to_num(evidence.astype(np.float64))
    wanted = np.zeros(held.shape[:2])
    for at, rows in enumerate(targets):
        wanted[at, list(rows)] = 1

    def loss(weights: Floats) -> tuple[float, Floats]:
        utility = held @ weights
        odds = np.where(missing, 0, np.exp(utility - utility.max(axis=1, keepdims=True)))
        chances = odds / odds.sum(axis=1, keepdims=True)
        hit = (chances * wanted).sum(axis=1)
        aimed = chances * wanted / np.maximum(hit, 1e-12)[:, None]
        gradient = np.einsum("cr,crf,c->f", aimed - chances, held, shares, optimize=True) / len(held)
        away = weights - prior
        missed = -float((shares * np.log(np.maximum(hit, 1e-12))).mean())
        return missed + penalty * float(away @ away), 2 * penalty * away - gradient

    found: Floats = minimize(loss, prior, jac=True, method="L-BFGS-B").x
    return found


def _confidence(features: Floats, right: NDArray[np.bool_], shares: Floats) -> Floats:
    """The weights of CONFIDENCE and, last, the intercept; ``features`` (cases, weights) has a 1 for that."""
    prior = np.asarray([*(DEFAULTS.confidence.get(name, 0.0) for name in CONFIDENCE), DEFAULTS.intercept])
    within = [(0 if name in SPEAKS_FOR else None, 0 if name in SPEAKS_AGAINST else None) for name in CONFIDENCE]
    return _logistic(features, right, prior, shares, [*within, (None, None)])


def _second(
    features: Floats, right: NDArray[np.bool_], shares: Floats, margins: Sequence[float | None]
) -> dict[str, float]:
    """The weights of SECOND, fitted where the first chance is in doubt (the prior if it never is); none if there is no second look.

    The first chances are those of questions that were left out of the fit: the others would be too sure of themselves.
    """
    if all(margin is None for margin in margins):
        return {}
    fold = np.arange(len(features)) % _FOLDS
    scores = np.empty(len(features))
    for one in range(_FOLDS):
        out = fold == one
        scores[out] = features[out] @ _confidence(features[~out], right[~out], shares[~out])
    first = np.clip(expit(scores), 1e-6, 1 - 1e-6)
    seen = [
        (at, [*at_second_look(float(chance), margin).values()])
        for at, (chance, margin) in enumerate(zip(first, margins, strict=True))
        if margin is not None and DOUBTED[0] <= chance < DOUBTED[1]
    ]
    if not seen:
        return _SECOND_PRIOR
    cases = [at for at, _ in seen]
    prior = np.asarray([_SECOND_PRIOR[name] for name in SECOND])
    within = [*[(0, None)] * (len(SECOND) - 1), (None, None)]
    held = np.asarray([values for _, values in seen])
    return _named(SECOND, _logistic(held, right[cases], prior, shares[cases], within))


def _logistic(
    features: Floats,
    right: NDArray[np.bool_],
    prior: Floats,
    shares: Floats,
    within: Sequence[tuple[float | None, float | None]],
) -> Floats:
    """The weights of a logistic regression: maximum likelihood with a ridge penalty on the distance from ``prior``, each ``within`` its
    bounds: no weight against what it plainly speaks for.

    What few labelled questions do not tell thus stays as it is with the course that the defaults were fitted on.
    """
    sign = np.where(right, 1.0, -1.0)
    penalty = _CONFIDENCE_PENALTY / len(features)

    def loss(weights: Floats) -> tuple[float, Floats]:
        margin = sign * (features @ weights)
        away = weights - prior
        slope = -shares * sign * expit(-margin) @ features / len(features)
        value = float((shares * np.logaddexp(0, -margin)).mean())
        return value + penalty * float(away @ away), slope + 2 * penalty * away

    found: Floats = minimize(loss, prior, jac=True, method="L-BFGS-B", bounds=within).x
    return found


def _named(names: Sequence[str], weights: Floats) -> dict[str, float]:
    return {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}


def encode_plans(encode: Callable[[Sequence[str]], Vectors], plans: Sequence[Plan]) -> list[Vectors]:
    """The vectors of each plan's texts, all encoded together."""
    texts = list(dict.fromkeys(text for plan in plans for text in plan.texts))
    vector = dict(zip(texts, encode(texts), strict=True))
    return [np.stack([vector[text] for text in plan.texts]) for plan in plans]
