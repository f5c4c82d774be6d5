"""Which entries answer the question? From probabilities to a proposal with the chance that it is right."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from tutorbot.answering.composing import passage_of
from tutorbot.knowledge import Course, Entry
from tutorbot.knowledge.proof import made_of

Probabilities = NDArray[np.float32]

_WORD_COST = 0.0006
"""What a word of an answer costs, in probability: a longer answer must be that much more likely right (60 words: 0.036)."""

_OWN = 0.001
"""What an entry's own probability adds: of a list and a bare item of it, which show the same, the one that is asked for comes first."""

_SHORTLIST = 8
_SIDE, _ALTERNATIVE, _SCREEN = 0.1, 0.15, 120
"""Probabilities from which an entry is shown below the best one, its opposite or another one, and how many words the two may have together. Of
3,029 labelled questions 104 are answered so with an alternative: in 67 of these the first is right, in 24 the alternative alone."""

_ASKED = 0.8
"""Share of a list's mass from which one of its items is taken for what was asked. Of 22 that are, among the labelled questions of two courses,
18 were accepted by themselves; two questions compare it with another item and two are not answered by the notes."""

_MOST_EXAMPLES = 4  # that are shown together
_MOST_SURE = 0.97  # of a comparison: that these are the sides says not that the notes compare them as asked


@dataclass(frozen=True, slots=True)
class Proposal:
    """Entries that would answer the question, and ``mass``: the probability that what they show contains the answer. An ``alternative`` is
    the second, in case that the first is not what was meant.
    """

    entries: tuple[int, ...]
    mass: float
    alternative: bool = False

    @property
    def is_pair(self) -> bool:
        """Whether the question is taken to be of all of these entries."""
        return len(self.entries) > 1 and not self.alternative


