"""Messages from people: each is one question, or several in one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tutorbot.answering.answer import Answer, Status
from tutorbot.answering.answerer import Answerer, Plan
from tutorbot.answering.composing import combined
from tutorbot.answering.reading import asks_by_itself, several_questions
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


def answers(asked: Sequence[Asked], encode: Callable[[Sequence[str]], Vectors]) -> list[Answer]:
    """The answers, in the same order.

    Each text is encoded once, and the texts of one answerer are compared with its entries at once. Takes milliseconds for each, most of
    them in ``encode``.
    """
    plans = [
        [one.answerer.plan(text, one.context, one.about) for text in (one.question, *several_questions(one.question))]
        for one in asked
    ]
    wanted: dict[Answerer, dict[str, None]] = {}
    for one, read in zip(asked, plans, strict=True):
        for plan in read:
            if not plan.reading.empty and not plan.named:
                wanted.setdefault(one.answerer, {}).update(dict.fromkeys(plan.texts))
    texts = list(dict.fromkeys(text for some in wanted.values() for text in some))
    vectors = dict(zip(texts, encode(texts), strict=True)) if texts else {}
    seen = {
        answerer: answerer.see(list(some), np.stack([vectors[text] for text in some]))
        for answerer, some in wanted.items()
    }
    return [_answer(one, read, seen.get(one.answerer, {})) for one, read in zip(asked, plans, strict=True)]


def _answer(asked: Asked, plans: Sequence[Plan], seen: Mapping[str, Evidence]) -> Answer:
    whole, *parts = plans
    given = _decided(asked, whole, seen)
    if not parts or not all(asks_by_itself(part.question) for part in parts):
        return given
    answered = [_decided(asked, part, seen) for part in parts]
    sure = [one for one in answered if one.status is Status.ANSWERED and one.confidence >= _SURE_PART]
    shown = [entry for one in sure for entry in asked.answerer.shown_by(one)]
    if len(set(shown)) < len(shown):
        return given
    # Several questions in one message: answered one below the other, if each has a sure answer of its own.
    if len(sure) == len(answered):
        return combined(asked.question, sure)
    # What is sure is not withheld for the rest, which the notes do not answer; unless the whole, taken together, finds as much.
    left = [one.question for one in answered if one.status is Status.ABSTAINED]
    finds_more = {*given.entries} < {entry for one in sure for entry in one.entries}
    return combined(asked.question, sure, left) if finds_more and len(sure) + len(left) == len(answered) else given


def _decided(asked: Asked, plan: Plan, seen: Mapping[str, Evidence]) -> Answer:
    if plan.reading.empty:
        return Answer(plan.question, Status.ABSTAINED, plan.reading.kind)
    weighed = None if plan.named else asked.answerer.weigh_seen(plan, seen)
    return asked.answerer.decide(plan, weighed, asked.threshold)
