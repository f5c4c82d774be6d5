"""Which names can be asked for in writing."""

from tutorbot.knowledge import Entry
from tutorbot.knowledge.text import words
from tutorbot.quiz.telling_apart import bare_name

_LONGEST = 4
# Headings that ask or tell are not terms; a list's heading is asked for by its items.
_HEADINGS = frozenset(
    [
        "what",
        "why",
        "how",
        "when",
        "where",
        "which",
        "who",
        "whom",
        "whose",
        "can",
        "could",
        "should",
        "does",
        "do",
        "is",
        "are",
        "was",
        "were",
    ]
)


def typeable(entry: Entry) -> bool:
    """Whether the entry's term is short enough, and a term rather than a heading."""
    term = bare_name(entry.term)
    spoken = words(term)
    return (
        not entry.is_list
        and 0 < len(spoken) <= _LONGEST
        and not spoken[0].isdigit()
        and spoken[0] not in _HEADINGS
        and not any(mark in term for mark in "?:<>=")
    )


def typed_names(entry: Entry, prompt: str) -> tuple[str, ...]:
    """What is right when typed, the term first: all names that cannot be copied from the prompt."""
    said = words(prompt)
    names = dict.fromkeys(bare_name(name) for name in entry.names)
    return tuple(name for name in names if words(name) and not _copied(words(name), said))


def _copied(name: list[str], said: list[str]) -> bool:
    return any(name == said[at : at + len(name)] for at in range(len(said) - len(name) + 1))
