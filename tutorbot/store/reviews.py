"""Personal reviews: each student's cards as FSRS knows them, what they answered, and what they missed in rounds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tutorbot.quiz.card import CardKind


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A student's card: ``state`` is the FSRS card as JSON, ``due`` unix seconds. ``card`` is a quiz card's id, drawn from ``entry``."""

    guild: int
    person: int
    card: str
    entry: str
    state: str
    due: float


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One review: ``rating`` 1 (again) to 4 (easy), ``at`` unix seconds."""

    guild: int
    person: int
    card: str
    entry: str
    rating: int
    at: float


@dataclass(frozen=True, slots=True)
class Missed:
    """A card that a player missed in a round that ended ``at`` (unix seconds): answered wrongly, or in part, or not at all."""

    round: int
    card: str
    entry: str
    kind: CardKind
    at: float


class ReviewStore(Protocol):
    """Keeps reviews."""

    async def card(self, guild: int, person: int, card: str) -> Reviewed | None:
        """A student's card."""
        ...

    async def cards(self, guild: int, person: int) -> Sequence[Reviewed]:
        """All cards of a student, the one due first first."""
        ...

    async def due(self, guild: int, person: int, now: float, limit: int = 20) -> Sequence[Reviewed]:
        """The cards that are due at ``now``, the longest due first."""
        ...

    async def save(self, reviewed: Reviewed, line: ReviewLine | None = None) -> None:
        """Keep a card in place of what it was, and the review that changed it."""
        ...

    async def lines(self, guild: int, person: int, since: float = 0.0) -> Sequence[ReviewLine]:
        """What a student reviewed, the oldest first."""
        ...

    async def missed(self, guild: int, person: int, course: str, since: float = 0.0) -> Sequence[Missed]:
        """The cards that a player missed in rounds on a course that counted, or on one that was not kept, the latest first; each
        round's own.
        """
        ...
