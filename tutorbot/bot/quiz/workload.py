"""Tasks that are to be finished before the bot ends: what they hold, an answer or a database's connection, would be lost."""

import asyncio
from typing import Any

_LAST_WORDS = 3.0
"""Seconds that tasks have when the bot is stopped."""


class Workload:
    """The tasks of a front end that are at work."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closed = False

    def enter(self) -> None:
        """Count the task that calls this as at work, until it ends. Raises CancelledError once all work has ended."""
        if self._closed:
            raise asyncio.CancelledError
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Wait until all are done; those that take too long are cancelled."""
        self._closed = True
        if self._tasks:
            _done, late = await asyncio.wait(set(self._tasks), timeout=_LAST_WORDS)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late)
