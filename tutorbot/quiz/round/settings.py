"""What the host of a round may choose, and how long a card is open."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from tutorbot.knowledge.models import Model
from tutorbot.knowledge.text import words
from tutorbot.quiz.card import Card, CardKind, Mode

SHORTEST, LONGEST = 5, 120
MOST_TEAMS = 8

# Silent reading of non-fiction: 238 words a minute (Brysbaert 2019), here for readers of a second language, a third slower.
_WORDS_A_SECOND = 238 * 2 / 3 / 60
_THINKING = {Mode.CHOICE: 8.0, Mode.TYPED: 15.0, Mode.LIST: 10.0}
_WRITING_AN_ITEM = 8.0


class Scoring(StrEnum):
    """How a right answer is rewarded, and whether there is a clock."""

    SPEED = "speed"
    """1000 points at once, falling to 500 at the deadline."""
    ACCURACY = "accuracy"
    """1000 points, whenever it came."""
    RELAXED = "relaxed"
    """1000 points and no clock: a card ends when all have answered or the host says so."""


class Starters(StrEnum):
    """Who may start the round."""

    HOST = "host"
    ANYONE = "anyone"


class RoundSettings(Model):
    """A round's settings. All times are seconds."""

    topic: str | None = None
    cards: Annotated[int, Field(ge=1, le=50)] = 10
    seconds: Annotated[int, Field(ge=SHORTEST, le=LONGEST)] | None = None
    """How long a card is open; None scales it by the card's length."""
    kinds: tuple[CardKind, ...] = ()
    """The kinds of cards to draw; all if empty."""
    scoring: Scoring = Scoring.SPEED
    teams: Annotated[int, Field(ge=2, le=MOST_TEAMS)] | None = None
    """The number of teams; None: everyone for themselves."""
    starters: Starters = Starters.HOST
    grace: Annotated[float, Field(ge=0, le=5)] = 1.0
    """How much later than the deadline an answer may reach Discord; it then has the time of the deadline."""
    reveal: Annotated[int, Field(ge=2, le=60)] = 8
    """How long a reveal stands before the next card."""
    thread: bool = False
    """Whether the cards are shown in a thread of their own, where there can be one."""
    patience: Annotated[int, Field(ge=60, le=86_400)] = 900
    """How long lobby, pause and a card without a clock wait for people."""


def seconds_for(card: Card, settings: RoundSettings) -> int:
    """How long the card is open: the setting, or the time to read it, to think, and to write if it is typed (5..120 s)."""
    if settings.seconds is not None:
        return settings.seconds
    read = sum(len(words(text)) for text in (card.prompt, *(option.text for option in card.options)))
    needed = read / _WORDS_A_SECOND + _THINKING[card.mode] + _WRITING_AN_ITEM * len(card.items)
    return round(min(LONGEST, max(SHORTEST, needed)))
