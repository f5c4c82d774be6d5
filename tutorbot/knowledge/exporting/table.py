"""A course as a table (CSV) that spreadsheets open, and back."""

import csv
import io
from collections.abc import Sequence

from tutorbot.errors import SourceError
from tutorbot.knowledge.exporting.showing import Labels, errata, places, points
from tutorbot.knowledge.models import Course

COLUMNS = ("id", "topic", "term", "aliases", "statement", "items", "gloss", "notes", "places", "quotes")

# A cell that begins with one of these may be run as a formula: https://owasp.org/www-community/attacks/CSV_Injection
_RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_GUARD = "'"


def guarded(cell: str) -> str:
    """``cell`` such that no spreadsheet runs it: an apostrophe before a sign that begins a formula (and before an apostrophe)."""
    return _GUARD + cell if cell.startswith((*_RUN, _GUARD)) else cell


def unguarded(cell: str) -> str:
    """What `guarded` made ``cell`` of."""
    return cell.removeprefix(_GUARD)


def course_table(course: Course, labels: Labels) -> str:
    """The course as CSV with a row an entry; several things in a cell stand on lines of their own."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for entry in course.entries:
        held = places(course, entry)
        notes = [*([labels.note] if entry.note else []), *errata(course, entry)]
        cells = [
            entry.id,
            entry.topic,
            entry.term,
            "\n".join(entry.aliases),
            entry.statement or "",
            "\n".join(points(course, entry)),
            entry.gloss or "",
            "\n".join(notes),
            "\n".join(place.line for place in held),
            "\n\n".join(place.quote for place in held),
        ]
        writer.writerow([guarded(cell) for cell in cells])
    return text.getvalue()


def read_table(held: bytes) -> Sequence[dict[str, str]]:
    """The rows of a file that `course_table` wrote, by column; raises SourceError."""
    try:
        rows = list(csv.reader(io.StringIO(held.decode("utf-8-sig"), newline=""), strict=True))
    except (csv.Error, UnicodeDecodeError) as error:
        raise SourceError(f"The table cannot be read ({error}); export it anew.") from error
    if not rows or tuple(rows[0]) != COLUMNS or any(len(row) != len(COLUMNS) for row in rows):
        raise SourceError(f"The table needs the columns {', '.join(COLUMNS)} in every row; export it anew.")
    return [dict(zip(COLUMNS, map(unguarded, row), strict=True)) for row in rows[1:]]
