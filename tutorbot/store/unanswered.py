"""Questions asked in vain, in groups of the same meaning, and who is to be told when one is answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from tutorbot.store.feedback import FeedbackLog


class GroupStatus(StrEnum):
    """What moderators did about a group."""

    OPEN = "open"
    ANSWERED = "answered"
    POINTED = "pointed"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Group:
    """Questions of one meaning. Ids are Discord's, times unix seconds.

    ``question`` is the first that was asked, ``questions`` all wordings, the first first. They were asked ``times`` times by
    ``people`` people. ``entry`` is what answers them. ``card`` is the (channel, message) that shows the group to moderators.
    """

    id: int
    guild: int
    course: str
    question: str
    questions: tuple[str, ...]
    times: int
    people: int
    first_at: float
    last_at: float
    status: GroupStatus = GroupStatus.OPEN
    entry: str | None = None
    settled_by: int | None = None
    settled_at: float | None = None
    card: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """A person to be told that their question is answered now, by ``entry``, where they asked it: as a reply to ``message``."""

    id: int
    group: int
    guild: int
    course: str
    person: int
    channel: int
    message: int | None
    question: str
    entry: str


class UnansweredStore(FeedbackLog, Protocol):
    """Keeps questions asked in vain. A question joins the open group that has it word for word, else it begins a group; groups of
    the same meaning are merged by those who can tell.
    """

    async def open(self, guild: int, course: str | None = None) -> Sequence[Group]:
        """The open groups of a server, those of most people first, then the latest."""
        ...

    async def group(self, guild: int, group: int) -> Group | None:
        """A group of a server."""
        ...

    async def merge(self, guild: int, into: int, others: Sequence[int]) -> None:
        """Put the questions of other open groups into one; what is not open, or another server's, stays as it is."""
        ...

    async def settle(
        self, guild: int, group: int, status: GroupStatus, *, entry: str | None = None, who: int, at: float
    ) -> Group | None:
        """Deal with an open group; None if it is not open: somebody was quicker."""
        ...

    async def keep_card(self, guild: int, group: int, channel: int, message: int) -> bool:
        """Remember the message that shows a group; whether there still is such a group."""
        ...

    async def to_tell(self, guild: int) -> Sequence[Telling]:
        """Who is to be told, each person once a group: their questions are answered or pointed, and they did not opt out."""
        ...

    async def tell(self, telling: int, at: float) -> bool:
        """Whether the caller shall tell it: True for one caller, once."""
        ...

    async def opt_out(self, person: int, out: bool) -> None:
        """Let a person not be told any more, or again."""
        ...

    async def opted_out(self, person: int) -> bool:
        """Whether a person does not want to be told."""
        ...
