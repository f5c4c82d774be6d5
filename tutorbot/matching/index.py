"""A course, ready to be asked: the evidence that a question is about each of its entries."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tutorbot.knowledge import Course
from tutorbot.knowledge.text import words
from tutorbot.matching.encoder import Encoder, Vectors
from tutorbot.matching.faces import OUTSIDE, Face, course_faces
from tutorbot.matching.head import MOST_FACES, KernelHead
from tutorbot.matching.lexical import LetterIndex, WordIndex, content_words, tokens_of
from tutorbot.matching.names import Named, NameIndex
from tutorbot.matching.vectors import encode_cached

FEATURES = (
    "head",
    "log_head",
    "nearest",
    "words",
    "letters",
    "named",
    "named_share",
    "scholar",
    "outside",
    "outside_head",
    "outside_nearest",
)
"""The columns of the evidence. The last three belong to the row "outside" alone, the others to entries."""

_SOFT = 20.0  # softness of "nearest": a mean of the highest cosines more than the highest alone


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for each entry, and for "the notes do not answer this".

    ``features`` is an array (entries + 1, len(FEATURES)) of float32; its last row is "outside". ``closest`` (entries) holds the
    highest cosine of an entry's faces, ``coverage`` the share of the question's content words that the course's texts know.
    """

    features: NDArray[np.float32]
    closest: NDArray[np.float32]
    coverage: float
    named: Named
    content: tuple[str, ...]


class CourseIndex:
    """Built once for a course; ``evidence`` is then safe to ask from threads."""

    def __init__(self, course: Course, faces: list[Face], vectors: Vectors, *, cache: Path | None = None) -> None:
        """``faces`` as `course_faces` gives them, ``vectors`` (faces, dimensions) theirs; ``cache`` keeps what is fitted."""
        self.course = course
        self.names = NameIndex(course)
        self._size = len(course.entries)
        inside = [face for face in faces if face.entry != OUTSIDE]
        self._inside = len(inside)
        owners = np.asarray([face.entry for face in inside])
        self._starts = np.searchsorted(owners, np.arange(self._size))
        self._vectors = vectors
        labels = [self._size if face.entry == OUTSIDE else face.entry for face in faces]
        self._head = KernelHead(vectors, labels, self._size + 1, cache=cache) if len(faces) <= MOST_FACES else None
        texts = [face.text for face in inside]
        self._own_words: list[set[str]] = [set() for _ in course.entries]
        for face in inside:
            self._own_words[face.entry].update(tokens_of(face.text))
        self._words, self._letters = WordIndex(texts), LetterIndex(texts)
        self._works = [
            frozenset(citation.work_id for citation in entry.citations if citation.work_id) for entry in course.entries
        ]

    @classmethod
    def build(
        cls, course: Course, encoder: Encoder, cache: Path, progress: Callable[[str], None] = lambda _line: None
    ) -> "CourseIndex":
        """Index a course, taking from ``cache`` the vectors that are known."""
        faces = course_faces(course)
        file = cache / "vectors" / encoder.name / f"{course.id}.npz"
        vectors = encode_cached([face.text for face in faces], encoder, file, progress)
        return cls(course, faces, vectors, cache=cache / "heads")

    def evidence(self, text: str, vector: NDArray[np.float32]) -> Evidence:
        """What speaks for which entry, given a question's (mended) text and its unit vector (dimensions,)."""
        cosines = self._vectors @ vector
        inner, outer = cosines[: self._inside], cosines[self._inside :]
        tokens = tokens_of(text)
        content = content_words(tokens)
        named = self.names.find(words(text))
        features = np.zeros((self._size + 1, len(FEATURES)), np.float32)
        rows, outside = features[:-1], features[-1]
        if self._head is not None:
            scores = self._head.scores(cosines[None, :])[0]
            rows[:, 0], rows[:, 1] = scores[:-1], np.log(np.clip(scores[:-1], 0.01, None))
            outside[9] = np.log(np.clip(scores[-1], 0.01, None))
        rows[:, 2] = np.log(self._each(np.exp(_SOFT * (inner - 1)), np.add)) / _SOFT + 1
        bm25 = self._each(self._words.scores(content), np.maximum)
        rows[:, 3] = bm25 / max(float(bm25.max(initial=0)), 1e-6)
        rows[:, 4] = self._each(self._letters.scores(text), np.maximum)
        for number, (start, end) in named.spans.items():
            rows[number, 5] = 1
            rows[number, 6] = len(content_words(tokens[start:end])) / max(1, len(content))
        if named.scholars:
            rows[:, 7] = [bool(works & named.scholars) for works in self._works]
        outside[8] = 1
        outside[10] = outer.max(initial=-1)
        return Evidence(features, self._each(inner, np.maximum), self._words.coverage(content), named, tuple(content))

    def share_known(self, entry: int, tokens: Sequence[str]) -> float:
        """The share (0..1) of these words that the faces of one entry know."""
        return sum(token in self._own_words[entry] for token in tokens) / max(1, len(tokens))

    def _each(self, faces: NDArray[np.float32], reduce: np.ufunc) -> NDArray[np.float32]:
        """One figure for each entry from one for each face."""
        found: NDArray[np.float32] = reduce.reduceat(faces, self._starts)
        return found
