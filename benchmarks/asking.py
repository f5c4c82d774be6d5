"""How fast a question is answered, next to the bare encoder and to two peers in the same run.

    make bench      or      python benchmarks/asking.py [--questions 150] [--peers PYTHON]

Takes turns, ten questions each, between the model at full precision alone (the floor), our encoder alone, whose weights are in bytes,
`Tutor.ask`, and, if ``--peers`` names a Python with benchmarks/peers.txt installed, haystack-ai and txtai doing retrieval alone over the same
entries with the same weights at full precision. Then: each question right after the floor, a repeated question, an exact term, 64 questions
at once against one after the other, how long the event loop was held, start-up and memory.
Only the ratios carry over to other machines.
"""

import argparse
import asyncio
import importlib
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from tutorbot.matching.elsewhere import elsewhere
from tutorbot.matching.encoder import Vectors
from tutorbot.matching.encoder.sentence import model_folder
from tutorbot.matching.faces import entry_text
from tutorbot.measuring.labelled import read_labelled
from tutorbot.settings import read_settings
from tutorbot.tutor import Opened, Tutor, open_answerer

QUESTIONS = Path(__file__).parent.parent / "tests" / "data" / "alliances-labelled.jsonl"
PEERS = Path(__file__).parent / "peers.py"
BLOCK = 10  # questions that each answers before it is the next one's turn
CALM, CALM_PEERS = 0.02, 0.3
"""Seconds between them, in which the threads of the one before stop waiting for more work: torch's, which the peers use, only after 0.2 s."""


def export(folder: Path, adapter: Path, target: Path) -> None:
    """Write the model at full precision to ``target``."""
    importlib.import_module("tutorbot.matching.encoder.exporting").export(folder, adapter, target, in_bytes=False)


def percentile(values: list[float], share: float) -> float:
    """The value below which ``share`` of the values lie."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


class Floor:
    """The course's model as it was trained, at full precision, with ONNX Runtime's own choice of threads: a question to a vector, no more."""

    def __init__(self, model: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._session = onnxruntime.InferenceSession(
            str(model / "onnx" / "model.onnx"), providers=["CPUExecutionProvider"]
        )
        self._inputs = {one.name for one in self._session.get_inputs()}

    def encode(self, question: str) -> Vectors:
        """The mean of the word pieces' vectors, of unit length."""
        ids = np.asarray([self._tokenizer.encode(question).ids])
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        [hidden] = self._session.run(None, {name: given[name] for name in self._inputs})
        mean = hidden[0].mean(axis=0)
        found: Vectors = mean / np.linalg.norm(mean)
        return found


