"""What differs between two versions, word by word, for people."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from tutorbot.knowledge import Citation
from tutorbot.knowledge.models import AuthoredCard, Item
from tutorbot.knowledge.overlay import Laid

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that stayed, went or came."""

    kind: Literal["same", "gone", "new"]
    text: str


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A field that differs: all of its text, in pieces. Lists have one line for each part."""

    field: str
    pieces: tuple[Piece, ...]


def difference(before: Laid | None, after: Laid | None) -> tuple[FieldDifference, ...]:
    """The fields that differ; None, like ``Laid()``, is nothing at all."""
    old, new = _fields(before), _fields(after)
    return tuple(
        FieldDifference(name, tuple(_pieces(old.get(name, ""), new.get(name, ""))))
        for name in dict.fromkeys([*new, *old])
        if old.get(name, "") != new.get(name, "")
    )


def _fields(laid: Laid | None) -> Mapping[str, str]:
    if laid is None:
        return {}
    entry = laid.entry
    held = {name: _text(getattr(entry, name)) for name in type(entry).model_fields if name != "id"} if entry else {}
    held |= {"hidden": _text(laid.hidden), "sample_questions": _text(laid.questions)}
    return {name: text for name, text in held.items() if text}


def _text(value: object) -> str:
    match value:
        case None | False:
            return ""
        case Citation() | Item() | AuthoredCard():
            return _part(value)
        case Mapping():
            return "\n".join(f"{one} → {other}" for one, other in value.items())
        case tuple():
            return "\n".join(map(_text, value))
    return "✓" if value is True else str(value)


def _part(value: Citation | Item | AuthoredCard) -> str:
    if isinstance(value, Item):
        return value.text or value.entry or ""
    if isinstance(value, Citation):
        work = f" [{value.work}]" if value.work else ""
        return f"{value.source}, {value.locator}: “{value.quote}”{work}"
    return " | ".join(filter(None, (value.question, value.key, *value.distractors, *value.accept, *value.items)))


def _pieces(old: str, new: str) -> Iterator[Piece]:
    ours, theirs = _WORDS.findall(old), _WORDS.findall(new)
    for kind, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(ours[a:b]))
            continue
        yield from _changed(ours[a:b], theirs[c:d])


def _changed(gone: Sequence[str], came: Sequence[str]) -> Iterator[Piece]:
    if gone:
        yield Piece("gone", "".join(gone))
    if came:
        yield Piece("new", "".join(came))
