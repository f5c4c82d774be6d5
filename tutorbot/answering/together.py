"""Questions that arrive together, answered together: one pass of the encoder serves them all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tutorbot.answering.answer import Answer, Status
from tutorbot.answering.answerer import Answerer, Plan
from tutorbot.answering.composing import combined
from tutorbot.answering.reading import several_questions
from tutorbot.matching.encoder import Vectors
from tutorbot.matching.space import Likeness

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
    """The answers, in the same order. Encodes each text once, and compares all texts of an answerer with its entries at once."""
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
    row = {text: at for at, text in enumerate(texts)}
    vectors = encode(texts) if texts else np.empty((0, 0), np.float32)
    seen = {
        answerer: answerer.see(list(some), vectors[[row[text] for text in some]]) for answerer, some in wanted.items()
    }
    return [_answer(one, read, seen.get(one.answerer, {})) for one, read in zip(asked, plans, strict=True)]


def _answer(one: Asked, plans: Sequence[Plan], seen: Mapping[str, Likeness]) -> Answer:
    def decided(plan: Plan) -> Answer:
        if plan.reading.empty:
            return Answer(plan.question, Status.ABSTAINED, plan.reading.kind)
        if plan.named:
            return one.answerer.decide(plan, None, one.threshold)
        return one.answerer.decide(plan, one.answerer.weigh_seen(plan, seen), one.threshold)

    whole, *parts = plans
    answers = [decided(part) for part in parts]
    shown = [entry for answer in answers for entry in one.answerer.shown_by(answer)]
    # Several questions in one message: answered one below the other, if each has a sure answer of its own.
    if answers and all(part.confidence >= _SURE_PART for part in answers) and len(set(shown)) == len(shown):
        return combined(one.question, answers)
    return decided(whole)
