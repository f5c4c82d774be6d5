"""Messages from people: each is one question, or several in one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from tutorbot.answering.answer import Answer, Status
from tutorbot.answering.answerer import Answerer, Plan
from tutorbot.answering.composing import combined
from tutorbot.answering.reading import asks_by_itself, several_questions
from tutorbot.matching.encoder import Vectors
from tutorbot.matching.index import Evidence

_SURE_PART = 0.75  # chance from which each of several questions in a message is answered by itself
_FOREIGN = (
    0.1  # chance below which one of them has nothing to do with the notes, if it is not answered as a follow-up either
)


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


@dataclass(frozen=True, slots=True)
class _Read:
    """A message that has been read: as a whole, and its ``parts`` if it asks several questions, each by itself and as it follows the one
    before.
    """

    whole: Plan
    parts: Sequence[Plan]
    following: Sequence[Plan]

    @classmethod
    def of(cls, asked: Asked) -> "_Read":
        plan, texts = asked.answerer.plan, several_questions(asked.question)
        if not all(map(asks_by_itself, texts)):
            texts = ()
        return cls(
            plan(asked.question, asked.context, asked.about),
            [plan(text, asked.context, asked.about) for text in texts],
            [plan(text, [before]) for before, text in pairwise(texts)],
        )

    @property
    def plans(self) -> Sequence[Plan]:
        return [self.whole, *self.parts, *self.following]


def answers(asked: Sequence[Asked], encode: Callable[[Sequence[str]], Vectors]) -> list[Answer]:
    """The answers, in the same order.

    Each text is encoded once, and the texts of one answerer are compared with its entries at once. Takes milliseconds for each, most of
    them in ``encode``.
    """
    read = [_Read.of(one) for one in asked]
    wanted: dict[Answerer, dict[str, None]] = {}
    for one, message in zip(asked, read, strict=True):
        for plan in message.plans:
            if not plan.reading.empty and not plan.named:
                wanted.setdefault(one.answerer, {}).update(dict.fromkeys(plan.texts))
    texts = list(dict.fromkeys(text for some in wanted.values() for text in some))
    vectors = dict(zip(texts, encode(texts), strict=True)) if texts else {}
    seen = {
        answerer: answerer.see(list(some), np.stack([vectors[text] for text in some]))
        for answerer, some in wanted.items()
    }
    return [_answer(one, message, seen.get(one.answerer, {})) for one, message in zip(asked, read, strict=True)]


def _answer(asked: Asked, message: _Read, seen: Mapping[str, Evidence]) -> Answer:
    given = _decided(asked, message.whole, seen)
    if not message.parts:
        return given
    answered = [_decided(asked, part, seen) for part in message.parts]
    sure = [one for one in answered if one.status is Status.ANSWERED and one.confidence >= _SURE_PART]
    shown = [entry for one in sure for entry in asked.answerer.shown_by(one)]
    if len(set(shown)) < len(shown):
        return given
    # Several questions in one message: answered one below the other, if each has a sure answer of its own.
    if len(sure) == len(answered):
        return combined(asked.question, sure)
    # What is sure is not withheld for the rest, which the notes do not answer; unless the whole, taken together, finds as much.
    left = [at for at, one in enumerate(answered) if one.status is Status.ABSTAINED]
    finds_more = {*given.entries} < {entry for one in sure for entry in one.entries}
    if not finds_more or len(sure) + len(left) < len(answered):
        # Then only what is foreign to the notes is said to be unanswered: another part may ask for more of the same.
        left = [
            at for at in left if given.status is Status.ANSWERED and _is_foreign(asked, message, at, answered, seen)
        ]
    if not left:
        return given
    told = sure if len(sure) + len(left) == len(answered) else [given]
    return combined(asked.question, told, [answered[at].question for at in left])


def _is_foreign(
    asked: Asked, message: _Read, at: int, answered: Sequence[Answer], seen: Mapping[str, Evidence]
) -> bool:
    """Whether part ``at``, not the first, has nothing to do with the notes: neither by itself nor after the part before it."""
    if not at or answered[at].confidence >= _FOREIGN:
        return False
    return _decided(asked, message.following[at - 1], seen).status is not Status.ANSWERED


def _decided(asked: Asked, plan: Plan, seen: Mapping[str, Evidence]) -> Answer:
    if plan.reading.empty:
        return Answer(plan.question, Status.ABSTAINED, plan.reading.kind)
    weighed = None if plan.named else asked.answerer.weigh_seen(plan, seen)
    return asked.answerer.decide(plan, weighed, asked.threshold)
