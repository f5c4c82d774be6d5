"""What becomes of an entry in a server: one version after the other, none ever overwritten."""

from dataclasses import dataclass
from enum import StrEnum

from tutorbot.errors import TutorbotError
from tutorbot.knowledge.overlay import Laid


class Action(StrEnum):
    """What a moderator did."""

    ADD = "add"
    EDIT = "edit"
    REMOVE = "remove"
    RESTORE = "restore"
    ACCEPT = "accept"
    """An imported proposal was accepted."""
    POINT = "point"
    """A question asked in vain was pointed to the entry."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a moderator wants to lay over an entry. ``expected`` is the number of the version that they saw, 0 if there was none."""

    entry: str
    laid: Laid
    action: Action
    expected: int


@dataclass(frozen=True, slots=True)
class Version:
    """What a server lays over an entry from ``at`` (unix seconds) until the next version. Numbers begin at 1; 0 is the course's own."""

    guild: int
    course: str
    entry: str
    number: int
    action: Action
    laid: Laid
    who: int
    at: float
    why: str = ""


class ConflictError(TutorbotError):
    """Somebody saved the entry first, as ``theirs``; nothing was overwritten."""

    def __init__(self, theirs: Version) -> None:
        super().__init__(f"`{theirs.entry}` was changed meanwhile; look at that version and save again.")
        self.theirs = theirs
