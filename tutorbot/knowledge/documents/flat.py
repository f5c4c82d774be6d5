"""Plain texts and Markdown, read into segments."""

import re
from collections.abc import Callable, Iterator, Mapping

from tutorbot.knowledge.documents.segment import Segment, place
from tutorbot.knowledge.documents.tables import looks_like_a_table, read_table

# A heading of a slide dump: short, no sentence, no figures or colon ("Source: Morrow (1991:914)" is a caption).
SLIDE_HEADING = re.compile(r"^[^:.!?…;\d]{3,60}$")

_NEARLY_ALL = 0.8  # of a dump's characters; the deck of the first course holds 0.97 of them


def read_slides(text: str) -> Iterator[Segment]:
    """A deck dumped to text: a short line opens a slide, the longer lines after it are its paragraphs.

    Sites that convert decks put furniture (counts, categories, advertisements) before and after the deck, apart from it by
    blank lines: a block of lines that holds nearly all of the text is the deck alone. Where the blocks are slides, all count.
    """
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text) if block.strip()]
    longest = max(blocks, key=len, default="")
    deck = longest if len(longest) > _NEARLY_ALL * sum(map(len, blocks)) else "\n".join(blocks)
    number, title, paragraph = 0, "", 0
    for line in (line.strip() for line in deck.splitlines()):
        if SLIDE_HEADING.match(line):
            number, title, paragraph = number + 1, line, 0
        elif line:
            number, paragraph = max(number, 1), paragraph + 1
            where = f"slide {number}: {title}" if title else f"slide {number}"
            yield Segment(where if paragraph == 1 else f"{where}, paragraph {paragraph}", line)


# A line this long is no card's front; the longest front among the sets seen has 83 characters.
_LONGEST_FRONT = 100


def read_flashcards(text: str) -> Iterator[Segment]:
    """Cards dumped to text: a front on a line of its own, then its back: one line, or a run of "- " lines.

    Long lines after a one-line back belong to the same card. Where most lines hold a tab, it parts front and back.
    """
    if looks_like_a_table(text):
        yield from read_table(text, "\t")
        return
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    at = 1 if lines and lines[0].lower().endswith("flashcards") else 0
    while at < len(lines) - 1:
        front, back, at = lines[at], [lines[at + 1]], at + 2
        bullets = back[0].startswith("- ")
        while at < len(lines) and (lines[at].startswith("- ") if bullets else len(lines[at]) > _LONGEST_FRONT):
            back.append(lines[at])
            at += 1
        yield Segment(place("card", front), "\n".join([front, *back]))


def read_markdown(text: str) -> Iterator[Segment]:
    """Paragraphs, each placed by the heading above it."""
    heading, paragraph = "", 0
    for block in re.split(r"\n\s*\n|\n(?=#)|(?<=\n)(?=#)", text):
        lines = block.strip().splitlines()
        if lines and (found := re.match(r"#+\s+(.*)", lines[0])):
            heading, paragraph = found[1].strip(), 0
            lines = lines[1:]
        if lines:
            paragraph += 1
            where = place("section", heading) if heading else "beginning"
            yield Segment(where if paragraph == 1 else f"{where}, paragraph {paragraph}", "\n".join(lines))


def read_plain(text: str) -> Iterator[Segment]:
    """Paragraphs, numbered."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text) if block.strip()]
    for number, block in enumerate(blocks, start=1):
        yield Segment(f"paragraph {number}", block)


TXT: Mapping[str, Callable[[str], Iterator[Segment]]] = {"slides": read_slides, "flashcards": read_flashcards}
"""Readers of a .txt by the source's kind; every other kind is `read_plain`."""
