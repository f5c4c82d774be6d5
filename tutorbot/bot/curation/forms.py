"""The forms that moderators fill in: from what is held to a modal, and from what was sent back.

All that must be known of a form stands in its custom_id, so that one that was opened before a restart is not lost.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from tutorbot.bot.curation.drafts import Held
from tutorbot.bot.curation.texts import CurationTexts

_MAIN = ("term", "text", "source", "locator", "quote")
_MORE = ("aliases", "topic", "note", "why")
_ROOM = {
    "term": 300,
    "text": 4_000,
    "source": 300,
    "locator": 300,
    "quote": 2_000,
    "aliases": 2_000,
    "topic": 300,
    "note": 300,
    "why": 300,
}
"""How much each field takes; what is too long for an entry is told field by field."""

_LONG = frozenset({"text", "quote", "aliases", "note"})
_REQUIRED = frozenset({"term", "source"})
_ABOUT = frozenset({"text", "source", "locator", "quote"})
_FORM_ID = re.compile(r"kn-form:([a-z0-9]*):([a-z0-9-]*):(\d+):(\d+)")
_OPEN_FOR = 3_600.0
"""Seconds for which the library remembers an open form; a later one is known by its custom_id all the same."""


class TooLongError(Exception):
    """What is held does not fit into a form."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that was sent: the draft's key, what it mends (None: a new entry), the version that was seen, the questions that it
    answers (None: none), and what was typed.
    """

    key: str
    editing: str | None
    expected: int
    group: int | None
    fields: Mapping[str, str]


def form(texts: CurationTexts, key: str, held: Held, *, more: bool = False, question: str = "") -> ui.Modal:
    """The form for a draft: its text and citation, or ``more``: names, topic, plain words, why.

    Raises TooLongError if something is longer than Discord's fields.
    """
    title = "more" if more else "mend" if held.proposal else "edit" if held.editing else "add"
    custom_id = f"kn-form:{key}:{held.editing or ''}:{held.expected}:{held.group or 0}"
    made = ui.Modal(title=texts.field(f"title.{title}"), custom_id=custom_id, timeout=_OPEN_FOR)
    for name in _MORE if more else _MAIN:
        value = held.why if name == "why" else str(getattr(held.form, name))
        if len(value) > _ROOM[name]:
            raise TooLongError(name)
        text = ui.TextInput[ui.Modal](
            custom_id=name,
            style=discord.TextStyle.paragraph if name in _LONG else discord.TextStyle.short,
            required=name in _REQUIRED,
            default=value or None,
            max_length=_ROOM[name],
        )
        about = texts.field_about(name) if name in _ABOUT else None
        if question and name == "term":
            about = texts.field_for(question)
        made.add_item(ui.Label[ui.Modal](text=texts.field(name), description=about, component=text))
    return made


def sent_form(interaction: discord.Interaction[Any]) -> Sent | None:
    """The form that was sent, if it is one of these."""
    data: dict[str, Any] = dict(interaction.data or {})
    match = _FORM_ID.fullmatch(data.get("custom_id", ""))
    if match is None:
        return None
    known = {*_MAIN, *_MORE}
    fields = {name: value for name, value in typed_values(data) if name in known}
    return Sent(match[1], match[2] or None, int(match[3]), int(match[4]) or None, fields)


def typed_values(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What a sent form holds: custom_ids and texts; of a menu each value that was chosen."""
    for component in data.get("components", []):
        yield from typed_values(component)
        inner = component.get("component")
        for part in [component, *([inner] if inner else [])]:
            if isinstance(part.get("value"), str):
                yield part["custom_id"], part["value"]
            for value in part.get("values") or []:
                yield part["custom_id"], value
