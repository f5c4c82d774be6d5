"""Vectors of texts and words, kept while the program runs: the same question is answered by many."""

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from tutorbot.matching.encoder import Encoder, Vectors

_KEPT = 20_000  # texts; 30 MB at 384 dimensions


class VectorCache:
    """An encoder that encodes no text twice, as long as it is among the texts used last. Safe to use from several threads."""

    def __init__(self, encoder: Encoder, kept: int = _KEPT) -> None:
        self._encoder = encoder
        self._kept = kept
        self._known: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = threading.Lock()

    def is_word(self, word: str) -> bool:
        """See Encoder."""
        return self._encoder.is_word(word)

    def of(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors (len(texts), dimensions), float32."""
        with self._lock:
            known = {text: self._known[text] for text in texts if text in self._known}
        missing = sorted(set(texts) - known.keys(), key=len)  # of like length side by side: less padding
        known.update(zip(missing, self._encoder.encode(missing), strict=True))
        with self._lock:
            for text in texts:
                self._known[text] = known[text]
                self._known.move_to_end(text)
            while len(self._known) > self._kept:
                self._known.popitem(last=False)
        return np.stack([known[text] for text in texts]) if texts else self._encoder.encode([])
