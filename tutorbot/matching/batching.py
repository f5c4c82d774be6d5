"""Encoding off the event loop: questions that arrive together are encoded together."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from tutorbot.matching.encoder import Encoder, Vectors

_MOST_TEXTS = 64
"""Texts in one batch: more do not encode faster per text, and would keep the first asker waiting."""


class BatchingEncoder:
    """An Encoder for coroutines. While one batch is being encoded in a thread, the next one gathers."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._thread = ThreadPoolExecutor(1, "encoder")
        self._waiting: list[tuple[Sequence[str], asyncio.Future[Vectors]]] = []
        self._draining: asyncio.Task[None] | None = None

    async def encode(self, texts: Sequence[str]) -> Vectors:
        """See Encoder.encode."""
        future: asyncio.Future[Vectors] = asyncio.get_running_loop().create_future()
        self._waiting.append((texts, future))
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
            batch, size = [self._waiting.pop(0)], 0
            size = len(batch[0][0])
            while self._waiting and size + len(self._waiting[0][0]) <= _MOST_TEXTS:
                batch.append(self._waiting.pop(0))
                size += len(batch[-1][0])
            texts = list(dict.fromkeys(text for wanted, _ in batch for text in wanted))
            row = {text: at for at, text in enumerate(texts)}
            try:
                vectors = await asyncio.get_running_loop().run_in_executor(self._thread, self._encoder.encode, texts)
            except asyncio.CancelledError:  # closed: nobody may wait for ever
                for _, future in batch:
                    future.cancel()
                raise
            except Exception as error:  # each asker gets it
                for _, future in batch:
                    if not future.done():
                        future.set_exception(error)
                continue
            for wanted, future in batch:
                if not future.done():
                    future.set_result(vectors[np.asarray([row[text] for text in wanted], np.intp)])
