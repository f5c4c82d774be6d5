"""The faces of a course as points: how near each entry is to a question. Shared by all servers that use the course."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import faiss
import numpy as np
from numpy.typing import NDArray

from tutorbot.matching.encoder import Vectors
from tutorbot.matching.face_bytes import FaceBytes
from tutorbot.matching.faces import OUTSIDE, Face
from tutorbot.matching.head import MOST_CLASSES, KernelHead

Floats = NDArray[np.float32]

SOFT = 20.0
"""Softness of "nearest": a mean of the highest cosines more than the highest alone."""

VOTERS = 5
"""Nearest faces that are asked whose they are; compared with 10 and 20 by the fit of the confidence, cross-validated."""

_EXACT = 20_000
"""Faces that are all compared with a question; of more than these, an index proposes the likely entries."""

_LIKELY = 12
"""Entries that the head looks at: those with the nearest faces."""

_TOGETHER = 128  # questions that are compared at once
_PROPOSED = 128
"""Faces that the index proposes: of 1,178 labelled questions one has its entry beyond these, as it has beyond 256."""

_CELL = 400  # faces in a cell of the index, on average
_PROBES = 24  # cells that are searched
_SEEN = 40  # faces for each cell that its centre is fitted on: faiss's own lower bound is 39


DROPPED = -2
"""In place of an entry's number: a face that counts no more."""


class Head(Protocol):
    """Classifies a question by its cosines to faces."""

    def scores(self, cosines: Floats, classes: NDArray[np.intp] | None = None) -> Floats:
        """Scores (questions, entries + 1), the last for "outside", from cosines (questions, faces); or those of some classes only."""
        ...


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like one question is to entries, given by number, and to what is outside the notes.

    ``nearest`` is the soft highest cosine of an entry's faces, ``closest`` the highest, ``head`` a classifier's score near 1 for
    the right entry and near 0 for others (0 for those that are not near); each an array as long as ``entries``. ``voters`` are the entries (-1: outside) of the nearest
    faces, at most VOTERS.
    """

    entries: NDArray[np.intp]
    nearest: Floats
    closest: Floats
    head: Floats
    outside_nearest: float
    outside_head: float
    voters: NDArray[np.intp]


class Space:
    """Fixed after it is made; safe to ask from threads."""

    def __init__(
        self,
        parts: Sequence[Vectors],
        owners: NDArray[np.intp],
        head: Head | None,
        index: Any = None,
        shared: FaceBytes | None = None,
    ) -> None:
        """``parts`` are the faces' vectors (faces, dimensions) one below the other; ``owners`` (all faces) the entry of each, OUTSIDE or
        DROPPED; ``head`` classifies by the cosines to all faces; ``index`` proposes faces of the first part, whose bytes are ``shared`` if they are at hand.
        """
        self.parts = tuple(parts)
        self.bytes = shared if shared is not None or index is not None else FaceBytes(self.parts[0])
        self.owners = owners
        self.size = int(owners.max(initial=-1)) + 1
        self.head = head
        self.index = index
        kept = np.flatnonzero(owners != DROPPED)
        place = np.where(owners[kept] == OUTSIDE, self.size, owners[kept])
        self._order = kept[np.argsort(place, kind="stable")]  # by entry, the outside ones last
        self._sorted = owners[self._order]
        self._in_order = np.array_equal(self._order, np.arange(len(owners)))
        self._inside = int(np.count_nonzero(self._sorted != OUTSIDE))
        self._bounds = np.searchsorted(self._sorted[: self._inside], np.arange(self.size + 1))
        self._all = np.arange(self.size)
        self._outer = self.vectors_of(self._order[self._inside :]) if index is not None else None

    @classmethod
    def of(
        cls, faces: Sequence[Face], vectors: Vectors, *, cache: Path | None = None, with_head: bool = True
    ) -> "Space":
        """``faces`` as `course_faces` gives them, ``vectors`` (faces, dimensions) theirs; ``cache`` keeps what is fitted: the index
        of many faces, or else, if it is wanted ``with_head``, the head, unless there are too many entries.
        """
        owners = np.asarray([face.entry for face in faces], np.intp)
        size, inside = int(owners.max(initial=-1)) + 1, int(np.count_nonzero(owners != OUTSIDE))
        if inside > _EXACT:
            return cls([vectors], owners, None, _index(vectors[:inside], cache))
        if not with_head or size > MOST_CLASSES:
            return cls([vectors], owners, None)
        labels = [size if one == OUTSIDE else int(one) for one in owners]
        return cls([vectors], owners, KernelHead(vectors, labels, size + 1, cache=cache))

    def vectors_of(self, faces: NDArray[np.intp]) -> Vectors:
        """The vectors of some faces, given by number."""
        first = self.parts[0]
        if len(self.parts) == 1:
            return first[faces]
        found = np.empty((len(faces), first.shape[1]), np.float32)
        own = faces < len(first)
        found[own], found[~own] = first[faces[own]], self.parts[1][faces[~own] - len(first)]
        return found

    def likenesses(self, vectors: Vectors, also: Sequence[NDArray[np.intp]] | None = None) -> list[Likeness]:
        """One for each row of ``vectors`` (questions, dimensions). Entries that are not named in it are far.

        Of a course that is too large to compare with all of it, to the entries that the index proposes and to those in ``also``.
        """
        if self.index is None:
            batches = (vectors[first : first + _TOGETHER] for first in range(0, len(vectors), _TOGETHER))
            return [one for batch in batches for one in self._exact(batch)]
        _, found = self.index.search(np.ascontiguousarray(vectors), _PROPOSED)
        added = self.owners[len(self.parts[0]) :]
        more = also or [self._all[:0]] * len(vectors)
        near = [
            np.unique(np.concatenate([self.owners[row[row >= 0]], added, one]))
            for row, one in zip(found, more, strict=True)
        ]
        return [self._likeness(vector, row[row >= 0]) for vector, row in zip(vectors, near, strict=True)]

    def _likeness(self, vector: Floats, entries: NDArray[np.intp]) -> Likeness:
        """The likeness to these entries (in order, at least one); the head's scores are then their shares of the nearness."""
        lengths = self._bounds[entries + 1] - self._bounds[entries]
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.intp)
        places = np.arange(lengths.sum()) + np.repeat(self._bounds[entries] - starts, lengths)
        cosines = self.vectors_of(self._order[places]) @ vector
        nearest = soft(np.add.reduceat(np.exp(SOFT * (cosines - 1)), starts))
        assert self._outer is not None
        outer = self._outer @ vector
        outside = float(outer.max(initial=-1))
        shares = shares_of(nearest, outside)
        owners = np.append(self._sorted[places], self._sorted[self._inside :])
        voters = elect(owners, np.append(cosines, outer))
        closest = np.maximum.reduceat(cosines, starts)
        return Likeness(entries, nearest, closest, shares[:-1], outside, float(shares[-1]), voters)

    def _exact(self, vectors: Vectors) -> list[Likeness]:
        # All questions of a batch at once: reading the faces' vectors from memory takes longer than multiplying them.
        assert self.bytes is not None
        held = self.bytes.cosines(vectors)
        if len(self.parts) > 1:
            held = np.concatenate([held, *(vectors @ part.T for part in self.parts[1:])], axis=1)
        cosines = held if self._in_order else held[:, self._order]
        inner, starts = cosines[:, : self._inside], self._bounds[:-1]
        nearest = soft(np.add.reduceat(np.exp(SOFT * (inner - 1)), starts, axis=1))
        closest = np.maximum.reduceat(inner, starts, axis=1)
        outside = cosines[:, self._inside :].max(axis=1, initial=-1)
        # so many entries have a face as near as this: the nearest faces are no farther
        least = (
            np.partition(closest, -VOTERS, axis=1)[:, -VOTERS] if self.size >= VOTERS else np.full(len(vectors), -1.0)
        )
        if self.head is not None:
            heads = self._heads(held, nearest)
        else:
            heads = np.stack([shares_of(one, float(far)) for one, far in zip(nearest, outside, strict=True)])
        return [
            Likeness(
                self._all,
                nearest[at],
                closest[at],
                heads[at, :-1],
                float(outside[at]),
                float(heads[at, -1]),
                elect(self._sorted, cosines[at], float(least[at])),
            )
            for at in range(len(vectors))
        ]

    def _heads(self, cosines: Floats, nearest: Floats) -> Floats:
        """The head's scores (questions, entries + 1) of the entries that are ``nearest`` and of "outside", 0 of the others."""
        assert self.head is not None
        if self.size <= _LIKELY:
            return self.head.scores(cosines)
        found = np.zeros((len(nearest), self.size + 1), np.float32)
        likely = np.argpartition(-nearest, _LIKELY, axis=1)[:, :_LIKELY]
        likely = np.append(likely, np.full((len(nearest), 1), self.size), axis=1)
        for row, held, some in zip(found, cosines, likely, strict=True):
            row[some] = self.head.scores(held[None], some)
        return found


