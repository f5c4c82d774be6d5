"""Is a statement made of its quotes, word for word?"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from tutorbot.knowledge.text import words

# Where a statement may be joined from two quotes: between sentences and clauses, never in the middle of one.
_JOINT = re.compile(r"[.!?;:…()–—]|->|→|\n")

_WORD = re.compile(r"[^\W_]+")
# What may stand between two words of one clause of a quote. A clause may also begin with a capital, since slides lose their
# full stops; and it may end before a comma, but not begin after one, so that "No, because …" keeps its "No".
_WITHIN_CLAUSE = re.compile(r"[\s'’‐‑/&-]*")
_WITHIN_CLAUSE_OR_COMMA = re.compile(r"[\s'’‐‑/&,-]*")


@dataclass(frozen=True, slots=True)
class _Held:
    """The words of a quote, and the numbers of words at which a run that is taken from it may begin and end."""

    words: Sequence[str]
    begins: frozenset[int]
    ends: frozenset[int]

    def has(self, run: Sequence[str]) -> bool:
        size = len(run)
        return any(self.words[at : at + size] == run and at + size in self.ends for at in self.begins)


def made_of(text: str, quotes: Sequence[str], *, item: bool = False) -> bool:
    """Whether ``text`` is word for word one run of a quote, or several runs joined between clauses.

    A run is taken from a quote whole clause by whole clause, so that leaving out a "not" is caught wherever it stands. The
    items of a list may stand between commas.
    """
    held = [_held(quote, item=item) for quote in quotes]
    clauses = [clause for clause in (words(part) for part in _JOINT.split(text)) if clause]
    # start of each clause in the flat list of words; a run may span several clauses, but begins and ends with one
    flat = [word for clause in clauses for word in clause]
    ends = [0]
    for clause in clauses:
        ends.append(ends[-1] + len(clause))
    reached = {0}
    for at, end in enumerate(ends[1:], start=1):
        if any(start in reached and any(one.has(flat[start:end]) for one in held) for start in ends[:at]):
            reached.add(end)
    return bool(flat) and len(flat) in reached


def _held(quote: str, *, item: bool) -> _Held:
    text = unicodedata.normalize("NFKC", quote)
    found: list[str] = []
    begins, ends, last = {0}, set(), 0
    for match in _WORD.finditer(text):
        between = text[last : match.start()]
        new = match[0][0].isupper() or not _WITHIN_CLAUSE_OR_COMMA.fullmatch(between)
        comma = not _WITHIN_CLAUSE.fullmatch(between)
        if new or (comma and item):
            begins.add(len(found))
        if new or comma:
            ends.add(len(found))
        found += words(match[0])
        last = match.end()
    return _Held(found, frozenset(begins), frozenset({*ends, len(found)}))
