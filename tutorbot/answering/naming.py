"""Questions that ask for something by its name and in no other way: nothing needs to be weighed."""

import re
from collections.abc import Collection, Iterator, Sequence

from tutorbot.answering.choosing import Chooser
from tutorbot.answering.composing import shown_text
from tutorbot.answering.reading import Reading
from tutorbot.knowledge.text import words
from tutorbot.matching.index import CourseIndex

_YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")
_DURATION = re.compile(r"\b\d+(?:[.,]\d+)?[ -]?(?:second|minute|hour|day|week|month|year|decade)s?\b", re.I)


class Naming:
    """Knows the names of a course's entries, what is credited to whom, and what shows what."""

    def __init__(self, index: CourseIndex, chooser: Chooser) -> None:
        self._index = index
        self._course = index.course
        self._chooser = chooser

    def named(self, reading: Reading, *, follows: bool) -> tuple[int, ...]:
        """The entries that a question asks for by name alone; several, the likeliest first, if it is not clear which.

        Those are one that it names, that it asks only the date or the duration of and whose text tells it, or that one of its clauses names;
        else what is credited to the scholar whose name is all it holds; else those in whose names its only word stands.
        ``follows`` says whether the question follows another one up.
        """
        if reading.splits:
            return ()
        one = next(self._by_whole_name(reading), None)
        if one is not None:
            return (one,)
        return () if follows else self._by_scholar(reading) or self._by_word(reading)

    def _by_whole_name(self, reading: Reading) -> Iterator[int]:
        exact = self._index.names.exact
        found = [exact(reading.trimmed), exact(reading.name)]
        if reading.asks_figure:
            found += [
                self._that_tells(_YEAR, exact(reading.besides_a_date)),
                self._that_tells(_DURATION, exact(reading.besides_a_duration)),
            ]
        yield from (one for one in found if one is not None)
        clauses = [exact(name) for name, rest in reading.clauses if not self._index.names.find(words(rest)).spans]
        named = {one for one in clauses if one is not None}
        if len(named) == 1:
            yield from named

    def _that_tells(self, wanted: re.Pattern[str], entry: int | None) -> int | None:
        told = entry is not None and wanted.search(shown_text(self._course, self._course.entries[entry]))
        return entry if told else None

    def _by_scholar(self, reading: Reading) -> tuple[int, ...]:
        if len(reading.besides_a_contribution) != 1:
            return ()
        credited = self._index.credited(self._index.names.scholars(reading.besides_a_contribution[0]))
        own = [at for at in credited if not self._mixes(at, credited)]
        return self._without_covered(sorted(own, key=lambda at: (-len(self._chooser.covered([at])), at)))

    def _by_word(self, reading: Reading) -> tuple[int, ...]:
        named = self._index.names.having(reading.name[0]) if len(reading.name) == 1 else []
        return tuple(named) if len(named) > 1 else ()

    def _without_covered(self, numbers: Sequence[int]) -> tuple[int, ...]:
        """These entries without those that one before shows."""
        kept: list[int] = []
        for at in numbers:
            if at not in self._chooser.covered(kept):
                kept.append(at)
        return tuple(kept)

    def _mixes(self, at: int, credited: Collection[int]) -> bool:
        """Whether an entry shows, besides what else is credited to a scholar, what is not."""
        others = self._chooser.covered([at]) - {at}
        return bool(others.intersection(credited)) and bool(others.difference(credited))
