"""A course of thousands of entries, in words that nobody ever wrote, loads, proves its quotes and answers by name."""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest

from tutorbot.answering import Answer, Status
from tutorbot.answering.answerer import Answerer
from tutorbot.answering.calibration import DEFAULTS
from tutorbot.answering.vocabulary import course_words
from tutorbot.knowledge import LoadedCourse, check_course, load_course
from tutorbot.knowledge.sources import add_source
from tutorbot.knowledge.text import words
from tutorbot.matching.encoder import Vectors
from tutorbot.matching.head import MOST_CLASSES
from tutorbot.matching.index import CourseIndex
from tutorbot.matching.spelling import Speller

ENTRIES = 5_000
THRESHOLD = 0.75

# A guard against work that grows with the square of the entries. Everything here takes about 10 s on one busy core.
pytestmark = pytest.mark.timeout(120)


class HashedWords:
    """An Encoder: each word adds one random direction, chosen by the word's hash."""

    name = "hashed-words"

    def __init__(self) -> None:
        self._directions = np.random.default_rng(0).standard_normal((4_096, 64)).astype(np.float32)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See Encoder."""
        summed = [self._directions[[crc32(word.encode()) % 4_096 for word in words(text)]].sum(0) for text in texts]
        found = np.stack(summed) if summed else np.zeros((0, 64), np.float32)
        unit: Vectors = found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)
        return unit

    def is_word(self, word: str) -> bool:
        """See Encoder."""
        return word in {"what", "mean", "difference", "between", "please", "explain"}


@dataclass(frozen=True)
class Large:
    """The course with what answers questions about it. ``terms`` holds each entry's term by its id."""

    loaded: LoadedCourse
    answerer: Answerer
    encoder: HashedWords
    terms: Mapping[str, str]

    def ask(self, question: str, *context: str) -> Answer:
        """The answer at the default setting."""
        plan = self.answerer.plan(question, context)
        return self.answerer.decide(plan, self.answerer.weigh(plan, self.encoder.encode(plan.texts)), THRESHOLD)

    def some(self, count: int) -> list[str]:
        """Ids of entries, always the same."""
        return random.Random(count).sample(sorted(self.terms), count)


def _word(source: random.Random) -> str:
    return "".join(source.choice("bdfgklmnprstvz") + source.choice("aeiou") for _ in range(source.randint(3, 5)))


def _rows(source: random.Random) -> Iterator[tuple[str, str]]:
    vocabulary = sorted({_word(source) for _ in range(8_000)})
    terms: dict[str, None] = {}
    while len(terms) < ENTRIES:
        terms[f"{_word(source)} {_word(source)}".capitalize()] = None
    for term in terms:
        yield term, " ".join(source.choices(vocabulary, k=12)).capitalize() + "."


def _write(folder: Path, rows: Sequence[tuple[str, str]]) -> None:
    """The course in ``folder``, its entries spread over files, and its cards beside it."""
    (folder / "entries").mkdir(parents=True)
    cards = folder.parent / "large.txt"
    cards.write_text("\n".join(["Large flashcards", *(line for row in rows for line in row)]), encoding="utf-8")
    head = "id: large\ntitle: Large\nsources:\n  - {id: cards, title: Cards, kind: flashcards}\n"
    (folder / "course.yaml").write_text(head, encoding="utf-8")
    for first in range(0, len(rows), 500):
        entries = []
        for number, (term, statement) in enumerate(rows[first : first + 500], start=first):
            row = {
                "id": f"entry-{number}",
                "term": term,
                "statement": statement,
                "citations": [{"source": "cards", "locator": f"card: {term}", "quote": statement}],
                "related": [f"entry-{(number + 1) % len(rows)}"],
            }
            entries.append(f"  - {json.dumps(row)}\n")
        text = f"topic: Part {first}\nentries:\n{''.join(entries)}"
        (folder / "entries" / f"part-{first:04}.yaml").write_text(text, encoding="utf-8")
    add_source(folder, "cards", cards)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Large:
    """The course, generated, loaded and indexed once."""
    base = tmp_path_factory.mktemp("large")
    rows = list(_rows(random.Random(20)))
    _write(base / "large", rows)
    loaded, encoder = load_course(base / "large"), HashedWords()
    index = CourseIndex.build(loaded.course, encoder, base / "cache")
    speller = Speller(course_words(loaded.course), encoder.is_word)
    terms = {entry.id: entry.term for entry in loaded.course.entries}
    return Large(loaded, Answerer(index, speller, DEFAULTS), encoder, terms)


def test_it_is_larger_than_the_classifier_is_fitted_for(large: Large) -> None:
    assert len(large.loaded.course.entries) == ENTRIES > MOST_CLASSES


def test_every_quote_of_it_is_proved(large: Large) -> None:
    assert check_course(large.loaded) == []


def test_one_false_quote_among_thousands_is_found(large: Large, tmp_path: Path) -> None:
    rows = list(_rows(random.Random(20)))
    _write(tmp_path / "large", rows)
    file = tmp_path / "large" / "entries" / "part-2500.yaml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[100] = lines[100].replace(rows[2598][1], rows[2598][1].replace(rows[2598][1][5:8], "qqq"))
    file.write_text("".join(lines), encoding="utf-8")
    (problem,) = check_course(load_course(tmp_path / "large"))
    assert str(problem).startswith(f"{file}:101: the quote of `entry-2598`")


def test_entries_are_answered_by_name(large: Large) -> None:
    for entry in large.some(40):
        answer = large.ask(f"what does {large.terms[entry].lower()} mean?")
        assert (answer.status, answer.entries) == (Status.ANSWERED, (entry,))


def test_entries_are_answered_by_a_misspelt_name(large: Large) -> None:
    for entry in large.some(10):
        first, second = large.terms[entry].lower().split()
        answer = large.ask(f"{first} {second[:-2]}{second[-1]}{second[-2]}")
        assert (answer.status, answer.entries) == (Status.ANSWERED, (entry,))


def test_two_entries_are_compared_by_name(large: Large) -> None:
    one, other = large.some(2)
    answer = large.ask(f"what is the difference between {large.terms[one]} and {large.terms[other]}?")
    assert (answer.status, answer.entries) == (Status.ANSWERED, (one, other))


def test_what_it_does_not_hold_is_not_answered(large: Large) -> None:
    assert large.ask("how high is the xyxyxyx of hwqwhq").status is Status.ABSTAINED
