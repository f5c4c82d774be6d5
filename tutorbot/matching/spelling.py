"""Mending misspelt words of a question before it is encoded."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache
from math import ceil, floor

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:-[^\W\d_]+)*(?!\w)")  # no parts of "interleukin6"
_SHORTEST = 4  # letters; shorter words are too near to too many others

_CLOSE = 0.74
"""Normalised optimal string alignment similarity from which a word counts as a misspelling: one edit in four letters, two in eight."""

_OTHER_START = 0.85  # the same if the first letters differ, which is rare in misspellings
_END = 4  # letters at the end that are then the same: one edit at the start leaves them
_FAR, _SAME_SHAPE, _LONG = 0.62, 0.9, 7
"""A long word may have more edits if its letters come in the same order: Jaro-Winkler similarity."""

_REMEMBERED = 4_096  # words that neither the course nor the model knows: people use the same ones again

_SOUNDS = tuple(
    (re.compile(spelt), sound)
    for spelt, sound in (
        ("ph", "f"), ("sch", "sh"), ("ck", "k"), ("qu", "kw"), ("^kn", "n"), ("^wr", "r"), ("rh", "r"), ("gh(?=[^aeiou]|$)", ""),
        ("an(?=c[ey]|ts?$)", "en"), ("able(?=s?$)", "ible"),
        ("c(?=[eiy])", "s"), ("c", "k"), ("y", "i"), (r"(.)\1+", r"\1"), ("(?<=[^aeiou])e(?=s?$)", ""), ("ie|ei", "i"),
    )
)  # fmt: skip


class Speller:
    """Knows the course's words and, through ``is_word``, ordinary ones; puts a course word in place of a word that is neither."""

    def __init__(self, course_words: Iterable[str], is_word: Callable[[str], bool]) -> None:
        self._words = sorted({word.casefold() for word in course_words if len(word) >= _SHORTEST})
        self._known = frozenset(self._words)
        self._squeezed = {word.replace("-", "").replace(" ", ""): word for word in self._words}
        self._is_word = is_word
        self._by_sound: dict[str, str] = {}
        for word in self._squeezed:
            self._by_sound.setdefault(sound(word), word)
        self._closest = lru_cache(_REMEMBERED)(_Words(self._squeezed).closest)

    def mend(self, question: str) -> str:
        """``question`` with misspelt course words as the course spells them; everything else stays as it is."""
        return _WORD.sub(self._mended, question)

    def _mended(self, found: re.Match[str]) -> str:
        word = found[0].casefold()
        bare = word.replace("-", "")
        if len(bare) < _SHORTEST or self._stands(word):
            return found[0]
        if bare in self._squeezed:
            return self._squeezed[bare]
        close = self._by_sound.get(sound(bare)) or self._closest(bare)
        return found[0] if close is None else self._squeezed[close]

    def _stands(self, word: str) -> bool:
        parts = word.split("-")
        return word in self._known or all(part in self._known or self._is_word(part) for part in parts)


class _Words:
    """Words by how they start and end, so that a misspelt one is compared with few of them."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_start: defaultdict[tuple[str, int], list[str]] = defaultdict(list)  # first letter, length
        self._by_end: defaultdict[str, list[str]] = defaultdict(list)
        for word in words:
            self._by_start[word[0], len(word)].append(word)
            self._by_end[word[-_END:]].append(word)

    def closest(self, bare: str) -> str | None:
        """The word that ``bare`` may be a misspelling of."""
        # what differs more in length cannot be close enough
        lengths = range(ceil(_FAR * len(bare)), floor(len(bare) / _FAR) + 1)
        start = [word for length in lengths for word in self._by_start.get((bare[0], length), ())]
        same, other = (
            process.extractOne(bare, words, scorer=OSA.normalized_similarity, score_cutoff=least)
            for words, least in ((start, _FAR), (self._by_end.get(bare[-_END:], ()), _OTHER_START))
        )
        if other is not None and (same is None or other[1] > same[1]):
            return other[0]
        if same is None:
            return None
        word, likeness, _ = same
        alike = JaroWinkler.normalized_similarity(bare, word) >= _SAME_SHAPE and len(bare) >= _LONG
        return word if likeness >= _CLOSE or alike else None


def sound(word: str) -> str:
    """A rough key of how an English word sounds: doubled letters, silent e and common spellings of one sound folded."""
    for spelt, heard in _SOUNDS:
        word = spelt.sub(heard, word)
    return word
