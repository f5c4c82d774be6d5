"""Small encoders of our own: real ones, that know a text by its words alone."""

import hashlib
from collections.abc import Sequence

import numpy as np

from tutorbot.knowledge.text import words
from tutorbot.matching.encoder import Vectors


class WordsEncoder:
    """Adds up one fixed direction a word; keeps what it was asked for in ``asked``."""

    def __init__(self, name: str = "words", known: Sequence[str] = ()) -> None:
        self.name = name
        self.asked: list[list[str]] = []
        self._known = frozenset(known)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See Encoder."""
        self.asked.append(list(texts))
        return np.stack([_direction(words(text)) for text in texts]) if texts else np.zeros((0, 64), np.float32)

    def is_word(self, word: str) -> bool:
        """See Encoder."""
        return word in self._known


class RefusingEncoder(WordsEncoder):
    """Cannot read texts with the word "poison"."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Raises ValueError."""
        found = super().encode(texts)
        if any("poison" in text for text in texts):
            raise ValueError("poison")
        return found


def _direction(found: Sequence[str]) -> np.ndarray:
    total = np.zeros(64)
    for word in found or [""]:
        seed = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=4).digest())
        total += np.random.default_rng(seed).standard_normal(64)
    return (total / np.linalg.norm(total)).astype(np.float32)
