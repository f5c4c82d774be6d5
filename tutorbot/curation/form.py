"""What a moderator writes into a form, and what can be wrong with it."""

from dataclasses import dataclass
from typing import Literal

from tutorbot.knowledge import Course, Entry
from tutorbot.knowledge.models import Item

Kind = Literal["missing", "long", "many", "mention", "unusable", "taken"]


@dataclass(frozen=True, slots=True)
class Form:
    """The fields as they were typed.

    ``text`` is a statement, or a list: two or more lines that begin with ``-``, ``*``, ``•`` or a number; lines before them lead it.
    Without it the quote is the statement. ``aliases`` are divided by lines or semicolons. ``source`` is a source's id or title,
    or anything else that says where it was said. ``locator`` may be left out if the quote can be found. ``note`` explains in plain words.
    """

    term: str
    text: str
    source: str
    locator: str
    quote: str
    aliases: str = ""
    topic: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a ``field`` of the form.

    ``limit`` says how many characters ("long") or lines ("many") there may be; ``words`` what it is about: the name that is taken,
    the mention, the name that is too long.
    """

    field: str
    kind: Kind
    limit: int = 0
    words: str = ""


def form_of(entry: Entry, course: Course) -> Form:
    """An entry as the form that makes it, to be changed. Of several citations it shows the first."""
    first = entry.citations[0]
    source = course.sources_by_id.get(first.source)
    lines = [entry.statement] if entry.statement else []
    lines += [f"- {item_text(item, course)}" for item in entry.items]
    return Form(
        term=entry.term,
        text="\n".join(lines),
        source=source.title if source else first.source,
        locator=first.locator,
        quote=first.quote,
        aliases="\n".join(entry.aliases),
        topic=entry.topic,
        note=entry.gloss or "",
    )


def item_text(item: Item, course: Course) -> str:
    """An item of a list as it is shown: its own text, else its entry's."""
    target = course.by_id.get(item.entry) if item.entry else None
    if item.text is not None or target is None:
        return item.text or item.entry or ""
    return f"{target.term}: {target.statement}" if target.statement else target.term
