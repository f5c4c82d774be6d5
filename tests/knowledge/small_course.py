"""A small course of our own, to be broken in one place at a time."""

from dataclasses import dataclass
from pathlib import Path

from tutorbot.knowledge import check_course, load_course
from tutorbot.knowledge.sources import add_source

_SLIDES = """\
Views: 12 | Likes: 3

Ocean Tides
Tides at Sea
Tides are the rise and fall of sea levels caused by the moon (Newton 1687: 435).Tides do not depend on the wind alone (it is weak), not on storms or rain.
Spring and Neap
Spring tide – the highest tide, when sun and moon pull in one line.Neap tide – the lowest tide, when sun and moon pull at right angels.

Download now
"""

_CARDS = """\
Tides Flashcards
2 kinds of tide
- Spring tide: sun and moon in one line
- Neap tide: sun and moon at right angles
What causes the tides?
The pull of the moon and, to a lesser degree, of the sun
Slack
Still water
"""

_COURSE = """\
id: tides
title: Ocean Tides
sources:
  - id: slides
    title: Ocean Tides (slides)
    kind: slides
  - id: cards
    title: Tides (flashcards)
    kind: flashcards
works:
  - id: newton-1687
    authors: [Newton]
    year: 1687
"""

_ENTRIES = """\
topic: Tides
entries:
  - id: tide
    term: Tide
    aliases: [tides]
    statement: >-
      Tides are the rise and fall of sea levels caused by the moon. Tides do not depend on the wind alone (it is weak),
      not on storms or rain.
    citations:
      - source: slides
        locator: "slide 2: Tides at Sea"
        quote: "Tides are the rise and fall of sea levels caused by the moon (Newton 1687: 435)."
        work: "newton-1687: 435"
      - source: slides
        locator: "slide 2: Tides at Sea"
        quote: "Tides do not depend on the wind alone (it is weak), not on storms or rain."
    related: [tide-kinds]

  - id: tide-kinds
    term: 2 kinds of tide
    compares: [spring-tide, neap-tide]
    items:
      - {entry: spring-tide}
      - {entry: neap-tide, text: "Neap tide: sun and moon at right angles"}
    citations:
      - source: cards
        locator: "card: 2 kinds of tide"
        quote: "2 kinds of tide\\n- Spring tide: sun and moon in one line\\n- Neap tide: sun and moon at right angles"

  - id: spring-tide
    term: Spring tide
    statement: The highest tide, when sun and moon pull in one line.
    citations:
      - source: slides
        locator: "slide 3: Spring and Neap"
        quote: "Spring tide – the highest tide, when sun and moon pull in one line."
    opposite: [neap-tide]

  - id: neap-tide
    term: Neap tide
    statement: The lowest tide, when sun and moon pull at right angles.
    mended: {angels: angles}
    citations:
      - source: slides
        locator: "slide 3: Spring and Neap"
        quote: "Neap tide – the lowest tide, when sun and moon pull at right angels."
    opposite: [spring-tide]

  - id: slack
    term: Slack
    statement: Still water
    citations:
      - source: cards
        locator: "card: Slack"
        quote: "Slack\\nStill water"
"""

_QUESTIONS = """\
tide:
  - what is a tide
  - why does the sea rise
slack:
  - when does the water stand still
"""

_OUTSIDE = """\
near:
  - how high is a tsunami
far:
  - who won the cup
"""


@dataclass(frozen=True)
class SmallCourse:
    """A folder with a sound course about tides."""

    folder: Path

    @property
    def documents(self) -> Path:
        """Where its lecture documents are."""
        return self.folder.parent

    def change(self, file: str, old: str, new: str) -> None:
        """Replace ``old``, which stands once in ``file``."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def place(self, file: str, text: str, *, last: bool = False) -> str:
        """``file:line`` of the first or last line that has ``text``."""
        path = self.folder / file
        lines = path.read_text(encoding="utf-8").splitlines()
        found = [number for number, line in enumerate(lines, start=1) if text in line]
        return f"{path}:{found[-1 if last else 0]}"

    def problems(self) -> list[str]:
        """What `tutorbot check` says about it."""
        return [str(problem) for problem in check_course(load_course(self.folder))]


def write_small_course(knowledge: Path) -> SmallCourse:
    """The course, new, in a folder below ``knowledge``."""
    course = SmallCourse(knowledge / "tides")
    files = {
        "course.yaml": _COURSE,
        "entries/tides.yaml": _ENTRIES,
        "questions/hand.yaml": _QUESTIONS,
        "outside.yaml": _OUTSIDE,
        "../slides.txt": _SLIDES,
        "../cards.txt": _CARDS,
    }
    for name, text in files.items():
        path = course.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    add_source(course.folder, "slides", course.documents / "slides.txt")
    add_source(course.folder, "cards", course.documents / "cards.txt")
    return course
