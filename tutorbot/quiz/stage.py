"""Where a round is shown: what a front end gives to the rounds."""

from dataclasses import dataclass
from typing import Protocol

from tutorbot.quiz.round import Round
from tutorbot.quiz.round.effects import (
    Report,
    Reveal,
    ShowAppeal,
    ShowCard,
    ShowLobby,
    ShowPodium,
    ShowStanding,
    UpdateCount,
)
from tutorbot.store.rounds import Place

Shown = ShowLobby | ShowCard | UpdateCount | Reveal | ShowAppeal | ShowPodium | Report
"""The effects that are messages or changes of messages; a standing stands under its reveal."""


class ShowError(Exception):
    """It could not be shown now."""


class MessageGoneError(Exception):
    """The message that was to be changed is no more."""


class PlaceGoneError(Exception):
    """The channel or thread is no more, or closed to the bot."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A message and when it was sent (unix seconds, Discord's clock)."""

    message: int
    at: float


class Stage(Protocol):
    """Where rounds are shown."""

    async def show(
        self, place: Place, state: Round, effect: Shown, standing: ShowStanding | None, message: int | None
    ) -> Sent:
        """Send a message, or change ``message``. Raises ShowError, MessageGoneError or PlaceGoneError."""
        ...

    async def open_thread(self, place: Place, state: Round, message: int) -> int | None:
        """Open a thread on the message, or find the one that is there; None if there can be none. Raises nothing."""
        ...

    async def close_card(self, place: Place, state: Round, index: int, showing: int, message: int) -> None:
        """Take the buttons and the deadline off a card's message; raises as ``show``."""
        ...
