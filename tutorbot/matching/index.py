"""A course, ready to be asked: the evidence that a question is about each of its entries."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tutorbot.knowledge import Course
from tutorbot.knowledge.text import words
from tutorbot.matching.encoder import Encoder, Vectors
from tutorbot.matching.faces import OUTSIDE, Face, course_faces
from tutorbot.matching.lexical import WordIndex, content_words, tokens_of
from tutorbot.matching.names import Named, NameIndex
from tutorbot.matching.overlaid import overlaid, overruled
from tutorbot.matching.second_look import SecondLook
from tutorbot.matching.space import DROPPED, SOFT, Likeness, Space
from tutorbot.matching.vectors import encode_cached

FEATURES = (
    "head",
    "log_head",
    "nearest",
    "words",
    "named",
    "named_share",
    "scholar",
    "outside",
    "outside_head",
    "outside_nearest",
)
"""The columns of the evidence. The last three belong to the row "outside" alone, the others to entries.

``nearest`` and ``outside_nearest`` are cosines times SOFT: logarithms of odds, as ``log_head`` is."""

_MOST_WEIGHED = 2_000
"""Entries that are all weighed; of a course with more, those that their vectors or words propose."""

_BY_WORDS = 64  # entries that their words propose


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for each of ``entries`` (numbers, in order), and for "the notes do not answer this".

    ``features`` is an array (len(entries) + 1, len(FEATURES)) of float32; its last row is "outside". ``closest`` (entries) holds the
    highest cosine of an entry's faces, ``coverage`` the share of the question's content words that the course's texts know, ``size``
    how many entries the course has; ``voters`` are the entries (-1: outside) of the nearest faces.
    """

    size: int
    entries: NDArray[np.intp]
    features: NDArray[np.float32]
    closest: NDArray[np.float32]
    coverage: float
    named: Named
    content: tuple[str, ...]
    voters: tuple[int, ...]

    def row(self, number: int) -> int | None:
        """The row of an entry, if it is among those that are weighed."""
        at = int(np.searchsorted(self.entries, number))
        return at if at < len(self.entries) and self.entries[at] == number else None


@dataclass(frozen=True, slots=True)
class _Read:
    """A text's tokens, the words of it that say what it is about, what it names, and BM25 (entries) of each entry's best face."""

    tokens: list[str]
    content: list[str]
    named: Named
    bm25: NDArray[np.float32]

    @property
    def proposed(self) -> NDArray[np.intp]:
        """Entries that have the words or are named."""
        sharing = np.flatnonzero(self.bm25 > 0)
        if len(sharing) > _BY_WORDS:
            sharing = sharing[np.argpartition(-self.bm25[sharing], _BY_WORDS)[:_BY_WORDS]]
        return np.append(sharing, list(self.named.spans)).astype(np.intp)


