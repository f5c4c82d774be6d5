"""Work for many askers at once."""

import asyncio
import threading
from collections.abc import Sequence

import pytest

from tutorbot.batching import Batcher


class _Shouting:
    """Puts words into capitals; keeps what it was given in ``batches``. Refuses "poison"."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []

    def __call__(self, words: Sequence[str]) -> list[str]:
        self.batches.append(list(words))
        if "poison" in words:
            raise ValueError("poison")
        return [word.upper() for word in words]


class _Gated(_Shouting):
    """Works when its gate is opened."""

    def __init__(self) -> None:
        super().__init__()
        self.gate, self.entered = threading.Event(), threading.Event()

    def __call__(self, words: Sequence[str]) -> list[str]:
        self.entered.set()
        self.gate.wait(30)
        return super().__call__(words)


async def test_200_askers_get_their_own_in_few_batches_of_the_size_allowed() -> None:
    work = _Shouting()
    batcher = Batcher(work, most=64)
    found = await asyncio.gather(*(batcher.make(f"word {number}") for number in range(200)))
    assert found == [f"WORD {number}" for number in range(200)]
    assert len(work.batches) < 10
    assert all(len(batch) <= 64 for batch in work.batches)
    await batcher.close()


async def test_an_error_reaches_those_of_its_batch_and_no_one_else() -> None:
    work = _Gated()
    batcher = Batcher(work, most=2)
    first = asyncio.create_task(batcher.make("fine"))
    await asyncio.to_thread(work.entered.wait, 30)
    later = [asyncio.create_task(batcher.make(word)) for word in ("poison", "near it", "apart")]
    await asyncio.sleep(0)
    work.gate.set()
    found = await asyncio.gather(first, *later, return_exceptions=True)
    assert [type(one) for one in found] == [str, ValueError, ValueError, str]
    assert await batcher.make("fine again") == "FINE AGAIN"
    await batcher.close()


async def test_whoever_stops_waiting_does_not_disturb_the_others() -> None:
    work = _Gated()
    batcher = Batcher(work, most=64)
    tasks = [asyncio.create_task(batcher.make(f"word {number}")) for number in range(3)]
    await asyncio.to_thread(work.entered.wait, 30)
    tasks[1].cancel()
    work.gate.set()
    found = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(found[1], asyncio.CancelledError)
    assert found[2] == "WORD 2"
    await batcher.close()


async def test_closing_cancels_those_who_wait_and_those_being_served() -> None:
    work = _Gated()
    batcher = Batcher(work, most=64)
    served = asyncio.create_task(batcher.make("served"))
    await asyncio.to_thread(work.entered.wait, 30)
    waiting = asyncio.create_task(batcher.make("waiting"))
    await asyncio.sleep(0)
    closing = asyncio.create_task(batcher.close())
    found = await asyncio.wait_for(asyncio.gather(served, waiting, return_exceptions=True), 10)
    work.gate.set()
    await closing
    assert [type(one) for one in found] == [asyncio.CancelledError] * 2


async def test_closing_twice_or_unused_is_fine() -> None:
    batcher = Batcher(_Shouting(), most=64)
    await batcher.close()
    await batcher.close()


async def test_the_event_loop_goes_on_meanwhile() -> None:
    work = _Gated()
    batcher = Batcher(work, most=64)
    served = asyncio.create_task(batcher.make("slow"))
    await asyncio.to_thread(work.entered.wait, 30)
    for _ in range(20):
        await asyncio.sleep(0)
    assert not served.done()
    work.gate.set()
    assert await served == "SLOW"
    await batcher.close()


@pytest.mark.parametrize("times", [3])
def test_it_serves_one_event_loop_after_another(times: int) -> None:
    batcher = Batcher(_Shouting(), most=64)
    for _ in range(times):
        assert asyncio.run(batcher.make("again")) == "AGAIN"
    asyncio.run(batcher.close())
