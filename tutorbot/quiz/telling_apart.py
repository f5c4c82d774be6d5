"""Can two entries be told apart for certain? Only then may one be a wrong answer to a question about the other."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from tutorbot.knowledge import Course, Entry
from tutorbot.knowledge.text import squeezed, words
from tutorbot.matching.names import stem
from tutorbot.quiz.card import Reason
from tutorbot.quiz.nearness import LexicalNearness, Nearness

Run = str
"""Stems between spaces, one before and one after, so that ``in`` finds whole words only; empty if there are none."""

# Texts that share this much of their (rarity-weighted) words, or entries this near in meaning, may say the same.
_SAME_WORDS = 0.6
_SAME_MEANING = 0.85

_ASIDE = re.compile(r"\s*\([^)]*\)")
_SENTENCE = re.compile(r"[.!?;…]+\s+|\n+")


def bare_name(name: str) -> str:
    """A name without what it says in brackets: ``Cell`` for ``Cell (Hooke)``."""
    return _ASIDE.sub("", name).strip() or name


class TellingApart:
    """Why one entry of a course is not another; answers are kept, since every card asks for them."""

    def __init__(self, course: Course, nearness: Nearness | None = None) -> None:
        lexical = LexicalNearness(course)
        self.nearness: Nearness = nearness or lexical
        """The nearness that is used here."""
        self._course = course
        self._rarity = lexical.rarity
        self._same = _classes(course)
        self._names = {entry.id: set(_name_runs(entry)) for entry in course.entries}
        self._statements = {entry.id: _run(entry.statement or "") for entry in course.entries}
        self._sentences = {entry.id: _sentences(entry) for entry in course.entries}
        self._texts = {entry.id: _texts(course, entry) for entry in course.entries}
        self._ancestors = {entry.id: _ancestors(course, entry) for entry in course.entries}
        self._contrasted = {frozenset(two) for entry in course.entries for two in combinations(entry.compares, 2)}
        self._alternatives = set(self._lists_of_alternatives())
        self._found: dict[tuple[str, str], Reason | None] = {}

    def reason(self, one: Entry, other: Entry) -> Reason | None:
        """Why ``other`` is a wrong answer to a question about ``one``, and the other way round; None if it may be right, too."""
        key = (min(one.id, other.id), max(one.id, other.id))
        if key not in self._found:
            self._found[key] = self._reason(one, other)
        return self._found[key]

    def akin(self, one: Entry, other: Entry) -> bool:
        """Whether the two are or are called the same, or one belongs to the other, or one says what the other says."""
        return (
            self._same[one.id] == self._same[other.id]
            or bool(self._names[one.id] & self._names[other.id])
            or one.id in self._ancestors[other.id]
            or other.id in self._ancestors[one.id]
            or one.id in other.compares
            or other.id in one.compares
            or self._covers(one, other)
            or self._covers(other, one)
        )

    def _reason(self, one: Entry, other: Entry) -> Reason | None:
        lists = self._shared_lists(one, other)
        if self.akin(one, other) or lists & self._alternatives:
            return None
        if other.id in one.opposite or one.id in other.opposite:
            return Reason.OPPOSITE
        if any(left in right or right in left for left in self._names[one.id] for right in self._names[other.id]):
            return None
        if frozenset({one.id, other.id}) in self._contrasted:
            return Reason.CONTRASTED
        related = other.id in one.related or one.id in other.related or _same_quote(one, other)
        if (
            (related and not lists)
            or self._mentions(one, other)
            or self._mentions(other, one)
            or self._alike(one, other)
        ):
            return None
        return Reason.SIBLING if lists else Reason.UNRELATED

    def _shared_lists(self, one: Entry, other: Entry) -> set[str]:
        held = self._course.lists_of
        return {entry.id for entry in held.get(one.id, ())} & {entry.id for entry in held.get(other.id, ())}

    def _lists_of_alternatives(self) -> Iterator[str]:
        """Lists whose items are several answers to one question ("3 definitions of X"): an item is named as the list is."""
        for entry in self._course.entries:
            if any(item.entry and self._names[entry.id] & self._names.get(item.entry, set()) for item in entry.items):
                yield entry.id

    def _covers(self, whole: Entry, part: Entry) -> bool:
        """Whether a text of ``whole`` holds a sentence of ``part``'s statement, or all of it."""
        return any(run in text for run in self._sentences[part.id] for text in self._texts[whole.id])

    def _mentions(self, one: Entry, other: Entry) -> bool:
        return any(name in self._statements[one.id] for name in self._names[other.id])

    def _alike(self, one: Entry, other: Entry) -> bool:
        left, right = set(self._statements[one.id].split()), set(self._statements[other.id].split())
        smaller = min(self._weight(left), self._weight(right))
        if smaller and self._weight(left & right) / smaller >= _SAME_WORDS:
            return True
        return self.nearness(one.id, other.id) >= _SAME_MEANING

    def _weight(self, stems: set[str]) -> float:
        return sum(self._rarity.get(word, 0.0) for word in stems)


def _classes(course: Course) -> dict[str, str]:
    """For each entry id, one id that stands for all entries that ``same_as`` joins with it."""
    parent = {entry.id: entry.id for entry in course.entries}

    def root(key: str) -> str:
        while parent[key] != key:
            key = parent[key]
        return key

    for entry in course.entries:
        for other in entry.same_as:
            if other in parent:
                parent[root(other)] = root(entry.id)
    return {key: root(key) for key in parent}


def _ancestors(course: Course, entry: Entry) -> set[str]:
    """What an entry belongs to: the lists that hold it, what it is an example of, and what these belong to."""
    found: set[str] = set()
    waiting = [entry]
    while waiting:
        at = waiting.pop()
        above = [whole.id for whole in course.lists_of.get(at.id, ())]
        above += [at.example_of] if at.example_of else []
        for key in above:
            if key not in found and key in course.by_id:
                found.add(key)
                waiting.append(course.by_id[key])
    return found


def _name_runs(entry: Entry) -> Iterator[Run]:
    for name in entry.names:
        for text in {name, bare_name(name)}:
            run = _run(text)
            number, _space, rest = run.strip().partition(" ")
            yield from {run, f" {rest} " if number.isdigit() and " " in rest else run} - {""}


def _sentences(entry: Entry) -> Sequence[Run]:
    """An entry's statement, and each sentence of it that says something (three words)."""
    whole = _run(entry.statement or "")
    parts = [_run(sentence) for sentence in _SENTENCE.split(entry.statement or "")]
    return [run for run in {whole, *(part for part in parts if len(part.split()) > 2)} if run]


def _texts(course: Course, entry: Entry) -> Sequence[Run]:
    """What an entry says: its statement, and each item as it is shown."""
    texts = [entry.statement or ""]
    for item in entry.items:
        target = course.by_id.get(item.entry) if item.entry else None
        texts += [item.text or "", (target.statement if target else None) or ""]
    return [run for run in map(_run, texts) if run]


def _run(text: str) -> Run:
    stems = [stem(word) for word in words(text)]
    return f" {' '.join(stems)} " if stems else ""


def _same_quote(one: Entry, other: Entry) -> bool:
    return bool(_quotes(one) & _quotes(other))


def _quotes(entry: Entry) -> set[tuple[str, str]]:
    return {(citation.source, squeezed(citation.quote)) for citation in entry.citations}
