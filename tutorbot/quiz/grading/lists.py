"""Which items of a list a text names: by the words that tell an item from the others, else by meaning."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from tutorbot.knowledge.text import words
from tutorbot.quiz.grading.alignment import ALIKE, LEXICAL, align, same_word
from tutorbot.quiz.grading.judging import Judge
from tutorbot.quiz.grading.reading import Reading, Word, read
from tutorbot.quiz.grading.spelling import is_form
from tutorbot.quiz.grading.vectors import VectorCache
from tutorbot.quiz.grading.wordings import BRACKETS, without_brackets

_PIECES = re.compile(
    r"[,;/|+&•–—\n]|(?:^|\s)-\s|(?:^|\s)\(?\d{1,2}[.)]\s?|\.\s|\band\b|\bas well as\b|\bplus\b|\balso\b|\bthen\b", re.I
)
_PARTS = re.compile(r"[,;\n]")
_SHARE, _BARE_SHARE = (
    0.6,
    0.5,
)  # of an item's own words; the lesser where no other word takes the place of the missing ones
_FAR = 0.4
_FEW = 2  # content words of a piece that is a term rather than an explanation
_PREPOSITION = re.compile(r"\b(?:of|among|in|to|for|by|with|from|on|between|at|against|over)\b", re.I)
MEANT = 0.5
"""Score from which a piece that names no item by its words is taken to mean one. With MARGIN: the best on the train part of
tests/quiz/data/lists.jsonl; .45 to .55 are nearly alike."""

MARGIN = 0.07
"""By how much it must fit that item better than the next."""


@dataclass(frozen=True, slots=True)
class Credit:
    """``credited`` are numbers of items from 0, in order; ``reason`` a sentence for people."""

    credited: tuple[int, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class _Item:
    """An item as it is looked for: all its words, the stems of its head ("variation" of "variation among individuals"; none if it has
    no such part), the stems of the other items, and each wording's words that neither they nor the question hold."""

    words: tuple[Word, ...]
    head: frozenset[str]
    others: frozenset[str]
    wordings: tuple[tuple[Word, ...], ...]


def credit(question: str, items: Sequence[str], given: str, judge: Judge) -> Credit:
    """The items that ``given`` names. A negated item is not credited, what several items share credits none."""
    asked, vectors = read(question), judge.vectors
    wanted = _items(asked, items, vectors)
    found: set[int] = set()
    open_pieces = []
    for part in _pieces(given, _PARTS):  # "culture and ideology" may be one item's words
        found |= {
            at
            for at, item in enumerate(wanted)
            if any(_named(own, item, part, vectors, _SHARE) for own in item.wordings)
        }
    for piece in _pieces(given, _PIECES):
        named = {
            at
            for at, item in enumerate(wanted)
            if any(_named(own, item, piece, vectors, _BARE_SHARE) for own in item.wordings)
        }
        found |= named
        if not named and any(word.negated is not True for word in piece.words):
            open_pieces.append(piece)
    initials = [_initials(item) for item in items]
    found |= {
        initials.index(piece.text.casefold())
        for piece in open_pieces
        if len(piece.text) > 1 and initials.count(piece.text.casefold()) == 1
    }
    rest = [at for at in range(len(wanted)) if at not in found]
    found |= _meant(asked, items, rest, open_pieces, judge)
    return Credit(tuple(sorted(found)), _reason(items, found))


def _items(asked: Reading, items: Sequence[str], vectors: VectorCache) -> list[_Item]:
    readings = [read(item) for item in items]
    found = []
    for at, text in enumerate(items):
        others = [word for number, reading in enumerate(readings) if number != at for word in reading.words]
        wordings = []
        for part in (*_sides(without_brackets(text)), *BRACKETS.findall(text)):
            own = read(part).words
            apart = tuple(word for word in own if not _shared(word, others))
            new = tuple(word for word in apart if not _among(word, asked.words, vectors))
            if new or apart:
                wordings.append(new or apart)
        parts = _PREPOSITION.split(without_brackets(text), maxsplit=1)
        head = frozenset(word.stem for word in read(parts[0]).words) if len(parts) > 1 else frozenset()
        elsewhere = frozenset(word.stem for word in others) - {word.stem for word in readings[at].words}
        found.append(_Item(readings[at].words, head, elsewhere, tuple(wordings)))
    return found


def _sides(item: str) -> tuple[str, ...]:
    """An item, and what stands before and after its colon: either names it ("Unit of account: prices are expressed in it")."""
    term, colon, said = item.partition(": ")
    return (item, term, said) if colon and term and said else (item,)


