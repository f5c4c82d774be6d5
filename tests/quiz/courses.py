"""Courses that nobody wrote, to try the cards on."""

from hypothesis import strategies as st

from tutorbot.knowledge import Citation, Course, Entry, Item, Source, Work
from tutorbot.knowledge.models import AuthoredCard

WORDS = [
    "acid",
    "base",
    "cell",
    "cost",
    "draft",
    "enzyme",
    "force",
    "gain",
    "heat",
    "ion",
    "joule",
    "kelvin",
    "loss",
    "mass",
    "node",
    "orbit",
    "phase",
    "quark",
    "rate",
    "shell",
]
AUTHORS = ("Adams", "Baker", "Clark", "Dewey", "Evans")


def _text(least: int, most: int) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(WORDS), min_size=least, max_size=most).map(" ".join)


@st.composite
def courses(draw: st.DrawFn) -> Course:
    """A small course with every relation that entries may have, sensible or not, and texts that often overlap."""
    count = draw(st.integers(2, 9))
    ids = [f"entry-{number}" for number in range(count)]
    works = tuple(Work(id=name.lower(), authors=(name,)) for name in AUTHORS)
    some = st.lists(st.sampled_from(ids), max_size=2, unique=True).map(tuple)
    entries: list[Entry] = []
    for number, key in enumerate(ids):
        others = [one for one in ids if one > key]
        listed = bool(others) and draw(st.booleans())
        items = draw(st.lists(st.sampled_from(others), max_size=4, unique=True)) if listed else []
        statement = draw(st.none() | _text(3, 9))
        said = [one.statement for one in entries if one.statement]
        if statement and said and draw(st.booleans()):  # the same and more, or only a part of it
            whole = f"{draw(st.sampled_from(said))}. {statement}."
            statement = draw(st.sampled_from([whole, said[0], said[-1].split(". ")[0]]))
        citations = tuple(
            Citation(source="book", locator="page 1", quote=statement or "nothing", work=work)
            for work in draw(st.lists(st.none() | st.sampled_from([one.id for one in works]), min_size=1, max_size=2))
        )
        entries.append(
            Entry(
                id=key,
                term=f"{draw(_text(1, 3))} {'xyz'[number % 3]}{number}",
                topic=draw(st.sampled_from(["one", "two"])),
                aliases=draw(st.lists(_text(1, 2), max_size=2, unique=True).map(tuple)),
                statement=statement,
                items=tuple(Item(entry=one, text=draw(st.none() | _text(1, 4))) for one in items),
                citations=citations,
                opposite=draw(some),
                related=draw(some),
                same_as=draw(some),
                compares=draw(some),
                example_of=draw(st.none() | st.sampled_from(others)) if others else None,
                errata=draw(st.lists(st.sampled_from(["Adams was meant."]), max_size=1).map(tuple)),
                cards=(AuthoredCard(question="Which?", key="this", distractors=("that",)),)
                if draw(st.booleans())
                else (),
            )
        )
    return Course(
        id="made", title="Made", sources=(Source(id="book", title="Book"),), works=works, entries=tuple(entries)
    )
