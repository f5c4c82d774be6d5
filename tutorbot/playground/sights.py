"""What can be seen happening on the local Discord, told to those who watch it: the page, the file that keeps it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from tutorbot.playground.model import Channel, Message, User


class Fate(Enum):
    """What became of a message."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True)
class MessageSeen:
    """A message came, changed or went; private ones (`seen_only_by`) too."""

    message: Message
    fate: Fate


@dataclass(frozen=True)
class TypingSeen:
    """Somebody types."""

    channel: Channel
    user: User


@dataclass(frozen=True)
class PlaceChanged:
    """People, roles, channels or commands are not what they were, or the bot came or went."""


Sight = MessageSeen | TypingSeen | PlaceChanged
Watcher = Callable[[Sight], None]
