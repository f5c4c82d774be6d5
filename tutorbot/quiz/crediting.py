"""Whose words a statement is, and who did not say it."""

from dataclasses import dataclass

from tutorbot.knowledge import Course, Entry, Work
from tutorbot.knowledge.proof import made_of
from tutorbot.knowledge.text import words
from tutorbot.quiz.blanking import alike, without
from tutorbot.quiz.telling_apart import TellingApart


@dataclass(frozen=True, slots=True)
class Credit:
    """``author`` said ``prompt`` (a statement, the author's name blanked out); ``others`` are scholars who did not."""

    author: str
    prompt: str
    others: tuple[str, ...]


class Crediting:
    """Finds statements that the lecture credits to one author, or to one group of authors."""

    def __init__(self, course: Course, apart: TellingApart) -> None:
        self._course = course
        self._apart = apart
        self._names = {work.id: _family_names(work) for work in course.works}

    def credit(self, entry: Entry) -> Credit | None:
        """Who said it; None if nobody is credited, several are, or an erratum names somebody else."""
        works = self._works(entry)
        if entry.statement is None or entry.is_list or not works:
            return None
        author = " and ".join(works[0].authors)
        names = self._names[works[0].id]
        if any(self._names[work.id] != names for work in works) or not self._proved(entry):
            return None
        mistaken = {word for line in entry.errata for word in words(line)}
        if any(mistaken & self._names[work.id] - names for work in self._course.works):
            return None
        prompt = without(entry.statement, [], sorted(names))
        others = self._others(entry, names)
        return Credit(author, prompt, others) if prompt is not None and len(others) >= 2 else None

    def _others(self, entry: Entry, names: frozenset[str]) -> tuple[str, ...]:
        """Authors of other works: not credited for this or for what says the same, and not spoken of in the statement."""
        akin = [other for other in self._course.entries if self._apart.akin(entry, other)]
        credited = names.union(*(self._names[work.id] for other in akin for work in self._works(other)))
        said = words(entry.statement or "")
        found: dict[frozenset[str], str] = {}
        for work in self._course.works:
            own = self._names[work.id]
            if not own & credited and not any(alike(word, name) for word in said for name in own):
                found.setdefault(own, " and ".join(work.authors))
        return tuple(dict.fromkeys(found.values()))

    def _proved(self, entry: Entry) -> bool:
        """Whether the statement is made of the credited quotes alone."""
        quotes = [citation.quote for citation in entry.citations if citation.work_id]
        for printed, meant in entry.mended.items():
            quotes = [quote.replace(printed, meant) for quote in quotes]
        return made_of(entry.statement or "", quotes)

    def _works(self, entry: Entry) -> list[Work]:
        ids = dict.fromkeys(citation.work_id for citation in entry.citations if citation.work_id)
        return [self._course.works_by_id[key] for key in ids if key in self._course.works_by_id]


def _family_names(work: Work) -> frozenset[str]:
    """The last words of its authors' names."""
    return frozenset(words(author)[-1] for author in work.authors if words(author))
