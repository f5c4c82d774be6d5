"""Messages from people: each is one question, or several in one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from tutorbot.answering.answer import Answer, Status
from tutorbot.answering.answerer import Answerer, Plan, Weighed
from tutorbot.answering.composing import combined
from tutorbot.answering.reading import asks, asks_for_form, points_back, several_questions
from tutorbot.matching.encoder import Vectors
from tutorbot.matching.space import Floats

_SURE_PART = 0.75
"""Chance from which each of several questions in a message is answered by itself."""

_FOREIGN = 0.1
"""Chance below which one of them has nothing to do with the notes, if it is not answered as a follow-up either."""


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
    """A message that has been read: as a whole, and its ``parts`` if it asks several questions, each by itself (unless it points back) and as it
    follows the one before.
    """

    whole: Plan
    parts: Sequence[Plan]
    following: Sequence[Plan]
    pointing: Sequence[bool]  # which parts point back

    @classmethod
    def of(cls, asked: Asked) -> "_Read":
        plan, texts = asked.answerer.plan, several_questions(asked.question)
        if not all(map(asks, texts)):
            texts = ()
        following = [plan(text, [before]) for before, text in pairwise(texts)]
        alone = [plan(text, asked.context, asked.about) for text in texts]
        pointing = [at > 0 and points_back(text) for at, text in enumerate(texts)]
        parts = [following[at - 1] if back else one for at, (one, back) in enumerate(zip(alone, pointing, strict=True))]
        return cls(plan(asked.question, asked.context, asked.about), parts, following, pointing)

    @property
    def plans(self) -> Sequence[Plan]:
        return [self.whole, *self.parts, *self.following]


def answers(asked: Sequence[Asked], encode: Callable[[Sequence[str]], Vectors]) -> list[Answer]:
    """The answers, in the same order.

    Each text is encoded once, and the texts of one answerer are compared with its entries at once; for a second look, doubtful ones once
    more. Takes milliseconds for each, most of them in ``encode``.
    """
    read = [_Read.of(one) for one in asked]
    wanted: dict[Answerer, dict[Plan, None]] = {}
    for one, message in zip(asked, read, strict=True):
        plans = [plan for plan in message.plans if not plan.reading.empty and not plan.named]
        wanted.setdefault(one.answerer, {}).update(dict.fromkeys(plans))
    texts = list(dict.fromkeys(text for plans in wanted.values() for plan in plans for text in plan.texts))
    vectors = dict(zip(texts, encode(texts), strict=True)) if texts else {}
    weighed = {answerer: _weighed(answerer, list(plans), vectors) for answerer, plans in wanted.items()}
    return [_answer(one, message, weighed[one.answerer]) for one, message in zip(asked, read, strict=True)]


def _weighed(answerer: Answerer, plans: Sequence[Plan], vectors: Mapping[str, Floats]) -> Mapping[Plan, Weighed]:
    texts = list(dict.fromkeys(text for plan in plans for text in plan.texts))
    if not texts:
        return {}
    seen = answerer.see(texts, np.stack([vectors[text] for text in texts]))
    return dict(zip(plans, answerer.weigh_seen(plans, seen), strict=True))


def _answer(asked: Asked, message: _Read, weighed: Mapping[Plan, Weighed]) -> Answer:
    given = _decided(asked, message.whole, weighed)
    found = given.status is Status.ANSWERED
    if not message.parts or (found and any(message.pointing)):
        return given
    answered = _each(asked, message, weighed)
    sure = [one for one in answered if one.status is Status.ANSWERED and one.confidence >= _SURE_PART]
    told = _distinct(asked, sure)
    if found and len(told) < len(sure):
        return given
    # Several questions in one message: answered one below the other, if each has a sure answer of its own.
    if len(sure) == len(answered):
        return combined(asked.question, told)
    # What is sure is not withheld for the rest, which the notes do not answer; unless the whole, taken together, finds as much.
    left = [at for at, one in enumerate(answered) if one.status is Status.ABSTAINED]
    finds_more = {*given.entries} < {entry for one in sure for entry in one.entries}
    if finds_more and len(sure) + len(left) == len(answered):
        texts = [answered[at].question for at in left]
        return combined(asked.question, told, [text for text in texts if not asks_for_form(text)])
    # Then only what is foreign to the notes is said to be unanswered: another part may ask for more of the same.
    foreign = [at for at in left if found and _is_foreign(asked, message, at, answered, weighed)]
    if not foreign:
        return given
    shown = told if len(sure) + len(foreign) == len(answered) else [given]
    return combined(asked.question, shown, [answered[at].question for at in foreign])


def _each(asked: Asked, message: _Read, weighed: Mapping[Plan, Weighed]) -> list[Answer]:
    """The answers to the parts; there is none to what points back to a part that is not answered."""
    found: list[Answer] = []
    for part, points in zip(message.parts, message.pointing, strict=True):
        answer = _decided(asked, part, weighed)
        if points and found[-1].status is not Status.ANSWERED:
            answer = Answer(part.question, Status.ABSTAINED, answer.kind)
        found.append(answer)
    return found


def _distinct(asked: Asked, sure: Sequence[Answer]) -> list[Answer]:
    """Those of some answers that show anything that none before them showed."""
    shown: set[int] = set()
    found = []
    for one in sure:
        shows = asked.answerer.shown_by(one)
        if not shows & shown:
            found.append(one)
        shown |= shows
    return found


def _is_foreign(
    asked: Asked, message: _Read, at: int, answered: Sequence[Answer], weighed: Mapping[Plan, Weighed]
) -> bool:
    """Whether part ``at`` has nothing to do with the notes: neither by itself nor after the part before it."""
    if answered[at].confidence >= _FOREIGN or asks_for_form(answered[at].question):
        return False
    return not at or _decided(asked, message.following[at - 1], weighed).status is not Status.ANSWERED


def _decided(asked: Asked, plan: Plan, weighed: Mapping[Plan, Weighed]) -> Answer:
    if plan.reading.empty:
        return Answer(plan.question, Status.ABSTAINED, plan.reading.kind)
    return asked.answerer.decide(plan, None if plan.named else weighed[plan], asked.threshold)
