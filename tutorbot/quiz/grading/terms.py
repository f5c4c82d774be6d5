"""Short keys (a term, a name, a number) are judged by rule: every word that distinguishes them, and no second guess beside them."""

import re
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from tutorbot.knowledge.text import words
from tutorbot.quiz.grading.alignment import ALIKE, LEXICAL, align, same_word
from tutorbot.quiz.grading.features import SHORT
from tutorbot.quiz.grading.reading import Reading, Word, read
from tutorbot.quiz.grading.vectors import VectorCache
from tutorbot.quiz.grading.wordings import BRACKETS, without_brackets

_NEAR = 0.5  # likeness from which a word beside the term only rewords it
_CHOICES = re.compile(r"\s+or\s+|\s*/\s*")
_PERSON = re.compile(
    r"\bwho(?:se|m)?\b|\b(?:which|what|name (?:the|an?|one))\s+(?:\w+\s+){0,2}?"
    r"(?:author|scholar|theorist|philosopher|scientist|writer|thinker|economist|researcher|inventor|president|leader|king|queen"
    r"|mathematician|physicist|chemist|biologist|historian|painter|composer|person|politician|minister)s?\b",
    re.I,
)
_PARTICLES = frozenset(["da", "de", "di", "del", "von", "van", "der", "of", "ibn", "al"])
_CORRECTION = re.compile(
    r"(?:\bno+,?\s+wait\b|\bwait,?\s+no\b|\bactually(?:,?\s+no)?\b|\bi mean(?:t)?\b|\bscratch that\b|\bsorry\b|\bor rather\b|\bcorrection\b)"
    r"[\s,:;.…-]*",
    re.I,
)
_SEPARATOR = re.compile(r"[,;/|\n+&?!]|\.{2,}|\.\s|\bor\b|\band\b|\bbut\b|\bvs\b", re.I)
_HEDGE = re.compile(r"\bor\b|/|\?.*\w|\beither\b|\bmaybe\b.*\bmaybe\b", re.I)
_VERDICTS = frozenset(["yes", "no", "true", "false"])


