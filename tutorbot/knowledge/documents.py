"""Lecture documents, read into segments: the smallest parts that a locator names.

A slide dump gives ``slide 4: Defining Alliance`` (and ``…, paragraph 2`` for the later paragraphs of a slide), a set of
flashcards ``card: Definition: soft power``. Plain texts and Markdown give one segment a paragraph under its heading.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tutorbot.errors import SourceError

MAX_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a document: its locator and its text as printed."""

    locator: str
    text: str


def read_document(path: Path, kind: str) -> list[Segment]:
    """The segments of the document at ``path``, read as ``kind`` (a source's kind); raises SourceError."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise SourceError(f"{path.name} is larger than {MAX_BYTES // 1_000_000} MB; split it into parts.")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SourceError(f"{path} cannot be read ({error.strerror}); check the file's name and rights.") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{path} is not UTF-8 text; save it as UTF-8.") from error
    suffix = path.suffix.lower()
    if suffix in {".csv", ".tsv"}:
        return list(_table(text, "\t" if suffix == ".tsv" else ","))
    if suffix == ".md":
        return list(_markdown(text))
    if suffix != ".txt":
        raise SourceError(f"{path.name}: only .txt, .md, .csv and .tsv can be read.")
    return list(_TXT.get(kind, _plain)(text))


# A heading of a slide dump: short, no sentence, no figures or colon ("Source: Morrow (1991:914)" is a caption).
_SLIDE_HEADING = re.compile(r"^[^:.!?…;\d]{3,60}$")

_NEARLY_ALL = 0.8  # of a dump's characters; the deck of the first course holds 0.97 of them


def _slides(text: str) -> Iterator[Segment]:
    """A deck dumped to text: a short line opens a slide, the longer lines after it are its paragraphs.

    Sites that convert decks put furniture (counts, categories, advertisements) before and after the deck, apart from it by
    blank lines: a block of lines that holds nearly all of the text is the deck alone. Where the blocks are slides, all count.
    """
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text) if block.strip()]
    longest = max(blocks, key=len, default="")
    deck = longest if len(longest) > _NEARLY_ALL * sum(map(len, blocks)) else "\n".join(blocks)
    number, title, paragraph = 0, "", 0
    for line in (line.strip() for line in deck.splitlines()):
        if _SLIDE_HEADING.match(line):
            number, title, paragraph = number + 1, line, 0
        elif line:
            number, paragraph = max(number, 1), paragraph + 1
            place = f"slide {number}: {title}" if title else f"slide {number}"
            yield Segment(place if paragraph == 1 else f"{place}, paragraph {paragraph}", line)


# A line this long is no card's front; the longest front among the sets seen has 83 characters.
_LONGEST_FRONT = 100


def _flashcards(text: str) -> Iterator[Segment]:
    """Cards dumped to text: a front on a line of its own, then its back: one line, or a run of "- " lines.

    Long lines after a one-line back belong to the same card.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    at = 1 if lines and lines[0].lower().endswith("flashcards") else 0
    while at < len(lines) - 1:
        front, back, at = lines[at], [lines[at + 1]], at + 2
        bullets = back[0].startswith("- ")
        while at < len(lines) and (lines[at].startswith("- ") if bullets else len(lines[at]) > _LONGEST_FRONT):
            back.append(lines[at])
            at += 1
        yield Segment(_place("card", front), "\n".join([front, *back]))


def _table(text: str, delimiter: str) -> Iterator[Segment]:
    """Cards in a table: the front in the first column, the back in the second."""
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        for row in rows:
            if len(row) >= 2 and row[0].strip():
                yield Segment(_place("card", row[0]), f"{row[0].strip()}\n{row[1].strip()}")
    except csv.Error as error:
        raise SourceError(f"Line {rows.line_num} of the table cannot be read ({error}); mend or remove it.") from error


def _markdown(text: str) -> Iterator[Segment]:
    """Paragraphs, each placed by the heading above it."""
    heading, paragraph = "", 0
    for block in re.split(r"\n\s*\n|\n(?=#)|(?<=\n)(?=#)", text):
        lines = block.strip().splitlines()
        if lines and (found := re.match(r"#+\s+(.*)", lines[0])):
            heading, paragraph = found[1].strip(), 0
            lines = lines[1:]
        if lines:
            paragraph += 1
            place = _place("section", heading) if heading else "beginning"
            yield Segment(place if paragraph == 1 else f"{place}, paragraph {paragraph}", "\n".join(lines))


def _plain(text: str) -> Iterator[Segment]:
    """Paragraphs, numbered."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text) if block.strip()]
    for number, block in enumerate(blocks, start=1):
        yield Segment(f"paragraph {number}", block)


def _place(kind: str, name: str) -> str:
    """A locator short enough for a citation's line, with room for a paragraph's number."""
    name = " ".join(name.split())
    return f"{kind}: {name if len(name) <= _LONGEST_NAME else name[:_LONGEST_NAME] + '…'}"


_LONGEST_NAME = 200

_TXT: Mapping[str, Callable[[str], Iterator[Segment]]] = {"slides": _slides, "flashcards": _flashcards}
