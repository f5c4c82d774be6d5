"""Terms, aliases and scholars named in a question."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tutorbot.knowledge import Course
from tutorbot.knowledge.text import words

_JOINS = frozenset(["and", "or", "nor", "vs", "versus", "against", "than", "from", "to", "with"])
"""Between two names the first of which leaves out what it shares with the second: "wild or baker's yeast"."""


@dataclass(frozen=True, slots=True)
class Named:
    """Names found in a question: for each entry number the span of words that its longest name covers; for each scholar named, in
    order, the works credited to that name."""

    spans: dict[int, tuple[int, int]]
    scholars: tuple[frozenset[str], ...]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without its plural ending, so that "membranes" names the membrane. Applied to names and questions alike."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


class NameIndex:
    """Finds names of entries (terms and aliases) and of scholars (authors of works and their aliases)."""

    def __init__(self, course: Course) -> None:
        self._entries: dict[tuple[str, ...], int] = {}
        for number, entry in enumerate(course.entries):
            for name in entry.names:
                key = tuple(map(stem, words(name)))
                # a leading number ("3 kinds of cells") may be left out
                for variant in (key, key[1:] if len(key) > 2 and key[0].isdigit() else key):
                    self._entries.setdefault(variant, number)
        # word -> entry -> how many words its shortest name has with that word in it
        self._having: defaultdict[str, dict[int, int]] = defaultdict(dict)
        for key, number in self._entries.items():
            for word in key:
                shortest = self._having[word]
                shortest[number] = min(len(key), shortest.get(number, len(key)))
        self._longest: dict[str, int] = {}  # of the names that begin with a word
        for key in self._entries:
            if key:
                self._longest[key[0]] = max(len(key), self._longest.get(key[0], 0))
        self._scholars: defaultdict[str, set[str]] = defaultdict(set)
        for work in course.works:
            for name in (*work.authors, *work.aliases):
                for family_name in words(name)[-1:]:
                    self._scholars[family_name].add(work.id)

    def find(self, tokens: Sequence[str]) -> Named:
        """What the question names, given its words. A name inside a longer one does not count ("cell" in "stem cell")."""
        stems = [stem(token) for token in tokens]
        spans: dict[int, tuple[int, int]] = {}
        for start, end, number in self._found(stems):
            if number not in spans or end - start > spans[number][1] - spans[number][0]:
                spans[number] = (start, end)
        return Named(spans, tuple(dict.fromkeys(filter(None, map(self.scholars, tokens)))))

    def scholars(self, token: str) -> frozenset[str]:
        """The works of the scholar of that family name."""
        return frozenset(self._scholars.get(token, self._scholars.get(stem(token), ())))

    def exact(self, tokens: Sequence[str]) -> int | None:
        """The entry that these very words name."""
        return self._entries.get(tuple(map(stem, tokens)))

    def having(self, word: str) -> list[int]:
        """The entries in whose names this word stands, those with the shortest names first."""
        found = self._having.get(stem(word), {})
        return sorted(found, key=lambda number: (found[number], number))

    def _found(self, stems: Sequence[str]) -> Iterator[tuple[int, int, int]]:
        taken = -1
        for start in range(len(stems)):
            longest = self._longest.get(stems[start], 0)
            for end in range(min(len(stems), start + longest), start, -1):
                number = self._entries.get(tuple(stems[start:end]))
                if number is not None and end > taken:
                    yield from self._cut_short(stems, start, end)
                    yield start, end, number
                    taken = end
                    break

    def _cut_short(self, stems: Sequence[str], start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """What is named two words before a name, if it shares that name's last words."""
        if start < 2 or stems[start - 1] not in _JOINS:
            return
        for shared in range(start + 1, end):
            number = self._entries.get((stems[start - 2], *stems[shared:end]))
            if number is not None:
                yield start - 2, start - 1, number
                return