class Peers:
    """The peers' process."""

    def __init__(self, python: str, opened: Opened, model: Path) -> None:
        course = opened.index.course
        texts = [f"{entry.term}: {entry_text(course, entry)}" for entry in course.entries]
        self._process = subprocess.Popen([python, PEERS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._say({"model": str(model), "texts": texts})
        if self._hear().strip() != "ready":
            raise SystemExit("The peers could not be started.")

    def ask(self, question: str) -> dict[str, float]:
        """Milliseconds of each."""
        self._say(question)
        found: dict[str, float] = json.loads(self._hear())
        return found

    def _say(self, what: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()

    def _hear(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


async def loop_lag(done: asyncio.Event, lags: list[float]) -> None:
    """Note how late a 1 ms timer fires, in milliseconds, until ``done``."""
    while not done.is_set():
        start = time.perf_counter()
        await asyncio.sleep(0.001)
        lags.append((time.perf_counter() - start - 0.001) * 1000)


def spent(work: Callable[[], object]) -> float:
    """Milliseconds that it takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


async def timed(tutor: Tutor, question: str) -> float:
    """Milliseconds until the answer."""
    start = time.perf_counter()
    await tutor.ask(question)
    return (time.perf_counter() - start) * 1000


async def one_by_one(opened: Opened, threshold: float, floor: Floor, peers: Peers | None, questions: list[str]) -> None:
    """The table of single questions."""
    tutor = Tutor(opened, threshold=threshold)
    rows: dict[str, list[float]] = {"full precision": [], "Tutor.ask": [], "our encoder": []}
    for start in range(0, len(questions), BLOCK):
        block = questions[start : start + BLOCK]
        found: dict[str, list[float]] = {}
        for name, ask in (("full precision", floor.encode), ("our encoder", lambda one: opened.encoder.encode([one]))):
            await asyncio.sleep(CALM)
            found[name] = [spent(partial(ask, question)) for question in block]
        await asyncio.sleep(CALM)
        found["Tutor.ask"] = [await timed(tutor, question) for question in block]
        if peers is not None:
            await asyncio.sleep(CALM)
            for held in map(peers.ask, block):
                for name, value in held.items():
                    found.setdefault(name, []).append(value)
            await asyncio.sleep(CALM_PEERS)
        if start:  # the first block warms up
            for name, values in found.items():
                rows.setdefault(name, []).extend(values)
    await tutor.close()
    whole, ours = (statistics.median(rows[name]) for name in ("full precision", "our encoder"))
    print(f"{'':18}  p50 ms  p99 ms  p50 / full precision  p50 / our encoder")
    for name, values in rows.items():
        p50 = statistics.median(values)
        print(f"{name:18} {p50:7.2f} {percentile(values, 0.99):7.2f} {p50 / whole:12.2f} {p50 / ours:20.2f}")


async def right_after(opened: Opened, threshold: float, floor: Floor, questions: list[str]) -> None:
    """`Tutor.ask` when the floor has just pushed all that is ours out of the processor's cache; and what need not be encoded."""
    tutor = Tutor(opened, threshold=threshold)
    alone, after = [], []
    for question in questions:
        alone.append(spent(partial(floor.encode, question)))
        after.append(await timed(tutor, question))
    p50 = statistics.median(after)
    print(f"{'right after it':18} {p50:7.2f} {percentile(after, 0.99):7.2f} {p50 / statistics.median(alone):12.2f}")
    again = [await timed(tutor, question) for question in questions]
    print(f"{'the same again':18} {statistics.median(again):7.2f} {percentile(again, 0.99):7.2f}")
    terms = [f"what is {entry.term}?" for entry in tutor.course.entries]
    named = [await timed(tutor, term) for term in terms]
    print(f"{'an exact term':18} {statistics.median(named):7.2f} {percentile(named, 0.99):7.2f}")
    await tutor.close()


async def together(opened: Opened, threshold: float, questions: list[str]) -> None:
    """64 at once."""
    batch, alone, at_once = questions[:64], [], []
    lags: list[float] = []
    for _ in range(5):
        tutor = Tutor(opened, threshold=threshold)  # which remembers nothing yet
        start = time.perf_counter()
        for question in batch:
            await tutor.ask(question)
        alone.append(time.perf_counter() - start)
        await tutor.close()
        tutor = Tutor(opened, threshold=threshold)
        done = asyncio.Event()
        watch = asyncio.create_task(loop_lag(done, lags))
        start = time.perf_counter()
        await asyncio.gather(*(tutor.ask(question) for question in batch))
        at_once.append(time.perf_counter() - start)
        done.set()
        await watch
        await tutor.close()
    ratio = statistics.median(alone) / statistics.median(at_once)
    print(f"64 at once: {64 / statistics.median(at_once):.0f} questions/s, {ratio:.2f} x one after the other")
    print(f"event loop: late by p99 {percentile(lags, 0.99):.1f} ms, at most {max(lags):.1f} ms meanwhile")


def start_up() -> None:
    """Seconds and megabytes of a process that answers one question, with everything cached."""
    code = (
        "import time; s=time.perf_counter(); import asyncio, resource; from tutorbot.tutor import Tutor;"
        "from tutorbot.settings import read_settings; t=Tutor.open(read_settings()); o=time.perf_counter()-s;"
        "asyncio.run(t.ask('what keeps friends from leaving'));"
        "print(f'start-up: {o:.2f} s until open, {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss/1024:.0f} MB')"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=150)
    parser.add_argument("--peers", help="a Python with benchmarks/peers.txt installed")
    given = parser.parse_args()
    questions = [row.question for row in read_labelled(QUESTIONS) if not row.context][: given.questions]
    settings = read_settings()
    start_up()  # first: a process begins with the memory of the one that starts it in its books
    opened = open_answerer(settings)
    print(f"{len(questions)} questions, {len(opened.index.course.entries)} entries")
    with tempfile.TemporaryDirectory() as scratch:
        model = Path(scratch) / "model"
        adapter = opened.index.course.folder / "adapter.safetensors"
        # in a process of its own: what exports is large and would count as memory here
        elsewhere(export, model_folder(settings.model)[0], adapter, model)
        peers = Peers(given.peers, opened, model) if given.peers else None
        floor = Floor(model)
        asyncio.run(one_by_one(opened, settings.threshold, floor, peers, questions))
        asyncio.run(right_after(opened, settings.threshold, floor, questions))
    asyncio.run(together(opened, settings.threshold, questions))
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")


if __name__ == "__main__":
    main()
