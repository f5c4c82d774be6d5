"""Which reader a document needs, and what every document must keep to.

The reader is chosen by what the file holds, and its name must agree. Formats with an inside of their own are read in a process
of their own, which has no environment and limits on time and memory, so that a file made to hurt costs one sentence.
"""

import unicodedata
from collections.abc import Iterator
from pathlib import Path, PurePath

from tutorbot.errors import SourceError
from tutorbot.knowledge.documents.apart import read_apart
from tutorbot.knowledge.documents.flat import TXT, read_markdown, read_plain
from tutorbot.knowledge.documents.segment import Segment
from tutorbot.knowledge.documents.tables import read_table

MAX_BYTES = 20_000_000
MAX_SEGMENTS = 20_000
_FLAT = (".txt", ".md", ".csv", ".tsv")
_BINARY = {".pptx": "a PowerPoint deck", ".pdf": "a PDF", ".apkg": "an Anki deck"}
SUFFIXES = frozenset({*_FLAT, *_BINARY})
"""Ends of the names of files that can be read, in lower case."""


def read_document(path: Path, kind: str) -> list[Segment]:
    """The segments of the document at ``path``, read as ``kind`` (a source's kind); raises SourceError."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _too_large(path.name)
        with path.open("rb") as file:
            held = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise SourceError(f"{path} cannot be read ({error.strerror}); check the file's name and rights.") from error
    return read_held(path.name, held, kind)


def read_held(name: str, held: bytes, kind: str) -> list[Segment]:
    """The segments of a document that is held in memory. ``name`` is shown in messages, and its end says how to read a text.

    Raises SourceError, with the line, slide, page or card where it is.
    """
    if len(held) > MAX_BYTES:
        raise _too_large(name)
    suffix = checked_suffix(name, held)
    if suffix in _BINARY:
        return read_apart(name, held, kind, suffix)
    text = decoded(name, held)
    segments: list[Segment] = []
    for segment in _flat(text, suffix, kind):
        if len(segments) == MAX_SEGMENTS:
            raise SourceError(f"{name} has more than {MAX_SEGMENTS} cards or paragraphs; split it into parts.")
        segments.append(segment)
    return segments


def _flat(text: str, suffix: str, kind: str) -> Iterator[Segment]:
    if suffix in {".csv", ".tsv"}:
        return read_table(text, "\t" if suffix == ".tsv" else ",")
    return read_markdown(text) if suffix == ".md" else TXT.get(kind, read_plain)(text)


def checked_suffix(name: str, held: bytes) -> str:
    """The end of the name, if it can be read and the file is what its name says; raises SourceError."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise SourceError(f"{name}: only {', '.join(_FLAT)}, .pptx, .pdf and .apkg can be read.")
    found = _sniffed(held)
    if suffix in _BINARY and found != suffix:
        raise SourceError(f"{name} is not {_BINARY[suffix]}, in spite of its name; save or export it anew.")
    if suffix not in _BINARY and found is not None:
        what = f"is {_BINARY[found]}; name it {found}" if found in _BINARY else "is no text; save it as text"
        raise SourceError(f"{name} {what}.")
    return suffix


def _sniffed(held: bytes) -> str | None:
    """What the first bytes say; None for text, "" for something else that is none of the known."""
    if b"%PDF-" in held[:1024]:
        return ".pdf"
    if held.startswith(b"PK\x03\x04"):
        # names of members stand unpacked in the zip's directory, at its end
        return next((end for sign, end in ((b"ppt/", ".pptx"), (b"collection.anki2", ".apkg")) if sign in held), "")
    return (
        ""
        if held.startswith((b"\xd0\xcf\x11\xe0", b"\x7fELF", b"MZ\x90", b"\x89PNG", b"\xff\xd8\xff", b"GIF8"))
        else None
    )


def decoded(name: str, held: bytes) -> str:
    """UTF-8, or UTF-16 where a mark says so (as spreadsheets save "Unicode text"); raises SourceError with the line."""
    utf16 = held.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = held.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = held[: error.start].decode("utf-16" if utf16 else "utf-8", "ignore").count("\n") + 1
        raise SourceError(f"{name}, line {line}: this is not UTF-8 text; save it as UTF-8.") from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise SourceError(f"{name}, line {line}: this is not UTF-8 text; save it as UTF-8.")
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")


def _too_large(name: str) -> SourceError:
    return SourceError(f"{name} is larger than {MAX_BYTES // 1_000_000} MB; split it into parts.")
