"""PDF files, read with pypdf: a segment a page."""

import io
import logging
from collections.abc import Iterator

from tutorbot.errors import SourceError
from tutorbot.knowledge.documents.flat import SLIDE_HEADING
from tutorbot.knowledge.documents.segment import Segment, numbered

MAX_PAGES = 1_000
MAX_CHARACTERS = 5_000_000


def read_pdf(name: str, held: bytes, kind: str) -> Iterator[Segment]:
    """The text of each page; a page of slides is a slide, named by its first line. Raises SourceError, naming the page."""
    from pypdf import PdfReader  # noqa: PLC0415  # needed by this reader only

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every oddity that it could read past
    try:
        reader = PdfReader(io.BytesIO(held))
        encrypted = reader.is_encrypted
        pages = 0 if encrypted else len(reader.pages)
    except Exception as error:  # whatever a broken file makes the library raise
        raise SourceError(f"{name} is not a PDF that can be read; save or print it to PDF anew.") from error
    if encrypted:
        raise SourceError(f"{name} is encrypted; save a copy without a password.")
    if pages > MAX_PAGES:
        raise SourceError(f"{name} has more than {MAX_PAGES} pages; split it into parts.")
    left = MAX_CHARACTERS
    for number in range(1, pages + 1):
        try:
            text = reader.pages[number - 1].extract_text()
        except Exception as error:
            raise SourceError(f"{name}, page {number}: it cannot be read; leave the page out.") from error
        lines = [line for line in (" ".join(line.split()) for line in text.splitlines()) if line]
        left -= len(text)
        if left < 0:
            raise SourceError(f"{name}, page {number}: the text is longer than {MAX_CHARACTERS} characters; split it.")
        if not lines:
            continue
        if kind != "slides":
            yield Segment(f"page {number}", "\n".join(lines))
            continue
        heading = lines[0] if SLIDE_HEADING.match(lines[0]) else ""
        yield Segment(numbered("slide", number, heading), "\n".join(lines[1:] if heading and lines[1:] else lines))
