"""Work that is done again and again."""

import asyncio
import logging

import pytest

from tutorbot.repeating import repeated


async def test_it_is_done_again_until_the_end_and_never_cut_off() -> None:
    begun, ended = 0, 0
    thrice = asyncio.Event()

    async def work() -> None:
        nonlocal begun, ended
        begun += 1
        await asyncio.sleep(0.01)
        ended += 1
        if ended == 3:
            thrice.set()

    async with repeated(work, 0.0, trouble="It failed"):
        await asyncio.wait_for(thrice.wait(), 10)
    assert begun == ended
    await asyncio.sleep(0.05)
    assert begun == ended <= 5


async def test_a_failure_is_told_once_until_it_goes_well_again(caplog: pytest.LogCaptureFixture) -> None:
    outcomes = [ValueError("first"), ValueError("second"), None, ValueError("third")]
    done = asyncio.Event()

    async def work() -> None:
        if not outcomes:
            done.set()
        elif (outcome := outcomes.pop(0)) is not None:
            raise outcome

    with caplog.at_level(logging.ERROR):
        async with repeated(work, 0.0, trouble="It failed"):
            await asyncio.wait_for(done.wait(), 10)
    assert [record.getMessage() for record in caplog.records] == ["It failed: first", "It failed: third"]
