"""Matching by the words themselves: BM25."""

import logging
from collections.abc import Sequence

import bm25s
import numpy as np
from numpy.typing import NDArray

from tutorbot.knowledge.text import words
from tutorbot.matching.names import stem

Scores = NDArray[np.float32]

logging.getLogger("bm25s").setLevel(logging.WARNING)  # it sets itself to DEBUG


class WordIndex:
    """BM25 (Robertson & Zaragoza 2009, as in bm25s) over the faces."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        """``texts`` as their tokens (see `tokens_of`)."""
        tokens = [list(text) or [""] for text in texts]
        self._bm25 = bm25s.BM25()
        self._bm25.index(tokens, show_progress=False)
        self._known = {token for face in tokens for token in face}

    def scores(self, tokens: Sequence[str]) -> Scores:
        """A score for each face, 0 where no word is shared."""
        known = [token for token in tokens if token in self._known]
        found: Scores = self._bm25.get_scores(known).astype(np.float32, copy=False) if known else self._zero()
        return found

    def sharing(self, tokens: Sequence[str]) -> NDArray[np.int32]:
        """The faces that have one of the words, some more than once: of many faces few."""
        known = [token for token in tokens if token in self._known]
        starts, faces = self._bm25.scores["indptr"], self._bm25.scores["indices"]
        parts = [faces[starts[at] : starts[at + 1]] for at in self._bm25.get_tokens_ids(known)]
        found: NDArray[np.int32] = np.concatenate([faces[:0], *parts])
        return found

    def coverage(self, tokens: Sequence[str]) -> float:
        """The share of the words that occur anywhere in the faces."""
        return sum(token in self._known for token in tokens) / max(1, len(tokens))

    def _zero(self) -> Scores:
        return np.zeros(self._bm25.scores["num_docs"], np.float32)


# Words that say how something is asked, not what about.
_ASKING = frozenset(
    str.split(
        """
        a an the of in on at to for from by with and or is are was were be been do does did can could would should will what whats which
        who whom whose when where why how that this these those it its there here i im me my we our you your u ur pls please tell give
        explain define definition meaning mean means def say says said about so just like as if then than not no any some get got have
        has had need want know term called name word concept theory lecture course slides cards notes exam thing hi hello hey ok thanks
        sorry us they them their one two three four five
        """
    )
)


def tokens_of(text: str) -> list[str]:
    """The words of a text without plural endings."""
    return [stem(word) for word in words(text)]


def content_words(tokens: Sequence[str]) -> list[str]:
    """The words that say what a question is about."""
    return [token for token in tokens if token not in _ASKING]
