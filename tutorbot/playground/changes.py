"""Waiting for the world to change."""

import asyncio
from collections.abc import Callable

LONGEST_NAP = 0.01
"""Seconds between two looks at a condition when nothing in the world says that it changed."""


class Changes:
    """Wakes those who wait whenever something happened."""

    def __init__(self) -> None:
        self._sleepers: set[asyncio.Future[None]] = set()

    def notify(self) -> None:
        """Something happened: every waiting condition is looked at again."""
        for sleeper in self._sleepers:
            if not sleeper.done():
                sleeper.set_result(None)

    async def until(self, condition: Callable[[], object], seconds: float) -> bool:
        """Wait until `condition()` is true, at most `seconds` of real time; say whether it became true."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while not condition():
            left = end - loop.time()
            if left <= 0:
                return False
            sleeper: asyncio.Future[None] = loop.create_future()
            self._sleepers.add(sleeper)
            try:
                await asyncio.wait([sleeper], timeout=min(left, LONGEST_NAP))
            finally:
                self._sleepers.discard(sleeper)
        return True
