"""What a typed answer is judged by: how much of the key it holds, what else it holds, and what contradicts the key."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from tutorbot.quiz.grading.alignment import LEXICAL, MATCHED, align, same_word
from tutorbot.quiz.grading.contradiction import binding, negation, opposition, other_number, reordered, substituted
from tutorbot.quiz.grading.nearness import cosines, phrases, weighted_mean
from tutorbot.quiz.grading.reading import Reading, Word
from tutorbot.quiz.grading.vectors import VectorCache

SHORT = 3
"""Content words of a key up to which it is a term; a longer one is an explanation."""

_ASKED_WORTH = 0.25  # of a word of the key that the question gave away
_LATER_WORTH = 0.6  # of a word in a later clause of the key


@dataclass(frozen=True, slots=True)
class Features:
    """All in about 0..1; ``recall`` is over the key's words, ``precision`` over the given ones that the question does not hold."""

    recall: float
    recall_lexical: float
    recall_new: float
    recall_new_lexical: float
    recall_first: float
    recall_best_clause: float
    precision: float
    precision_lexical: float
    harmony: float
    echo: float
    nothing_new: float
    extra: float
    shorter: float
    longer: float
    cosine: float
    cosine_asked: float
    cosine_beyond: float
    cosine_clause: float
    cosine_question: float
    cosine_key_question: float
    phrases: float
    phrases_back: float
    phrase_best: float
    phrases_long: float
    phrases_long_back: float
    phrase_long_best: float
    turned_against: float
    negation: float
    negations: float
    opposition: float
    binding: float
    reordered: float
    turned_round: float
    substituted: float
    number: float
    complete: float
    term: float

    def row(self) -> NDArray[np.float64]:
        """The values in the order of the fields."""
        return np.array([getattr(self, field.name) for field in fields(self)], float)


FEATURES = tuple(field.name for field in fields(Features))


@dataclass(frozen=True, slots=True)
class Comparison:
    """A typed answer laid beside the key: the features, and the words for the reason."""

    features: Features
    matched: tuple[str, ...]
    missing: tuple[str, ...]
    contrary: tuple[str, ...]


def compare(question: Reading, expected: Reading, given: Reading, vectors: VectorCache) -> Comparison:
    """Lay ``given`` beside ``expected``, knowing what the question gave away."""
    meant, typed = expected.words, given.words
    alignment = align(meant, typed, vectors)
    asked_meant = np.array([_asked(word, question, vectors) for word in meant], bool)
    asked_typed = np.array([_asked(word, question, vectors) for word in typed], bool)
    if asked_meant.all():  # the question names the choices
        asked_meant[:] = False
    worth = np.array([word.worth * (1.0 if word.clause == meant[0].clause else _LATER_WORTH) for word in meant])
    new_worth = worth * np.where(asked_meant, _ASKED_WORTH, 1.0)
    best = alignment.best()
    lexical = np.where(best >= LEXICAL, best, 0.0)
    clauses = np.array([word.clause for word in meant])
    by_clause = [weighted_mean(best[clauses == at], new_worth[clauses == at]) for at in sorted(set(clauses.tolist()))]

    typed_worth = np.array([word.worth for word in typed])
    fresh = ~asked_typed | (alignment.best_given() >= LEXICAL)
    back = alignment.best_given()
    precision = weighted_mean(back[fresh], typed_worth[fresh])
    precision_lexical = weighted_mean(np.where(back >= LEXICAL, back, 0.0)[fresh], typed_worth[fresh])
    recall_new = weighted_mean(best, new_worth)
    negated, contrary = negation(meant, typed, alignment)
    opposed, turned = opposition(typed, alignment, new_worth)
    features = Features(
        recall=weighted_mean(best, worth),
        recall_lexical=weighted_mean(lexical, worth),
        recall_new=recall_new,
        recall_new_lexical=weighted_mean(lexical, new_worth),
        recall_first=by_clause[0] if by_clause else 0.0,
        recall_best_clause=max(by_clause, default=0.0),
        precision=precision,
        precision_lexical=precision_lexical,
        harmony=2 * precision * recall_new / max(precision + recall_new, 1e-9),
        echo=weighted_mean(asked_typed.astype(float), typed_worth),
        nothing_new=float(not (~asked_typed).any() and not (back[asked_typed] >= LEXICAL).any()),
        extra=min(1.0, float((typed_worth * (1 - back))[~asked_typed].sum()) / 8),
        shorter=float(np.clip(np.log((len(meant) + 1) / (len(typed) + 1)) / 2, 0, 1)),
        longer=float(np.clip(np.log((len(typed) + 1) / (len(meant) + 1)) / 2, 0, 1)),
        **cosines(question, expected, given, vectors),
        **phrases(question, expected, given, vectors),
        negation=negated,
        negations=float((expected.negations > 0) != (given.negations > 0)),
        opposition=opposed,
        binding=binding(meant, typed),
        reordered=reordered(alignment) * weighted_mean(lexical, worth),
        turned_round=reordered(alignment) * weighted_mean(lexical, worth) * precision_lexical,
        substituted=substituted(alignment, new_worth),
        number=other_number(meant, typed, question),
        term=float(len(meant) <= SHORT),
        complete=float(bool(meant) and bool((best >= LEXICAL)[~asked_meant].all())),
    )
    return Comparison(
        features,
        tuple(word.text for word, found in zip(meant, best, strict=True) if found >= MATCHED),
        tuple(
            word.text
            for word, found, asked in zip(meant, best, asked_meant, strict=True)
            if found < MATCHED and not asked
        ),
        tuple(dict.fromkeys((*contrary, *turned))),
    )


def _asked(word: Word, question: Reading, vectors: VectorCache) -> bool:
    return any(same_word(word, other, vectors) for other in question.words)
