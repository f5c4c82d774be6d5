"""What people thought of answers, and which questions found none."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Verdict(StrEnum):
    """Why a question is put before the moderators."""

    ABSTAINED = "abstained"
    NOT_HELPFUL = "not helpful"


@dataclass(frozen=True, slots=True)
class Feedback:
    """A question that the moderators should see. ``at`` is unix seconds; ids are Discord's, None outside of it.

    ``message`` is the one that asked, or the answer to it: there the person is told when it is answered.
    """

    verdict: Verdict
    question: str
    entries: tuple[str, ...]
    at: float
    guild: int | None = None
    channel: int | None = None
    person: int | None = None
    course: str = ""
    message: int | None = None


class FeedbackLog(Protocol):
    """Keeps feedback until moderators have dealt with it."""

    async def add(self, feedback: Feedback) -> bool:
        """Keep it; False if this person has said the same of the same question about the same course before."""
        ...

    async def all(self, guild: int | None) -> Sequence[Feedback]:
        """What was kept for a server, oldest first."""
        ...


@dataclass(slots=True)
class MemoryFeedbackLog:
    """A FeedbackLog that lasts as long as the process and holds the newest ``limit``."""

    limit: int = 10_000
    _kept: dict[tuple[object, ...], Feedback] = field(default_factory=dict)

    async def add(self, feedback: Feedback) -> bool:
        """See FeedbackLog."""
        key = (feedback.guild, feedback.person, feedback.verdict, feedback.course, feedback.question)
        if key in self._kept:
            return False
        self._kept[key] = feedback
        if len(self._kept) > self.limit:
            del self._kept[next(iter(self._kept))]
        return True

    async def all(self, guild: int | None) -> Sequence[Feedback]:
        """See FeedbackLog."""
        return [feedback for feedback in self._kept.values() if feedback.guild == guild]
