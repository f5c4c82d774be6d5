"""The one service that front ends call: it puts the parts together."""

import asyncio
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from rapidfuzz import fuzz, process

from tutorbot.answering import Answer, Choice, QuestionKind, Status
from tutorbot.answering.answerer import Answerer
from tutorbot.answering.calibration import read_calibration
from tutorbot.answering.composing import choice_of, combined
from tutorbot.answering.reading import several_questions
from tutorbot.answering.vocabulary import course_words
from tutorbot.knowledge import Course, find_course, load_course
from tutorbot.knowledge.text import squeezed
from tutorbot.matching.batching import BatchingEncoder
from tutorbot.matching.encoder import Encoder, SentenceEncoder
from tutorbot.matching.index import CourseIndex
from tutorbot.matching.spelling import Speller
from tutorbot.settings import Settings
from tutorbot.store import FeedbackLog, MemoryFeedbackLog

_SURE_PART = 0.75  # chance from which each of several questions in a message is answered by itself
_SURE_NAME = 80  # rapidfuzz WRatio (0..100) from which a typed value is taken for a name


class Tutor:
    """Answers questions about one course. Made by `open`, once a process; its coroutines share one encoder."""

    def __init__(
        self,
        answerer: Answerer,
        encoder: BatchingEncoder,
        *,
        threshold: float,
        feedback: FeedbackLog | None = None,
        timer: Callable[[], float] = time.perf_counter,
    ) -> None:
        """``threshold`` is the chance (0..1) from which an answer is given; ``timer`` gives seconds from any start."""
        self.course: Course = answerer.course
        self.feedback: FeedbackLog = feedback or MemoryFeedbackLog()
        self._answerer = answerer
        self._encoder = encoder
        self._threshold = threshold
        self._timer = timer
        self._deciding = ThreadPoolExecutor(1, "deciding")
        self._names = {name: entry.id for entry in self.course.entries for name in entry.names}
        self._exact = {squeezed(name): one for name, one in self._names.items()} | {
            squeezed(one.id): one.id for one in self.course.entries
        }

    @classmethod
    def open(
        cls,
        settings: Settings,
        *,
        feedback: FeedbackLog | None = None,
        progress: Callable[[str], None] = lambda _line: None,
    ) -> "Tutor":
        """Load the course and the model; takes seconds, the first time half a minute. Raises TutorbotError."""
        opened = open_answerer(settings, progress)
        encoder = BatchingEncoder(opened.encoder)
        return cls(opened.answerer, encoder, threshold=settings.threshold, feedback=feedback)

    async def ask(self, question: str, *, context: Sequence[str] = (), about: Sequence[str] = ()) -> Answer:
        """Answer a question.

        ``context`` holds earlier questions of the conversation, oldest first; ``about`` the ids of the entries that were just
        answered, if the question follows them up.
        """
        start = self._timer()
        parts = [await self._ask_one(part, context, about) for part in several_questions(question)]
        shown = [entry for part in parts for entry in self._answerer.shown_by(part)]
        # Two questions in one message: answered one below the other, if each has a sure answer of its own.
        if parts and all(part.confidence >= _SURE_PART for part in parts) and len(set(shown)) == len(shown):
            answer = combined(question, parts)
        else:
            answer = await self._ask_one(question, context, about)
        return replace(answer, elapsed_ms=(self._timer() - start) * 1000)

    async def _ask_one(self, question: str, context: Sequence[str], about: Sequence[str]) -> Answer:
        plan = self._answerer.plan(question, context, about)
        if plan.reading.empty:
            return Answer(question, Status.ABSTAINED, plan.reading.kind)
        named = self._answerer.named_by(plan) is not None
        vectors = np.empty((0, 0), np.float32) if named else await self._encoder.encode(plan.texts)
        decide = self._answerer.decide
        return await asyncio.get_running_loop().run_in_executor(self._deciding, decide, plan, vectors, self._threshold)

    async def define(self, entry_id: str) -> Answer:
        """The entry itself, as an answer; abstained if there is none of that id."""
        return await self.compare([entry_id])

    async def compare(self, entry_ids: Sequence[str]) -> Answer:
        """The entries side by side, with the authored contrast if there is one; abstained if one does not exist."""
        kind = QuestionKind.COMPARISON if len(entry_ids) > 1 else QuestionKind.DEFINITION
        known = [entry_id for entry_id in dict.fromkeys(entry_ids) if entry_id in self.course.by_id]
        question = ", ".join(self.course.by_id[one].term if one in self.course.by_id else one for one in entry_ids)
        if len(known) < len(set(entry_ids)) or not known:
            nearest = [choice for one in entry_ids if one not in self.course.by_id for choice in self.suggest(one, 3)]
            return Answer(question, Status.ABSTAINED, kind, choices=tuple(nearest[:3]))
        return self._answerer.compose(question, kind, [self._answerer.number(one) for one in known], 1.0)

    def suggest(self, text: str, limit: int = 25) -> list[Choice]:
        """Entries whose names are like ``text``, best first, each once; the first of the course if it is empty."""
        if not squeezed(text):
            return [choice_of(entry) for entry in self.course.entries[:limit]]
        found = process.extract(
            text[:100].casefold(), self._folded(), scorer=fuzz.WRatio, limit=4 * limit, score_cutoff=45
        )
        ids = dict.fromkeys(self._names[name] for _, _, name in found)
        return [choice_of(self.course.by_id[one]) for one in list(ids)[:limit]]

    def find(self, text: str) -> str | None:
        """The id of the entry that a typed value means: an id, a term, an alias, or nearly one; None if none is meant."""
        if exact := self._exact.get(squeezed(text)):
            return exact
        best = process.extractOne(text[:100].casefold(), self._folded(), scorer=fuzz.ratio, score_cutoff=_SURE_NAME)
        return self._names[best[2]] if best else None

    def related(self, entry_id: str, limit: int = 5) -> list[Choice]:
        """What to look at after an entry: its opposite, what it is compared with or related to, its list, its examples."""
        entry = self.course.by_id.get(entry_id)
        if entry is None:
            return []
        ids = [*entry.opposite, *entry.compares, *entry.related, *entry.same_as]
        ids += [whole.id for whole in self.course.lists_of.get(entry_id, ())]
        ids += [one.id for one in self.course.examples_of.get(entry_id, ())]
        ids += [entry.example_of] if entry.example_of else []
        return [choice_of(self.course.by_id[one]) for one in list(dict.fromkeys(ids))[:limit] if one != entry_id]

    async def close(self) -> None:
        """End the threads."""
        await self._encoder.close()
        self._deciding.shutdown(wait=True, cancel_futures=True)

    def _folded(self) -> dict[str, str]:
        return {name: name.casefold() for name in self._names}


@dataclass(frozen=True, slots=True)
class Opened:
    """A course with all that answers questions about it."""

    answerer: Answerer
    index: CourseIndex
    speller: Speller
    encoder: Encoder


def open_answerer(settings: Settings, progress: Callable[[str], None] = lambda _line: None) -> Opened:
    """Load the course and the model; takes seconds, the first time half a minute. Raises TutorbotError."""
    course = load_course(find_course(settings.knowledge, settings.course)).course
    adapter = course.folder / "adapter.safetensors"
    encoder = SentenceEncoder(
        settings.model, cache=settings.cache, adapter=adapter if adapter.exists() else None, progress=progress
    )
    index = CourseIndex.build(course, encoder, settings.cache, progress)
    speller = Speller(course_words(course), encoder.is_word)
    return Opened(Answerer(index, speller, read_calibration(course.folder, encoder.name)), index, speller, encoder)
