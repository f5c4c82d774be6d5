"""From a question to an Answer: read it, weigh the entries, choose, compose. No input or output, no clock."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from tutorbot.answering.answer import Answer, Choice, QuestionKind, Status
from tutorbot.answering.calibration import FOLLOW_UP, Calibration
from tutorbot.answering.choosing import Chooser, Probabilities, Proposal
from tutorbot.answering.composing import choice_of, credit_of, once, passage_of, shown_text
from tutorbot.answering.naming import Naming
from tutorbot.answering.reading import Reading, compared, read_question
from tutorbot.knowledge import Course, Entry
from tutorbot.knowledge.text import words
from tutorbot.matching.encoder import Vectors
from tutorbot.matching.index import FEATURES, CourseIndex, Evidence
from tutorbot.matching.lexical import content_words, tokens_of
from tutorbot.matching.ranking import Ranker
from tutorbot.matching.space import SOFT
from tutorbot.matching.spelling import Speller

_MOST_CONTEXT = 3  # earlier questions that are looked at
_MOST_CHOICES = 3
_WORTH_OFFERING = 0.02  # the probability from which a term is offered: below it the nearest is as good as any
_NEARLY, _INSIDE = 0.75, 0.8
"""When a question is asked back: its chance is at least _NEARLY of the threshold, and the best proposals hold together at least _INSIDE. Of the
labelled questions of two courses with half of the threshold or more that were not answered, 32 of the 60 below _INSIDE were outside the notes, 8 of
the 11 above it but below _NEARLY, and 8 of the 22 others."""

_HEAD, _NAMED_SHARE, _SCHOLAR, _OUTSIDE_NEAREST = map(
    FEATURES.index, ("head", "named_share", "scholar", "outside_nearest")
)
_EXAMPLE = re.compile(
    r"\be\.?g\b|\bexamples?\b|\b(?:for|in this) instance\b|\bsuch as\b|\bcase stud|\b(?:1\d|20)\d\d\b", re.I
)
_NAMED = 0.99  # the chance that a question which is nothing but a name means what it names


@dataclass(frozen=True, slots=True)
class Plan:
    """A question that has been read.

    ``named`` are the entries that it asks for by name alone (see Naming): then nothing needs to be weighed. Else ``texts`` are to be
    encoded before it can be decided.
    """

    question: str
    reading: Reading
    earlier: tuple[Reading, ...]
    about: tuple[int, ...]
    named: tuple[int, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A question before it is decided whether to say so: the proposals, best first, what their chance is judged by, the ``chance`` (0..1) that
    the first is right, and which ``item`` of a list that is proposed first was asked for.
    """

    proposals: tuple[Proposal, ...]
    features: Mapping[str, float]
    chance: float
    item: int | None = None