class Why(StrEnum):
    """What decided about a short key."""

    COMPLETE = "complete"
    NEGATED = "negated"
    HEDGED = "hedged"
    ECHOED = "echoed"
    OTHER_NUMBER = "other number"
    OTHER_NAME = "other name"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision by rule, and the words that made it."""

    correct: bool
    why: Why
    words: tuple[str, ...]


def last_thought(given: str) -> str:
    """What stands after the last self-correction ("A, no wait, B"), if that is anything."""
    parts = _CORRECTION.split(given)
    return parts[-1] if len(parts) > 1 and read(parts[-1]).words else given


def rule(question: str, expected: str, given: str, vectors: VectorCache) -> Ruling | None:
    """Judge ``given`` against a short key by rule; None where only the meaning can tell."""
    asked, whole = read(question), read(expected)
    person = bool(_PERSON.search(question))
    typed = read(last_thought(given))
    if not typed.words:
        return Ruling(False, Why.MISSING, tuple(word.text for word in whole.words))
    rulings = [_Judge(asked, whole, read(variant), typed, person, vectors).ruling() for variant in _variants(expected)]
    for ruling in rulings:
        if ruling is not None and ruling.correct:
            return ruling
    return rulings[0] if rulings else None


def _variants(expected: str) -> list[str]:
    """The key without its brackets, its alternatives, and what stands in brackets if it is words."""
    core = without_brackets(expected)
    found = [core, *(part for part in _CHOICES.split(core) if part != core)]
    found += [
        inside
        for inside in BRACKETS.findall(expected)
        if not re.fullmatch(r"[\W\d]*", inside) and len(inside.split()) <= SHORT
    ]
    return [variant for variant in dict.fromkeys(found) if read(variant).words]


@dataclass(frozen=True, slots=True)
class _Judge:
    """One wording of the key and one answer. ``whole`` is the key with its brackets: its words are never foreign."""

    asked: Reading
    whole: Reading
    key: Reading
    typed: Reading
    person: bool
    vectors: VectorCache

    def ruling(self) -> Ruling | None:
        """None where only the meaning can tell."""
        key, typed = self.key, self.typed
        if len(key.words) == 1 and key.words[0].text in _VERDICTS:
            said = words(typed.text)[0] == key.words[0].text
            return Ruling(said, Why.COMPLETE if said else Why.MISSING, (key.words[0].text,))
        alignment = align(key.words, typed.words, self.vectors)
        alike = alignment.alike
        # what only resembles the key and stands in the question is the question's
        lent = np.array([self._asked(word) for word in typed.words], bool)
        alike = np.where(lent & (alike < LEXICAL), 0.0, alike)
        best, back = alike.max(axis=1, initial=0.0), alike.max(axis=0, initial=0.0)
        required = self._required()
        least = LEXICAL if self._is_exact(required) else ALIKE
        missing = [at for at in required if best[at] < least]
        if self._is_symbol(required):
            if not self._is_written_so(single=len(required) == 1 and not missing):
                return Ruling(False, Why.MISSING, self._texts(required))
            missing = []
        if not missing:
            return self._complete(best, back, exact=self._is_exact(required))
        held = tuple(word.text for word, likeness in zip(typed.words, back, strict=True) if likeness >= LEXICAL)
        if self._is_mononym(best) and len(held) == len(typed.words):
            return Ruling(True, Why.COMPLETE, held)
        return Ruling(False, Why.MISSING, self._texts(missing)) if self._is_exact(required) else None

    def _complete(self, best: NDArray[np.float64], back: NDArray[np.float64], *, exact: bool) -> Ruling | None:
        """The key's own words are there: does anything beside them spoil it?"""
        held = [word for word, likeness in zip(self.typed.words, back, strict=True) if likeness >= ALIKE]
        names = tuple(word.text for word in held)
        foreign = [
            word
            for word, likeness in zip(self.typed.words, back, strict=True)
            if likeness < (LEXICAL if exact else _NEAR) and self._is_foreign(word)
        ]
        numbers = tuple(word.text for word in foreign if _is_number(word))
        spoilt: tuple[Why, tuple[str, ...]] | None = None
        if not self.key.negations and all(word.negated for word in held):
            spoilt = Why.NEGATED, names
        elif numbers and any(map(_is_number, self.whole.words)):
            spoilt = Why.OTHER_NUMBER, numbers
        elif self._echoes():
            spoilt = Why.ECHOED, names
        elif rival := self._second_guess(foreign):
            spoilt = Why.HEDGED, rival
        elif foreign and self.person and self._is_other_name(best):
            spoilt = Why.OTHER_NAME, tuple(word.text for word in foreign)
        elif foreign and exact and not self.person and any(likeness < LEXICAL for likeness in best):
            spoilt = Why.OTHER_NUMBER, tuple(word.text for word in foreign)  # another unit
        if spoilt:
            return Ruling(False, *spoilt)
        return Ruling(True, Why.COMPLETE, names) if self.person or not foreign else None

    def _is_foreign(self, word: Word) -> bool:
        initial = self.person and len(word.text) == 1
        return not (word.negated or initial or self._asked(word) or self._in_key(word))

    def _is_exact(self, required: list[int]) -> bool:
        """Whether nothing but the key itself will do: a person's name, a number."""
        return self.person or all(_is_number(self.key.words[at]) for at in required)

    def _is_written_so(self, *, single: bool) -> bool:
        """Whether a symbol is written as in the key, or to the greater part as its end ("log n" for "O(log n)")."""
        said, meant = "".join(words(self.typed.text)), "".join(words(self.key.text))
        return single or said == meant or (len(said) > len(meant) / 2 and meant.endswith(said))

    def _is_other_name(self, best: NDArray[np.float64]) -> bool:
        """Another first name makes another person."""
        return len(self.key.words) > 1 and bool(best[0] < LEXICAL) and len(self.typed.words) <= SHORT

    def _required(self) -> list[int]:
        """The key's words that an answer must hold: of a person the surname, the numbers, else what the question does not hold."""
        count = len(self.key.words)
        if self.person:
            both = " and " in self.key.text or "&" in self.key.text
            return list(range(count)) if both else [count - 1]
        numbers = [at for at, word in enumerate(self.key.words) if _is_number(word)]
        new = [at for at, word in enumerate(self.key.words) if not self._asked(word)]
        return numbers or new or list(range(count))

    def _is_symbol(self, required: list[int]) -> bool:
        found = [self.key.words[at].text for at in required]
        return min(map(len, found)) <= 2 and max(map(len, found)) <= 3 and not any(map(str.isdigit, found))

    def _is_mononym(self, best: NDArray[np.float64]) -> bool:
        """Whether the first name of a "Leonardo da Vinci" was given: such people are known by it."""
        return self.person and bool(_PARTICLES & set(words(self.key.text))) and bool(best[0] >= LEXICAL)

    def _echoes(self) -> bool:
        """Whether the key's words stand in the question and the answer repeats more of the question than them."""
        return len(self.typed.words) > len(self.key.words) + 2 and all(map(self._asked, self.typed.words))

    def _texts(self, places: list[int]) -> tuple[str, ...]:
        return tuple(self.key.words[at].text for at in places)

    def _asked(self, word: Word) -> bool:
        return any(same_word(word, other, self.vectors) for other in self.asked.words)

    def _in_key(self, word: Word) -> bool:
        return any(same_word(word, other, self.vectors) for other in self.whole.words)

    def _second_guess(self, foreign: list[Word]) -> tuple[str, ...]:
        """The words of another answer beside the key's: after "or", in a list, or without any joining words."""
        segments = [part for part in map(read, _SEPARATOR.split(self.typed.text)) if part.words]
        own = [self.key.words[at] for at in self._required()]
        if _HEDGE.search(self.typed.text) and len(segments) > 1:
            for part in segments:
                whole = all(any(same_word(word, one, self.vectors) for word in part.words) for one in own)
                if not whole and not all(map(self._in_key, part.words)):
                    return tuple(word.text for word in part.words)
        strange = {word.text for word in foreign}
        for part in segments:
            if all(word.text in strange for word in part.words) and part.length - len(part.words) <= 1:
                return tuple(word.text for word in part.words)
        bare = self.typed.length - len(self.typed.words) <= 1
        return tuple(word.text for word in foreign) if bare and len(foreign) > 1 else ()


def _is_number(word: Word) -> bool:
    return word.is_number or word.stem.isdigit()
