"""How the time for a question grows with the course: 100, 1,000, 10,000 and 100,000 generated entries in one run.

    python benchmarks/growing.py [--most 100000]

The questions are the labelled ones of the first course, encoded by the real model; the faces of the generated entries have random unit
vectors, three an entry. The sizes take turns, question by question. Only the ratios carry over to other machines.
"""

import argparse
import random
import resource
import statistics
import time
from pathlib import Path

import numpy as np

from tutorbot.answering.answerer import Answerer
from tutorbot.answering.calibration import DEFAULTS
from tutorbot.answering.message import Asked, answers
from tutorbot.answering.vocabulary import course_words
from tutorbot.knowledge import Course, Entry
from tutorbot.matching.faces import OUTSIDE, course_faces
from tutorbot.matching.index import CourseIndex
from tutorbot.matching.second_look import SecondLook
from tutorbot.matching.space import Space
from tutorbot.matching.spelling import Speller
from tutorbot.measuring.labelled import read_labelled
from tutorbot.settings import read_settings
from tutorbot.tutor import open_answerer

QUESTIONS = Path(__file__).parent.parent / "tests" / "data" / "alliances-labelled.jsonl"
SIZES = (100, 1_000, 10_000, 100_000)


def word(source: random.Random) -> str:
    """A word that is none."""
    return "".join(source.choice("bdfgklmnprstvz") + source.choice("aeiou") for _ in range(source.randint(2, 4)))


def course_of(size: int) -> Course:
    """A course of that many entries."""
    source = random.Random(size)
    vocabulary = [word(source) for _ in range(8_000)]
    entries = tuple(
        Entry.model_construct(
            id=f"entry-{number}",
            term=f"{word(source)} {word(source)} {number}",
            statement=" ".join(source.choices(vocabulary, k=12)),
            topic="All",
            citations=(),
        )
        for number in range(size)
    )
    return Course.model_construct(id=f"grown-{size}", title="Grown", sources=(), entries=entries)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=SIZES[-1])
    most = parser.parse_args().most
    opened = open_answerer(read_settings())
    encoder, plain = opened.encoder, opened.plain
    answerers: dict[int, Answerer] = {}
    for size in (one for one in SIZES if one <= most):
        start, course = time.perf_counter(), course_of(size)
        faces = course_faces(course)
        vectors = np.random.default_rng(size).standard_normal((len(faces), 384), np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        outside = [at for at, face in enumerate(faces) if face.entry == OUTSIDE]
        vectors[outside] = encoder.encode([faces[at].text for at in outside])
        second = SecondLook(plain, Space.of(faces, vectors, with_head=False))
        index = CourseIndex(course, faces, Space.of(faces, vectors), second=second)
        answerers[size] = Answerer(index, Speller(course_words(course), encoder.is_word), DEFAULTS)
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{size:7} entries, {len(faces)} faces: indexed in {time.perf_counter() - start:.1f} s, {held:.0f} MB so far"
        )
    questions = [row.question for row in read_labelled(QUESTIONS) if not row.context][:150]
    taken: dict[int, list[float]] = {size: [] for size in answerers}
    for question in questions:
        for size, answerer in answerers.items():
            start = time.perf_counter()
            answers([Asked(answerer, question, 0.5)], encoder.encode)
            taken[size].append((time.perf_counter() - start) * 1000)
    base = statistics.median(taken[SIZES[0]][20:])
    for size, values in taken.items():
        p50 = statistics.median(values[20:])
        print(f"{size:7} entries: p50 {p50:7.2f} ms, {p50 / base:.2f} x that of {SIZES[0]}")


if __name__ == "__main__":
    main()
