"""Which questions were asked, and what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

RETENTION_DAYS = 90
"""How long questions are kept unless the person who runs the bot says otherwise."""


class Outcome(StrEnum):
    """What became of a question; the values are those of an answer's status."""

    ANSWERED = "answered"
    CLARIFY = "clarify"
    ABSTAINED = "abstained"


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as it was asked. Ids are Discord's, None outside of it; ``message`` is the one to link to; ``at`` unix seconds."""

    course: str
    text: str
    outcome: Outcome
    entries: tuple[str, ...]
    confidence: float
    at: float
    guild: int | None = None
    channel: int | None = None
    message: int | None = None
    person: int | None = None


class QuestionStore(Protocol):
    """Keeps questions for a while."""

    async def log(self, question: AskedQuestion) -> None:
        """Keep a question."""
        ...

    async def asked(self, guild: int, since: float = 0.0) -> Sequence[AskedQuestion]:
        """A server's questions from ``since`` (unix seconds) on, the oldest first."""
        ...

    async def purge(self, now: float, days: int = RETENTION_DAYS) -> int:
        """Delete what was asked more than so many days before ``now``, feedback included; how many rows that were."""
        ...
