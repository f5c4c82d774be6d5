"""Work off the event loop: what arrives while a batch is being worked on makes up the next one."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")


class Batcher(Generic[Given, Made]):
    """Gives coroutines what ``work`` makes of what they hand in, in one thread of its own."""

    def __init__(self, work: Callable[[Sequence[Given]], Sequence[Made]], *, most: int) -> None:
        """``work`` takes at most ``most`` things and makes one of each, in the same order; what it raises, each asker gets."""
        self._work = work
        self._most = most
        self._thread = ThreadPoolExecutor(1, "batches")
        self._waiting: list[tuple[Given, asyncio.Future[Made]]] = []
        self._draining: asyncio.Task[None] | None = None

    async def make(self, given: Given) -> Made:
        """What ``work`` makes of ``given``."""
        future: asyncio.Future[Made] = asyncio.get_running_loop().create_future()
        self._waiting.append((given, future))
        if self._draining is None or self._draining.done():
            self._draining = asyncio.create_task(self._drain())
        return await future

    async def close(self) -> None:
        """End the thread; whoever still waits is cancelled."""
        if self._draining is not None:
            self._draining.cancel()
        for _, future in self._waiting:
            future.cancel()
        await asyncio.to_thread(self._thread.shutdown, wait=True, cancel_futures=True)

    async def _drain(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
            given = [one for one, _ in batch]
            try:
                made = await asyncio.get_running_loop().run_in_executor(self._thread, self._work, given)
            except asyncio.CancelledError:  # closed: nobody may wait for ever
                for _, future in batch:
                    future.cancel()
                raise
            except Exception as error:  # each asker gets it
                for _, future in batch:
                    if not future.done():
                        future.set_exception(error)
                continue
            for (_, future), one in zip(batch, made, strict=True):
                if not future.done():
                    future.set_result(one)
