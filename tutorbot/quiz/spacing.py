"""When a card should come back: what a group missed sooner, what it knew later and later."""

from collections.abc import Iterable
from dataclasses import dataclass

DAY = 86_400.0

# A missed card is drawn so much more readily than one never asked; a known one, just asked, so much less.
_MISSED = 8.0
_LEAST = 0.05
# A card is known if at least this share of those who answered were right.
_KNOWN = 0.5
# A card that is known for the first time is due again after a day, and after twice as long each further time (Leitner's boxes).
_FIRST_INTERVAL = DAY
_LONGEST_INTERVAL = 64 * DAY


@dataclass(frozen=True, slots=True)
class Asked:
    """A card that a group was asked at ``at`` (unix seconds); ``right`` of the ``answered`` answers were right."""

    card: str
    at: float
    answered: int
    right: int


def draw_weights(past: Iterable[Asked], now: float) -> dict[str, float]:
    """For each card that the group answered before: how readily to draw it (see ``draw``); 1 is a card never asked.

    A card missed last time has 8. A known one has 0.05 at once and rises to 1 as its interval passes: a day, doubled for each time
    in a row that it was known, up to 64 days. Cards that nobody answered are as if never asked.
    """
    streaks: dict[str, tuple[int, float]] = {}
    for one in sorted((one for one in past if one.answered > 0), key=lambda one: (one.at, one.card)):
        known = one.right >= _KNOWN * one.answered
        streaks[one.card] = (streaks.get(one.card, (0, 0.0))[0] + 1 if known else 0, one.at)
    return {card: _weight(streak, now - at) for card, (streak, at) in streaks.items()}


def _weight(streak: int, elapsed: float) -> float:
    if streak == 0:
        return _MISSED
    interval = min(_LONGEST_INTERVAL, _FIRST_INTERVAL * 2.0 ** (min(streak, 16) - 1))
    return max(_LEAST, min(1.0, elapsed / interval))
