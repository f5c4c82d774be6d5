"""How fast a question is answered, next to the bare encoder in the same run.

    python benchmarks/asking.py [--questions 200]

Prints: p50 and p99 of `Tutor.ask` for one question after the other (in milliseconds, and as a ratio to encoding the same questions
and nothing else), the throughput of 64 questions at once against one after the other, the longest time that the event loop was held,
start-up time with everything cached, and memory. Only the ratios carry over to other machines.
"""

import argparse
import asyncio
import resource
import statistics
import time
from pathlib import Path

from tutorbot.measuring.labelled import read_labelled
from tutorbot.settings import read_settings
from tutorbot.tutor import Tutor, open_answerer

QUESTIONS = Path(__file__).parent.parent / "tests" / "data" / "alliances-labelled.jsonl"


def percentile(values: list[float], share: float) -> float:
    """The value below which ``share`` of the values lie."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


async def loop_lag(done: asyncio.Event, lags: list[float]) -> None:
    """Note how late a 1 ms timer fires, in milliseconds, until ``done``."""
    while not done.is_set():
        start = time.perf_counter()
        await asyncio.sleep(0.001)
        lags.append((time.perf_counter() - start - 0.001) * 1000)


async def measure(tutor: Tutor, floor: object, questions: list[str]) -> None:
    """Take turns between the floor and the tutor, so that both meet the same noise."""
    encode = floor.encode  # type: ignore[attr-defined]
    bare, asked = [], []
    for question in questions[:10]:
        await tutor.ask(question)
    for question in questions:
        start = time.perf_counter()
        encode([question])
        bare.append((time.perf_counter() - start) * 1000)
        start = time.perf_counter()
        await tutor.ask(question)
        asked.append((time.perf_counter() - start) * 1000)
    p50, p99 = statistics.median(asked), percentile(asked, 0.99)
    print(f"encoder alone   p50 {statistics.median(bare):6.2f} ms   p99 {percentile(bare, 0.99):6.2f} ms")
    print(
        f"Tutor.ask       p50 {p50:6.2f} ms   p99 {p99:6.2f} ms   p50 is {p50 / statistics.median(bare):.2f} x the encoder's"
    )
    batch = questions[:64]
    alone, together = [], []
    lags: list[float] = []
    for _ in range(3):
        start = time.perf_counter()
        for question in batch:
            await tutor.ask(question)
        alone.append(time.perf_counter() - start)
        done = asyncio.Event()
        watch = asyncio.create_task(loop_lag(done, lags))
        start = time.perf_counter()
        await asyncio.gather(*(tutor.ask(question) for question in batch))
        together.append(time.perf_counter() - start)
        done.set()
        await watch
    ratio = statistics.median(alone) / statistics.median(together)
    print(f"64 at once      {64 / statistics.median(together):6.0f} questions/s, {ratio:.2f} x one after the other")
    print(f"event loop      held at most {max(lags):.1f} ms meanwhile")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=200)
    count = parser.parse_args().questions
    questions = [row.question for row in read_labelled(QUESTIONS) if not row.context][:count]
    settings = read_settings()
    open_answerer(settings)  # everything is cached from here on
    start = time.perf_counter()
    floor = open_answerer(settings).encoder
    print(f"start-up        {time.perf_counter() - start:6.2f} s with vectors cached and libraries imported")

    async def run() -> None:
        tutor = Tutor.open(settings)
        await measure(tutor, floor, questions)
        await tutor.close()

    asyncio.run(run())
    print(
        f"memory          {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:6.0f} MB at most (three openings)"
    )


if __name__ == "__main__":
    main()
