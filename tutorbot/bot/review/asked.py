"""What a review's buttons carry, so that every one of them works after a restart."""

from dataclasses import dataclass
from typing import Self

NONE = "-"
"""In place of a topic's key: all topics."""

_KEY = r"[a-z2-7]{8}"
SITTING = rf"({_KEY}|{NONE}):(\d+)"
ASKED = rf"({_KEY}):(\d+):({_KEY}):{SITTING}"
"""The patterns of both values as they are packed, with a group for each field."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """What somebody is reviewing: the key of a ``topic``, and how many cards never asked they want besides."""

    topic: str = NONE
    new: int = 0

    def packed(self) -> str:
        """The fields as a part of a custom_id."""
        return f"{self.topic}:{self.new}"

    @classmethod
    def unpacked(cls, topic: str, new: str) -> Self:
        """From the groups of ``SITTING``."""
        return cls(topic, int(new))


@dataclass(frozen=True, slots=True)
class Asked:
    """A card as it was shown: its key, when (unix milliseconds, which also seed its options), and the key of what it said."""

    card: str
    shown: int
    said: str
    sitting: Sitting

    def packed(self) -> str:
        """The fields as a part of a custom_id: at most 60 characters."""
        return f"{self.card}:{self.shown}:{self.said}:{self.sitting.packed()}"

    @classmethod
    def unpacked(cls, card: str, shown: str, said: str, topic: str, new: str) -> Self:
        """From the groups of ``ASKED``."""
        return cls(card, int(shown), said, Sitting.unpacked(topic, new))
