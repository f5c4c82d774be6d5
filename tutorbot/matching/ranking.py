"""From evidence to probabilities: which entry answers the question, if any?"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tutorbot.matching.index import FEATURES, Evidence


@dataclass(frozen=True, slots=True)
class Ranker:
    """A conditional logit (McFadden 1974): probabilities are the softmax of weighted evidence over entries and "outside"."""

    weights: NDArray[np.float32]

    def probabilities(self, evidence: Evidence) -> NDArray[np.float32]:
        """An array (the course's entries + 1) that sums to 1; the last is the probability that the notes do not answer."""
        utility = evidence.features @ self.weights
        odds = np.exp(utility - utility.max())
        odds /= odds.sum()
        found = np.zeros(evidence.size + 1, np.float32)
        found[evidence.entries], found[-1] = odds[:-1], odds[-1]
        return found

    @classmethod
    def of(cls, weights: Mapping[str, float]) -> "Ranker":
        """From named weights; a feature that is not named weighs nothing."""
        return cls(np.asarray([weights.get(name, 0.0) for name in FEATURES], np.float32))
