"""Entries and overlays to be kept."""

from tutorbot.curation.versions import Action, Change
from tutorbot.knowledge import Citation, Entry
from tutorbot.knowledge.models import Source
from tutorbot.knowledge.overlay import Laid

GUILD, OTHER = 2**62, 2**62 + 7
MOD, SECOND = 2**61 + 1, 2**61 + 2
NOW = 1_800_000_000.0


def entry(name: str = "tide", statement: str = "The rise and fall of the sea – Ebbe & Flut.") -> Entry:
    """An entry with a citation."""
    citation = Citation(source="talk", locator="minute 3", quote=statement)
    return Entry(id=name, term=name.title(), topic="Sea", statement=statement, citations=(citation,), note=True)


def laid(name: str = "tide", statement: str = "The rise and fall of the sea – Ebbe & Flut.") -> Laid:
    """What a server lays over an entry."""
    return Laid(
        entry=entry(name, statement), questions=("what's a tide",), sources=(Source(id="talk", title="A talk"),)
    )


def added(
    name: str = "tide", statement: str = "The rise and fall of the sea – Ebbe & Flut.", expected: int = 0
) -> Change:
    """A change that adds an entry, or edits it."""
    return Change(name, laid(name, statement), Action.EDIT if expected else Action.ADD, expected)
