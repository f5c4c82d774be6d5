"""Does the course have it already? By spelling and by meaning."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from tutorbot.curation.form import item_text
from tutorbot.knowledge import Course, Entry
from tutorbot.knowledge.text import words

Vectors: TypeAlias = NDArray[np.float32]
Encode: TypeAlias = Callable[[Sequence[str]], Vectors]
"""Texts to unit vectors (texts, dimensions)."""

SPELT_ALIKE = 0.86
"""Likeness of two names (rapidfuzz ratio of their sorted words, 0..1): two letters in fifteen may differ."""

MEANT_ALIKE = 0.55
"""Cosine from which two entries may say the same: it finds nine in ten, and shows one other with every tenth entry. By
`python benchmarks/likeness.py knowledge/alliances tests/courses/sourdough`.
"""

_MOST = 5


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An entry that may say the same; ``score`` is 0..1: for spelling the likeness of the names, for meaning the cosine."""

    entry: str
    term: str
    score: float
    by: Literal["spelling", "meaning"]


class Meanings:
    """The vectors of entries' texts, each text encoded once. Not for several threads at once."""

    def __init__(self, encode: Encode, known: dict[str, Vectors]) -> None:
        """``known`` are the vectors of texts; what is encoded is put there, too."""
        self._encode = encode
        self._known = known

    def of(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors (texts, dimensions)."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self._encode(new), strict=True))
        return np.stack([self._known[text] for text in texts])


def near_duplicates(entry: Entry, course: Course, meanings: Meanings) -> tuple[Duplicate, ...]:
    """The entries of the course, at most five, that are spelt or meant like it, the likeliest first. Takes a while: call it in a
    thread.
    """
    others = [other for other in course.entries if other.id != entry.id]
    if not others:
        return ()
    best: dict[str, Duplicate] = {}
    for found in (*_spelt_alike(entry, others), *_meant_alike(entry, others, course, meanings)):
        if found.entry not in best or best[found.entry].score < found.score:
            best[found.entry] = found
    return tuple(sorted(best.values(), key=lambda one: (-one.score, one.term))[:_MOST])


def text_of(entry: Entry, course: Course) -> str:
    """The entry in one text: its term and what it says."""
    said = [entry.statement or "", *(item_text(item, course) for item in entry.items)]
    return f"{entry.term}: {' '.join(filter(None, said))}"


def _spelt_alike(entry: Entry, others: Sequence[Entry]) -> Iterator[Duplicate]:
    """Names that are like one of the entry's, whatever the order of their words; numbers must be the same."""
    held = [(_folded(name), other) for other in others for name in other.names]
    choices = [name for name, _other in held]
    for own in map(_folded, entry.names):
        found = process.extract(own, choices, scorer=fuzz.ratio, score_cutoff=100 * SPELT_ALIKE, limit=_MOST * 2)
        for name, score, at in found:
            if _numbers(name) == _numbers(own):
                yield Duplicate(held[at][1].id, held[at][1].term, score / 100, "spelling")


def _folded(name: str) -> str:
    return " ".join(sorted(words(name)))


def _numbers(name: str) -> Iterable[str]:
    return [word for word in name.split() if word.isdigit()]


def _meant_alike(entry: Entry, others: Sequence[Entry], course: Course, meanings: Meanings) -> Iterator[Duplicate]:
    vectors = meanings.of([text_of(one, course) for one in (entry, *others)])
    scores = vectors[1:] @ vectors[0]
    for at in np.argsort(-scores)[:_MOST]:
        if scores[at] >= MEANT_ALIKE:
            yield Duplicate(others[at].id, others[at].term, float(min(1.0, scores[at])), "meaning")
