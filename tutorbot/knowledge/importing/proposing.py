"""From a file to proposals."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Literal

from tutorbot.errors import SourceError
from tutorbot.knowledge.documents import SUFFIXES, Segment, read_held
from tutorbot.knowledge.documents.reading import decoded
from tutorbot.knowledge.documents.tables import looks_like_a_table
from tutorbot.knowledge.importing.accepting import prover
from tutorbot.knowledge.importing.assembling import Assembler
from tutorbot.knowledge.importing.cards import read_card
from tutorbot.knowledge.importing.draft import Draft
from tutorbot.knowledge.importing.duplicates import NEAR, Nearest, said
from tutorbot.knowledge.importing.gluing import Ungluer
from tutorbot.knowledge.importing.naming import slug
from tutorbot.knowledge.importing.project import read_project
from tutorbot.knowledge.importing.proposal import Doubt, Duplicate, Proposal, Proposed
from tutorbot.knowledge.importing.prose import read_paragraph, rejoined
from tutorbot.knowledge.importing.slides import read_slide
from tutorbot.knowledge.models import Course, CourseHead, Source
from tutorbot.knowledge.text import squeezed

Kind = Literal["slides", "flashcards", "paper", "text"]
YAML = frozenset({".yaml", ".yml"})
IMPORTABLE = SUFFIXES | YAML
"""Ends of the names of files that can be imported, in lower case."""

MAX_PROPOSALS = 2_000
MAX_CHARACTERS = 1_000_000
"""Characters of a document that is imported: some 400 pages."""

_LOCATOR = re.compile(r"(?P<kind>[a-z]+)(?: \d+)?(?:: (?P<heading>.*?))?(?P<later>, paragraph \d+|, notes)?", re.DOTALL)


def propose(
    name: str,
    held: bytes,
    course: CourseHead,
    *,
    source: str | None = None,
    kind: Kind | None = None,
    nearest: Nearest | None = None,
) -> Proposed:
    """The proposals of a file for ``course`` (a `Course`, if what it has already should be found).

    ``source`` is the id of the source that the file is: one of the course's, or a new one (made of the file's name without it).
    ``kind`` is the source's, else guessed. Raises SourceError, with the line, slide, page or card.
    """
    if PurePath(name).suffix.lower() in YAML:
        return read_project(name, held, course)
    known = course.sources_by_id.get(source) if source else None
    kind = kind or (known.kind if known else guess_kind(name, held))
    described = known or Source(id=source or slug(PurePath(name).stem), title=_title(name), kind=kind)
    segments = read_held(name, held, kind)
    if not segments:
        raise SourceError(f"{name} has no text that could be quoted; check that it is the right file.")
    if sum(len(segment.text) for segment in segments) > MAX_CHARACTERS:
        raise SourceError(f"{name} holds more than {MAX_CHARACTERS} characters; split it into parts.")
    ungluer = _ungluer(segments, course)
    assembler = Assembler(course, described, ungluer)
    proposals: list[Proposal] = []
    unread: list[str] = []
    for segment in segments:
        lines, found = _drafts(segment, ungluer, kind, broken=name.lower().endswith(".pdf"))
        drafts = [draft for draft in found if squeezed("".join(draft.lines))]
        if not drafts:
            unread.append(segment.locator)
        for draft in drafts:
            proposals += assembler.proposals(draft, lines)
        if len(proposals) > MAX_PROPOSALS:
            raise SourceError(f"{name}, {segment.locator}: the file gives more than {MAX_PROPOSALS} entries; split it.")
    proved = prover(segments)
    checked = [one if proved(one) else replace(one, doubts=(Doubt("unproved"), *one.doubts)) for one in proposals]
    return Proposed(name, described, tuple(_near(checked, course, nearest)), tuple(segments), tuple(unread))


def guess_kind(name: str, held: bytes) -> Kind:
    """Slides, flashcards or running text, by the end of the name and the lines of a .txt; raises SourceError."""
    suffix = PurePath(name).suffix.lower()
    by_name: dict[str, Kind] = {".pptx": "slides", ".apkg": "flashcards", ".csv": "flashcards", ".tsv": "flashcards"}
    if suffix in by_name:
        return by_name[suffix]
    if suffix in {".pdf", ".md"}:
        return "text"
    text = decoded(name, held)
    lines = [line for line in text.splitlines() if line.strip()]
    if looks_like_a_table(text) or (lines and lines[0].casefold().rstrip().endswith("flashcards")):
        return "flashcards"
    bullets = sum(line.startswith("- ") for line in lines)
    if bullets > len(lines) / 5:
        return "flashcards"
    headings = sum(len(line) < 60 and not line.rstrip().endswith((".", ":", ";")) for line in lines)
    return "slides" if headings > len(lines) / 5 else "text"


def _ungluer(segments: Sequence[Segment], course: CourseHead) -> Ungluer:
    entries = course.entries if isinstance(course, Course) else ()
    others = [text for entry in entries for text in (*entry.names, said(entry))]
    headings = [_parts(segment)[1] for segment in segments]
    return Ungluer(
        [*(segment.text for segment in segments), *dict.fromkeys(headings)], others, language=course.language
    )


def _drafts(segment: Segment, ungluer: Ungluer, kind: Kind, *, broken: bool) -> tuple[list[str], list[Draft]]:
    """The segment's lines, taken apart, and the drafts that they give. ``broken``: lines end where the page does."""
    sort, heading, first = _parts(segment)
    heading = " ".join(ungluer.lines(heading))
    printed = segment.text.splitlines()
    if sort == "card":
        front, *back = [" ".join(row.split()) for row in printed if row.strip()]
        lines = [" ".join(ungluer.lines(front)), *(line for row in back for line in ungluer.lines(row))]
        return lines, read_card(segment.locator, lines[0], lines[1:]) if lines[1:] else []
    lines = [line for row in printed for line in ungluer.lines(row)]
    if broken:
        lines = rejoined(lines)
    if kind == "slides":
        return lines, read_slide(segment.locator, heading, lines, first=first) if lines != [heading] else []
    if not broken:
        return lines, read_paragraph(segment.locator, heading, lines)
    drafts = [draft for line in lines for draft in read_paragraph(segment.locator, heading, [line])]
    return lines, drafts


