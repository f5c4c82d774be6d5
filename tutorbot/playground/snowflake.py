"""Discord's ids: the time of making in the upper bits, a counter below."""

from collections.abc import Callable

DISCORD_EPOCH = 1_420_070_400
"""Unix seconds at which Discord's ids begin: 2015-01-01 UTC."""


class Snowflakes:
    """Makes ids from the clock; each is greater than the one before, whatever the clock does."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._last = 0

    def next(self) -> int:
        """A new id, carrying the clock's time in milliseconds."""
        milliseconds = int((self._clock() - DISCORD_EPOCH) * 1000)
        self._last = max(self._last + 1, milliseconds << 22)
        return self._last


def time_of(snowflake: int) -> float:
    """When an id was made, in unix seconds (whole milliseconds)."""
    return (snowflake >> 22) / 1000 + DISCORD_EPOCH
