"""A course's space with what one server added and hid. The course's own vectors are shared, not copied."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve

from tutorbot.matching.encoder import Vectors
from tutorbot.matching.head import RIDGE, kernel
from tutorbot.matching.space import SOFT, Floats, Likeness, Space, elect, shares_of, soft

_NEAREST, _SAMPLED = 12, 600
"""Shared faces that the added ones are told from: so many of the nearest to each, and so many taken evenly from all."""


class OverlaidSpace:
    """Entries are numbered as in the overlaid course. Fixed after it is made; safe to ask from threads."""

    def __init__(
        self, base: Space, renumbered: Sequence[int], owners: Sequence[int], vectors: Vectors, size: int
    ) -> None:
        """``renumbered`` gives each of the base's entries its number, or -1 if it is hidden; ``owners`` and ``vectors`` (added faces,
        dimensions) are of the faces that the overlay adds; ``size`` counts the entries with it.
        """
        self._base = base
        self._renumbered = np.asarray(renumbered, np.intp)
        self._numbers = np.full(size, -1, np.intp)
        self._numbers[self._renumbered[self._renumbered >= 0]] = np.flatnonzero(self._renumbered >= 0)
        self._owners, self._vectors, self._size = np.asarray(owners, np.intp), vectors, size
        self._residual = self._fitted() if len(owners) and base.head is not None else None

    def likenesses(self, vectors: Vectors) -> list[Likeness]:
        """See Space.likenesses."""
        return [self._laid_over(one, None) for one in self._base.likenesses(vectors)]

    def likeness(self, vector: Floats, entries: NDArray[np.intp]) -> Likeness:
        """See Space.likeness."""
        shared = np.sort(self._numbers[entries])
        return self._laid_over(self._base.likeness(vector, shared[shared >= 0]), entries)

    def _laid_over(self, base: Likeness, wanted: NDArray[np.intp] | None) -> Likeness:
        """The base's likeness with the added faces; of the ``wanted`` entries (in order), or of all that are near."""
        total, closest = np.zeros(self._size, np.float32), np.full(self._size, -1, np.float32)
        head = np.zeros(self._size + 1, np.float32)
        numbers = self._renumbered[base.entries]
        shown = numbers >= 0
        numbers = numbers[shown]
        total[numbers] = np.exp(SOFT * (base.nearest[shown] - 1))
        closest[numbers], head[numbers], head[-1] = base.closest[shown], base.head[shown], base.outside_head
        cosines = self._vectors @ base.vector
        np.add.at(total, self._owners, np.exp(SOFT * (cosines - 1)))
        np.maximum.at(closest, self._owners, cosines)
        if self._residual is not None:
            support, weights = self._residual
            head += kernel(support @ base.vector) @ weights
        entries = np.flatnonzero(total) if wanted is None else wanted
        nearest = soft(total[entries])
        if self._base.head is None:
            head[[*entries, -1]] = shares_of(nearest, base.outside_nearest)
        voters = np.where(base.voters < 0, base.voters, self._renumbered[base.voters])
        shown = (base.voters < 0) | (voters >= 0)
        voters, voices = elect(np.append(voters[shown], self._owners), np.append(base.voices[shown], cosines))
        return Likeness(
            base.vector,
            entries,
            nearest,
            closest[entries],
            head[entries],
            base.outside_nearest,
            float(head[-1]),
            voters,
            voices,
        )

    def _fitted(self) -> tuple[Floats, Floats]:
        """Support vectors and their weights (support, size + 1): what the course's head misses on the added faces, and on the shared
        ones about them, fitted as the head itself is. One step of boosting (Friedman 2001)."""
        base, head = self._base, self._base.head
        assert head is not None
        near = np.argpartition(-(self._vectors @ base.vectors.T), min(_NEAREST, len(base.vectors) - 1), axis=1)
        even = np.linspace(0, len(base.vectors) - 1, min(_SAMPLED, len(base.vectors))).astype(np.intp)
        shared = np.union1d(near[:, :_NEAREST].ravel(), even)
        shared = shared[[one < 0 or self._renumbered[one] >= 0 for one in base.owners[shared]]]
        support = np.concatenate([base.vectors[shared], self._vectors])
        wanted = np.zeros((len(support), self._size + 1), np.float32)
        labels = [self._size if one < 0 else int(self._renumbered[one]) for one in base.owners[shared]]
        wanted[np.arange(len(support)), [*labels, *self._owners]] = 1
        said = head.scores(support @ base.vectors.T)
        columns = np.append(self._renumbered, self._size)
        kept = columns >= 0
        wanted[:, columns[kept]] -= said[:, kept]
        gram = kernel(support @ support.T).astype(np.float32)
        gram[np.diag_indices_from(gram)] += RIDGE
        weights: Floats = solve(gram, wanted, assume_a="pos", check_finite=False)
        return support, weights