class Answerer:
    """Answers questions about one course. Safe to use from several threads."""

    def __init__(self, index: CourseIndex, speller: Speller, calibration: Calibration) -> None:
        self.course: Course = index.course
        self._index = index
        self._speller = speller
        self._calibration = calibration
        self._ranker = Ranker.of(calibration.ranking)
        self._follow_up = np.asarray([calibration.follow_up.get(name, 0.0) for name in FOLLOW_UP], np.float32)
        self._chooser = Chooser(self.course)
        self._naming = Naming(index, self._chooser)
        self._number = {entry.id: at for at, entry in enumerate(self.course.entries)}

    def plan(self, question: str, context: Sequence[str] = (), about: Sequence[str] = ()) -> Plan:
        """Read a question, with earlier questions (oldest first) or the entries that were just answered."""
        reading = read_question(question, self._speller)
        known = tuple(self._number[one] for one in about if one in self._number)
        earlier = tuple(read_question(one, self._speller) for one in context[-_MOST_CONTEXT:]) if not known else ()
        before = [one.text for one in earlier] + [self.course.entries[at].term for at in known]
        texts = [reading.text, *(side for split in reading.splits for side in split)]
        texts += [one.text for one in earlier]
        texts += [_joined(*pair) for pair in pairwise(earlier)]
        if before:
            texts.append(f"{before[-1]} {reading.text}")
        named = self._naming.named(reading, follows=bool(earlier or known))
        return Plan(question, reading, earlier, known, named, tuple(texts))

    def weigh(self, plan: Plan, vectors: Vectors) -> Weighed:
        """What would answer it, and how likely. ``vectors`` (len(plan.texts), dimensions) are of the plan's texts."""
        return self.weigh_seen([plan], self.see(plan.texts, vectors))[0]

    def weigh_seen(self, plans: Sequence[Plan], by_text: Mapping[str, Evidence]) -> list[Weighed]:
        """Like ``weigh``, given what speaks for which entry by each of the plans' texts. Of those in doubt a text is encoded once more, for a
        second look.
        """
        found = [self._weighed(plan, by_text) for plan in plans]
        doubted = [at for at, one in enumerate(found) if self._calibration.doubts(one.chance)]
        margins = self.look_again([plans[at] for at in doubted], [found[at] for at in doubted])
        for at, margin in zip(doubted, margins, strict=True):
            if margin is not None:
                found[at] = replace(found[at], chance=self._calibration.second_chance(found[at].chance, margin))
        return found

    def _weighed(self, plan: Plan, by_text: Mapping[str, Evidence]) -> Weighed:
        evidence = by_text[plan.reading.text]
        whole = self._ranker.probabilities(evidence)
        just_shown: frozenset[int] = frozenset()
        if plan.earlier or plan.about:
            before = self._before(plan, by_text)
            whole = self._followed_up(plan, whole, before, by_text)
            if plan.reading.asks_other or plan.reading.ordinal is not None:
                just_shown = frozenset(map(int, np.flatnonzero(before > 0.5)))
        proposals = self._chooser.one(whole, just_shown)
        if plan.reading.kind is QuestionKind.COMPARISON or self._sets_side_by_side(plan.reading, evidence):
            sides = [
                (self._weigh_text(left, by_text), self._weigh_text(right, by_text))
                for left, right in plan.reading.splits
            ]
            sides += self._scholars_sides(evidence, whole)
            pair = self._chooser.pair(whole, sides, self._named_sides(evidence))
            if pair is not None:
                # an entry that is likelier than the pair says by itself what is to be told of the two, unless it is one of them
                alone = proposals[0].mass > pair.mass and proposals[0].entries[0] not in pair.entries
                proposals.insert(1 if alone else 0, pair)
        elif plan.reading.several and (examples := self._chooser.examples(whole, proposals[0])) is not None:
            proposals.insert(0, examples)
        else:
            # who said it is asked of one thing: another can only be an alternative
            asks_who = plan.reading.kind is QuestionKind.ATTRIBUTION
            if (two := self._chooser.beside(proposals, both=not asks_who)) is not None:
                proposals.insert(0, two)
        item = None if plan.earlier or plan.about else self._chooser.asked_item(whole, proposals[0])
        features = self._features(plan, evidence, whole, proposals)
        return Weighed(tuple(proposals), features, self._calibration.chance(features), item)

    def decide(self, plan: Plan, weighed: Weighed | None, threshold: float) -> Answer:
        """The answer: given if its chance is at least ``threshold``; else a choice between close entries; else none.

        ``weighed`` is what `weigh` made of the same plan; it may be None if the plan names what is asked for.
        """
        if len(named := plan.named) == 1:
            return self.compose(plan.question, plan.reading.kind, named, _NAMED)
        if named:
            choices = tuple(choice_of(self.course.entries[at]) for at in named[:_MOST_CHOICES])
            return Answer(plan.question, Status.CLARIFY, plan.reading.kind, choices=choices, confidence=1 / len(named))
        assert weighed is not None
        chance = weighed.chance
        best = weighed.proposals[0]
        kind = plan.reading.kind
        if best.is_pair and kind not in {QuestionKind.EXAMPLE, QuestionKind.LIST}:
            kind = QuestionKind.COMPARISON
        if chance >= threshold:
            if best.alternative:
                return self._with_alternative(self.compose(plan.question, kind, best.entries[:1], chance), best)
            return self._with_mark(self.compose(plan.question, kind, best.entries, chance), weighed.item)
        choices = self._choices(weighed.proposals)
        # Worth asking back: the notes very probably have it, and among few entries.
        alone = [proposal.mass for proposal in weighed.proposals if len(proposal.entries) == 1]
        inside = sum(alone[:_MOST_CHOICES])
        asks_back = chance >= _NEARLY * threshold and inside >= _INSIDE and len(choices) > 1
        status = Status.CLARIFY if asks_back else Status.ABSTAINED
        return Answer(plan.question, status, plan.reading.kind, choices=choices, confidence=chance)

    def look_again(self, plans: Sequence[Plan], weighed: Sequence[Weighed]) -> list[float | None]:
        """How much nearer (a difference of cosines) each question is to its best proposal than to what is outside, at a second look; None if there
        is none: at a follow-up, what answers it is told by what it follows more than by its words. Encodes a text of each of the others.
        """
        found: list[float | None] = [None] * len(plans)
        looked = [at for at, plan in enumerate(plans) if not plan.earlier and not plan.about]
        if self._index.second is None or not looked:
            return found
        texts = [plans[at].reading.text for at in looked]
        shown = [self._chooser.covered(weighed[at].proposals[0].entries) for at in looked]
        for at, margin in zip(looked, self._index.second.margins(texts, shown), strict=True):
            found[at] = margin
        return found

    def number(self, entry_id: str) -> int:
        """The number of an entry by its id."""
        return self._number[entry_id]

    def compose(self, question: str, kind: QuestionKind, numbers: Sequence[int], chance: float) -> Answer:
        """The answer that shows these entries."""
        entries = [self.course.entries[at] for at in numbers]
        if len(entries) == 1 and len(entries[0].compares) >= 2 and entries[0].statement:
            sides = [self.course.by_id[one] for one in entries[0].compares]
            entries = [*sides, entries[0]] if kind is QuestionKind.COMPARISON else entries
        elif len(entries) > 1 and (contrast := self._chooser.contrast(numbers)) is not None:
            entries.append(self.course.entries[contrast])
        if kind is QuestionKind.EXAMPLE:
            entries += [one for one in self.course.examples_of.get(entries[0].id, ()) if one not in entries]
        credit = credit_of(self.course, entries[0]) if kind is QuestionKind.ATTRIBUTION else None
        passages = once(passage_of(self.course, entry) for entry in entries)
        return Answer(question, Status.ANSWERED, kind, passages=passages, credit=credit, confidence=chance)

    def _with_alternative(self, answer: Answer, best: Proposal) -> Answer:
        shown = self.shown_by(answer)
        others = (self.course.entries[at] for at in best.entries[1:] if at not in shown)
        passages = (replace(passage_of(self.course, entry), alternative=True) for entry in others)
        return replace(answer, passages=(*answer.passages, *passages))

    def _with_mark(self, answer: Answer, item: int | None) -> Answer:
        if item is None or answer.kind is not QuestionKind.DEFINITION or len(answer.passages) != 1:
            return answer
        [passage] = answer.passages
        asked = self.course.entries[item].id
        points = tuple(replace(point, asked=point.entry == asked) for point in passage.points)
        return replace(answer, passages=(replace(passage, points=points),))

    def _choices(self, proposals: Sequence[Proposal]) -> tuple[Choice, ...]:
        likely = [proposal for proposal in proposals if proposal.mass >= _WORTH_OFFERING]
        numbers = dict.fromkeys(at for proposal in likely for at in proposal.entries)
        return tuple(choice_of(self.course.entries[at]) for at in list(numbers)[:_MOST_CHOICES])

    def see(self, texts: Sequence[str], vectors: Vectors) -> dict[str, Evidence]:
        """What speaks for which entry, by each text; ``vectors`` (texts, dimensions) are theirs."""
        return dict(zip(texts, self._index.evidence(texts, vectors), strict=True))

    def _weigh_text(self, text: str, by_text: Mapping[str, Evidence]) -> Probabilities:
        return self._ranker.probabilities(by_text[text])

    def _named_sides(self, evidence: Evidence) -> list[int]:
        """Entries named in the question, in its order, leaving out contrasts and lists that hold another one of them."""
        spans = evidence.named.spans
        named = sorted(spans, key=lambda at: spans[at])
        ids = {self.course.entries[at].id for at in named}

        def holds_another(entry: Entry) -> bool:
            return bool(ids & {*entry.compares, *(item.entry for item in entry.items)})

        return [at for at in named if not holds_another(self.course.entries[at])]

    def _scholars_sides(self, evidence: Evidence, whole: Probabilities) -> list[tuple[Probabilities, Probabilities]]:
        """What two scholars said whom the question names: for each the probabilities among what is credited to that one."""
        sides = []
        for works in evidence.named.scholars:
            said = np.zeros_like(whole)
            numbers = list(self._index.credited(works))
            said[numbers] = whole[numbers] + 1e-6
            sides.append(said / said.sum())
        return [(sides[0], sides[1])] if len(sides) == 2 else []

    def _sets_side_by_side(self, reading: Reading, evidence: Evidence) -> bool:
        """Whether the question names two scholars, or is little more than the names of two things: "punishment or denial?"."""
        if reading.beside and len(evidence.named.scholars) == 2:
            return True
        if reading.kind is not QuestionKind.DEFINITION and not (reading.kind is QuestionKind.WHY and reading.weighs):
            return False
        named = self._named_sides(evidence)
        covered = sum(end - start for start, end in (evidence.named.spans[at] for at in named))
        return len(named) >= 2 and covered >= (0.4 if reading.weighs else 0.6) * max(1, len(evidence.content))

    def _compares_names(self, plan: Plan, evidence: Evidence) -> bool:
        """Whether the question asks to compare what it names, and nothing else: "difference between punishment and denial"."""
        named = self._named_sides(evidence)
        covered = sum(end - start for start, end in (evidence.named.spans[at] for at in named))
        left = content_words(tokens_of(compared(plan.reading.text)))
        contrast = self._index.names.exact(words(" and ".join(plan.reading.splits[0]))) if plan.reading.splits else None
        if contrast is not None and self.course.entries[contrast].compares:
            return True  # "salt and sugar" may be the name of an entry that sets the two apart
        return len(named) >= 2 and covered >= len(left)

    def follow_up_evidence(self, plan: Plan, vectors: Vectors) -> np.ndarray:
        """An array (entries + 1, len(FOLLOW_UP)): what speaks for each entry as the answer to a follow-up question."""
        by_text = self.see(plan.texts, vectors)
        alone, joined = self._weigh_text(plan.reading.text, by_text), self._weigh_text(plan.texts[-1], by_text)
        return self._kinship(plan.reading, alone, joined, self._before(plan, by_text))

    def covered(self, numbers: Sequence[int]) -> set[int]:
        """The entries whose whole text is seen by who is shown these."""
        return self._chooser.covered(numbers)

    def shown_by(self, answer: Answer) -> set[int]:
        """The numbers of the entries whose whole text an answer shows, alternatives left out."""
        return self._chooser.covered([self._number[entry] for entry in answer.entries])

    def _followed_up(
        self, plan: Plan, alone: Probabilities, before: np.ndarray, by_text: Mapping[str, Evidence]
    ) -> Probabilities:
        return self._followed(plan.reading, alone, self._weigh_text(plan.texts[-1], by_text), before)

    def _followed(
        self, reading: Reading, alone: Probabilities, joined: Probabilities, before: np.ndarray
    ) -> Probabilities:
        """The probabilities for a follow-up question, given those for what was answered ``before`` it."""
        utility = self._kinship(reading, alone, joined, before) @ self._follow_up
        odds = np.exp(utility - utility.max())
        found: Probabilities = odds / odds.sum()
        return found

    def _before(self, plan: Plan, by_text: Mapping[str, Evidence]) -> np.ndarray:
        """For each entry the probability that it was just answered."""
        if plan.earlier:
            return self._answered_earlier(plan.earlier, by_text)[:-1]
        before = np.zeros(len(self.course.entries), np.float32)
        before[list(plan.about)] = 1.0
        return before

    def _answered_earlier(self, earlier: Sequence[Reading], by_text: Mapping[str, Evidence]) -> Probabilities:
        """The probabilities for the last of these questions, each of which may follow up the one before."""
        *first, last = earlier
        alone = self._weigh_text(last.text, by_text)
        if not first:
            return alone
        joined = self._weigh_text(_joined(first[-1], last), by_text)
        return self._followed(last, alone, joined, self._answered_earlier(first, by_text)[:-1])

    def _kinship(self, reading: Reading, alone: Probabilities, joined: Probabilities, before: np.ndarray) -> np.ndarray:
        """``before`` (entries) holds the probabilities of the last answer."""
        found = np.zeros((len(alone), len(FOLLOW_UP)), np.float32)
        found[:, 0], found[:, 1] = np.log(alone + 1e-4), np.log(joined + 1e-4)
        column = {name: at for at, name in enumerate(FOLLOW_UP)}
        for at in np.flatnonzero(before > 0.05):
            for name in ("opposite", "sibling", "related", "whole", "item", "example"):
                for other in self._chooser.kin(int(at))[name]:
                    found[other, column[name]] += before[at]
            found[at, column["self"]] += before[at]
            if reading.ordinal is not None and (item := self._chooser.item(int(at), reading.ordinal)) is not None:
                found[item, column["ordinal"]] += before[at]
        cues = {
            "other": reading.asks_other,
            "who": reading.kind is QuestionKind.ATTRIBUTION,
            "why": reading.kind is QuestionKind.WHY,
            "example": reading.kind is QuestionKind.EXAMPLE,
            "list": reading.kind is QuestionKind.LIST,
        }
        for name in (name for name in FOLLOW_UP if "_" in name):
            cue, _, kin = name.partition("_")
            if cues[cue]:
                found[:, column[name]] = found[:, column[kin]]
        return found

    def _features(
        self, plan: Plan, evidence: Evidence, whole: Probabilities, proposals: Sequence[Proposal]
    ) -> dict[str, float]:
        best = proposals[0]
        if best.alternative:  # what it adds is its probability alone
            best = replace(best, entries=best.entries[:1])
        entry = self.course.entries[best.entries[0]]
        asks_who = plan.reading.kind is QuestionKind.ATTRIBUTION
        credit = credit_of(self.course, entry) if asks_who else None
        holds_figure = plan.reading.asks_figure and self._holds_figure(entry)
        is_named = any(at in evidence.named.spans for at in best.entries)
        mass = min(max(best.mass, 1e-3), 1 - 1e-3)
        rows = [row for at in best.entries if (row := evidence.row(at)) is not None]
        seen = self._chooser.covered(best.entries)
        among = [row for at in seen if (row := evidence.row(at)) is not None]
        closest = max((float(evidence.closest[row]) for row in among), default=-1.0)
        return {
            "mass": float(np.log(mass / (1 - mass))),
            "outside": float(np.log(whole[-1] + 1e-3)),
            "closest": max((float(evidence.closest[row]) for row in rows), default=-1.0),
            "coverage": evidence.coverage,
            "strange": float(bool(evidence.content) and not evidence.coverage),
            "lead": proposals[0].mass - (proposals[1].mass if len(proposals) > 1 else 0.0),
            "named_share": float(sum(evidence.features[row, _NAMED_SHARE] for row in rows)),
            "own_words": self._index.share_known(best.entries[0], evidence.content),
            "bare": float(entry.is_bare and plan.reading.kind is not QuestionKind.LIST),
            "no_example": float(plan.reading.kind is QuestionKind.EXAMPLE and not self._holds_example(best.entries)),
            "no_figure": float(plan.reading.asks_figure and not holds_figure),
            "figure": float(holds_figure),
            "uncredited": float(asks_who and credit is None),
            "credited": float(asks_who and credit is not None),
            "credited_named": float(asks_who and credit is not None and is_named),
            "figure_named": float(holds_figure and is_named),
            "scholar": max((float(evidence.features[row, _SCHOLAR]) for row in rows), default=0.0),
            "comparison": float(best.is_pair),
            "follow_up": float(bool(plan.earlier or plan.about)),
            "votes": sum(voter in seen for voter in evidence.voters) / max(1, len(evidence.voters)),
            "head": float(sum(evidence.features[row, _HEAD] for row in among)),
            "margin": closest - float(evidence.features[-1, _OUTSIDE_NEAREST]) / SOFT,
            "second": _second(whole[:-1]),
            "named_pair": float(best.is_pair and self._compares_names(plan, evidence)),
        }

    def _holds_figure(self, entry: Entry) -> bool:
        """Whether what is shown of the entry has a date or an amount in it."""
        return any(map(str.isdigit, shown_text(self.course, entry) + (credit_of(self.course, entry) or "")))

    def _holds_example(self, numbers: Sequence[int]) -> bool:
        """Whether one of the entries is an example, has some, or shows one."""
        entries = [self.course.entries[at] for at in numbers]
        return any(
            one.example_of or self.course.examples_of.get(one.id) or _EXAMPLE.search(shown_text(self.course, one))
            for one in entries
        )


def _joined(before: Reading, reading: Reading) -> str:
    return f"{before.text} {reading.text}"


def _second(values: Probabilities) -> float:
    """The second highest; 0 if there is but one."""
    first = int(values.argmax())
    return float(max(values[:first].max(initial=0), values[first + 1 :].max(initial=0)))
