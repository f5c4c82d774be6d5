"""The faces of a course as points: how near each entry is to a question. Shared by all servers that use the course."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from tutorbot.matching.encoder import Vectors
from tutorbot.matching.faces import OUTSIDE, Face
from tutorbot.matching.head import MOST_FACES, KernelHead

Floats = NDArray[np.float32]

SOFT = 20.0
"""Softness of "nearest": a mean of the highest cosines more than the highest alone."""

VOTERS = 5
"""Nearest faces that are asked whose they are; compared with 10 and 20 by the fit of the confidence, cross-validated."""

_EXACT = 20_000
"""Faces that are all compared with a question; of more than these, an index proposes the likely entries."""

_PROPOSED = 256  # faces that the index proposes
_CELL = 400  # faces in a cell of the index, on average
_PROBES = 24  # cells that are searched
_SEEN = 40  # faces for each cell that its centre is fitted on: faiss's own lower bound is 39


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like one question's vector is to entries, given by number, and to what is outside the notes.

    ``nearest`` is the soft highest cosine of an entry's faces, ``closest`` the highest, ``head`` a classifier's score near 1 for
    the right entry and near 0 for others; each an array as long as ``entries``. ``voters`` are the entries (-1: outside) of the nearest
    faces, at most VOTERS, and ``voices`` their cosines.
    """

    vector: Floats
    entries: NDArray[np.intp]
    nearest: Floats
    closest: Floats
    head: Floats
    outside_nearest: float
    outside_head: float
    voters: NDArray[np.intp]
    voices: Floats


class Space:
    """Fixed after it is made; safe to ask from threads."""

    def __init__(self, faces: Sequence[Face], vectors: Vectors, *, cache: Path | None = None) -> None:
        """``faces`` as `course_faces` gives them, ``vectors`` (faces, dimensions) theirs; ``cache`` keeps what is fitted."""
        owners = np.asarray([face.entry for face in faces], np.intp)
        self.size = int(owners.max(initial=-1)) + 1
        self._inside = int(np.count_nonzero(owners != OUTSIDE))
        self.owners = owners
        self.vectors = vectors
        self._bounds = np.searchsorted(owners[: self._inside], np.arange(self.size + 1))
        self._all = np.arange(self.size)
        self.head = (
            KernelHead(
                vectors, [self.size if one == OUTSIDE else int(one) for one in owners], self.size + 1, cache=cache
            )
            if len(faces) <= MOST_FACES
            else None
        )
        self._index = _index(vectors[: self._inside], cache) if self._inside > _EXACT else None

    def likenesses(self, vectors: Vectors) -> list[Likeness]:
        """One for each row of ``vectors`` (questions, dimensions). Entries that are not named in it are far."""
        if self._index is None:
            return [self._exact(vector) for vector in vectors]
        _, found = self._index.search(np.ascontiguousarray(vectors), _PROPOSED)
        return [
            self.likeness(vector, np.unique(self.owners[row[row >= 0]]))
            for vector, row in zip(vectors, found, strict=True)
        ]

    def likeness(self, vector: Floats, entries: NDArray[np.intp]) -> Likeness:
        """The likeness to these entries (in order) alone; the head's scores are then their shares of the nearness."""
        lengths = self._bounds[entries + 1] - self._bounds[entries]
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.intp)
        faces = np.arange(lengths.sum()) + np.repeat(self._bounds[entries] - starts, lengths)
        cosines = self.vectors[faces] @ vector
        nearest = soft(np.add.reduceat(np.exp(SOFT * (cosines - 1)), starts))
        outer = self.vectors[self._inside :] @ vector
        outside = float(outer.max(initial=-1))
        shares = shares_of(nearest, outside)
        voters, voices = elect(np.append(self.owners[faces], self.owners[self._inside :]), np.append(cosines, outer))
        closest = np.maximum.reduceat(cosines, starts)
        return Likeness(vector, entries, nearest, closest, shares[:-1], outside, float(shares[-1]), voters, voices)

    def _exact(self, vector: Floats) -> Likeness:
        cosines = self.vectors @ vector  # question by question: a product of matrices this thin is slower
        inner, starts = cosines[: self._inside], self._bounds[:-1]
        nearest = soft(np.add.reduceat(np.exp(SOFT * (inner - 1)), starts))
        closest = np.maximum.reduceat(inner, starts)
        outside = float(cosines[self._inside :].max(initial=-1))
        head = self.head.scores(cosines) if self.head is not None else shares_of(nearest, outside)
        voters, voices = elect(self.owners, cosines)
        return Likeness(vector, self._all, nearest, closest, head[:-1], outside, float(head[-1]), voters, voices)


def elect(owners: NDArray[np.intp], cosines: Floats) -> tuple[NDArray[np.intp], Floats]:
    """The owners and the cosines of the nearest faces."""
    best = np.argpartition(-cosines, VOTERS)[:VOTERS] if len(cosines) > VOTERS else np.arange(len(cosines))
    return owners[best], cosines[best]


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
