"""Threads that answer questions: one by one as they come, several at a time while several wait."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock

from tutorbot.answering.answer import Answer
from tutorbot.answering.message import Asked, answers
from tutorbot.matching.encoder import Vectors

_MOST = 16
"""Questions that are answered together: the first of them waits for the last."""


class Workers:
    """A few threads, which start with the first question. `answer` and `close` are for one event loop."""

    def __init__(self, encode: Callable[[Sequence[str]], Vectors], threads: int) -> None:
        """``encode`` gives the vectors of texts; it and what goes with it work in so many ``threads``."""
        self._encode = encode
        self._number = threads
        self._threads = ThreadPoolExecutor(threads, "answers")
        self._waiting: deque[tuple[Asked, Future[Answer]]] = deque()
        self._lock = Lock()

    async def answer(self, asked: Asked) -> Answer:
        """The answer, as soon as a thread is free and has found it. Cancelled by `close`."""
        found: Future[Answer] = Future()
        with self._lock:
            self._waiting.append((asked, found))
        self._threads.submit(self._work)
        return await asyncio.wrap_future(found)

    async def close(self) -> None:
        """End the threads; whoever still waits is cancelled."""
        with self._lock:
            left = [found for _, found in self._waiting]
            self._waiting.clear()
        for one in left:
            one.cancel()
        await asyncio.to_thread(self._threads.shutdown)

    def _work(self) -> None:
        """Answer this thread's share of those who wait; nothing, if others have taken them."""
        with self._lock:
            share = min(_MOST, -(-len(self._waiting) // self._number))
            taken = [self._waiting.popleft() for _ in range(share)]
        self._answer([one for one in taken if one[1].set_running_or_notify_cancel()])

    def _answer(self, taken: Sequence[tuple[Asked, Future[Answer]]]) -> None:
        try:
            given = answers([asked for asked, _ in taken], self._encode)
        except Exception as error:
            if len(taken) == 1:
                taken[0][1].set_exception(error)
            else:  # the error is for that one alone whose question it is
                for one in taken:
                    self._answer([one])
            return
        for (_, found), answer in zip(taken, given, strict=True):
            found.set_result(answer)
