"""The words that a misspelt word of a question may stand for."""

from collections.abc import Iterator

from tutorbot.knowledge import Course
from tutorbot.knowledge.text import words
from tutorbot.matching.faces import entry_text

# Words that ask, and are often misspelt on the way to the course's words.
_ASKING = [
    "definition",
    "define",
    "meaning",
    "difference",
    "compare",
    "between",
    "explain",
    "example",
    "examples",
    "theory",
    "author",
    "scholar",
    "reasons",
    "types",
]


_LONGEST_NAME = 4  # words of a name that may be typed as one


def course_words(course: Course) -> Iterator[str]:
    """The course's own words: of names, statements and items, and its scholars; hyphened and glued names as wholes."""
    yield from _ASKING
    for entry in course.entries:
        for name in entry.names:
            yield from words(name)
            yield from (part for part in name.split() if "-" in part)
            if 1 < len(words(name)) <= _LONGEST_NAME:
                yield " ".join(words(name))  # typed without its spaces
        yield from words(entry_text(course, entry))
    for work in course.works:
        for name in (*work.authors, *work.aliases):
            yield from words(name)