def elect(owners: NDArray[np.intp], cosines: Floats, least: float = -1.0) -> NDArray[np.intp]:
    """The owners of the nearest faces, given that at least VOTERS are as near as ``least``."""
    near = np.flatnonzero(cosines >= least)
    if len(near) > VOTERS:
        near = near[np.argpartition(-cosines[near], VOTERS)[:VOTERS]]
    return owners[near]


def soft(summed: Floats) -> Floats:
    """The soft highest cosine, from the sum of exp(SOFT·(cosine − 1)) over faces."""
    return (np.log(np.maximum(summed, 1e-18)) / SOFT + 1).astype(np.float32)


def shares_of(nearest: Floats, outside: float) -> Floats:
    """What stands in for a classifier's scores where there is none: how the nearness is shared among entries and, last, "outside"."""
    odds = np.exp(SOFT * (np.append(nearest, np.float32(outside)) - 1))
    found: Floats = odds / odds.sum()
    return found


def _index(vectors: Vectors, cache: Path | None) -> Any:
    """Cells around centres, the vectors in them in bytes (Jégou, Douze & Schmid 2011, as in faiss): proposes, decides nothing."""
    digest = hashlib.blake2b(vectors.tobytes(), digest_size=16).hexdigest()
    file = cache / f"{digest}.faiss" if cache else None
    if file is not None and file.is_file():
        try:
            return faiss.read_index(str(file))
        except RuntimeError:  # cut or changed: it is only a cache
            pass
    cells = len(vectors) // _CELL
    index: Any = faiss.index_factory(vectors.shape[1], f"IVF{cells},SQ8", faiss.METRIC_INNER_PRODUCT)
    index.nprobe = _PROBES
    sample = np.random.default_rng(0).choice(len(vectors), min(len(vectors), _SEEN * cells), replace=False)
    index.train(vectors[np.sort(sample)])
    index.add(vectors)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        faiss.write_index(index, str(part))
        part.replace(file)
    return index
