"""The literature that a document names in passing: "(Hooke 1665: 113)", "Brown (1831)", "… as in a honeycomb - Hooke"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tutorbot.knowledge.importing.naming import slug
from tutorbot.knowledge.models import CourseHead, Work
from tutorbot.knowledge.text import squeezed

_NAME = r"(?:[A-Z]\. ?){0,4}[A-Z][\w’'-]*[a-z](?: (?:and|&) (?:[A-Z]\. ?){0,4}[A-Z][\w’'-]*[a-z]| et al\.)?"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)[a-z]?(?:\s*[:,]\s*(?:pp?\.\s*)?(?P<pages>\d+(?:\s*[-–]\s*\d+)?))?"
# "(Hooke 1665: 113)" and "Robert Hooke (1665)" where it opens a line or a sentence
_INSIDE = re.compile(rf"\((?:see |cf\. |e\.g\.,? )?(?P<name>{_NAME}),?\s+{_YEAR}\)")
_OUTSIDE = re.compile(rf"(?:^|[.;:–—(]\s*)(?:[A-Z][a-z]+ )?(?P<name>{_NAME})\s*\({_YEAR}\)", re.MULTILINE)
_AT_END = re.compile(r"\s+[-–—]\s*(?P<name>(?:[A-Z][\w.’'-]* ){0,2}[A-Z][\w’'-]+)\.?$")

_MONTHS = """january february march april may june july august september october november december jan feb mar apr jun jul aug sep
sept oct nov dec spring summer autumn fall winter"""
_NO_NAMES = frozenset(_MONTHS.split())


@dataclass(frozen=True, slots=True)
class Credit:
    """A work as a text names it: ``words`` as printed, family names, year and pages where it gives them."""

    words: str
    names: tuple[str, ...]
    year: int | None = None
    pages: str | None = None


def credits_of(text: str) -> list[Credit]:
    """The works that ``text`` names with a year, in its order."""
    found = [*_INSIDE.finditer(text), *_OUTSIDE.finditer(text)]
    made: list[Credit] = []
    for match in sorted(found, key=lambda match: match.start("name")):
        names = _family_names(match["name"])
        pages = re.sub(r"\s", "", match["pages"]) if match["pages"] else None
        if names and not any(name.casefold() in _NO_NAMES for name in names):
            made.append(Credit(f"{match['name']} {match['year']}", names, int(match["year"]), pages))
    return made


def credit_at_end(text: str) -> tuple[str, Credit | None]:
    """``text`` without the name after its last dash, and that name as a credit: "… as in a honeycomb - Hooke"."""
    found = _AT_END.search(text)
    if found is None or len(text[: found.start()].split()) < 3:
        return text, None
    return text[: found.start()].rstrip(), Credit(found["name"], (found["name"],))


def without_credit(title: str) -> str:
    """A title without the credit that it opens or closes with: "Brown (1831) – The nucleus", "The theory (Schwann 1839)"."""
    if not credits_of(title):
        return title
    bare = _INSIDE.sub("", title).strip()
    opened = re.match(rf"^(?:[A-Z][a-z]+ )?{_NAME}\s*\({_YEAR}\)\s*[-–—:]\s*", bare)
    return (bare[opened.end() :] if opened else bare).strip() or title


def work_of(credit: Credit, course: CourseHead) -> tuple[str, Work | None]:
    """The credited work as a citation names it (``hooke-1665: 113``), and the work itself if the course does not have it."""
    wanted = {squeezed(name.split()[-1]) for name in credit.names}
    for work in course.works:
        held = {squeezed(name.split()[-1]) for name in (*work.authors, *work.aliases)}
        if work.year == credit.year and wanted <= held:
            return _cited(work.id, credit.pages), None
    authors = [name.split()[-1] for name in credit.names] if credit.year else list(credit.names)
    made = slug(" ".join([*authors, str(credit.year or "")]))
    return _cited(made, credit.pages), Work(id=made, authors=tuple(authors), year=credit.year)


def _cited(work: str, pages: str | None) -> str:
    return f"{work}: {pages}" if pages else work


def _family_names(text: str) -> tuple[str, ...]:
    parts: Sequence[str] = re.split(r" (?:and|&) ", re.sub(r" et al\.$", "", text))
    return tuple(re.sub(r"^(?:[A-Z]\. ?)+", "", part) for part in parts)
