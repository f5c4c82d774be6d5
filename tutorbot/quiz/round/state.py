"""What is known of a round: cards, players, and for each card played all its answers. Scores are worked out from this."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tutorbot.quiz.card import Card
from tutorbot.quiz.round.settings import RoundSettings, Scoring


class Phase(StrEnum):
    """Where a round stands."""

    NEW = "new"
    LOBBY = "lobby"
    SENDING = "sending"
    """A card is on its way; its clock has not started."""
    OPEN = "open"
    """A card can be answered."""
    REVEALED = "revealed"
    FINISHED = "finished"


class Ending(StrEnum):
    """Why a round ended."""

    COMPLETED = "completed"
    STOPPED = "stopped"
    ABANDONED = "abandoned"
    SEND_FAILED = "send-failed"
    CHANNEL_LOST = "channel-lost"


@dataclass(frozen=True, slots=True)
class Member:
    """A player of the round, who came at card ``since`` by answering it (-1: they joined); ``left`` if they are not waited for."""

    team: int | None = None
    left: bool = False
    since: int = -1


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, as its event told it; ``at`` is unix seconds."""

    id: int
    at: float
    player: int
    showing: int
    choice: int | None
    text: str | None
    correct: bool
    credited: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Showing:
    """One message of a card. ``pauses`` are (from, to), the last one perhaps still lasting (None). All unix seconds."""

    shown_at: float | None = None
    pauses: tuple[tuple[float, float | None], ...] = ()

    def elapsed(self, at: float, limit: float | None) -> float | None:
        """Seconds of open time before ``at``; None if that is before the showing is known, during a pause, or over the limit."""
        if self.shown_at is None or any(start < at and (end is None or at <= end) for start, end in self.pauses):
            return None
        stood = sum(end - start for start, end in self.pauses if end is not None and end < at)
        spent = max(0.0, at - self.shown_at - stood)
        return spent if limit is None or spent <= limit else None

    @property
    def paused(self) -> float:
        """Seconds of all pauses that have ended."""
        return sum(end - start for start, end in self.pauses if end is not None)


@dataclass(frozen=True, slots=True)
class Play:
    """One card as it was played, open for ``seconds``.

    ``answers`` are by id and never thrown away; which of them count follows from the showing's times and from ``cut``, the
    last moment for answers if the card was closed early. ``void``: it does not count. ``appealed``: for each player who appealed,
    the moderator who decided, None as long as nobody has. ``appeals``: for a player, the items granted (none for a card that is
    no list).
    """

    seconds: int
    showings: tuple[Showing, ...] = (Showing(),)
    attempts: int = 0
    deleted: int = 0
    answers: Mapping[int, Answer] = field(default_factory=dict)
    appealed: Mapping[int, int | None] = field(default_factory=dict)
    appeals: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    closed: bool = False
    void: bool = False
    cut: float | None = None

    def elapsed(self, answer: Answer, limit: float | None) -> float | None:
        """Seconds from the card's being shown to the answer; None if it was too late or the clock stood."""
        if answer.showing >= len(self.showings) or (self.cut is not None and answer.at > self.cut):
            return None
        return self.showings[answer.showing].elapsed(answer.at, limit)


@dataclass(frozen=True, slots=True)
class Timer:
    """The one thing a round waits for; ``what`` is to happen ``at`` (unix seconds)."""

    what: str
    id: str
    at: float


@dataclass(frozen=True, slots=True)
class Round:
    """A round's state. ``seen`` holds the ids of deeds that were done, so that a repeated delivery does nothing; ``course`` and
    ``title`` are those of Opened.
    """

    phase: Phase = Phase.NEW
    host: int = 0
    settings: RoundSettings = field(default_factory=RoundSettings)
    cards: tuple[Card, ...] = ()
    course: str = ""
    title: str = ""
    players: Mapping[int, Member] = field(default_factory=dict)
    plays: tuple[Play, ...] = ()
    paused: bool = False
    timer: Timer | None = None
    failures: int = 0
    seen: frozenset[int] = frozenset()
    opened_at: float = 0.0
    ended_at: float | None = None
    ending: Ending | None = None

    @property
    def index(self) -> int:
        """The number of the card that is being played, from 0; -1 before the first."""
        return len(self.plays) - 1

    def time_limit(self, play: Play) -> float | None:
        """The most seconds that an answer may take, the grace included; None without a clock."""
        return None if self.settings.scoring is Scoring.RELAXED else play.seconds + self.settings.grace

    def deadline(self) -> float | None:
        """When the open card closes, without the grace (unix seconds); None without a clock or while it stands."""
        if self.phase is not Phase.OPEN or self.paused or self.settings.scoring is Scoring.RELAXED:
            return None
        showing = self.plays[-1].showings[-1]
        assert showing.shown_at is not None  # an open card was shown
        return showing.shown_at + showing.paused + self.plays[-1].seconds
