"""Signs that an answer says something else than the key, in much the same words."""

import numpy as np
from numpy.typing import NDArray

from tutorbot.quiz.grading.alignment import ALIKE, LEXICAL, MATCHED, Alignment
from tutorbot.quiz.grading.opposites import are_alike, are_opposites
from tutorbot.quiz.grading.reading import Reading, Word

_FAR = 0.4  # likeness below which two words mean different things


def negation(meant: tuple[Word, ...], typed: tuple[Word, ...], alignment: Alignment) -> tuple[float, list[str]]:
    """The share of the matched words that are negated on one side only."""
    matched = wrong = 0.0
    found = []
    # where a negated opposite stands ("no difference" for "the same"), the negation has done its work
    settled = {typed[column].clause for column in np.flatnonzero(alignment.settled)}
    for row, word in enumerate(meant):
        partners = [
            column
            for column in range(len(typed))
            if alignment.alike[row, column] >= MATCHED and typed[column].clause not in settled
        ]
        if not partners:
            continue
        matched += word.worth
        if all({word.negated, typed[column].negated} == {True, False} for column in partners):
            wrong += word.worth
            found.append(("not " if typed[partners[0]].negated else "") + typed[partners[0]].text)
    return (wrong / matched if matched else 0.0), found


def opposition(typed: tuple[Word, ...], alignment: Alignment, worth: NDArray[np.float64]) -> tuple[float, list[str]]:
    """The weight of the key's words whose opposite stands in the answer while they themselves do not."""
    found, contrary = 0.0, []
    back = alignment.best_given()
    for row, best in enumerate(alignment.best()):
        against = [column for column in np.flatnonzero(alignment.opposed[row]) if back[column] < LEXICAL]
        bound = [
            column
            for column in np.flatnonzero(alignment.opposed[row])
            if _beside(row, int(column), alignment)
            and not any(
                _beside(int(own), int(column), alignment)
                for own in np.flatnonzero(alignment.alike[:, column] >= LEXICAL)
            )
        ]
        against = bound or (against if best < ALIKE else [])
        if against:
            found += float(worth[row])
            contrary.append(typed[against[0]].text)
    return min(1.0, found), contrary


def _beside(row: int, column: int, alignment: Alignment) -> bool:
    """Whether the next content word after both is the same one ("loses control", "gains control")."""
    rows, columns = alignment.alike.shape
    return row + 1 < rows and column + 1 < columns and bool(alignment.alike[row + 1, column + 1] >= LEXICAL)


def substituted(alignment: Alignment, worth: NDArray[np.float64]) -> float:
    """The weight of the key's words that the answer puts another word for, in the same surroundings."""
    best, back, found = alignment.best(), alignment.best_given(), 0.0
    rows, columns = alignment.alike.shape
    for row in range(rows):
        if best[row] >= _FAR:
            continue
        places = set()
        if row and best[row - 1] >= LEXICAL:
            places |= {int(at) + 1 for at in np.flatnonzero(alignment.alike[row - 1] >= LEXICAL)}
        if row + 1 < rows and best[row + 1] >= LEXICAL:
            places |= {int(at) - 1 for at in np.flatnonzero(alignment.alike[row + 1] >= LEXICAL)}
        if any(0 <= at < columns and back[at] < _FAR for at in places):
            found += float(worth[row])
    return min(1.0, found / 2)


def _bindings(typed: tuple[Word, ...]) -> list[tuple[int, str]]:
    """Words with an opposite, each with the word that it stands by: (place, stem of the neighbour)."""
    return [
        (at, typed[at + 1].stem if at + 1 < len(typed) and typed[at + 1].clause == typed[at].clause else "")
        for at in range(len(typed))
    ]


def binding(meant: tuple[Word, ...], typed: tuple[Word, ...]) -> float:
    """1 if opposites that both texts hold have changed places ("from low to high" for "from high to low")."""
    after, before = dict(_bindings(meant)), dict(_bindings(typed))
    for one in range(len(meant)):
        for two in range(one + 1, len(meant)):
            if not are_opposites(meant[one].stem, meant[two].stem):
                continue
            first = [at for at, word in enumerate(typed) if _pole(word, meant[one])]
            second = [at for at, word in enumerate(typed) if _pole(word, meant[two])]
            if not first or not second:
                continue
            if after[one] == after[two]:  # the same neighbour: the order tells
                if max(second) < min(first):
                    return 1.0
            elif before[first[0]] == after[two] or before[second[0]] == after[one]:
                return 1.0
    return 0.0


def _pole(word: Word, other: Word) -> bool:
    return word.stem == other.stem or are_alike(word.stem, other.stem)


def reordered(alignment: Alignment) -> float:
    """The share of pairs of matched words that stand in the other order (Kendall's discordant pairs)."""
    places = [
        (row, int(alignment.alike[row].argmax()))
        for row in range(alignment.alike.shape[0])
        if alignment.alike.shape[1] and alignment.alike[row].max() >= LEXICAL
    ]
    pairs = [(one, two) for at, one in enumerate(places) for two in places[at + 1 :] if one[1] != two[1]]
    return sum(one[1] > two[1] for one, two in pairs) / len(pairs) if len(pairs) > 2 else 0.0


def other_number(meant: tuple[Word, ...], typed: tuple[Word, ...], question: Reading) -> float:
    """1 if the answer holds a number that neither the key nor the question holds, while the key has a number."""
    known = {word.text for word in (*meant, *question.words)} | {word.stem for word in (*meant, *question.words)}
    wanted = any(word.is_number or word.stem.isdigit() for word in meant)
    return float(wanted and any((w.is_number or w.stem.isdigit()) and w.stem not in known for w in typed))
