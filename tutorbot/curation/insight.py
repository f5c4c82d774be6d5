"""How a server's knowledge is used, in numbers."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tutorbot.knowledge import Course

WEEK = 7 * 86_400.0
LEAST_ANSWERED = 5
"""Answers from which a card is called hard: one unlucky player is no finding."""


@dataclass(frozen=True, slots=True)
class Week:
    """What became of the questions of the seven days from ``begins`` (unix seconds). ``not_helpful`` answers are among the answered."""

    begins: float
    answered: int = 0
    clarified: int = 0
    abstained: int = 0
    not_helpful: int = 0

    @property
    def asked(self) -> int:
        """All questions of the week."""
        return self.answered + self.clarified + self.abstained


@dataclass(frozen=True, slots=True)
class CardCount:
    """A card, or an entry's cards together: ``right`` of ``answered`` answers were right."""

    entry: str
    answered: int
    right: int

    @property
    def accuracy(self) -> float:
        """The share (0..1) of right answers."""
        return self.right / self.answered if self.answered else 0.0


def weekly(
    asked: Iterable[tuple[float, str]], not_helpful: Iterable[float], *, until: float, weeks: int = 12
) -> tuple[Week, ...]:
    """The last ``weeks`` weeks before ``until``, the oldest first.

    ``asked`` gives for each question when (unix seconds) and what became of it ("answered", "clarify", "abstained");
    ``not_helpful`` when somebody said so.
    """
    first = until - weeks * WEEK
    counts: Counter[tuple[int, str]] = Counter()
    for at, outcome in (*asked, *((at, "not-helpful") for at in not_helpful)):
        if first < at <= until:
            counts[min(weeks - 1, int((at - first) // WEEK)), outcome] += 1
    return tuple(
        Week(
            first + number * WEEK,
            counts[number, "answered"],
            counts[number, "clarify"],
            counts[number, "abstained"],
            counts[number, "not-helpful"],
        )
        for number in range(weeks)
    )


def hardest(played: Iterable[CardCount], limit: int = 10) -> tuple[CardCount, ...]:
    """The entries whose cards were answered wrongly most often, the hardest first; all rounds together."""
    answered: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for one in played:
        answered[one.entry] += one.answered
        right[one.entry] += one.right
    counts = [CardCount(entry, number, right[entry]) for entry, number in answered.items() if number >= LEAST_ANSWERED]
    hard = [one for one in counts if one.accuracy < 1]
    return tuple(sorted(hard, key=lambda one: (one.accuracy, -one.answered, one.entry))[:limit])


def never(course: Course, seen: Iterable[str]) -> Sequence[str]:
    """The ids of entries that are not among those ``seen`` (answered, or quizzed), in the course's order."""
    known = set(seen)
    return [entry.id for entry in course.entries if entry.id not in known]
