"""Questions that arrive together, answered together: one pass of the encoder serves them all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from tutorbot.answering.answer import Answer, Status
from tutorbot.answering.answerer import Answerer, Plan
from tutorbot.answering.composing import combined
from tutorbot.answering.reading import several_questions
from tutorbot.matching.encoder import Vectors

_SURE_PART = 0.75  # chance from which each of several questions in a message is answered by itself


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, who answers it, and from which chance (0..1) on.

    ``context`` holds earlier questions of the conversation, oldest first; ``about`` the ids of the entries that were just answered.
    """

    answerer: Answerer
    question: str
    threshold: float
    context: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


def answer_together(asked: Sequence[Asked], encode: Callable[[Sequence[str]], Vectors]) -> list[Answer]:
    """The answers, in the same order. Encodes each text once."""
    plans = [
        [one.answerer.plan(text, one.context, one.about) for text in (one.question, *several_questions(one.question))]
        for one in asked
    ]
    wanted = [
        plan
        for one, read in zip(asked, plans, strict=True)
        for plan in read
        if not plan.reading.empty and not one.answerer.named_by(plan)
    ]
    texts = list(dict.fromkeys(text for plan in wanted for text in plan.texts))
    vectors = dict(zip(texts, encode(texts), strict=True)) if texts else {}
    return [_answer(one, read, vectors) for one, read in zip(asked, plans, strict=True)]


def _answer(one: Asked, plans: Sequence[Plan], vectors: dict[str, np.ndarray]) -> Answer:
    def decided(plan: Plan) -> Answer:
        if plan.reading.empty:
            return Answer(plan.question, Status.ABSTAINED, plan.reading.kind)
        if one.answerer.named_by(plan):
            return one.answerer.decide(plan, np.empty((0, 0), np.float32), one.threshold)
        return one.answerer.decide(plan, np.stack([vectors[text] for text in plan.texts]), one.threshold)

    whole, *parts = plans
    answers = [decided(part) for part in parts]
    shown = [entry for answer in answers for entry in one.answerer.shown_by(answer)]
    # Several questions in one message: answered one below the other, if each has a sure answer of its own.
    if answers and all(part.confidence >= _SURE_PART for part in answers) and len(set(shown)) == len(shown):
        return combined(one.question, answers)
    return decided(whole)
