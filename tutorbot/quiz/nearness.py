"""How near in meaning two entries of a course are."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from tutorbot.knowledge import Course, Entry
from tutorbot.knowledge.text import words
from tutorbot.matching.names import stem

Nearness = Callable[[str, str], float]
"""From two entry ids to 0..1, symmetric, 1 for the same meaning."""


def vector_nearness(ids: Sequence[str], vectors: NDArray[np.float32]) -> Nearness:
    """Nearness as the cosine, at least 0, of unit vectors (len(ids), dimensions): one vector for each entry."""
    at = {one: number for number, one in enumerate(ids)}
    cosines = np.clip(vectors @ vectors.T, 0.0, 1.0)

    def nearness(one: str, other: str) -> float:
        return float(cosines[at[one], at[other]])

    return nearness


class LexicalNearness:
    """Nearness by shared words, rare words counting more: cosine of TF-IDF vectors of names, statements and items.

    What is used where no vectors are at hand. It knows no language: common words weigh little because they are common.
    """

    def __init__(self, course: Course) -> None:
        texts = {entry.id: Counter(_stems(entry)) for entry in course.entries}
        spread = Counter(word for counts in texts.values() for word in counts)
        self.rarity: Mapping[str, float] = {word: log(1 + len(texts) / held) for word, held in spread.items()}
        """The weight of each word (stem) of the course: its inverse document frequency."""
        self._vectors = {key: self._unit(counts) for key, counts in texts.items()}

    def __call__(self, one: str, other: str) -> float:
        """See Nearness."""
        left, right = self._vectors[one], self._vectors[other]
        return min(1.0, sum(weight * right.get(word, 0.0) for word, weight in left.items()))

    def _unit(self, counts: Mapping[str, int]) -> dict[str, float]:
        weights = {word: (1 + log(count)) * self.rarity[word] for word, count in counts.items()}
        length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {word: weight / length for word, weight in weights.items()}


def _stems(entry: Entry) -> Iterator[str]:
    for text in (*entry.names, entry.statement, *(item.text for item in entry.items)):
        yield from map(stem, words(text or ""))
