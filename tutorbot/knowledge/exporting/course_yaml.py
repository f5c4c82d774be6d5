"""A whole course as one YAML file, and back.

The file holds what `course.yaml` holds, then ``entries``, ``questions`` (sample questions that do not stand with their entry) and
``outside``. The same course gives the same bytes, and the bytes give back the same course.
"""

from itertools import groupby
from typing import Any

from pydantic import ValidationError

from tutorbot.errors import SourceError
from tutorbot.knowledge.advice import advice
from tutorbot.knowledge.documents.yaml_held import read_yaml_held
from tutorbot.knowledge.exporting.mapping import entry_mapping
from tutorbot.knowledge.exporting.yaml_text import yaml_text
from tutorbot.knowledge.models import Course, CourseHead, SampleQuestion

_OWN = "entry"  # the writer of the questions that stand with their entry


def course_yaml(course: Course) -> str:
    """The course as YAML."""
    head = CourseHead(**{name: getattr(course, name) for name in CourseHead.model_fields})
    data: dict[str, Any] = {"id": head.id, "title": head.title, "language": head.language}
    data |= head.model_dump(mode="json", exclude_defaults=True)
    data["entries"] = [entry_mapping(entry) for entry in course.entries]
    elsewhere = [question for question in course.questions if question.writer != _OWN]
    if elsewhere:
        data["questions"] = [
            {"writer": writer, "entry": entry, "texts": [question.text for question in group]}
            for (writer, entry), group in groupby(elsewhere, key=lambda question: (question.writer, question.entry))
        ]
    outside = course.outside.model_dump(mode="json", exclude_defaults=True)
    if outside:
        data["outside"] = outside
    return yaml_text(data)


def read_course(name: str, held: bytes) -> Course:
    """The course of a file that `course_yaml` wrote; its folder is not known. Raises SourceError with ``name`` and the line."""
    data, lines = read_yaml_held(name, held)
    if not isinstance(data, dict):
        raise SourceError(f"{name}, line 1: write the course as `key: value` lines (id, title, sources, entries).")
    entries = data.get("entries")
    questions = [
        {"entry": row.get("id"), "text": text, "writer": _OWN}
        for row in (entries if isinstance(entries, list) else ())
        if isinstance(row, dict)
        for text in (row.get("questions") or ())
    ]
    try:
        for group in data.get("questions") or ():
            row = {key: group[key] for key in ("entry", "writer")}
            questions += [{**row, "text": text} for text in group["texts"]]
    except (TypeError, KeyError) as error:
        line = lines.get(("questions",), 1)
        raise SourceError(
            f"{name}, line {line}: each group of questions needs a writer, an entry and texts."
        ) from error
    try:
        return Course.model_validate({**data, "questions": [SampleQuestion.model_validate(one) for one in questions]})
    except ValidationError as error:
        path, sentence = advice(error)
        line = next((lines[path[:size]] for size in range(len(path), 0, -1) if path[:size] in lines), 1)
        raise SourceError(f"{name}, line {line}: {sentence}.") from error
