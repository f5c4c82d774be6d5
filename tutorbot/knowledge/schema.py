"""JSON Schemas of the course files, written from the models, so that editors complete and check while one types."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tutorbot.errors import CourseError
from tutorbot.knowledge.models import CourseHead, Entry

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def entry_schema() -> dict[str, Any]:
    """The schema of a file below ``entries/``: a topic and the entries that belong to it."""
    entry = Entry.model_json_schema()
    parts = entry.pop("$defs")
    entry["required"] = [key for key in entry["required"] if key != "topic"]  # the file's topic stands in for it
    return {
        "$schema": _DRAFT,
        "title": "Entries",
        "description": "Things to know, grouped as a lecturer would.",
        "type": "object",
        "additionalProperties": False,
        "required": ["entries"],
        "properties": {
            "topic": {
                **entry["properties"]["topic"],
                "description": "The group that the entries of this file belong to.",
            },
            "entries": {"type": "array", "items": {"$ref": "#/$defs/Entry"}},
        },
        "$defs": {**parts, "Entry": entry},
    }


def course_schema() -> dict[str, Any]:
    """The schema of ``course.yaml``."""
    return {"$schema": _DRAFT, **CourseHead.model_json_schema(), "title": "Course"}


def write_schemas(knowledge: Path) -> Sequence[Path]:
    """Write both schemas into the folder of courses; returns the files. Raises CourseError if that is not possible."""
    written = {knowledge / "entries.schema.json": entry_schema(), knowledge / "course.schema.json": course_schema()}
    for file, schema in written.items():
        try:
            file.write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        except OSError as error:
            raise CourseError(f"{file} cannot be written ({error.strerror}); check the folder's rights.") from error
    return list(written)
