"""PowerPoint decks (.pptx), read with python-pptx: a segment a slide, and one for the slide's notes."""

import io
from collections.abc import Iterator
from typing import Any

from tutorbot.errors import SourceError
from tutorbot.knowledge.documents.archive import Archive
from tutorbot.knowledge.documents.segment import Segment, numbered

MAX_SLIDES = 1_000
_MAX_DEPTH = 20  # of groups within groups


def read_presentation(name: str, held: bytes) -> Iterator[Segment]:
    """The slides' paragraphs, a line each; the title stands in the locator. Raises SourceError, naming the slide."""
    from pptx import Presentation  # noqa: PLC0415  # a second to import, needed by this reader only

    Archive(name, held).check_xml()
    try:
        deck = Presentation(io.BytesIO(held))
        slides: list[Any] = []
        for slide in deck.slides:
            if len(slides) == MAX_SLIDES:
                raise SourceError(f"{name} has more than {MAX_SLIDES} slides; split it into parts.")
            slides.append(slide)
    except SourceError:
        raise
    except Exception as error:  # whatever a broken file makes the library raise
        raise SourceError(f"{name} is not a PowerPoint deck that can be read; save it anew as .pptx.") from error
    for number, slide in enumerate(slides, start=1):
        try:
            title = slide.shapes.title
            heading = " ".join(title.text_frame.text.split()) if title is not None else ""
            lines = [line for line in _lines(slide.shapes, 0, title.shape_id if title is not None else None) if line]
            notes = _clean(slide.notes_slide.notes_text_frame.text) if _has_notes(slide) else ""
        except Exception as error:
            raise SourceError(f"{name}, slide {number}: it cannot be read; mend or remove the slide.") from error
        where = numbered("slide", number, heading)
        if lines or heading:
            yield Segment(where, "\n".join(lines or [heading]))
        if notes:
            yield Segment(f"{where}, notes", notes)


def _has_notes(slide: Any) -> bool:
    return bool(slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None)


def _lines(shapes: Any, depth: int, title: int | None) -> Iterator[str]:
    for shape in shapes:
        if hasattr(shape, "shapes"):
            if depth < _MAX_DEPTH:
                yield from _lines(shape.shapes, depth + 1, None)
        elif getattr(shape, "has_table", False):
            for row in shape.table.rows:
                yield _clean(": ".join(filter(None, (cell.text.strip() for cell in row.cells))))
        elif shape.has_text_frame and shape.shape_id != title and not _is_furniture(shape):
            for paragraph in shape.text_frame.paragraphs:
                yield _clean(paragraph.text)


def _is_furniture(shape: Any) -> bool:
    """Whether it is the slide's number, date or footer."""
    from pptx.enum.shapes import PP_PLACEHOLDER as HOLDER  # noqa: PLC0415

    furniture = {HOLDER.SLIDE_NUMBER, HOLDER.DATE, HOLDER.FOOTER, HOLDER.HEADER}
    return bool(shape.is_placeholder and shape.placeholder_format.type in furniture)


def _clean(text: str) -> str:
    """One line: a line break within a paragraph is a space."""
    return " ".join(text.split())
