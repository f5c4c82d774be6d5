"""Cards in a table: CSV, TSV, and the text files that Anki and Quizlet write."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

from tutorbot.errors import SourceError
from tutorbot.knowledge.documents.markup import LONGEST, plain_lines
from tutorbot.knowledge.documents.segment import Segment, place

# What the first row calls its columns, if it names them.
_FRONTS = {"front", "question", "term", "word", "prompt"}
_BACKS = {"back", "answer", "definition", "meaning", "statement", "description"}

# The first lines of Anki's "Notes in Plain Text": https://docs.ankiweb.net/importing/text-files.html#file-headers
_ANKI_HEADER = re.compile(r"#([a-z ]+):(.*)")
_ANKI_SIGNS = {"tab": "\t", "comma": ",", "semicolon": ";", "space": " ", "pipe": "|", "colon": ":"}


def read_table(text: str, delimiter: str) -> Iterator[Segment]:
    """The front in the first column, the back in the second, unless the first row names them otherwise.

    Raises SourceError with the line of a row that cannot be read.
    """
    headers, body = _anki_headers(text)
    sign = headers.get("separator", delimiter)
    sign = _ANKI_SIGNS.get(sign.lower(), sign)
    if len(sign) != 1:
        raise SourceError(f"Line 1 of the table names the separator “{sign[:20]}”; write tab, comma or semicolon.")
    html = headers.get("html", "").strip().lower() == "true"
    rows = csv.reader(io.StringIO(body), delimiter=sign)
    columns: tuple[int, int] | None = None
    try:
        for row in rows:
            if columns is None:
                columns, named = _columns(row)
                if named:
                    continue
            cells = [row[at].strip() if at < len(row) else "" for at in columns]
            if html and max(map(len, cells)) > LONGEST:
                raise SourceError(
                    f"Line {_line(rows, text, body)} of the table has more than {LONGEST} characters of HTML."
                )
            front, back = map(plain_lines, cells) if html else cells
            if len(row) >= 2 and front:
                yield Segment(place("card", front), f"{front}\n{back}")
    except csv.Error as error:
        line = _line(rows, text, body)
        raise SourceError(f"Line {line} of the table cannot be read ({error}); mend or remove it.") from error


def _line(rows: Any, text: str, body: str) -> int:
    """The line that a csv reader is at, counted in the whole text."""
    return int(rows.line_num) + text.count("\n") - body.count("\n")


def looks_like_a_table(text: str) -> bool:
    """Whether a .txt of cards has tabs between fronts and backs, or begins as Anki's text files do."""
    lines = [line for line in text.splitlines() if line.strip()]
    tabbed = sum("\t" in line.strip() for line in lines)
    return bool(lines) and (lines[0].startswith("#separator:") or tabbed > 0.8 * len(lines))


def _anki_headers(text: str) -> tuple[dict[str, str], str]:
    """Anki's header lines and the rest of the text."""
    headers: dict[str, str] = {}
    while found := _ANKI_HEADER.match(text):
        headers[found[1]] = found[2].strip()
        text = text.partition("\n")[2]
    return headers, text


def _columns(row: Sequence[str]) -> tuple[tuple[int, int], bool]:
    """The columns of front and back, and whether the row is their names."""
    names = [cell.strip().lower() for cell in row]
    front = next((at for at, name in enumerate(names) if name in _FRONTS), None)
    back = next((at for at, name in enumerate(names) if name in _BACKS), None)
    if front is not None and back is not None:
        return (front, back), True
    return (0, 1), False
