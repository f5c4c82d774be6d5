"""The fitted numbers: how much each piece of evidence weighs, and how sure an answer is.

`tutorbot calibrate` fits them on a course's own sample and labelled questions and stores them in its `calibration.json`. A course
without one uses the defaults below, which were fitted so on the first course.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError
from scipy.special import expit, logit

from tutorbot.errors import CourseError
from tutorbot.matching.index import FEATURES
from tutorbot.matching.space import SOFT

FOLLOW_UP = (
    "alone", "joined", "opposite", "sibling", "related", "self", "whole", "item", "example",
    "ordinal",
    "other_opposite", "other_sibling", "other_self", "who_self", "why_self", "example_example", "example_self", "list_whole",
)  # fmt: skip
"""What speaks for an entry as the answer to a follow-up question: the question alone, joined to the one before, and the
entry's kinship with what was just answered, some of it counted only if the question has a cue for it."""

CONFIDENCE = (
    "mass",
    "outside",
    "closest",
    "coverage",
    "lead",
    "named_share",
    "own_words",
    "bare",
    "no_figure",
    "no_example",
    "uncredited",
    "comparison",
    "follow_up",
    "votes",
    "head",
    "margin",
    "second",
    "named_pair",
    "figure",
    "credited",
    "scholar",
    "credited_named",
    "figure_named",
    "strange",
)
"""What the chance of an answer being right is judged by."""

SPEAKS_FOR = frozenset(
    [
        "mass",
        "closest",
        "coverage",
        "lead",
        "named_share",
        "own_words",
        "votes",
        "head",
        "margin",
        "named_pair",
        "credited_named",
        "figure_named",
    ]
)
SPEAKS_AGAINST = frozenset(["outside", "bare", "no_figure", "no_example", "uncredited", "second", "strange"])
"""Of these it is plain which way they point. A fit that turned one of them round, because others say nearly the same, would be sure of what
is like nothing it was fitted on."""

SECOND = ("first", "margin", "constant")
"""What the chance after a second look is judged by: the logit of the first chance; how much nearer what would be shown is than what is outside
of the notes (a difference of cosines times SOFT); and 1."""

DOUBTED = (0.15, 0.93)
"""Chances between which a second look is taken: those of a quarter of the labelled questions of two courses. Taken at every question, it gave no
more: correct answers and those abstained were the same within 0.3 points."""


class Calibration(BaseModel):
    """Weights by name; a name that is missing weighs nothing. ``encoder`` names the one that they were fitted with. Where ``second`` is
    empty, a second look changes nothing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    ranking: Mapping[str, float]
    follow_up: Mapping[str, float]
    confidence: Mapping[str, float]
    intercept: float
    second: Mapping[str, float] = {}
    encoder: str = ""

    def chance(self, features: Mapping[str, float]) -> float:
        """The probability (0..1) that an answer with these features is right: a logistic regression."""
        score = self.intercept + sum(self.confidence.get(name, 0.0) * value for name, value in features.items())
        return float(expit(score))

    def doubts(self, chance: float) -> bool:
        """Whether a second look may change what comes of this chance."""
        return bool(self.second) and DOUBTED[0] <= chance < DOUBTED[1]

    def second_chance(self, first: float, margin: float) -> float:
        """The probability after a second look that gave ``margin``, given the first probability: a logistic regression."""
        values = at_second_look(first, margin)
        return float(expit(sum(self.second.get(name, 0.0) * value for name, value in values.items())))


def at_second_look(first: float, margin: float) -> dict[str, float]:
    """The values of SECOND, from a probability and a difference of cosines."""
    return dict(zip(SECOND, (float(logit(first)), SOFT * margin, 1.0), strict=True))


DEFAULTS = Calibration(
    ranking={
        "head": 0.98,
        "log_head": 2.63,
        "nearest": 0.28,
        "words": 3.7,
        "named": -0.68,
        "named_share": 0.01,
        "scholar": -0.17,
        "outside": -1.05,
        "outside_head": 0.08,
        "outside_nearest": 0.36,
    },
    follow_up={
        "alone": 0.35,
        "joined": 0.6,
        "opposite": 2.25,
        "sibling": 1.18,
        "related": 1.89,
        "self": -0.53,
        "whole": 0.34,
        "item": 1.36,
        "example": 0.76,
        "ordinal": 5.31,
        "other_opposite": 3.08,
        "other_sibling": 1.46,
        "other_self": -4.04,
        "who_self": 4.7,
        "why_self": 2.09,
        "example_example": 4.03,
        "example_self": 1.02,
        "list_whole": 1.0,
    },
    confidence={
        "mass": 0.55,
        "outside": 0.0,
        "closest": 0.0,
        "coverage": 0.0,
        "lead": 0.0,
        "named_share": 0.04,
        "own_words": 1.05,
        "bare": -0.45,
        "no_figure": -0.03,
        "no_example": -3.5,  # set by hand, as for who said it where nobody is credited: labelled questions of this kind are few
        "uncredited": -2.53,
        "comparison": 0.16,
        "follow_up": 2.21,
        "votes": 0.73,
        "head": 3.33,
        "margin": 3.21,
        "second": -0.79,
        "strange": -6.0,  # set by hand: not one word of the question is known
        "named_pair": 2.05,
        "figure": 0.28,
    },
    intercept=1.53,
)
"""Fitted on the first course."""


def read_calibration(folder: Path, encoder: str) -> Calibration:
    """A course's calibration, or the defaults if it has none for this encoder; raises CourseError if it is broken."""
    file = folder / "calibration.json"
    if not file.exists():
        return DEFAULTS
    try:
        found = Calibration.model_validate(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, RecursionError, ValidationError) as error:
        raise CourseError(f"{file}:1: this is not a calibration; make it anew with `tutorbot calibrate`.") from error
    known = (
        (found.ranking, FEATURES),
        (found.follow_up, FOLLOW_UP),
        (found.confidence, CONFIDENCE),
        (found.second, SECOND),
    )
    unknown = {name for held, names in known for name in held if name not in names}
    if unknown:
        raise CourseError(
            f"{file}:1: `{sorted(unknown)[0]}` is not known to this version; make it anew with `tutorbot calibrate`."
        )
    return found if found.encoder == encoder else DEFAULTS
