"""A message from a person: one question, or several in one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tutorbot.answering.answer import Answer, Status
from tutorbot.answering.answerer import Answerer, Plan
from tutorbot.answering.composing import combined
from tutorbot.answering.reading import several_questions
from tutorbot.matching.encoder import Vectors
from tutorbot.matching.index import Evidence

_SURE_PART = 0.75  # chance from which each of several questions in a message is answered by itself


@dataclass(frozen=True, slots=True)
class Asked:
    """A message, who answers it, and from which chance (0..1) on.

    ``context`` holds earlier questions of the conversation, oldest first; ``about`` the ids of the entries that were just answered.
    """

    answerer: Answerer
    question: str
    threshold: float
    context: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


def answer(asked: Asked, encode: Callable[[Sequence[str]], Vectors]) -> Answer:
    """The answer; each text is encoded once. Takes milliseconds, most of them in ``encode``."""
    messages = (asked.question, *several_questions(asked.question))
    whole, *parts = [asked.answerer.plan(text, asked.context, asked.about) for text in messages]
    weighed = [plan for plan in (whole, *parts) if not plan.reading.empty and not plan.named]
    texts = list(dict.fromkeys(text for plan in weighed for text in plan.texts))
    seen = asked.answerer.see(texts, encode(texts)) if texts else {}
    answers = [_decided(asked, part, seen) for part in parts]
    shown = [entry for one in answers for entry in asked.answerer.shown_by(one)]
    # Several questions in one message: answered one below the other, if each has a sure answer of its own.
    if answers and all(part.confidence >= _SURE_PART for part in answers) and len(set(shown)) == len(shown):
        return combined(asked.question, answers)
    return _decided(asked, whole, seen)


def _decided(asked: Asked, plan: Plan, seen: Mapping[str, Evidence]) -> Answer:
    if plan.reading.empty:
        return Answer(plan.question, Status.ABSTAINED, plan.reading.kind)
    weighed = None if plan.named else asked.answerer.weigh_seen(plan, seen)
    return asked.answerer.decide(plan, weighed, asked.threshold)
