"""What is left of a round when it is over."""

from dataclasses import dataclass

from tutorbot.quiz.card import CardKind


@dataclass(frozen=True, slots=True)
class Score:
    """A player's place: ``points``, ``right`` of ``answered`` cards. Equal points share a ``rank`` (1, 2, 2, 4)."""

    rank: int
    player: int
    points: int
    right: int
    answered: int
    team: int | None = None


@dataclass(frozen=True, slots=True)
class TeamScore:
    """A team's place; ``points`` is the mean of its members who answered anything, so that numbers do not win."""

    rank: int
    team: int
    points: int
    members: int


@dataclass(frozen=True, slots=True)
class CardResult:
    """A card that was closed; ``right`` of ``answered`` players were right. A ``void`` one was skipped, lost or cut short."""

    card: str
    entry: str
    kind: CardKind
    void: bool
    answered: int
    right: int


@dataclass(frozen=True, slots=True)
class RoundResult:
    """How a round went. Times are unix seconds; ``ending`` says why it ended (see Ending); ``course`` is a course's id, "" if that
    was not kept.
    """

    host: int
    opened_at: float
    ended_at: float
    ending: str
    cards: tuple[CardResult, ...]
    scores: tuple[Score, ...]
    teams: tuple[TeamScore, ...] = ()
    course: str = ""

    @property
    def played(self) -> int:
        """How many cards count."""
        return sum(not card.void for card in self.cards)
