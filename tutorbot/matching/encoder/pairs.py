"""Whether two texts say the same, in whatever words, by the cosine of vectors that an adapter was trained for."""

from collections.abc import Mapping
from dataclasses import dataclass

SHARPNESS, BOUNDARY = 10.0, 0.75
"""The chance that one text says what another does has the logit SHARPNESS · (cosine − BOUNDARY): training makes it so."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """A text, and others with whether they say the same: what the adapter is trained on."""

    text: str
    others: Mapping[str, bool]


def same_logit(cosine: float) -> float:
    """The logit of the chance that two texts say the same, from the cosine of their vectors."""
    return SHARPNESS * (cosine - BOUNDARY)
