"""The verdict on a typed answer, with its reason."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tutorbot.quiz.grading.features import Comparison
from tutorbot.quiz.grading.judging import Judge
from tutorbot.quiz.grading.lists import Credit, credit
from tutorbot.quiz.grading.reading import read
from tutorbot.quiz.grading.terms import Ruling, Why, last_thought, rule
from tutorbot.quiz.grading.wordings import is_term, wordings

ACCEPTED = 0.6
"""The score from which an answer is accepted that no rule decides: of .45 to .65 the best on held-out answers, and false accepts teach
something wrong."""

_SURE, _LONGEST, _SHOWN = 0.97, 2_000, 6


@dataclass(frozen=True, slots=True)
class Verdict:
    """``score`` is 0..1; ``matched``, ``missing`` and ``contrary`` are words: of the key, of the key, of the answer."""

    correct: bool
    score: float
    reason: str
    matched: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    contrary: tuple[str, ...] = ()


class Grader:
    """Grades typed answers. Safe to use from several threads; each grade takes some 10 to 50 ms, off the event loop please."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._vectors = judge.vectors

    @classmethod
    def open(cls, model: str, cache: Path, progress: Callable[[str], None] = lambda _line: None) -> "Grader":
        """With the encoders loaded; takes seconds, the first time half a minute. Raises ModelError."""
        return cls(Judge.open(model, cache, progress))

    def grade(
        self, question: str, expected: str, given: str, *, accepted: Sequence[str] = (), rivals: Sequence[str] = ()
    ) -> Verdict:
        """Whether ``given`` answers ``question`` as ``expected``, or one of ``accepted`` (other wordings of the key), does.

        ``rivals`` are answers known to be wrong here, such as the terms or statements of sibling entries: an answer that fits one
        of them better, or names one beside the key, is not accepted.
        """
        given = given[:_LONGEST]
        if not any(sign.isalnum() for sign in given):
            return Verdict(False, 0.0, "There is no answer.")
        verdicts = [self._against(question, key, given) for key in (expected, *accepted)]
        best = max(verdicts, key=lambda verdict: (verdict.correct, verdict.score))
        if best.correct:
            for rival in rivals:
                named = is_term(rival) and self._names(rival, expected, given)
                if named or self._against(question, rival, given).score > best.score:
                    return Verdict(False, 1 - best.score, f"It fits “{rival}”.", best.matched, best.missing, (rival,))
        return best

    def credit(self, question: str, items: Sequence[str], given: str) -> Credit:
        """The numbers of ``items`` that ``given`` names, in any order, by any wording."""
        return credit(question, items, given[:_LONGEST], self._judge)

    def _names(self, rival: str, expected: str, given: str) -> bool:
        """Whether a rival term stands in the answer, and not merely as a part of the key."""
        ruling = rule("", rival, given, self._vectors)
        part = rule("", rival, expected, self._vectors)
        return ruling is not None and ruling.why in (Why.COMPLETE, Why.HEDGED) and (part is None or not part.correct)

    def _against(self, question: str, expected: str, given: str) -> Verdict:
        if is_term(expected):
            ruling = rule(question, expected, given, self._vectors)
            if ruling is not None:
                return _ruled(ruling)
            given = last_thought(given)
        asked, typed = read(question), read(given)
        judged = max(
            (self._judge.judge(asked, read(wording), typed) for wording in wordings(expected)),
            key=lambda one: one.chance,
        )
        comparison, score = judged.comparison, judged.chance
        correct = score >= ACCEPTED and not comparison.features.binding  # opposites that changed places
        return Verdict(
            correct, score, _reason(comparison, correct), comparison.matched, comparison.missing, comparison.contrary
        )


def _ruled(ruling: Ruling) -> Verdict:
    named = _listed(ruling.words)
    if ruling.correct:
        return Verdict(True, _SURE, f"Matched: {named}.", matched=ruling.words)
    reason = {
        Why.NEGATED: f"It negates: {named}.",
        Why.HEDGED: f"It also offers another answer: {named}.",
        Why.ECHOED: "It repeats the question.",
        Why.OTHER_NUMBER: f"Another figure or unit: {named}.",
        Why.OTHER_NAME: f"Another name: {named}.",
    }.get(ruling.why, f"Missing: {named}.")
    if ruling.why is Why.MISSING:
        return Verdict(False, 1 - _SURE, reason, missing=ruling.words)
    return Verdict(False, 1 - _SURE, reason, contrary=ruling.words)


def _reason(comparison: Comparison, correct: bool) -> str:
    parts = []
    if comparison.matched:
        parts.append(f"Matched: {_listed(comparison.matched)}.")
    if comparison.contrary and not correct:
        parts.append(f"Against the key: {_listed(comparison.contrary)}.")
    if comparison.missing:
        parts.append(f"{'Not in these words' if correct else 'Missing'}: {_listed(comparison.missing)}.")
    return " ".join(parts) or ("The same in other words." if correct else "Nothing of the key.")


def _listed(found: Sequence[str]) -> str:
    unique = list(dict.fromkeys(found))
    return ", ".join(unique[:_SHOWN]) + (", …" if len(unique) > _SHOWN else "")
