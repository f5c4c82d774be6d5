"""What a course has already, by meaning and by spelling; a whole course is encoded once and kept with the other vectors."""

import asyncio
from collections.abc import Sequence
from functools import partial
from weakref import WeakKeyDictionary

import numpy as np

from tutorbot.curation.duplicates import Duplicate, Meanings, Vectors, near_duplicates, text_of
from tutorbot.knowledge.importing import Proposed, propose
from tutorbot.knowledge.models import Entry
from tutorbot.matching.encoder import Encoder
from tutorbot.matching.vectors import encode_cached
from tutorbot.tutor import Tutor

_FEW = 24
"""Texts that are encoded as they come; more are likely a course."""


class Likeness:
    """Compares with courses, in a thread, one thing at a time."""

    def __init__(self) -> None:
        self._known: WeakKeyDictionary[Encoder, dict[str, Vectors]] = WeakKeyDictionary()
        self._one_at_a_time = asyncio.Lock()

    async def duplicates(self, entry: Entry, tutor: Tutor) -> Sequence[Duplicate]:
        """The entries of the tutor's course that may say the same."""
        async with self._one_at_a_time:
            return await asyncio.to_thread(near_duplicates, entry, tutor.course, self._meanings(tutor))

    async def proposed(self, name: str, held: bytes, tutor: Tutor, source: str | None) -> Proposed:
        """The proposals of a file, those marked that the tutor's course seems to have. Raises SourceError."""
        nearest = partial(_nearest, tutor, self._meanings(tutor))
        async with self._one_at_a_time:
            return await asyncio.to_thread(propose, name, held, tutor.course, source=source, nearest=nearest)

    def _meanings(self, tutor: Tutor) -> Meanings:
        return Meanings(partial(_encode, tutor), self._known.setdefault(tutor.opened.encoder, {}))


def _nearest(tutor: Tutor, meanings: Meanings, texts: Sequence[str]) -> list[tuple[str, float] | None]:
    entries = tutor.course.entries
    known = meanings.of([text_of(entry, tutor.course) for entry in entries])
    scores = tutor.opened.encoder.encode(texts) @ known.T
    best = np.argmax(scores, axis=1)
    return [(entries[at].id, float(np.clip(row[at], 0, 1))) for at, row in zip(best, scores, strict=True)]


def _encode(tutor: Tutor, texts: Sequence[str]) -> Vectors:
    encoder = tutor.opened.encoder
    if len(texts) < _FEW:
        return encoder.encode(texts)
    file = tutor.opened.cache / "vectors" / f"{tutor.course.id}-said-{encoder.name}.npz"
    return encode_cached(texts, encoder, file)