def _parts(segment: Segment) -> tuple[str, str, bool]:
    """The kind of place, its heading, and whether it is the first part of it."""
    found = _LOCATOR.fullmatch(segment.locator)
    if found is None:
        return "paragraph", "", True
    return found["kind"], found["heading"] or "", found["later"] is None


def _title(name: str) -> str:
    """A document's title, made of its file's name; "document" if that has no letter."""
    words = re.sub(r"[\W_]+", " ", PurePath(name).stem).strip()
    return (words[:1].upper() + words[1:])[:200] or "Document"


def _near(proposals: Sequence[Proposal], course: CourseHead, nearest: Nearest | None) -> Iterator[Proposal]:
    """The proposals, those marked that an entry of the course is near to in meaning."""
    terms = {entry.id: entry.term for entry in course.entries} if isinstance(course, Course) else {}
    unmarked = [proposal for proposal in proposals if proposal.duplicate_of is None]
    found = nearest([f"{one.term}\n{said(one.entry)}" for one in unmarked]) if nearest and terms and unmarked else ()
    near = {
        one.id: hit for one, hit in zip(unmarked, found, strict=False) if hit and hit[1] >= NEAR and hit[0] in terms
    }
    for proposal in proposals:
        hit = near.get(proposal.id)
        if hit is None:
            yield proposal
        else:
            yield replace(proposal, duplicate_of=Duplicate(hit[0], terms[hit[0]], "course", "meaning", hit[1]))
