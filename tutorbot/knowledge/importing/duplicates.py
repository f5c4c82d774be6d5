"""Which entries a proposal seems to repeat: by name, by text, and by meaning where a caller can tell."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from rapidfuzz import fuzz, process

from tutorbot.knowledge.importing.proposal import Duplicate
from tutorbot.knowledge.models import Entry
from tutorbot.knowledge.text import squeezed, words

Nearest = Callable[[Sequence[str]], Sequence[tuple[str, float] | None]]
"""For each text the id of the course's entry that is nearest in meaning, and how near it is (0..1); None if none is."""

# Chosen by hand on the proposals of the first course's documents: one changed letter in a name of ten, one changed word in ten.
_NAMES_ALIKE = 90.0
_TEXTS_ALIKE = 88.0
_WITHOUT_BRACKETS = 0.95  # how alike "JCPOA (October 2015)" is to "JCPOA"
_BRACKETS = re.compile(r"\s*\([^()]*\)$")
NEAR = 0.85
"""Nearness in meaning from which on an entry counts as a duplicate."""


def said(entry: Entry) -> str:
    """What an entry says: its statement and items."""
    return "\n".join([entry.statement or "", *(item.text or "" for item in entry.items)]).strip()


class Known:
    """Entries that there are already."""

    def __init__(self, where: Literal["course", "file"], entries: Iterable[Entry] = ()) -> None:
        self._where = where
        self._exact: dict[str, tuple[str, str]] = {}
        self._names: list[str] = []
        self._named: list[tuple[str, str]] = []
        self._texts: list[str] = []
        self._textual: list[tuple[str, str]] = []
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry, *, by_name: bool = True) -> None:
        """Know ``entry``, too; by its text alone where its name is only the heading above."""
        one = (entry.id, entry.term)
        for name in entry.names if by_name else ():
            self._exact.setdefault(squeezed(name), one)
            self._names.append(" ".join(words(name)))
            self._named.append(one)
        if text := " ".join(words(said(entry))):
            self._texts.append(text)
            self._textual.append(one)

    def find(self, entry: Entry, *, by_name: bool = True) -> Duplicate | None:
        """The entry that ``entry`` seems to repeat."""
        if by_name:
            if one := self._exact.get(squeezed(entry.term)):
                return Duplicate(*one, self._where, "name", 1.0)
            if one := self._exact.get(squeezed(_BRACKETS.sub("", entry.term))):
                return Duplicate(*one, self._where, "name", _WITHOUT_BRACKETS)
            name = " ".join(words(entry.term))
            found = process.extractOne(name, self._names, scorer=fuzz.ratio, score_cutoff=_NAMES_ALIKE)
            if found and len(name) > 5 and _figures(found[0]) == _figures(name):
                return Duplicate(*self._named[found[2]], self._where, "name", found[1] / 100)
        text = " ".join(words(said(entry)))
        found = process.extractOne(text, self._texts, scorer=fuzz.ratio, score_cutoff=_TEXTS_ALIKE)
        if text and found and _figures(found[0]) == _figures(text):
            return Duplicate(*self._textual[found[2]], self._where, "text", found[1] / 100)
        return None


def _figures(text: str) -> list[str]:
    """Its numbers: "3 dangers" and "2 dangers" are not alike."""
    return re.findall(r"\d+", text)
