"""Whether a typed word is a misspelling of another: by the cost of its slips, never for numbers, short symbols or other known words."""

from collections.abc import Callable

from tutorbot.matching.spelling import sound
from tutorbot.quiz.grading.vocabulary import SUFFIXES

_VOWELS = frozenset("aeiouy")
_SHARED, _SHARE = 5, 0.6  # letters, and part of the longer word, that two forms of one word begin with


def slips(typed: str, meant: str) -> float:
    """The cost of the slips between two words: 0.5 for a vowel or two letters swapped, 0.25 for a letter doubled or undoubled, else 1.

    Optimal string alignment (Damerau 1964) with these weights.
    """
    rows, columns = len(typed) + 1, len(meant) + 1
    cost = [[0.0] * columns for _ in range(rows)]
    for row in range(1, rows):
        cost[row][0] = cost[row - 1][0] + _single(typed, row - 1)
    for column in range(1, columns):
        cost[0][column] = cost[0][column - 1] + _single(meant, column - 1)
    for row in range(1, rows):
        for column in range(1, columns):
            one, other = typed[row - 1], meant[column - 1]
            best = min(
                cost[row - 1][column] + _single(typed, row - 1),
                cost[row][column - 1] + _single(meant, column - 1),
                cost[row - 1][column - 1] + (0.0 if one == other else 0.5 if {one, other} <= _VOWELS else 1.0),
            )
            if row > 1 and column > 1 and one == meant[column - 2] and other == typed[row - 2]:
                best = min(best, cost[row - 2][column - 2] + 0.5)
            cost[row][column] = best
    return cost[-1][-1]


def is_misspelling(typed: str, meant: str, is_word: Callable[[str], bool]) -> bool:
    """Whether ``typed`` is unmistakably ``meant``: it sounds the same, or its slips are few for its length and it is no known word."""
    if typed == meant:
        return True
    if min(len(typed), len(meant)) < 4 or not (typed.isalpha() and meant.isalpha()):
        return False
    if abs(len(typed) - len(meant)) > 3:
        return False
    if sound(typed) == sound(meant):
        return True
    if is_word(typed):
        return False
    length = len(meant)
    allowed = 1.0 if length < 8 else 1.5 if length < 11 else 2.0
    if typed[0] != meant[0]:
        allowed -= 0.5
    return slips(typed, meant) <= allowed


_SCHOOLS = frozenset(
    ["", "ism", "ist", "ists", "istic", "ian", "ians", "ianism"]
)  # of thought: endings that part short names too


def is_form(one: str, other: str) -> bool:
    """Whether two words are forms of one ("sovereign", "sovereignty"): a long common beginning and known endings."""
    shared = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        shared += 1
    longest = max(len(one), len(other))
    if any({one[cut:], other[cut:]} <= _SCHOOLS for cut in range(4, shared + 1)):
        return True
    for cut in range(shared, max(_SHARED, int(_SHARE * longest)) - 1, -1):
        if all(not word[cut:] or word[cut:] in SUFFIXES for word in (one, other)):
            return True
    return False


def _single(word: str, at: int) -> float:
    """The cost of a letter too many."""
    if at and word[at] == word[at - 1]:
        return 0.25
    return 0.5 if word[at] in _VOWELS or word[at] == "h" else 1.0
