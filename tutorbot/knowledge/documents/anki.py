"""Anki decks (.apkg): a zip with an SQLite collection, of which only the notes are read.

Three generations are known: ``collection.anki2`` and ``collection.anki21`` keep the note types as JSON in the table ``col``,
``collection.anki21b`` is compressed with Zstandard and keeps them in tables of their own.
"""

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

from tutorbot.errors import SourceError
from tutorbot.knowledge.documents.archive import MAX_UNPACKED, Archive
from tutorbot.knowledge.documents.markup import LONGEST, plain_lines
from tutorbot.knowledge.documents.segment import Segment, place

MAX_NOTES = 10_000
_MAX_STEPS = 20_000  # thousands of SQLite's instructions: a deck of 10,000 notes takes about 200

_FIELD = re.compile(r"\{\{(?:[^{}]*:)?([^{}:#/^][^{}:]*)\}\}")
_CLOZE = re.compile(r"\{\{c\d+::(.*?)(?:::[^{}]*?)?\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _NoteType:
    """Which fields of a note are its front and its back."""

    front: Sequence[int]
    back: Sequence[int]


def read_anki(name: str, held: bytes) -> Iterator[Segment]:
    """A segment a note: the front of its first card, then the back. Raises SourceError, naming the card."""
    archive = Archive(name, held)
    with closing(_collection(name, archive)) as collection:
        try:
            types = _note_types(collection)
            query = "SELECT mid, flds FROM notes ORDER BY id LIMIT ?"
            for number, (kind, fields) in enumerate(collection.execute(query, (MAX_NOTES + 1,)), start=1):
                if number > MAX_NOTES:
                    raise SourceError(f"{name} has more than {MAX_NOTES} notes; export fewer of them.")
                if not isinstance(fields, str):
                    raise SourceError(f"{name}, card {number}: its text is broken; mend or delete the card in Anki.")
                if len(fields) > LONGEST:
                    raise SourceError(f"{name}, card {number}: it has more than {LONGEST} characters; shorten it.")
                front, back = _sides(fields.split("\x1f"), types.get(kind))
                if front:
                    yield Segment(place("card", front.splitlines()[0]), f"{front}\n{back}".strip())
        except (sqlite3.Error, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
            raise SourceError(f"{name} is not an Anki deck that can be read; export it from Anki anew.") from error


def _collection(name: str, archive: Archive) -> sqlite3.Connection:
    if "collection.anki21b" in archive:
        held = _decompressed(name, archive.read("collection.anki21b"))
    elif member := next((one for one in ("collection.anki21", "collection.anki2") if one in archive), None):
        held = archive.read(member)
    else:
        raise SourceError(f"{name} is not an Anki deck: it holds no collection; export it from Anki as .apkg.")
    if (
        held[18:20] == b"\2\2"
    ):  # written with a write-ahead log, which a database in memory cannot have; there is none here
        held = held[:18] + b"\1\1" + held[20:]
    collection = sqlite3.connect(":memory:")
    collection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 1_000_000)
    collection.create_collation("unicase", _unicase)
    steps = iter(range(_MAX_STEPS))
    collection.set_progress_handler(lambda: next(steps, None) is None, 1_000)
    try:
        collection.deserialize(held)
        collection.execute("PRAGMA trusted_schema = OFF")
        collection.execute("PRAGMA query_only = ON")
        kinds = dict(collection.execute("SELECT name, type FROM sqlite_master"))
    except (sqlite3.Error, OverflowError, TypeError) as error:
        collection.close()
        raise SourceError(f"{name} is broken: its collection cannot be opened; export it from Anki anew.") from error
    if kinds.get("notes") != "table":  # a view may hide any query
        collection.close()
        raise SourceError(f"{name} is not an Anki deck: its collection has no notes; export it from Anki anew.")
    return collection


def _unicase(one: str, other: str) -> int:
    """Anki's own order of names: without regard to case."""
    return (one.casefold() > other.casefold()) - (one.casefold() < other.casefold())


def _decompressed(name: str, held: bytes) -> bytes:
    import zstandard  # noqa: PLC0415  # needed by the newest decks only

    unpacked = bytearray()
    try:
        with zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(held) as stream:
            while piece := stream.read(1 << 20):
                unpacked += piece
                if len(unpacked) > MAX_UNPACKED:
                    raise SourceError(f"{name} unpacks to more than {MAX_UNPACKED // 1_000_000} MB; it is not read.")
    except zstandard.ZstdError as error:
        raise SourceError(f"{name} is broken: its collection cannot be unpacked; export it from Anki anew.") from error
    return bytes(unpacked)


def _note_types(collection: sqlite3.Connection) -> Mapping[int, _NoteType]:
    tables = {row[0] for row in collection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "fields" in tables:
        names: dict[int, list[str]] = {}
        for kind, field in collection.execute("SELECT ntid, name FROM fields ORDER BY ntid, ord"):
            names.setdefault(kind, []).append(field)
        configs = dict(collection.execute("SELECT ntid, config FROM templates ORDER BY ntid, ord DESC"))
        return {kind: _type(fields, _formats(configs.get(kind, b""))) for kind, fields in names.items()}
    (models,) = collection.execute("SELECT models FROM col").fetchone() or ("{}",)
    return {
        int(key): _type(
            [field["name"] for field in model["flds"]], (model["tmpls"][0]["qfmt"], model["tmpls"][0]["afmt"])
        )
        for key, model in json.loads(models).items()
    }


def _formats(config: bytes) -> tuple[str, str]:
    """Question and answer side of a template: the fields 1 and 2 of its protobuf, both strings."""
    texts, at = [], 0
    for tag in (0x0A, 0x12):
        if at >= len(config) or config[at] != tag:
            break
        at, size, shift = at + 1, 0, 0
        while at < len(config):  # a varint: seven bits a byte, the lowest first
            byte, at = config[at], at + 1
            size, shift = size | (byte & 0x7F) << shift, shift + 7
            if byte < 0x80 or shift > 28:
                break
        texts.append(config[at : at + size].decode("utf-8", "replace"))
        at += size
    question, answer, *_ = *texts, "", ""
    return question, answer


def _type(fields: Sequence[str], formats: tuple[str, str]) -> _NoteType:
    """The fields that each side shows; a side that says nothing known shows the first, or the rest."""
    sides = [[fields.index(one.strip()) for one in _FIELD.findall(side) if one.strip() in fields] for side in formats]
    front = list(dict.fromkeys(sides[0])) or [0]
    back = [at for at in dict.fromkeys(sides[1]) if at not in front]
    return _NoteType(front, back or [at for at in range(len(fields)) if at not in front])


def _sides(fields: Sequence[str], kind: _NoteType | None) -> tuple[str, str]:
    kind = kind or _NoteType([0], range(1, len(fields)))
    front, back = (
        "\n".join(plain_lines(_CLOZE.sub(r"\1", fields[at])) for at in side if at < len(fields))
        for side in (kind.front, kind.back)
    )
    return front.strip(), back.strip()
