"""Work that is done again and again while something else goes on."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

_log = logging.getLogger(__name__)


@asynccontextmanager
async def repeated(work: Callable[[], Awaitable[object]], every: float, *, trouble: str) -> AsyncIterator[None]:
    """Do ``work`` every so many seconds meanwhile; it is never cut off in the middle, which would leave a database's connection hanging.

    What it raises is logged once after ``trouble``, and again only after it has gone well.
    """
    working = asyncio.Lock()

    async def go_on() -> None:
        failing = False
        while True:
            try:
                async with working:
                    await work()
                failing = False
            except Exception as error:  # whatever it is, everything else goes on
                if not failing:
                    _log.error("%s: %s", trouble, error)
                failing = True
            await asyncio.sleep(every)

    task = asyncio.create_task(go_on())
    try:
        yield
    finally:
        async with working:
            task.cancel()
        with suppress(asyncio.CancelledError):
            await task
