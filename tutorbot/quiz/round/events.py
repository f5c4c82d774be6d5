"""What can happen to a round. Events are stored as JSON before anything is done about them; they hold ids, never names.

All times are unix seconds on Discord's clock, as its snowflakes give them. ``id`` is the id of the interaction or message:
the same id is the same deed, however often it is delivered.
"""

from typing import Annotated, Literal

from pydantic import Field, FiniteFloat

from tutorbot.knowledge.models import Model
from tutorbot.quiz.card import Card
from tutorbot.quiz.round.settings import RoundSettings

Index = Annotated[int, Field(ge=0)]


class Deed(Model):
    """What a person did. ``moderator`` is whether they may moderate, as the caller found out."""

    id: int
    at: FiniteFloat
    player: int
    moderator: bool = False


class Opened(Deed):
    """A round was opened with these cards, drawn before; ``player`` is its host.

    ``course`` is the id of the course that they were drawn from, ``title`` its title as it was then; earlier versions kept neither.
    """

    type: Literal["opened"] = "opened"
    settings: RoundSettings
    cards: Annotated[tuple[Card, ...], Field(min_length=1, max_length=50)]
    course: str = ""
    title: str = ""


class Joined(Deed):
    """Somebody joined, or chose a team (counted from 0; None: the smallest)."""

    type: Literal["joined"] = "joined"
    team: Index | None = None


class Left(Deed):
    """Somebody left; their points stay."""

    type: Literal["left"] = "left"


class Started(Deed):
    """Somebody pressed Start."""

    type: Literal["started"] = "started"


class Answered(Deed):
    """An answer to a card, as it was shown for the ``showing``-th time (from 0).

    ``choice`` for options. For a typed answer the caller has graded it: ``correct``, or the numbers of the items ``credited``.
    """

    type: Literal["answered"] = "answered"
    card: Index
    showing: Index = 0
    choice: Index | None = None
    text: str | None = None
    correct: bool = False
    credited: tuple[Index, ...] = ()


class Next(Deed):
    """Go on: end the open card (it counts), or leave its reveal. ``card`` is the card on whose message it was pressed."""

    type: Literal["next"] = "next"
    card: Index


class Skipped(Deed):
    """Reveal the card that is open, and do not count it."""

    type: Literal["skipped"] = "skipped"
    card: Index


class Paused(Deed):
    """Stop the clock."""

    type: Literal["paused"] = "paused"


class Resumed(Deed):
    """Let the clock run on."""

    type: Literal["resumed"] = "resumed"


class Stopped(Deed):
    """End the round; the card that is open does not count."""

    type: Literal["stopped"] = "stopped"


class Appealed(Deed):
    """Somebody asks the moderators to look at their typed answer to a card that is closed."""

    type: Literal["appealed"] = "appealed"
    card: Index


class AppealDismissed(Deed):
    """A moderator (``player``) leaves ``of``'s answer to a card as it was marked."""

    type: Literal["appeal-dismissed"] = "appeal-dismissed"
    card: Index
    of: int


class AppealGranted(Deed):
    """A moderator (``player``) lets ``of``'s answer to a card count as right, or credits these items to it."""

    type: Literal["appeal-granted"] = "appeal-granted"
    card: Index
    of: int
    items: tuple[Index, ...] = ()


class CardShown(Model):
    """The card's message was sent; ``at`` is the message's own time. Only now the clock starts."""

    type: Literal["card-shown"] = "card-shown"
    card: Index
    showing: Index = 0
    at: FiniteFloat


class KeyShown(Model):
    """The card's reveal was sent; ``at`` is the message's own time. What is answered after it does not count."""

    type: Literal["key-shown"] = "key-shown"
    card: Index
    at: FiniteFloat


class CardLost(Model):
    """The card's message was deleted, or (``away``) its clock ran while nobody could answer: the process was down."""

    type: Literal["card-lost"] = "card-lost"
    card: Index
    showing: Index = 0
    away: bool = False


class SendFailed(Model):
    """An effect could not be carried out; ``effect`` is its id."""

    type: Literal["send-failed"] = "send-failed"
    effect: str


class ChannelLost(Model):
    """The channel was deleted, archived or closed to the bot."""

    type: Literal["channel-lost"] = "channel-lost"


class TimeUp(Model):
    """The timer with this id has run out."""

    type: Literal["time-up"] = "time-up"
    timer: str


Event = Annotated[
    Opened
    | Joined
    | Left
    | Started
    | Answered
    | Next
    | Skipped
    | Paused
    | Resumed
    | Stopped
    | Appealed
    | AppealDismissed
    | AppealGranted
    | CardShown
    | KeyShown
    | CardLost
    | SendFailed
    | ChannelLost
    | TimeUp,
    Field(discriminator="type"),
]
