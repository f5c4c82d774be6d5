"""The one service that front ends call: it puts the parts together."""

import os
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz, process
from threadpoolctl import threadpool_limits

from tutorbot.answering import Answer, Choice, QuestionKind, Status
from tutorbot.answering.answerer import Answerer
from tutorbot.answering.calibration import Calibration, read_calibration
from tutorbot.answering.composing import choice_of
from tutorbot.answering.message import Asked
from tutorbot.answering.vocabulary import course_words
from tutorbot.answering.workers import Workers
from tutorbot.knowledge import Course, find_course, load_course
from tutorbot.knowledge.text import squeezed
from tutorbot.matching.encoder import Encoder, SentenceEncoder, plain_encoder
from tutorbot.matching.faces import small_talk
from tutorbot.matching.index import CourseIndex
from tutorbot.matching.spelling import Speller
from tutorbot.settings import Settings

_SURE_NAME = 80  # rapidfuzz WRatio (0..100) from which a typed value is taken for a name
_THREADS = min(4, os.cpu_count() or 1)
"""Threads that answer questions side by side. The encoder works without holding Python's lock, what comes before and after it does not:
more threads than a few would wait for one another."""

_REMEMBERED = 2_048  # questions whose answers are kept


@dataclass(frozen=True, slots=True)
class Opened:
    """A course with all that answers questions about it.

    ``cache`` is the folder for what can be made anew. ``plain`` is the encoder without the course's adapter, which brings all that is
    outside of the course together.
    """

    answerer: Answerer
    index: CourseIndex
    speller: Speller
    encoder: Encoder
    plain: Encoder
    calibration: Calibration
    cache: Path


class Tutor:
    """Answers questions about one course. Made by `open`, once a process; those made by `overlaid` share its encoder."""

    def __init__(
        self,
        opened: Opened,
        *,
        threshold: float,
        timer: Callable[[], float] = time.perf_counter,
        workers: Workers | None = None,
    ) -> None:
        """``threshold`` is the chance (0..1) from which an answer is given; ``timer`` gives seconds from any start; ``workers`` are
        another tutor's, if they are to be shared.
        """
        self.course: Course = opened.index.course
        self.opened = opened
        self._answerer = opened.answerer
        self._threshold = threshold
        self._timer = timer
        self._shared = workers is not None
        self._workers = workers or Workers(opened.encoder.encode, _THREADS)
        self._answers: OrderedDict[Asked, Answer] = OrderedDict()
        self._names = {name: entry.id for entry in self.course.entries for name in entry.names}
        self._folded = {name: name.casefold() for name in self._names}
        self._exact = {squeezed(name): one for name, one in self._names.items()} | {
            squeezed(one.id): one.id for one in self.course.entries
        }

    @classmethod
    def open(
        cls,
        settings: Settings,
        *,
        progress: Callable[[str], None] = lambda _line: None,
    ) -> "Tutor":
        """Load the course and the model; takes seconds, the first time a minute. Raises TutorbotError."""
        return cls(open_answerer(settings, progress), threshold=settings.threshold)

    def overlaid(self, course: Course, name: str) -> "Tutor":
        """A tutor for ``course``, which is this one's with a server's overlay; ``name`` is the server's, for the cache.

        Only what the overlay adds is encoded; still, call it in a thread.
        """
        opened = self.opened
        index = opened.index.overlaid(course, name, opened.encoder, opened.cache)
        speller = Speller(course_words(course), opened.encoder.is_word)
        laid = replace(opened, index=index, speller=speller, answerer=Answerer(index, speller, opened.calibration))
        return Tutor(laid, threshold=self._threshold, timer=self._timer, workers=self._workers)

    async def ask(self, question: str, *, context: Sequence[str] = (), about: Sequence[str] = ()) -> Answer:
        """Answer a question.

        ``context`` holds earlier questions of the conversation, oldest first; ``about`` the ids of the entries that were just
        answered, if the question follows them up.
        """
        start = self._timer()
        asked = Asked(self._answerer, question, self._threshold, tuple(context), tuple(about))
        if (found := self._answers.get(asked)) is None:
            found = await self._workers.answer(asked)
        self._answers[asked] = found
        self._answers.move_to_end(asked)
        if len(self._answers) > _REMEMBERED:
            self._answers.popitem(last=False)
        return replace(found, elapsed_ms=(self._timer() - start) * 1000)

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

    def is_small_talk(self, text: str) -> bool:
        """Whether this is one of the things that people say to a bot and no moderator needs to see: thanks, hello, a test."""
        return squeezed(text) in _small_talk()

    def suggest(self, text: str, limit: int = 25) -> list[Choice]:
        """Entries whose names are like ``text``, best first, each once; the first of the course if it is empty."""
        if not squeezed(text):
            return [choice_of(entry) for entry in self.course.entries[:limit]]
        found = process.extract(
            text[:100].casefold(), self._folded, scorer=fuzz.WRatio, limit=4 * limit, score_cutoff=45
        )
        ids = dict.fromkeys(self._names[name] for _, _, name in found)
        return [choice_of(self.course.by_id[one]) for one in list(ids)[:limit]]

    def find(self, text: str) -> str | None:
        """The id of the entry that a typed value means: an id, a term, an alias, or nearly one; None if none is meant."""
        if exact := self._exact.get(squeezed(text)):
            return exact
        best = process.extractOne(text[:100].casefold(), self._folded, scorer=fuzz.ratio, score_cutoff=_SURE_NAME)
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
        """End the workers, if they are this tutor's own; whoever still waits for an answer is cancelled."""
        if not self._shared:
            await self._workers.close()


@cache
def _small_talk() -> frozenset[str]:
    return frozenset(map(squeezed, small_talk()))


def open_answerer(
    settings: Settings,
    progress: Callable[[str], None] = lambda _line: None,
    *,
    calibration: Calibration | None = None,
) -> Opened:
    """Load the course and the model, and the course's calibration unless another is given; takes seconds, the first time a minute. Raises
    TutorbotError.
    """
    course = load_course(find_course(settings.knowledge, settings.course)).course
    plain = plain_encoder(settings.model, settings.cache, progress)
    adapter = course.folder / "adapter.safetensors"
    encoder: Encoder = plain
    if adapter.exists():
        encoder = SentenceEncoder(settings.model, cache=settings.cache, adapter=adapter, progress=progress)
    if encoder.name == plain.name:  # the adapter, if there is one, is for another model
        encoder = plain
    second = plain if encoder is not plain else None
    index = CourseIndex.build(course, encoder, settings.cache, progress, plain=second)
    speller = Speller(course_words(course), encoder.is_word)
    calibration = calibration or read_calibration(course.folder, encoder.name)
    # A question takes products of a matrix and one vector: threads that wait for one another there cost more than they give, and
    # twenty times as much on a machine that is busy.
    threadpool_limits(limits=1, user_api="blas")
    return Opened(Answerer(index, speller, calibration), index, speller, encoder, plain, calibration, settings.cache)
