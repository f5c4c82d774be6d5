"""How near two texts are in meaning, as wholes, by clauses and by runs of words."""

import numpy as np
from numpy.typing import NDArray

from tutorbot.knowledge.text import words
from tutorbot.quiz.grading.reading import Reading
from tutorbot.quiz.grading.vectors import VectorCache


def weighted_mean(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    """0 if the weights are."""
    total = float(weights.sum())
    return float((values * weights).sum()) / total if total else 0.0


def cosines(question: Reading, expected: Reading, given: Reading, vectors: VectorCache) -> dict[str, float]:
    parts = expected.clauses or (expected.text,)
    pieces = given.clauses or (given.text,)
    rows = vectors.of(
        [
            question.text,
            expected.text,
            given.text,
            f"{question.text} {expected.text}",
            f"{question.text} {given.text}",
            *parts,
            *pieces,
        ]
    ).astype(float)
    asked, key, answer, asked_key, asked_answer = rows[:5]
    clauses, said = rows[5 : 5 + len(parts)], np.vstack([rows[5 + len(parts) :], answer[None]])
    return {
        "cosine": float(key @ answer),
        "cosine_asked": float(asked_key @ asked_answer),
        "cosine_beyond": _cosine(key - (key @ asked) * asked, answer - (answer @ asked) * asked),
        "cosine_clause": float((clauses @ said.T).max(axis=1).mean()),
        "cosine_question": float(asked @ answer),
        "cosine_key_question": float(key @ asked),
    }


def phrases(question: Reading, expected: Reading, given: Reading, vectors: VectorCache) -> dict[str, float]:
    """Runs of three and of five words of the two texts, each with its nearest; runs that the question holds count less."""
    asked, key = vectors.of([question.text, expected.text]).astype(float)
    found = []
    for length in (3, 5):
        meant, typed = (vectors.of(_runs(reading.text, length)).astype(float) for reading in (expected, given))
        likeness = meant @ typed.T
        weights, weights_back = (1 - np.clip(rows @ asked, 0, 1) for rows in (meant, typed))
        found += [
            weighted_mean(likeness.max(axis=1), weights),
            weighted_mean(likeness.max(axis=0), weights_back),
            float((typed @ key).max()),
        ]
    against, for_key, answer = vectors.of(
        [
            f"{question.text} not {expected.text}",
            f"{question.text} {expected.text}",
            f"{question.text} {given.text}",
        ]
    ).astype(float)
    names = ("phrases", "phrases_back", "phrase_best", "phrases_long", "phrases_long_back", "phrase_long_best")
    return dict(zip(names, found, strict=True)) | {"turned_against": 10 * float(answer @ against - answer @ for_key)}


def _runs(text: str, length: int) -> list[str]:
    parts = words(text)
    return [" ".join(parts[at : at + length]) for at in range(max(1, len(parts) - length + 1))]


def _cosine(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    lengths = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(one @ other) / lengths if lengths > 1e-6 else 0.0
