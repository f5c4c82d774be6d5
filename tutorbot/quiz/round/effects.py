"""What a round wants done, as values.

An effect's ``id`` is stable within the round. Carrying out an effect whose id was carried out before replaces what that made (the
message is edited, the timer set again), so effects may be repeated after a crash. Counts may be shown less often than they come.
"""

from dataclasses import dataclass
from enum import StrEnum

from tutorbot.quiz.card import Card
from tutorbot.quiz.result import RoundResult, Score, TeamScore
from tutorbot.quiz.round.settings import RoundSettings


class Outcome(StrEnum):
    """What became of what a person did."""

    DONE = "done"
    RECORDED = "recorded"
    CHANGED = "changed"
    """An earlier answer was replaced."""
    LATE = "late"
    PAUSED = "paused"
    """The clock stands; this was not taken."""
    INVALID = "invalid"
    """There is no such card or option."""
    STALE = "stale"
    """It is about something that is over."""
    REFUSED = "refused"
    """Only the host and moderators may do that."""


@dataclass(frozen=True, slots=True)
class ShowLobby:
    """Show who has joined, and buttons to join and start. ``players`` are (player, team)."""

    id: str
    host: int
    players: tuple[tuple[int, int | None], ...]
    settings: RoundSettings


@dataclass(frozen=True, slots=True)
class ShowCard:
    """Send the card, number ``index`` (from 0) of ``total``; open for ``seconds`` from then, None without a clock."""

    id: str
    index: int
    total: int
    showing: int
    card: Card
    seconds: int | None


@dataclass(frozen=True, slots=True)
class UpdateCount:
    """Show beside the card how many have answered, when it closes (unix seconds), and which items of a list were named."""

    id: str
    index: int
    answered: int
    deadline: float | None
    paused: bool
    found: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """Tell ``player``, privately, what became of their interaction or message; ``items`` of a list that it named first."""

    id: str
    interaction: int
    player: int
    outcome: Outcome
    items: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reveal:
    """Show the key with its citation.

    ``chosen`` counts the answers to each option, in the card's order; ``right`` of ``answered`` were right; ``named`` are
    (item, player) of a list; ``gained`` are (player, points). ``void``: the card does not count.
    """

    id: str
    index: int
    card: Card
    void: bool
    answered: int
    right: int
    chosen: tuple[int, ...]
    named: tuple[tuple[int, int], ...]
    gained: tuple[tuple[int, int], ...]


class Appeal(StrEnum):
    """What became of an appeal."""

    OPEN = "open"
    GRANTED = "granted"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class ShowAppeal:
    """Show moderators what ``player`` answered to a card, and what became of their appeal.

    ``given`` are their answers that came in time, oldest first; ``missing`` the items of a list that nobody has; ``by`` is the
    moderator who decided; ``points`` and ``rank`` are what the player has now over the whole round.
    """

    id: str
    index: int
    card: Card
    player: int
    given: tuple[str, ...]
    missing: tuple[int, ...]
    status: Appeal
    by: int | None
    points: int
    rank: int


@dataclass(frozen=True, slots=True)
class ShowStanding:
    """Show the scores after card ``index``."""

    id: str
    index: int
    scores: tuple[Score, ...]
    teams: tuple[TeamScore, ...]


@dataclass(frozen=True, slots=True)
class ShowPodium:
    """Show the final scores."""

    id: str
    scores: tuple[Score, ...]
    teams: tuple[TeamScore, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The round is over: keep what was played. It comes again if an appeal or a late delivery changes it."""

    id: str
    result: RoundResult


@dataclass(frozen=True, slots=True)
class StartTimer:
    """Send TimeUp with this id at ``at`` (unix seconds); at once if that is past. It replaces any other timer of the round."""

    id: str
    at: float


Effect = (
    ShowLobby
    | ShowCard
    | UpdateCount
    | Acknowledge
    | Reveal
    | ShowAppeal
    | ShowStanding
    | ShowPodium
    | Report
    | StartTimer
)
