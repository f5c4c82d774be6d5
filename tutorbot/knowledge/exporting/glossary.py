"""A course as a glossary in Markdown (CommonMark), in the order of its terms."""

import re
import unicodedata
from collections.abc import Iterator

from tutorbot.knowledge.exporting.showing import Labels, errata, places, points
from tutorbot.knowledge.models import Course, Entry

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~&$])")
# Signs that mean something at the beginning of a line only: lists, rules, quotations, headings drawn with lines.
_BEGINNING = re.compile(r"^(\s*)([-+=:]|\d+(?=[.)]))")
_LINK = re.compile(r"\b(https?|ftp|www|mailto)(?=[:.])", re.IGNORECASE)


def escaped(text: str) -> str:
    """One line of ``text`` in which nothing is Markdown, HTML, a link or a mention."""
    line = _SIGNS.sub(r"\\\1", " ".join(text.split())).replace("@", "@\u200b")
    line = _LINK.sub("\\1\u200b", line)
    found = _BEGINNING.match(line)
    if found is None:
        return line
    at = found.end() if found[2].isdigit() else found.start(2)
    return f"{line[:at]}\\{line[at:]}"


def course_glossary(course: Course, labels: Labels) -> str:
    """The course as Markdown: each term with its statement or items, and where they stand."""
    blocks = [f"# {escaped(course.title)}"]
    for entry in sorted(course.entries, key=_order):
        if not entry.is_bare:
            blocks += _blocks(course, entry, labels)
    return "\n\n".join(blocks) + "\n"


def _blocks(course: Course, entry: Entry, labels: Labels) -> Iterator[str]:
    yield f"## {escaped(entry.term)}"
    if entry.aliases:
        yield "*" + escaped("; ".join(entry.aliases)) + "*"
    if entry.note:
        yield f"**{escaped(labels.note)}**"
    for paragraph in (entry.statement or "").splitlines():
        if paragraph.strip():
            yield escaped(paragraph)
    if entry.items:
        yield "\n".join(f"{number}. {escaped(text)}" for number, text in enumerate(points(course, entry), start=1))
    if entry.gloss:
        yield f"{escaped(labels.gloss)} {escaped(entry.gloss)}"
    for erratum in errata(course, entry):
        yield f"{escaped(labels.erratum)} {escaped(erratum)}"
    yield "\n".join(f"> {escaped(line)}  " for line in dict.fromkeys(one.line for one in places(course, entry)))


def _order(entry: Entry) -> tuple[str, str]:
    plain = unicodedata.normalize("NFKD", entry.term.casefold())
    return "".join(letter for letter in plain if letter.isalnum() or letter == " ").strip(), entry.id
