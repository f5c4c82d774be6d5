"""How a server's knowledge is used, drawn together from what its stores keep."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tutorbot.curation.insight import CardCount, Week, hardest, never, weekly
from tutorbot.knowledge import Course
from tutorbot.quiz.result import RoundResult
from tutorbot.store.feedback import Feedback, Verdict
from tutorbot.store.questions import AskedQuestion

WEEKS = 12
"""As long as questions are kept at most, unless the person who runs the bot says otherwise."""


@dataclass(frozen=True, slots=True)
class Usage:
    """``weeks``, the oldest first; ``hard`` are the entries answered wrongly most often in rounds, the hardest first.

    ``asked`` tells for an entry how many questions it answered, ``played`` how its cards were answered; ``unasked`` and ``unquizzed``
    are the entries that stand in neither, in the course's order; for the latter, of those that there are ``quizzable`` cards on.
    """

    course: Course
    weeks: tuple[Week, ...]
    hard: tuple[CardCount, ...]
    asked: Mapping[str, int]
    played: Mapping[str, CardCount]
    unasked: Sequence[str]
    unquizzed: Sequence[str]
    quizzable: int

    @property
    def empty(self) -> bool:
        """Whether nothing was asked and no round was played."""
        return not (self.asked or self.played or any(week.asked for week in self.weeks))


def usage(
    course: Course,
    quizzable: Collection[str],
    questions: Sequence[AskedQuestion],
    feedback: Iterable[Feedback],
    rounds: Iterable[RoundResult],
    *,
    until: float,
) -> Usage:
    """The use of a course until then (unix seconds); ``quizzable`` are the entries that there are cards on. What belongs to another course, or to an entry that is no more, does not count."""
    own = [one for one in questions if one.course == course.id]
    unhelpful = [one.at for one in feedback if one.verdict is Verdict.NOT_HELPFUL and one.course in ("", course.id)]
    cards = [
        card
        for one in rounds
        if one.course in ("", course.id)
        for card in one.cards
        if not card.void and card.answered and card.entry in course.by_id
    ]
    asked = Counter(entry for one in own for entry in dict.fromkeys(one.entries) if entry in course.by_id)
    answers, right = Counter[str](), Counter[str]()
    for card in cards:
        answers[card.entry] += card.answered
        right[card.entry] += card.right
    played = {entry: CardCount(entry, number, right[entry]) for entry, number in answers.items()}
    return Usage(
        course=course,
        weeks=weekly([(one.at, one.outcome.value) for one in own], unhelpful, until=until, weeks=WEEKS),
        hard=hardest(played.values()),
        asked=asked,
        played=played,
        unasked=never(course, asked),
        unquizzed=[entry for entry in never(course, played) if entry in quizzable],
        quizzable=len(quizzable),
    )
