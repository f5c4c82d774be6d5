"""How well a student holds each topic."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median

from tutorbot.quiz.card import Card
from tutorbot.quiz.review.scheduling import memory
from tutorbot.store.reviews import Reviewed


@dataclass(frozen=True, slots=True)
class Mastery:
    """A topic: ``reviewed`` of its ``entries`` were reviewed at least once.

    ``recall`` (0..1) is the mean chance, over all its entries, that one is recalled now: 0 for what was never reviewed or was wrong
    last time. ``stability`` is the median number of days that what is known lasts (see Memory), None if nothing is known.
    """

    topic: str
    entries: int
    reviewed: int
    recall: float
    stability: float | None


def mastery(cards: Sequence[Card], held: Sequence[Reviewed], now: float) -> tuple[Mastery, ...]:
    """Every topic that there are cards on, in the course's order, at ``now`` (unix seconds)."""
    topic_of = {card.entry: card.topic for card in cards}
    there = {card.id for card in cards}
    recall: dict[str, list[float]] = {}
    stability: dict[str, list[float]] = {}
    for one in held:
        state = memory(one, now) if one.card in there else None
        if state is not None:
            recall.setdefault(one.entry, []).append(state.retrievability if state.learned else 0.0)
            if state.learned:
                stability.setdefault(one.entry, []).append(state.stability)
    found = []
    for topic in dict.fromkeys(topic_of.values()):
        entries = [entry for entry, of in topic_of.items() if of == topic]
        lasting = [days for entry in entries for days in stability.get(entry, ())]
        found.append(
            Mastery(
                topic,
                len(entries),
                sum(entry in recall for entry in entries),
                fmean(fmean(recall.get(entry, (0.0,))) for entry in entries),
                median(lasting) if lasting else None,
            )
        )
    return tuple(found)
