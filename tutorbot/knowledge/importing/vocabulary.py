"""Which words there are: those of the language, and those that a document itself writes apart."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

_TOKEN = re.compile(r"[^\W\d_]+")
_HUMP = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]{3}")

# Pieces that stand for nothing by themselves, so that "multi polarity" and "membran ous" stay one word.
_PREFIXES = """anti bi bio de dis eco geo hyper inter intra macro micro mis mono multi neo non poly pre pseudo quasi re semi sub
trans ultra un uni"""
_SUFFIXES = """al ally ation ed er ers es ian ians ible ic ics ing ings ise ised isation ism isms ist istic ists ity ize ized
ization ly ment ments ness s tion tions ty"""
_PRE, _SUF = frozenset(_PREFIXES.split()), frozenset(_SUFFIXES.split())
# The only words of one or two letters that glued text is taken apart into.
_SHORTEST = "a i am an as at be by do go he if in is it me my no of on or so to up us we"
_SHORT = frozenset(_SHORTEST.split())

_COMMON = (
    5e6  # occurrences in wordsegment's trillion words, from which on a word that no dictionary lists counts as one
)
_LONGEST = 80  # letters; a longer run is no text
_MOST = 2_000  # different words of a document that are taken apart, some milliseconds each; a deck has some hundreds
_RARE_LETTERS = 4  # up to which a word within a glued one must be a common one
_RARE = 1e5  # what a word of the dictionary counts as where the web's words lack it
_OWN = 1e9  # what a word of the document itself counts as, so that it is found within glued words


def _english() -> tuple[Any, frozenset[str]]:
    """wordsegment's counts and its list of words: half a second and some 60 MB, so they are not kept."""
    from wordsegment import Segmenter  # noqa: PLC0415  # only glued documents need it

    segmenter = Segmenter()
    segmenter.load()
    segmenter.bigrams.clear()  # which words are usual next to each other on the web says little about a lecture
    counts = segmenter.unigrams
    for word in segmenter.words:
        if len(word) > 4:
            counts.setdefault(word, _RARE)
    for word in [word for word in counts if len(word) > 7 and not word.endswith("s")]:
        counts.setdefault(word + "s", counts[word] / 10)
    return segmenter, frozenset(segmenter.words)


class Vocabulary:
    """The words of a document and of its language (English; of other languages only the document's own words are known)."""

    def __init__(self, texts: Iterable[str], others: Iterable[str] = (), *, language: str = "en") -> None:
        self._tokens: Counter[str] = Counter()
        self._pairs: set[tuple[str, str]] = set()
        for text in texts:
            self._tokens.update(_TOKEN.findall(text))
            self._pairs.update(pairwise(_spaced(text)))
        self._segmenter: Any
        self._segmenter, self._words = _english() if language == "en" else (None, frozenset[str]())
        self._apart: dict[str, Sequence[str]] = {}
        self._own = frozenset(word.casefold() for text in others for word in _TOKEN.findall(text) if len(word) > 2)
        self._own |= self._trusted()
        self._apart.clear()
        if self._segmenter is not None:
            for word in self._own:
                self._segmenter.unigrams[word] = max(_OWN, self._segmenter.unigrams.get(word, 0.0))

    def knows(self, word: str) -> bool:
        """Whether ``word`` is one word, of the language or of the document."""
        lower = word.casefold()
        if len(lower) <= 2:
            return lower in _SHORT
        return lower in self._words or lower in self._own or self._count(lower) >= _COMMON

    def is_common(self, word: str) -> bool:
        """Whether ``word`` is one of the usual words of the language, or of the document."""
        return self._count(word.casefold()) >= _COMMON

    def splits(self, text: str) -> bool:
        """Whether ``text`` is one known word or several."""
        return all(self.knows(word) for word in self.apart(text))

    def writes(self, token: str) -> bool:
        """Whether ``token`` is usual as it is, with its capitals within: "GitHub"."""
        return self._tokens[token] > 1 or self._count(token.casefold()) >= _COMMON

    def doubts(self, word: str) -> bool:
        """Whether ``word`` is long, written once, and in no dictionary: it may be glued or misspelt."""
        lower = word.casefold()
        known = lower in self._words or _COMMON <= self._count(lower) < _OWN or _derived(lower, self._lists)
        return len(word) > 9 and not known and self._tokens[word] < 2

    def _lists(self, word: str) -> bool:
        return word in self._words

    def pairs(self, one: str, other: str) -> bool:
        """Whether the document writes the two words after one another, with a space."""
        return (one.casefold(), other.casefold()) in self._pairs

    def apart(self, token: str) -> Sequence[str]:
        """The words that ``token`` (letters only) is glued of; itself alone where it is one word or nothing surer is known."""
        lower = token.casefold()
        if len(lower) != len(token) or not 3 <= len(token) <= _LONGEST or self.knows(lower):
            return [token]
        if lower not in self._apart:
            self._apart[lower] = self._segmented(lower) if len(self._apart) < _MOST else [lower]
        found, at = [], 0
        for piece in self._apart[lower]:
            found.append(token[at : at + len(piece)])
            at += len(piece)
        return found

    def _segmented(self, lower: str) -> Sequence[str]:
        if self._segmenter is None:
            return [lower]
        pieces = _whole(self._segmenter.segment(lower))
        sure = all(self._usual(piece) or _derived(piece, self.knows) for piece in pieces)
        return pieces if sure and "".join(pieces) == lower else [lower]

    def _usual(self, piece: str) -> bool:
        """Whether a piece is a word, and no rare short one: dictionaries hold enough of those to take any name apart."""
        if len(piece) > _RARE_LETTERS or len(piece) <= 2:
            return self.knows(piece)
        return self.is_common(piece) or self._tokens[piece] + self._tokens[piece.capitalize()] > 1

    def _count(self, word: str) -> float:
        return float(self._segmenter.unigrams.get(word, 0.0)) if self._segmenter is not None else 0.0

    def _trusted(self) -> frozenset[str]:
        """The document's own words: tokens that the language's words do not make up, names above all."""
        forms = {token: count for token, count in self._tokens.items() if len(token) > 2 and not _HUMP.search(token)}
        sure = {token.casefold() for token, count in forms.items() if count > 2 or token.casefold() in self._words}
        self._own |= sure
        return frozenset(sure | {token.casefold() for token in forms if len(self.apart(token)) == 1})


def _spaced(text: str) -> list[str]:
    """The words of a text that stand between spaces; "" where a sign parts two words."""
    return [part.casefold() if part.isalpha() else "" for part in text.split()]


def _whole(pieces: Sequence[str]) -> list[str]:
    """Prefixes and suffixes put back to the words that they belong to."""
    whole: list[str] = []
    prefix = ""
    for piece in pieces:
        if piece in _PRE:
            prefix += piece
        elif piece in _SUF and whole and not prefix:
            whole[-1] += piece
        else:
            whole.append(prefix + piece)
            prefix = ""
    return [*whole, prefix] if prefix else whole


def _derived(word: str, knows: Any) -> bool:
    """Whether a word is a known one with a prefix or suffix: "multipolarity", "membranous"."""
    return any(word.startswith(one) and len(word) - len(one) > 3 and knows(word[len(one) :]) for one in _PRE) or any(
        word.endswith(one) and len(word) - len(one) > 3 and (knows(word[: -len(one)])) for one in _SUF
    )
