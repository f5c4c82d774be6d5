"""Which words of one text stand for which of another."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tutorbot.quiz.grading.opposites import are_alike, are_opposites, differ_by_prefix
from tutorbot.quiz.grading.reading import Word
from tutorbot.quiz.grading.spelling import is_form, is_misspelling
from tutorbot.quiz.grading.stemming import stem
from tutorbot.quiz.grading.vectors import VectorCache

SAME, MISSPELT, FORM, ALIKE = 1.0, 0.95, 0.9, 0.8
MATCHED = 0.5  # from here on one word stands for the other
LEXICAL = FORM  # from here on two words are one word

# A cosine of two single words below the first is chance, at the sum of both they are synonyms. Read off pairs like persuade/convince
# (.67), enemy/opponent (.57), bulb/battery (.44), circuit/path (.32) with all-MiniLM-L6-v2.
_LONG = 6  # letters of a stem that may be misspelt
_CHANCE, _SPAN = 0.38, 0.4


@dataclass(frozen=True, slots=True)
class Alignment:
    """``alike``: (expected words, given words), 0..1, how far one stands for the other; ``opposed``: the same shape, bool;
    ``settled``: (given words), whether the word is a negated opposite and so says the same."""

    alike: NDArray[np.float64]
    opposed: NDArray[np.bool_]
    settled: NDArray[np.bool_]

    def best(self) -> NDArray[np.float64]:
        """For each expected word, its best match."""
        return np.asarray(self.alike.max(axis=1, initial=0.0), float)

    def best_given(self) -> NDArray[np.float64]:
        """For each given word, its best match."""
        return np.asarray(self.alike.max(axis=0, initial=0.0), float)


def same_word(one: Word, other: Word, vectors: VectorCache) -> float:
    """How surely ``one`` (typed) is ``other``, by letters alone: SAME, MISSPELT, FORM or 0."""
    if one.stem == other.stem or one.text == other.text:
        return SAME
    if one.is_number or other.is_number:
        return 0.0
    if differ_by_prefix(one.stem, other.stem) or differ_by_prefix(one.text, other.text):
        return 0.0
    if is_misspelling(one.text, other.text, vectors.is_word):
        return MISSPELT
    if is_form(one.text, other.text):
        return FORM
    # a form, and misspelt at that ("symetrical" for "symmetric")
    misspelt = min(len(one.stem), len(other.stem)) >= _LONG and not vectors.is_word(one.text)
    return FORM if misspelt and is_misspelling(one.stem, other.stem, vectors.is_word) else 0.0


def align(expected: Sequence[Word], given: Sequence[Word], vectors: VectorCache) -> Alignment:
    """Compare every word of ``given`` with every word of ``expected`` by letters, by opposites and by meaning."""
    alike = np.zeros((len(expected), len(given)))
    opposed = np.zeros(alike.shape, bool)
    if not alike.size:
        return Alignment(alike, opposed, np.zeros(len(given), bool))
    cosines = vectors.of([word.text for word in expected]) @ vectors.of([word.text for word in given]).T
    for row, meant in enumerate(expected):
        for column, typed in enumerate(given):
            opposed[row, column] = are_opposites(meant.stem, typed.stem)
            found = same_word(typed, meant, vectors)
            if not found and not (meant.is_number or typed.is_number) and not opposed[row, column]:
                if are_alike(meant.stem, typed.stem):
                    found = ALIKE
                else:
                    found = ALIKE * float(np.clip((cosines[row, column] - _CHANCE) / _SPAN, 0, 1))
            alike[row, column] = found
    _compounds(alike, expected, given, vectors)
    # an opposite under a negation ("does not rise") says the same
    turned = np.array([[{one.negated, other.negated} == {True, False} for other in given] for one in expected])
    alike = np.where(opposed & turned, ALIKE, alike)
    return Alignment(alike, opposed & ~turned, (opposed & turned).any(axis=0))


def _compounds(
    alike: NDArray[np.float64], expected: Sequence[Word], given: Sequence[Word], vectors: VectorCache
) -> None:
    """Words glued or parted: "davinci" for "da Vinci", "fire wall" for "firewall"."""
    for column in range(len(given) - 1):
        glued = given[column].text + given[column + 1].text
        for row, meant in enumerate(expected):
            if len(meant.text) > len(given[column].text) + 1 and _is(glued, meant.text, vectors):
                alike[row, column : column + 2] = MISSPELT
    for row in range(len(expected) - 1):
        glued = expected[row].text + expected[row + 1].text
        for column, typed in enumerate(given):
            if len(typed.text) > len(expected[row].text) + 1 and _is(typed.text, glued, vectors):
                alike[row : row + 2, column] = MISSPELT


def _is(typed: str, meant: str, vectors: VectorCache) -> bool:
    return stem(typed) == stem(meant) or is_misspelling(typed, meant, vectors.is_word)
