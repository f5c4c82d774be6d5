"""Questions of the same meaning, together."""

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage

SAME_MEANING = 0.55
"""Mean cosine from which questions mean the same, for the encoder without a course's adapter: all the pairs that it joins are right,
and it joins two in three. By `python benchmarks/likeness.py knowledge/alliances tests/courses/sourdough`.
"""


def grouped(vectors: NDArray[np.float32], threshold: float = SAME_MEANING) -> tuple[tuple[int, ...], ...]:
    """The numbers of the rows of each group, the largest group first, then the earliest; every row is in one.

    ``vectors`` (questions, dimensions) are unit rows by the encoder without an adapter, which knows a course's subject and takes all
    that is outside of it for one. Groups are those of average linkage: two are joined as long as the mean cosine
    between their questions is ``threshold`` or more.
    """
    if len(vectors) < 2:
        return tuple((at,) for at in range(len(vectors)))
    distances = 1 - np.clip(vectors @ vectors.T, -1, 1)
    condensed = distances[np.triu_indices(len(vectors), 1)].astype(float)
    labels = fcluster(linkage(condensed, "average"), 1 - threshold, criterion="distance")
    groups: dict[int, list[int]] = {}
    for at, label in enumerate(labels):
        groups.setdefault(int(label), []).append(at)
    return tuple(sorted(map(tuple, groups.values()), key=lambda group: (-len(group), group)))