class CourseIndex:
    """Built once for a course, or for a course with a server's overlay; ``evidence`` is then safe to ask from threads."""

    def __init__(
        self,
        course: Course,
        faces: Sequence[Face],
        space: Space,
        *,
        second: SecondLook | None = None,
        known: Mapping[str, list[str]] | None = None,
    ) -> None:
        """``faces`` as `course_faces` gives them, ``space`` what knows how near they are, ``second`` how near they are without the
        course's adapter, if it has one; ``known`` has tokens of texts, if there are any at hand.
        """
        self.course = course
        self.space = space
        self.second = second
        self.names = NameIndex(course)
        self._size = len(course.entries)
        inside = [face for face in faces if face.entry != OUTSIDE]
        self._owners = np.asarray([face.entry for face in inside], np.intp)
        self._starts = np.searchsorted(self._owners, np.arange(self._size))
        self._own_words: list[set[str]] = [set() for _ in course.entries]
        self._tokens = {face.text: (known or {}).get(face.text) or tokens_of(face.text) for face in inside}
        for face in inside:
            self._own_words[face.entry].update(self._tokens[face.text])
        self._words = WordIndex([self._tokens[face.text] for face in inside])
        self._credited: dict[str, list[int]] = {}
        for number, entry in enumerate(course.entries):
            for work in {citation.work_id for citation in entry.citations if citation.work_id}:
                self._credited.setdefault(work, []).append(number)

    @classmethod
    def build(
        cls,
        course: Course,
        encoder: Encoder,
        cache: Path,
        progress: Callable[[str], None] = lambda _line: None,
        *,
        plain: Encoder | None = None,
    ) -> "CourseIndex":
        """Index a course, taking from ``cache`` the vectors that are known. ``plain`` is the encoder for a second look, if there is to be one."""
        faces = course_faces(course)
        vectors = face_vectors(course.id, faces, encoder, cache, progress)
        space = Space.of(faces, vectors, cache=cache / "fitted")
        if plain is None:
            return cls(course, faces, space)
        vectors = face_vectors(course.id, faces, plain, cache, progress)
        second = SecondLook(plain, Space.of(faces, vectors, cache=cache / "fitted", with_head=False))
        return cls(course, faces, space, second=second)

    def overlaid(self, course: Course, name: str, encoder: Encoder, cache: Path) -> "CourseIndex":
        """The index of ``course``, which is this one's course with a server's overlay; only what the overlay adds is encoded.

        ``name`` is the server's: what was encoded for it is kept under that name in ``cache``.
        """
        number = {entry.id: at for at, entry in enumerate(course.entries)}
        faces = course_faces(course)
        old = [(self.course.entries[face.entry].id, face.text) for face in course_faces(self.course) if face.entry >= 0]
        now = {(course.entries[face.entry].id, face.text) for face in faces if face.entry >= 0}
        # An entry that lost a text leaves the course's faces and comes back with the server's; most of its vectors are known.
        kept = {entry.id for entry in self.course.entries} - {one for one, text in old if (one, text) not in now}
        there = {key for key in old if key[0] in kept}
        row = {text: at for at, (_, text) in enumerate(old)}
        added = [face for face in faces if face.entry >= 0 and (course.entries[face.entry].id, face.text) not in there]
        new = [face for face in added if face.text not in row]

        def vectors_of_added(space: Space, encoder: Encoder) -> Vectors:
            shared = space.parts[0]
            encoded = iter(face_vectors(f"{course.id}-{name}", new, encoder, cache))
            held = [shared[row[face.text]] if face.text in row else next(encoded) for face in added]
            return np.stack(held) if held else np.empty((0, shared.shape[1]), np.float32)

        renumbered = [number[entry.id] if entry.id in kept else DROPPED for entry in self.course.entries]
        owners = [face.entry for face in added]
        vectors = vectors_of_added(self.space, encoder)
        without = overruled(self.space, vectors)
        space = overlaid(self.space, renumbered, owners, vectors, without)
        second = self.second
        if second is not None:
            vectors = vectors_of_added(second.space, second.encoder)
            second = second.overlaid(renumbered, owners, vectors, without)
        return CourseIndex(course, faces, space, second=second, known=self._tokens)

    def at_first_sight(self) -> "CourseIndex":
        """The same without the second look: to measure what that gives."""
        index = copy(self)
        index.second = None
        return index

    def evidence(self, texts: Sequence[str], vectors: Vectors) -> list[Evidence]:
        """For each of some (mended) texts what speaks for which entry; ``vectors`` (texts, dimensions) are theirs."""
        read = [self._read(text) for text in texts]
        proposed = [one.proposed for one in read] if self._size > _MOST_WEIGHED else None
        likenesses = self.space.likenesses(vectors, proposed)
        return [self._evidence(one, likeness) for one, likeness in zip(read, likenesses, strict=True)]

    def _read(self, text: str) -> "_Read":
        tokens = tokens_of(text)
        content, named = content_words(tokens), self.names.find(words(text))
        return _Read(tokens, content, named, self._by_words(content))

    def _evidence(self, read: "_Read", likeness: Likeness) -> Evidence:
        rows, content, named = likeness.entries, read.content, read.named
        features = np.zeros((len(rows) + 1, len(FEATURES)), np.float32)
        entries, outside = features[:-1], features[-1]
        entries[:, 0], entries[:, 1] = likeness.head, np.log(np.clip(likeness.head, 0.01, None))
        entries[:, 2] = SOFT * likeness.nearest
        entries[:, 3] = read.bm25[rows] / max(float(read.bm25.max(initial=0)), 1e-6)
        for number, (start, end) in named.spans.items():
            at = np.searchsorted(rows, number)
            entries[at, 4] = 1
            entries[at, 5] = len(content_words(read.tokens[start:end])) / max(1, len(content))
        if credited := self.credited(work for works in named.scholars for work in works):
            entries[:, 6] = np.isin(rows, list(credited))
        outside[7] = 1
        outside[8] = np.log(np.clip(likeness.outside_head, 0.01, None))
        outside[9] = SOFT * likeness.outside_nearest
        coverage = self._words.coverage(content)
        voters = tuple(map(int, likeness.voters))
        return Evidence(self._size, rows, features, likeness.closest, coverage, named, tuple(content), voters)

    def _by_words(self, content: Sequence[str]) -> NDArray[np.float32]:
        """BM25 (entries) of each entry's best face."""
        scores = self._words.scores(content)
        if self._size <= _MOST_WEIGHED:
            best: NDArray[np.float32] = np.maximum.reduceat(scores, self._starts)
            return best
        sharing = self._words.sharing(content)
        best = np.zeros(self._size, np.float32)
        np.maximum.at(best, self._owners[sharing], scores[sharing])
        return best

    def credited(self, works: Iterable[str]) -> set[int]:
        """The entries that credit one of these works."""
        return {number for work in works for number in self._credited.get(work, ())}

    def share_known(self, entry: int, tokens: Sequence[str]) -> float:
        """The share (0..1) of these words that the faces of one entry know."""
        return sum(token in self._own_words[entry] for token in tokens) / max(1, len(tokens))


def face_vectors(
    name: str,
    faces: Sequence[Face],
    encoder: Encoder,
    cache: Path,
    progress: Callable[[str], None] = lambda _line: None,
) -> Vectors:
    """The vectors (faces, dimensions) of a course's faces, kept in ``cache`` under ``name``."""
    file = cache / "vectors" / encoder.name / f"{name}.npz"
    return encode_cached([face.text for face in faces], encoder, file, progress)
