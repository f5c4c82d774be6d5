"""A course's space with what one server added and hid. The course's own vectors are shared, not copied."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tutorbot.matching.encoder import Vectors
from tutorbot.matching.faces import OUTSIDE
from tutorbot.matching.head import RIDGE, kernel
from tutorbot.matching.space import DROPPED, Floats, Head, Space

_NEAREST, _SAMPLED = 12, 600
"""Shared faces that the added ones are told from: so many of the nearest to each, and so many taken evenly from all."""

_OVERRULED = 0.6
"""Cosine to an added face from which a question that the notes were not to answer is dropped: what a moderator writes for a server
overrules what is outside the notes elsewhere. Unrelated questions are below 0.5 with the adapted encoder."""


def overruled(base: Space, vectors: Vectors) -> NDArray[np.intp]:
    """The outside faces of a course, by number, that added faces with these ``vectors`` (added faces, dimensions) overrule."""
    outside = np.flatnonzero(base.owners == OUTSIDE)
    if not len(vectors) or not len(outside):
        return outside[:0]
    found: NDArray[np.intp] = outside[(base.parts[0][outside] @ vectors.T).max(axis=1) >= _OVERRULED]
    return found


def overlaid(
    base: Space,
    renumbered: Sequence[int],
    owners: Sequence[int],
    vectors: Vectors,
    without: NDArray[np.intp],
) -> Space:
    """``renumbered`` gives each of the base's entries its number in the overlaid course, or DROPPED if it is hidden or replaced;
    ``owners`` and ``vectors`` (added faces, dimensions) are of the faces that the overlay adds, ``without`` the numbers of the base's faces that
    it overrules.
    """
    shared = base.parts[0]
    numbers = np.append(np.asarray(renumbered, np.intp), OUTSIDE)
    kept = numbers[base.owners]  # OUTSIDE is -1: the last
    kept[without] = DROPPED
    everyone = np.append(kept, np.asarray(owners, np.intp))
    size = int(everyone.max(initial=-1)) + 1
    parts = [shared, vectors] if len(owners) else [shared]
    head = _OverlaidHead.fitted(base.head, shared, vectors, everyone, numbers, size) if base.head is not None else None
    return Space(parts, everyone, head, base.index, base.bytes)


class _OverlaidHead:
    """A course's head with a correction: what it misses on the added faces, and on the shared ones about them, fitted as the head
    itself is. One step of boosting (Friedman 2001)."""

    def __init__(
        self, base: Head, shared: int, columns: NDArray[np.intp], support: NDArray[np.intp], weights: Floats
    ) -> None:
        """``shared`` counts the base's faces, ``columns`` gives each of its classes the new one, or DROPPED; ``weights`` is (support,
        classes)."""
        self._base, self._shared = base, shared
        self._support, self._weights = support, weights
        shown = np.flatnonzero(columns != DROPPED)
        self._shared_class = np.full(weights.shape[1], DROPPED)  # of each class, its number in the base
        self._shared_class[columns[shown]] = shown

    @classmethod
    def fitted(
        cls, base: Head, shared: Vectors, added: Vectors, owners: NDArray[np.intp], numbers: NDArray[np.intp], size: int
    ) -> "_OverlaidHead":
        """``owners`` (all faces) are their new entries, ``numbers`` the new number of each of the base's, OUTSIDE last."""
        columns = np.where(numbers == OUTSIDE, size, numbers)
        even = np.linspace(0, len(shared) - 1, min(_SAMPLED, len(shared))).astype(np.intp)
        near = np.argsort(-(added @ shared.T), axis=1)[:, :_NEAREST].ravel() if len(added) else even[:0]
        own = np.arange(len(shared), len(shared) + len(added))
        support = np.append(np.union1d(near, even), own)
        support = support[owners[support] != DROPPED]
        vectors = np.concatenate([shared, added])[support] if len(added) else shared[support]
        wanted = np.zeros((len(support), size + 1), np.float32)
        wanted[np.arange(len(support)), np.where(owners[support] == OUTSIDE, size, owners[support])] = 1
        kept = columns != DROPPED
        wanted[:, columns[kept]] -= base.scores(vectors @ shared.T)[:, kept]
        gram = kernel(vectors @ vectors.T).astype(np.float32)
        gram[np.diag_indices_from(gram)] += RIDGE
        # not scipy's solver, which is quicker but lets no other thread run
        return cls(base, len(shared), columns, support, np.linalg.solve(gram, wanted))

    def scores(self, cosines: Floats, classes: NDArray[np.intp] | None = None) -> Floats:
        """See Head."""
        wanted = slice(None) if classes is None else classes
        found: Floats = kernel(cosines[:, self._support]) @ self._weights[:, wanted]
        shared = self._shared_class[wanted]
        own = np.flatnonzero(shared != DROPPED)
        base = self._base.scores(cosines[:, : self._shared], None if classes is None else shared[own])
        found[:, own] += base[:, shared[own]] if classes is None else base
        return found
