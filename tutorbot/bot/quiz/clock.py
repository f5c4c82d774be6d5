"""Discord's clock, as its ids tell it."""

from collections import deque
from collections.abc import Callable

import discord

_REMEMBERED = 64


def time_of(snowflake: int) -> float:
    """When an id was made, in unix seconds."""
    return discord.utils.snowflake_time(snowflake).timestamp()


class DiscordClock:
    """This machine's clock, put right by the ids of events as they come in; calling it gives unix seconds.

    An id is older than its arrival by the way here, so the greatest difference seen lately is the nearest to the clock's error.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._seen: deque[float] = deque(maxlen=_REMEMBERED)

    def __call__(self) -> float:
        """Unix seconds."""
        return self._clock() + max(self._seen, default=0.0)

    def heard(self, snowflake: int) -> float:
        """Take note of an id that has just come in; returns its time."""
        at = time_of(snowflake)
        self._seen.append(at - self._clock())
        return at
