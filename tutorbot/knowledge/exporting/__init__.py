"""A course written for other programs and other people: YAML, CSV, Anki, Markdown.

A server's overlay is laid into the course before. The same course gives the same bytes.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Literal, get_args

from tutorbot.knowledge.exporting.anki import course_deck
from tutorbot.knowledge.exporting.course_yaml import course_yaml, read_course
from tutorbot.knowledge.exporting.glossary import course_glossary
from tutorbot.knowledge.exporting.showing import Labels
from tutorbot.knowledge.exporting.table import course_table, read_table
from tutorbot.knowledge.models import Course

__all__ = ["FORMS", "SUFFIX", "Form", "Labels", "exported", "read_course", "read_table"]

Form = Literal["yaml", "csv", "apkg", "markdown"]
FORMS: tuple[Form, ...] = get_args(Form)
SUFFIX: Mapping[Form, str] = {"yaml": ".yaml", "csv": ".csv", "apkg": ".apkg", "markdown": ".md"}
"""How a file of that form is named at its end."""

_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)


def exported(course: Course, form: Form, labels: Labels, *, now: datetime = _NO_TIME) -> bytes:
    """The course as a file of ``form``. ``now``, with a time zone, is an Anki deck's date alone: a later one updates cards."""
    if form == "yaml":
        return course_yaml(course).encode()
    if form == "csv":
        return course_table(course, labels).encode("utf-8-sig")  # the mark tells spreadsheets that it is UTF-8
    if form == "markdown":
        return course_glossary(course, labels).encode()
    return course_deck(course, labels, now=now)
