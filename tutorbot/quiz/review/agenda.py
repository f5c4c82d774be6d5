"""What a student is to review: what is due, then what they missed in rounds, then a few new cards if they want some."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from tutorbot.knowledge.text import squeezed
from tutorbot.quiz.card import Card
from tutorbot.quiz.review.scheduling import memory
from tutorbot.store.reviews import Missed, Reviewed

_JUST_NOW = 600.0
"""Seconds for which other cards go before those on an entry that was just reviewed: its reveal has told the answer."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """Card ids: ``due`` and ``missed`` in the order in which they come; ``unseen`` are the entries never asked, in the course's order,
    each as the ids of its cards. ``next_due`` is when the first card of the rest is due (unix seconds), None if there is no rest.
    """

    due: tuple[str, ...]
    missed: tuple[str, ...]
    unseen: tuple[tuple[str, ...], ...]
    next_due: float | None

    @property
    def waiting(self) -> int:
        """How many cards wait without a wish for new ones."""
        return len(self.due) + len(self.missed)

    def first(self, rng: Random, *, new: bool = False) -> str | None:
        """The card that comes now; ``new``: one never asked if nothing waits, of the kind that ``rng`` draws. None if there is none."""
        if self.due or self.missed:
            return (self.due or self.missed)[0]
        return rng.choice(self.unseen[0]) if new and self.unseen else None


def agenda(
    cards: Sequence[Card],
    held: Sequence[Reviewed],
    missed: Sequence[Missed],
    *,
    now: float,
    topic: str | None = None,
) -> Agenda:
    """What is to be reviewed at ``now`` (unix seconds) of ``cards``, all of a course, or of those on a topic.

    ``held`` are the student's cards, ``missed`` what they missed in rounds, the latest first. A card that was missed after its last
    review is due. One that there is no more gives way to another card on its entry.
    """
    wanted = [card for card in cards if topic is None or squeezed(card.topic) == squeezed(topic)]
    there = {card.id: card for card in wanted}
    of_entry: dict[str, list[str]] = {}
    for card in wanted:
        of_entry.setdefault(card.entry, []).append(card.id)

    missed_at: dict[str, float] = {}
    for one in missed:
        name = one.card if one.card in there else next(iter(of_entry.get(one.entry, ())), None)
        if name is not None:
            missed_at[name] = max(one.at, missed_at.get(name, one.at))

    known = [one for one in held if one.card in there]
    reviewed_at = {one.card: _reviewed_at(one, now) for one in known}
    just_now = {one.entry for one in known if reviewed_at[one.card] > now - _JUST_NOW}
    due = [one for one in known if one.due <= now or missed_at.get(one.card, 0.0) > reviewed_at[one.card]]
    due.sort(key=lambda one: (one.entry in just_now, one.due))
    fresh = [name for name in sorted(missed_at, key=lambda name: -missed_at[name]) if name not in reviewed_at]
    fresh.sort(key=lambda name: there[name].entry in just_now)
    seen = {there[name].entry for name in (*reviewed_at, *missed_at)}
    chosen = {one.card for one in due}
    return Agenda(
        tuple(one.card for one in due),
        tuple(fresh),
        tuple(tuple(names) for entry, names in of_entry.items() if entry not in seen),
        min((one.due for one in known if one.card not in chosen), default=None),
    )


def _reviewed_at(reviewed: Reviewed, now: float) -> float:
    held = memory(reviewed, now)
    return held.reviewed_at if held is not None else 0.0
