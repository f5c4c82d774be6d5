"""Encoding for many askers at once."""

import asyncio
import threading
from collections.abc import Sequence

import numpy as np
import pytest

from tutorbot.matching.batching import BatchingEncoder
from tutorbot.matching.encoder import Vectors

from .encoders import RefusingEncoder, WordsEncoder


class _GatedEncoder(WordsEncoder):
    """Encodes when its gate is opened."""

    def __init__(self) -> None:
        super().__init__()
        self.gate, self.entered = threading.Event(), threading.Event()

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.entered.set()
        self.gate.wait(30)
        return super().encode(texts)


async def test_64_askers_get_their_own_rows() -> None:
    encoder = WordsEncoder()
    batching = BatchingEncoder(encoder)
    asked = [[f"question {number}", f"side {number % 7}", "shared"][: number % 3 + 1] for number in range(64)]
    found = await asyncio.gather(*(batching.encode(texts) for texts in asked))
    for texts, vectors in zip(asked, found, strict=True):
        assert np.array_equal(vectors, WordsEncoder().encode(texts))
    assert len(encoder.asked) < 10
    assert all(len(set(batch)) == len(batch) <= 64 for batch in encoder.asked)
    await batching.close()


async def test_no_texts_and_many_texts_are_encoded_too() -> None:
    batching = BatchingEncoder(WordsEncoder())
    many = [f"text {number}" for number in range(200)]
    nothing, everything = await asyncio.gather(batching.encode([]), batching.encode(many))
    assert nothing.shape == (0, 64)
    assert everything.shape == (200, 64)
    await batching.close()


async def test_an_error_reaches_those_whose_texts_were_encoded_together_and_no_one_else() -> None:
    encoder = _GatedRefusingEncoder()
    batching = BatchingEncoder(encoder)
    first = asyncio.create_task(batching.encode(["fine"]))
    await asyncio.to_thread(encoder.entered.wait, 30)
    together = [asyncio.create_task(batching.encode([text])) for text in ("poison", "near it")]
    apart = asyncio.create_task(batching.encode([f"text {number}" for number in range(63)]))
    await asyncio.sleep(0)
    encoder.gate.set()
    found = await asyncio.gather(first, *together, apart, return_exceptions=True)
    assert [type(one) for one in found] == [np.ndarray, ValueError, ValueError, np.ndarray]
    assert (await batching.encode(["fine again"])).shape == (1, 64)
    await batching.close()


class _GatedRefusingEncoder(RefusingEncoder, _GatedEncoder):
    pass


async def test_whoever_stops_waiting_does_not_disturb_the_others() -> None:
    encoder = _GatedEncoder()
    batching = BatchingEncoder(encoder)
    tasks = [asyncio.create_task(batching.encode([f"text {number}"])) for number in range(3)]
    await asyncio.to_thread(encoder.entered.wait, 30)
    tasks[1].cancel()
    encoder.gate.set()
    found = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(found[1], asyncio.CancelledError)
    assert isinstance(found[2], np.ndarray)
    assert np.array_equal(found[2], WordsEncoder().encode(["text 2"]))
    await batching.close()


async def test_closing_cancels_those_who_wait_and_those_being_encoded() -> None:
    encoder = _GatedEncoder()
    batching = BatchingEncoder(encoder)
    encoding = asyncio.create_task(batching.encode(["being encoded"]))
    await asyncio.to_thread(encoder.entered.wait, 30)
    waiting = asyncio.create_task(batching.encode(["waiting"]))
    await asyncio.sleep(0)
    closing = asyncio.create_task(batching.close())
    found = await asyncio.wait_for(asyncio.gather(encoding, waiting, return_exceptions=True), 10)
    encoder.gate.set()
    await closing
    assert [type(one) for one in found] == [asyncio.CancelledError] * 2


async def test_closing_twice_or_unused_is_fine() -> None:
    batching = BatchingEncoder(WordsEncoder())
    await batching.close()
    await batching.close()


async def test_the_event_loop_goes_on_while_texts_are_encoded() -> None:
    encoder = _GatedEncoder()
    batching = BatchingEncoder(encoder)
    encoding = asyncio.create_task(batching.encode(["slow"]))
    await asyncio.to_thread(encoder.entered.wait, 30)
    for _ in range(20):
        await asyncio.sleep(0)
    assert not encoding.done()
    encoder.gate.set()
    assert (await encoding).shape == (1, 64)
    await batching.close()


def test_it_serves_one_event_loop_after_another() -> None:
    batching = BatchingEncoder(WordsEncoder())
    for _ in range(3):
        assert asyncio.run(batching.encode(["again"])).shape == (1, 64)
    asyncio.run(batching.close())


@pytest.mark.parametrize("texts", [["twice", "twice"], ["a", "b", "a"]])
async def test_a_text_asked_twice_is_encoded_once(texts: list[str]) -> None:
    encoder = WordsEncoder()
    batching = BatchingEncoder(encoder)
    assert np.array_equal(await batching.encode(texts), WordsEncoder().encode(texts))
    assert encoder.asked == [list(dict.fromkeys(texts))]
    await batching.close()
