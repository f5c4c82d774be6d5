"""The texts of a course that a question may match."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from tutorbot.knowledge import Course, Entry


@dataclass(frozen=True, slots=True)
class Face:
    """One text by which an entry can be found. ``entry`` is its number in the course, or -1: what the notes do not answer."""

    entry: int
    text: str
    writer: str = ""


OUTSIDE = -1


def course_faces(course: Course, *, without_writer: str | None = None) -> list[Face]:
    """All faces, those of an entry side by side, the outside questions last. ``without_writer`` leaves out one writer's (to test on them)."""
    number = {entry.id: at for at, entry in enumerate(course.entries)}
    faces = [Face(number[entry.id], text) for entry in course.entries for text in _own_faces(course, entry)]
    faces += [
        Face(number[question.entry], question.text, question.writer)
        for question in course.questions
        if question.writer != without_writer and question.entry in number
    ]
    faces.sort(key=lambda face: face.entry)
    outside = dict.fromkeys((*course.outside.near, *course.outside.far, *small_talk()))
    return faces + [Face(OUTSIDE, text, "outside") for text in outside]


@cache
def small_talk() -> tuple[str, ...]:
    """What the notes of no course answer: thanks, the date of the exam, the weather."""
    held = resources.files("tutorbot.matching").joinpath("outside.yaml").read_text(encoding="utf-8")
    return tuple(yaml.safe_load(held)["questions"])


def _own_faces(course: Course, entry: Entry) -> Iterator[str]:
    yield from entry.names
    body = entry_text(course, entry)
    if body:
        yield body
        yield f"{entry.term}: {body}"
    if entry.gloss:
        yield entry.gloss


def entry_text(course: Course, entry: Entry) -> str:
    """What an entry says: its statement and the texts of its items."""
    parts = [entry.statement] if entry.statement else []
    for item in entry.items:
        target = course.by_id.get(item.entry) if item.entry else None
        if item.text:
            parts.append(item.text)
        elif target is not None:
            parts.append(f"{target.term}: {target.statement}" if target.statement else target.term)
    return " ".join(parts)
