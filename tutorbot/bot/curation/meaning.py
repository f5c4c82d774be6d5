"""What the course has already, by meaning and by spelling; a whole course is encoded once and kept with the other vectors."""

import asyncio
from collections.abc import Sequence
from functools import partial

import numpy as np

from tutorbot.curation.duplicates import Duplicate, Meanings, Vectors, near_duplicates, text_of
from tutorbot.knowledge import Course
from tutorbot.knowledge.importing import Proposed, propose
from tutorbot.knowledge.models import Entry
from tutorbot.matching.vectors import encode_cached
from tutorbot.tutor import Tutor

_FEW = 24
"""Texts that are encoded as they come; more are likely a course."""


class Likeness:
    """Compares with a course, in a thread, one thing at a time; ``tutor`` has the encoder."""

    def __init__(self, tutor: Tutor) -> None:
        self._encoder = tutor.opened.encoder
        self._file = tutor.opened.cache / "vectors" / f"{tutor.course.id}-said-{self._encoder.name}.npz"
        self._meanings = Meanings(self._encode)
        self._one_at_a_time = asyncio.Lock()

    async def duplicates(self, entry: Entry, course: Course) -> Sequence[Duplicate]:
        """The entries of a course that may say the same."""
        async with self._one_at_a_time:
            return await asyncio.to_thread(near_duplicates, entry, course, self._meanings)

    async def proposed(self, name: str, held: bytes, course: Course, source: str | None) -> Proposed:
        """The proposals of a file, those marked that the course seems to have. Raises SourceError."""
        nearest = partial(self._nearest, course)
        async with self._one_at_a_time:
            return await asyncio.to_thread(propose, name, held, course, source=source, nearest=nearest)

    def _nearest(self, course: Course, texts: Sequence[str]) -> list[tuple[str, float] | None]:
        known = self._meanings.of([text_of(entry, course) for entry in course.entries])
        scores = self._encoder.encode(texts) @ known.T
        best = np.argmax(scores, axis=1)
        return [(course.entries[at].id, float(np.clip(row[at], 0, 1))) for at, row in zip(best, scores, strict=True)]

    def _encode(self, texts: Sequence[str]) -> Vectors:
        if len(texts) < _FEW:
            return self._encoder.encode(texts)
        return encode_cached(texts, self._encoder, self._file)
