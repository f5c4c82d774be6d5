"""A classifier over a course's faces: which entry does a question's vector belong to?

Kernel ridge regression on one-hot targets with the kernel exp(SHARPNESS·(cosine − 1)): closed form, no training loop, and it
weighs each face by how well it tells its entry from the others. Rasmussen & Williams, Gaussian Processes for Machine Learning (2006),
chapter 6.5, "least-squares classification".
"""

import hashlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve

from tutorbot.matching.elsewhere import elsewhere
from tutorbot.matching.encoder import Vectors
from tutorbot.matching.vectors import cached_array

SHARPNESS, RIDGE = 2.0, 0.2
"""Best of a grid over SHARPNESS 1, 2, 3, 5, 8 and RIDGE 0.1 to 1 by leaving out one writer of sample questions after the other."""

MOST_FACES = 20_000
"""Fitting takes the cube of their number in time and the square in memory: 25 s and 1.6 GB for this many, once. Of more faces it is done on
so many, of each entry its share."""

_FEW_FACES = 1_000
"""So many are fitted in the time that it takes to start a process for it, or less: 20 ms."""

MOST_CLASSES = 1_000
"""Entries with which a course does without: each has a weight for every face."""


class KernelHead:
    """Fitted on the faces of a course; classes are numbered 0…classes-1."""

    def __init__(self, vectors: Vectors, labels: Sequence[int], classes: int, *, cache: Path | None = None) -> None:
        """``vectors`` (faces, dimensions) of unit length, ``labels`` the class of each; ``cache`` is a folder for what was fitted."""
        given = hashlib.blake2b(digest_size=16)
        for part in (vectors.tobytes(), np.asarray([*labels, classes]).tobytes(), f"{SHARPNESS} {RIDGE}".encode()):
            given.update(part)
        fit = partial(_fitted, vectors, labels, classes)
        self.weights = cached_array(cache / f"{given.hexdigest()}.npy", fit) if cache else fit()
        """(classes, faces): those of one class side by side, so that it can be scored by itself."""

    def scores(self, cosines: NDArray[np.float32], classes: NDArray[np.intp] | None = None) -> NDArray[np.float32]:
        """Scores (…, classes), near 1 for the class and near 0 for the others, from cosines (…, faces): of all classes, or of some."""
        held = kernel(cosines)
        if classes is None:
            return held @ self.weights.T
        # one after the other: to gather their weights first would take longer than to multiply
        return np.stack([held @ self.weights[one] for one in classes], axis=-1)


def kernel(cosines: NDArray[np.float32]) -> NDArray[np.float32]:
    """The kernel of vectors with these cosines: 1 for equal ones."""
    found: NDArray[np.float32] = np.exp(SHARPNESS * (cosines - 1))
    return found


def _fitted(vectors: Vectors, labels: Sequence[int], classes: int) -> NDArray[np.float32]:
    if len(labels) <= _FEW_FACES:
        return _solved(vectors, labels, classes)
    # the solver lets no other thread run, for a large course 15 s long
    return elsewhere(_solved, vectors, labels, classes)


def _solved(vectors: Vectors, labels: Sequence[int], classes: int) -> NDArray[np.float32]:
    by_class = np.argsort(np.asarray(labels), kind="stable")
    some = np.sort(by_class[np.linspace(0, len(labels) - 1, min(len(labels), MOST_FACES)).round().astype(np.intp)])
    gram = kernel(vectors[some] @ vectors[some].T).astype(np.float32)
    gram[np.diag_indices_from(gram)] += RIDGE
    targets = np.eye(classes, dtype=np.float32)[np.asarray(labels)[some]]
    found = np.zeros((classes, len(vectors)), np.float32)
    found[:, some] = solve(gram, targets, assume_a="pos", overwrite_a=True, check_finite=False).T
    return found