class Chooser:
    """Knows what each entry shows, so that a list may answer a question about one of its items."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._number = {entry.id: at for at, entry in enumerate(course.entries)}
        self._length = np.asarray([_shown_words(course, entry) for entry in course.entries], np.float32)
        self._covers = _matrix([self._covered_by(entry) for entry in course.entries])
        self._covered_in = self._covers.T.tocsr()
        everything = self._covers.tocoo()
        other = everything.row != everything.col
        self._covering = everything.row[other], everything.col[other]
        self._contrasting = [entry for entry in course.entries if entry.compares]
        self._kin: dict[int, Mapping[str, frozenset[int]]] = {}
        self._telling_of: defaultdict[int, set[int]] = defaultdict(
            set
        )  # entry -> the contrasts and lists that it is in
        for at, entry in enumerate(course.entries):
            for one in self._numbers([*entry.compares, *(item.entry for item in entry.items if item.entry)]):
                self._telling_of[one].add(at)

    def one(self, probabilities: Probabilities, just_shown: frozenset[int] = frozenset()) -> list[Proposal]:
        """Proposals of one entry each, best first: most likely to contain the answer, and short.

        What was ``just_shown`` is not shown again, by itself or in a list.
        """
        mass = self._masses(probabilities)
        likely = np.flatnonzero(mass > 0)  # of a large course a few of many
        if len(likely) < _SHORTLIST:
            likely = np.arange(len(mass))
        worth = mass[likely] - _WORD_COST * self._length[likely] + _OWN * probabilities[likely]
        for shown in just_shown:
            again = [at for at in _row(self._covered_in, shown) if not self._course.entries[at].is_bare]
            worth[np.isin(likely, again)] -= 1
        return [Proposal((int(at),), float(min(1.0, mass[at]))) for at in likely[_highest(worth)]]

    def pair(
        self, whole: Probabilities, sides: Sequence[tuple[Probabilities, Probabilities]], named: Sequence[int]
    ) -> Proposal | None:
        """The two entries that a comparison is between, given the probabilities for the whole question and for possible sides."""
        if len(named) >= 2:
            return Proposal(tuple(named[:3]), _MOST_SURE)
        scores: dict[tuple[int, int], float] = {}
        for left, right in ((self._worth(one), self._worth(other)) for one, other in sides):
            for a, b in product(_highest(left), _highest(right)):
                if a != b:
                    pair = (int(a), int(b))
                    scores[pair] = max(scores.get(pair, 0.0), float(left[a] * right[b]))
        if not scores:
            return None
        weighed = {}
        for (a, b), score in scores.items():
            together = sum(float(whole[at]) for at in self._telling_of[a] & self._telling_of[b])
            kinship = 1.0 if self._related(a, b) else 0.3
            weighed[a, b] = (score + 0.02) * kinship * (0.1 + float(whole[a] + whole[b]) + together)
        best = max(weighed, key=lambda pair: weighed[pair])
        return Proposal(best, min(_MOST_SURE, scores[best] ** 0.5))

    def beside(self, proposals: Sequence[Proposal], *, both: bool = True) -> Proposal | None:
        """The best of these proposals of one entry each, with another that is not much less likely, if both fit a screen: its opposite or
        what the notes compare it with, since the question may be of ``both``; or else an alternative, unless one is an example of the other.
        None if there is none.
        """
        first = proposals[0].entries[0]
        sides = self.kin(first)["opposite"] | self.kin(first)["compared"] if both else frozenset()
        for other in proposals[1:]:
            at = other.entries[0]
            if other.mass < (_SIDE if at in sides else _ALTERNATIVE):
                continue
            told = first in self.covered([at]) or at in self.covered([first])
            if not told and self._length[first] + self._length[at] <= _SCREEN:
                mass = min(_MOST_SURE, proposals[0].mass + other.mass)
                together = at in sides or at in self.kin(first)["example"] or first in self.kin(at)["example"]
                return Proposal((first, at), mass, alternative=not together)
        return None

    def asked_item(self, whole: Probabilities, best: Proposal) -> int | None:
        """The item that makes up most of the mass of a list; None if there is none, or no list."""
        items = [self._number[item.entry] for item in self._course.entries[best.entries[0]].items if item.entry]
        if not items or len(best.entries) > 1:
            return None
        likeliest = max(items, key=lambda at: whole[at])
        return likeliest if whole[likeliest] >= _ASKED * best.mass else None

    def examples(self, whole: Probabilities, best: Proposal) -> Proposal | None:
        """All examples of a thing, given that one of them is the ``best`` proposal; None if it is no example or the only one."""
        parent = self._course.entries[best.entries[0]].example_of
        numbers = [self._number[one.id] for one in self._course.examples_of.get(parent or "", ())]
        if not 2 <= len(numbers) <= _MOST_EXAMPLES:
            return None
        return Proposal(tuple(numbers), min(_MOST_SURE, float(whole[numbers].sum())))

    def _worth(self, probabilities: Probabilities) -> Probabilities:
        """The masses, and a little for an entry's own probability: bare items of a list, which all show it, are told apart by that."""
        found: Probabilities = self._masses(probabilities) + _OWN * probabilities[:-1]
        return found

    def _masses(self, probabilities: Probabilities) -> Probabilities:
        """For each entry (entries,) the probability that what it shows contains the answer."""
        found = probabilities[:-1].copy()
        # few of a large course's entries show another one: less work than a product with the whole matrix
        covering, covered = self._covering
        np.add.at(found, covering, probabilities[covered])
        return found

    def item(self, at: int, ordinal: int) -> int | None:
        """The item at that position of a list, or of the list that entry ``at`` stands in; None if there is none."""
        entry = self._course.entries[at]
        lists = [entry] if entry.items else list(self._course.lists_of.get(entry.id, ()))
        for whole in lists:
            if -1 <= ordinal < len(whole.items) and (target := whole.items[ordinal].entry) is not None:
                return self._number[target]
        return None

    def covered(self, numbers: Sequence[int]) -> set[int]:
        """The entries whose whole text is among what these show."""
        return {one for at in numbers for one in _row(self._covers, at)}

    def contrast(self, entries: Sequence[int]) -> int | None:
        """The authored contrast between these entries, if the course has one that is no list of them."""
        wanted = {self._course.entries[at].id for at in entries}
        for entry in self._contrasting:
            if set(entry.compares) == wanted and entry.statement and self._number[entry.id] not in entries:
                return self._number[entry.id]
        return None

    def kin(self, at: int) -> Mapping[str, frozenset[int]]:
        """The entries that an entry is related to, by the kind of relation."""
        if at not in self._kin:
            self._kin[at] = self._kin_of(self._course.entries[at])
        return self._kin[at]

    def _related(self, a: int, b: int) -> bool:
        return any(b in self.kin(a)[relation] for relation in ("opposite", "sibling", "related", "compared"))

    def _kin_of(self, entry: Entry) -> Mapping[str, frozenset[int]]:
        lists = self._course.lists_of.get(entry.id, ())
        siblings = {item.entry for whole in lists for item in whole.items if item.entry} - {entry.id}
        compared = {other for one in self._contrasting if entry.id in one.compares for other in one.compares} - {
            entry.id
        }
        return {
            "opposite": self._numbers(entry.opposite),
            "sibling": self._numbers(siblings),
            "related": self._numbers({*entry.related, *entry.same_as}),
            "compared": self._numbers(compared),
            "whole": self._numbers(whole.id for whole in lists),
            "item": self._numbers(item.entry for item in entry.items if item.entry),
            "example": self._numbers(one.id for one in self._course.examples_of.get(entry.id, ())),
        }

    def _numbers(self, ids: Iterable[str]) -> frozenset[int]:
        return frozenset(self._number[one] for one in ids if one in self._number)

    def _covered_by(self, entry: Entry) -> list[int]:
        """The entries whose whole text is among what ``entry`` shows, itself first."""
        passage = passage_of(self._course, entry)
        shown = [passage.statement, *(point.text for point in passage.points)]
        pointed = {point.entry for point in passage.points if point.entry}
        near = {
            *entry.related,
            *entry.compares,
            *entry.opposite,
            *entry.same_as,
            *pointed,
        }
        if entry.is_bare:
            near.add(self._course.lists_of[entry.id][0].id)
        found = [self._number[entry.id]]
        for other in near:
            target = self._course.by_id.get(other)
            if target is None or target.id == entry.id:
                continue
            if target.is_list:
                inside = {item.entry for item in target.items}
                within = bool(passage.points) and inside == {point.entry for point in passage.points}
            else:
                within = other in pointed if target.is_bare else made_of(target.statement or "", shown)
            if within:
                found.append(self._number[other])
        return found


def _matrix(rows: Sequence[Sequence[int]]) -> csr_array:
    """A matrix (rows, rows) with a one wherever a row names a column."""
    columns = np.asarray([column for row in rows for column in row], np.int32)
    bounds = np.cumsum([0, *map(len, rows)])
    return csr_array((np.ones(len(columns), np.float32), columns, bounds), shape=(len(rows), len(rows)))


def _row(matrix: csr_array, at: int) -> list[int]:
    found: list[int] = matrix.indices[matrix.indptr[at] : matrix.indptr[at + 1]].tolist()
    return found


def _highest(values: Probabilities) -> NDArray[np.intp]:
    """Where the highest values are, highest first."""
    best = np.argpartition(-values, _SHORTLIST)[:_SHORTLIST] if len(values) > _SHORTLIST else np.arange(len(values))
    found: NDArray[np.intp] = best[np.argsort(-values[best], kind="stable")]
    return found


def _shown_words(course: Course, entry: Entry) -> int:
    passage = passage_of(course, entry)
    return sum(len(text.split()) for text in (passage.statement, *(point.text for point in passage.points)))
