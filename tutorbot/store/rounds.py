"""What must last of rounds: their events, the messages that show them, their results."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tutorbot.quiz.result import RoundResult
from tutorbot.quiz.round import Record
from tutorbot.quiz.spacing import Asked


@dataclass(frozen=True, slots=True)
class Place:
    """A round's number and where it is played; Discord's ids."""

    round: int
    guild: int
    channel: int


class RoundStore(Protocol):
    """Keeps rounds. An event is kept before anything is done about it."""

    async def open(self, guild: int, channel: int, first: Record) -> Place | None:
        """Begin a round with its first event; None if one runs in that channel."""
        ...

    async def append(self, round_id: int, number: int, record: Record) -> bool:
        """Keep the event as that number; False if an event of the same id was kept before."""
        ...

    async def records(self, round_id: int) -> Sequence[Record]:
        """The events of a round, in order."""
        ...

    async def next_number(self, round_id: int) -> int:
        """The number after that of a round's last event; there are gaps where events could not be kept."""
        ...

    async def running(self) -> Sequence[Place]:
        """The rounds that are not finished, the oldest first."""
        ...

    async def place(self, round_id: int) -> Place | None:
        """Where a round is or was played; None if there is no such round."""
        ...

    async def shown(self, round_id: int) -> Mapping[str, int]:
        """The message of each effect that was carried out."""
        ...

    async def keep_message(self, round_id: int, effect: str, message: int) -> None:
        """Remember the message that an effect made, in place of an earlier one."""
        ...

    async def finish(self, round_id: int, result: RoundResult, topic: str | None) -> None:
        """Keep how a round went and free its channel; a later result takes the place of an earlier one."""
        ...

    async def results(self, guild: int, since: float = 0.0, topic: str | None = None) -> Sequence[RoundResult]:
        """The finished rounds of a server that ended at or after ``since`` (unix seconds), on a topic or all, the oldest first."""
        ...

    async def asked(self, guild: int) -> Sequence[Asked]:
        """The cards that a server's rounds have asked and that counted."""
        ...
