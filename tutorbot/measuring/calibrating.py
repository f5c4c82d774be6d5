"""Fitting a course's Calibration on labelled questions.

Three small models, one after the other: the ranking (a conditional logit over entries and "outside"), the same for follow-up
questions, and the chance that an answer is right (a logistic regression on rankings of questions left out of the fit).
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from tutorbot.answering.answerer import Answerer, Plan
from tutorbot.answering.calibration import CONFIDENCE, DEFAULTS, FOLLOW_UP, Calibration
from tutorbot.errors import CourseError
from tutorbot.matching.encoder import Encoder, Vectors
from tutorbot.matching.index import FEATURES, CourseIndex
from tutorbot.matching.spelling import Speller
from tutorbot.measuring.labelled import Labelled

_FOLDS = 5
_RANKING_PENALTY, _FOLLOW_UP_PENALTY, _CONFIDENCE_STRENGTH = 2e-3, 2e-2, 3.0

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
    for fold in range(_FOLDS):
        answerer = Answerer(
            index, speller, _weights(index, speller, [c for n, c in enumerate(cases) if n % _FOLDS != fold], without)
        )
        for case in (c for n, c in enumerate(cases) if n % _FOLDS == fold):
            weighed = answerer.weigh(case.plan, case.vectors)
            features.append([weighed.features[name] for name in CONFIDENCE])
            judged.append(case)
            right.append(is_right(answerer, case.row, weighed.proposals[0].entries))
    if len(set(right)) < 2:
        raise CourseError(_TOO_FEW)
    fitted = LogisticRegression(C=_CONFIDENCE_STRENGTH, max_iter=2_000).fit(
        np.asarray(features), np.asarray(right), sample_weight=_shares(judged)
    )
    weights = _weights(index, speller, cases, without)
    return Calibration(
        ranking=weights.ranking,
        follow_up=weights.follow_up,
        confidence={name: round(float(w), 4) for name, w in zip(CONFIDENCE, fitted.coef_[0], strict=True)},
        intercept=round(float(fitted.intercept_[0]), 4),
        encoder=encoder.name,
    )


def is_right(answerer: Answerer, row: Labelled, shown: Sequence[int]) -> bool:
    """Whether showing these entries answers the question: one of the accepted alternatives is wholly among what they cover."""
    covered = {answerer.course.entries[at].id for at in answerer.covered(shown)}
    return any(set(alternative) <= covered for alternative in row.accept)


def _weights(index: CourseIndex, speller: Speller, cases: Sequence[_Case], without: Collection[str]) -> Calibration:
    number = {entry.id: at for at, entry in enumerate(index.course.entries)}
    single = [case for case in cases if _is_single(case)]
    evidence = np.stack([index.evidence(case.plan.reading.text, case.vectors[0]).features for case in single])
    evidence[:, :, [name in without for name in FEATURES]] = 0
    ranking = _conditional_logit(
        evidence,
        [_targets(case.row, number) for case in single],
        _RANKING_PENALTY,
        np.zeros(len(FEATURES)),
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

    ``evidence`` is (cases, rows, features), ``shares`` (cases) how much each case counts, 1 on average.
    """
    held = evidence.astype(np.float64)
    wanted = np.zeros(held.shape[:2])
    for at, rows in enumerate(targets):
        wanted[at, list(rows)] = 1

    def loss(weights: Floats) -> tuple[float, Floats]:
        utility = held @ weights
        odds = np.exp(utility - utility.max(axis=1, keepdims=True))
        chances = odds / odds.sum(axis=1, keepdims=True)
        hit = (chances * wanted).sum(axis=1)
        aimed = chances * wanted / np.maximum(hit, 1e-12)[:, None]
        gradient = np.einsum("cr,crf,c->f", aimed - chances, held, shares, optimize=True) / len(held)
        away = weights - prior
        missed = -float((shares * np.log(np.maximum(hit, 1e-12))).mean())
        return missed + penalty * float(away @ away), 2 * penalty * away - gradient

    found: Floats = minimize(loss, prior, jac=True, method="L-BFGS-B").x
    return found


def _named(names: Sequence[str], weights: Floats) -> dict[str, float]:
    return {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}


def encode_plans(encode: Callable[[Sequence[str]], Vectors], plans: Sequence[Plan]) -> list[Vectors]:
    """The vectors of each plan's texts, all encoded together."""
    texts = list(dict.fromkeys(text for plan in plans for text in plan.texts))
    vector = dict(zip(texts, encode(texts), strict=True))
    return [np.stack([vector[text] for text in plan.texts]) for plan in plans]