def _initials(item: str) -> str:
    """The first letters of an item's term: "open market operations" is "omo"."""
    return "".join(word[0] for word in words(without_brackets(item).partition(": ")[0]))


def _pieces(given: str, separator: re.Pattern[str]) -> list[Reading]:
    """The parts of the text, each read with the negations that reach into it."""
    whole = read(given).words
    found, start = [], 0
    for piece in map(read, separator.split(given)):
        end = start + len(piece.words)
        # a negation before a separator that does not end it ("neither A nor B", "not A and B")
        same = [word.stem for word in whole[start:end]] == [word.stem for word in piece.words]
        words = whole[start:end] if same else piece.words
        start = end
        if words:
            found.append(Reading(piece.text, tuple(words), piece.clauses, piece.length, piece.negations))
    return found


def _named(own: tuple[Word, ...], item: _Item, piece: Reading, vectors: VectorCache, least: float) -> bool:
    """Whether the piece holds enough of an item's own words, with the negations that the item has."""
    alignment = align(own, piece.words, vectors)
    agreeing = np.array([[{one.negated, other.negated} != {True, False} for other in piece.words] for one in own])
    elsewhere = np.array(
        [[one.stem != other.stem and other.stem in item.others for other in piece.words] for one in own]
    )
    alike = np.where(agreeing & ~elsewhere, alignment.alike, 0.0)
    best = alike.max(axis=1)
    if not (best >= ALIKE).any() or (alignment.opposed.any(axis=1) & (best < ALIKE)).any():
        return False
    worth = np.array([word.worth for word in own])
    share = float((best * worth).sum() / worth.sum())
    if share >= _SHARE:
        return True
    if share < least * LEXICAL:
        return False
    if item.head and not any(word.stem in item.head for word, found in zip(own, best, strict=True) if found >= ALIKE):
        return False
    return not _displaced(alike, align(item.words, piece.words, vectors).best_given())


def _displaced(alike: NDArray[np.float64], back: NDArray[np.float64]) -> bool:
    """Whether a word strange to the item (``back``: likeness to its nearest word) stands right beside a matched one."""
    matched = np.flatnonzero(alike.max(axis=0) >= ALIKE)
    beside = {int(at) + step for at in matched for step in (-1, 1)}
    return any(0 <= at < len(back) and back[at] < _FAR for at in beside)


def _meant(
    asked: Reading,
    items: Sequence[str],
    rest: Sequence[int],
    pieces: Sequence[Reading],
    judge: Judge,
) -> set[int]:
    """One piece to one item, where the piece fits it well and every other item clearly less."""
    if not rest or not pieces:
        return set()
    wanted = [read(item) for item in items]
    scores = np.array([[_fit(asked, at, wanted, piece, judge) for at in range(len(wanted))] for piece in pieces])
    found = set()
    for row, column in zip(*linear_sum_assignment(-scores[:, rest]), strict=True):
        at = rest[column]
        next_best = np.delete(scores[row], at).max(initial=0.0)
        if scores[row, at] >= MEANT and scores[row, at] - next_best >= MARGIN:
            found.add(at)
    return found


def _fit(asked: Reading, at: int, wanted: Sequence[Reading], piece: Reading, judge: Judge) -> float:
    """How surely the piece means item ``at`` in other words, 0..1."""
    others = [word for number, item in enumerate(wanted) if number != at for word in item.words]
    own = wanted[at].words
    if all(any(word.stem == other.stem for other in others) for word in piece.words):
        return 0.0
    if len(piece.words) <= _FEW and any(same_word(word, one, judge.vectors) for word in piece.words for one in own):
        return 0.0  # "soft power" for "hard power": near the item in letters, and not it
    judged = judge.judge(asked, wanted[at], piece)
    features = judged.comparison.features
    return 0.0 if features.negation or features.opposition else judged.chance


def _shared(word: Word, others: Sequence[Word]) -> bool:
    """Whether other items hold the word too; a look-alike ("conduction", "convection") is another word here."""
    return any(
        word.negated == other.negated and (word.stem == other.stem or is_form(word.text, other.text))
        for other in others
    )


def _among(word: Word, others: Sequence[Word], vectors: VectorCache) -> bool:
    return any(word.negated == other.negated and same_word(word, other, vectors) for other in others)


def _reason(items: Sequence[str], found: set[int]) -> str:
    named = "; ".join(items[at] for at in sorted(found))
    missing = "; ".join(item for at, item in enumerate(items) if at not in found)
    return " ".join(
        part for part in (f"Named: {named}." if named else "", f"Missing: {missing}." if missing else "") if part
    )
