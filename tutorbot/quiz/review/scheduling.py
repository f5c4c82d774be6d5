"""When a student's card comes back, by FSRS-6. Everything is worked out from values: nothing here reads a clock or draws lots.

https://github.com/open-spaced-repetition/py-fsrs, with its default parameters.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import fsrs

from tutorbot.quiz.card import Card
from tutorbot.store.reviews import Reviewed, ReviewLine

_AGAIN = timedelta(minutes=10)
"""After this a card that was not known is shown again: people come back to a chat rather than wait in it."""

_LONGEST = 365
"""Days; a course is not reviewed for longer."""

# Without fuzzing: it draws from Python's one random source, and a course's cards come due on different days anyway.
_SCHEDULER = fsrs.Scheduler(
    learning_steps=(_AGAIN,), relearning_steps=(_AGAIN,), maximum_interval=_LONGEST, enable_fuzzing=False
)


@dataclass(frozen=True, slots=True)
class Memory:
    """What FSRS supposes of a card in somebody's memory.

    ``reviewed_at`` is unix seconds. ``stability`` is the number of days until the chance of recalling it has fallen to 0.9, and
    ``retrievability`` that chance now (0..1). ``learned`` is false from a wrong answer until the next right one.
    """

    reviewed_at: float
    stability: float
    retrievability: float
    learned: bool


def review(
    card: Card, before: Reviewed | None, rating: fsrs.Rating, *, guild: int, person: int, now: float
) -> tuple[Reviewed, ReviewLine]:
    """A student's card after a review at ``now`` (unix seconds), and the line about it; ``before``: None if it is the first."""
    at = _time(now)
    after, _log = _SCHEDULER.review_card(_held(before, at), rating, at)
    due = after.due.timestamp()
    return (
        Reviewed(guild, person, card.id, card.entry, after.to_json(), due),
        ReviewLine(guild, person, card.id, card.entry, int(rating), now),
    )


def corrected(
    card: Card, lines: Sequence[ReviewLine], rating: fsrs.Rating, *, guild: int, person: int
) -> tuple[Reviewed, ReviewLine]:
    """A student's card as if its last review had been rated so, and the line that says it: at the time of the one that it corrects.

    ``lines`` are all reviews of this card, the oldest first, at least one.
    """
    held: Reviewed | None = None
    stands = {line.at: line.rating for line in lines}
    *earlier, last = stands
    for at in earlier:
        held, _line = review(card, held, fsrs.Rating(stands[at]), guild=guild, person=person, now=at)
    return review(card, held, rating, guild=guild, person=person, now=last)


def waits(before: Reviewed | None, now: float) -> Mapping[fsrs.Rating, float]:
    """For each rating, in how many seconds the card would come back."""
    at = _time(now)
    held = _held(before, at)
    return {rating: (_SCHEDULER.review_card(held, rating, at)[0].due - at).total_seconds() for rating in fsrs.Rating}


def memory(reviewed: Reviewed, now: float) -> Memory | None:
    """What is left of a card at ``now`` (unix seconds); None if it was never reviewed, or its state cannot be read any more."""
    held = _read(reviewed.state)
    if held is None or held.last_review is None or held.stability is None:
        return None
    return Memory(
        held.last_review.timestamp(),
        held.stability,
        _SCHEDULER.get_card_retrievability(held, _time(now)),
        held.state is fsrs.State.Review,
    )


def _held(reviewed: Reviewed | None, at: datetime) -> fsrs.Card:
    """The card as it was, or a new one. Given its number, the library reads no clock and does not wait for one to change."""
    held = _read(reviewed.state) if reviewed is not None else None
    return held if held is not None else fsrs.Card(card_id=0, due=at)


def _read(state: str) -> fsrs.Card | None:
    try:
        return fsrs.Card.from_json(state)
    except (ValueError, KeyError, TypeError):
        return None


def _time(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
