"""The probability that an answer is right, by extremely randomised trees (Geurts, Ernst, Wehenkel 2006) over its features.

The trees are fitted by `python -m tutorbot.quiz.grading.fitting` and evaluated here with numpy alone.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Forest:
    """Nodes of all trees in one row each. ``feature`` is -1 at a leaf; ``left`` and ``right`` are node numbers; ``value`` is 0..1."""

    roots: NDArray[np.int32]
    feature: NDArray[np.int8]
    threshold: NDArray[np.float16]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float16]

    def probability(self, row: NDArray[np.float64]) -> float:
        """The mean over the trees, 0..1, for one row of features (float, in the order of FEATURES)."""
        nodes = self.roots
        values = row.astype(np.float32)
        while True:
            feature = self.feature[nodes]
            inner = feature >= 0
            if not inner.any():
                return float(self.value[nodes].mean(dtype=float))
            goes_left = values[feature] <= self.threshold[nodes]
            nodes = np.where(inner, np.where(goes_left, self.left[nodes], self.right[nodes]), nodes)


@cache
def fitted() -> Forest:
    """The forest that comes with the package."""
    with files(__package__).joinpath("forest.npz").open("rb") as content, np.load(content) as held:
        return Forest(**{name: held[name] for name in Forest.__slots__})
