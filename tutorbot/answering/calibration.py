"""The fitted numbers: how much each piece of evidence weighs, and how sure an answer is.

`tutorbot calibrate` fits them on a course's own sample and labelled questions and stores them in its `calibration.json`. A course
without one uses the defaults below, which were fitted so on the first course.
"""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from tutorbot.errors import CourseError
from tutorbot.matching.index import FEATURES

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
    "uncredited",
    "comparison",
    "follow_up",
    "votes",
    "head",
    "margin",
    "second",
    "named_pair",
    "figure",
)
"""What the chance of an answer being right is judged by."""


class Calibration(BaseModel):
    """Weights by name; a name that is missing weighs nothing. ``encoder`` names the one that they were fitted with."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ranking: Mapping[str, float]
    follow_up: Mapping[str, float]
    confidence: Mapping[str, float]
    intercept: float
    encoder: str = ""

    def chance(self, features: Mapping[str, float]) -> float:
        """The probability (0..1) that an answer with these features is right: a logistic regression."""
        score = self.intercept + sum(self.confidence.get(name, 0.0) * value for name, value in features.items())
        return float(1 / (1 + np.exp(-score)))


DEFAULTS = Calibration(
    ranking={
        "head": 1.05,
        "log_head": 3.11,
        "nearest": 0.2,
        "words": 2.88,
        "named": -1.24,
        "named_share": -0.23,
        "scholar": -0.5,
        "outside": -1.21,
        "outside_head": 0.63,
        "outside_nearest": 0.2,
    },
    follow_up={
        "alone": 0.4, "joined": 0.6, "opposite": 2.0, "sibling": 1.0, "related": 0.7, "whole": 0.3, "item": 1.0, "example": 0.5,
        "ordinal": 5.0, "other_opposite": 3.0, "other_sibling": 1.5, "other_self": -4.0, "who_self": 5.0, "why_self": 2.0,
        "example_example": 4.0, "example_self": 1.0, "list_whole": 1.0,
    },
    confidence={
        "mass": 0.37,
        "outside": -0.13,
        "closest": -3.5,
        "coverage": -1.87,
        "lead": -0.15,
        "named_share": -0.38,
        "own_words": 0.48,
        "bare": -0.52,
        "no_figure": -0.24,
        "uncredited": -2.49,
        "comparison": -0.05,
        "follow_up": 2.44,
        "votes": 0.62,
        "head": 3.03,
        "margin": 3.46,
        "second": -0.75,
        "named_pair": 2.0,  # set by hand: what is named and asked to be compared is hardly ever something else
    },
    intercept=1.73,
)  # fmt: skip


def read_calibration(folder: Path, encoder: str) -> Calibration:
    """A course's calibration, or the defaults if it has none for this encoder; raises CourseError if it is broken."""
    file = folder / "calibration.json"
    if not file.exists():
        return DEFAULTS
    try:
        found = Calibration.model_validate(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, RecursionError, ValidationError) as error:
        raise CourseError(f"{file}:1: this is not a calibration; make it anew with `tutorbot calibrate`.") from error
    unknown = {*found.ranking} - {*FEATURES} | {*found.follow_up} - {*FOLLOW_UP} | {*found.confidence} - {*CONFIDENCE}
    if unknown:
        raise CourseError(
            f"{file}:1: `{sorted(unknown)[0]}` is not known to this version; make it anew with `tutorbot calibrate`."
        )
    return found if found.encoder == encoder else DEFAULTS
