"""Questions whose right answers are known."""

import json
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from tutorbot.errors import CourseError

KINDS = (
    "definition", "list", "attribution", "comparison", "application", "typo", "events", "followup", "out_of_scope",
)  # fmt: skip


class Labelled(BaseModel):
    """A question and what answers it.

    ``accept`` holds alternatives: each is the entries that must all be shown. It is empty if the notes do not answer the question.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    kind: str
    question: str
    context: tuple[str, ...] = ()
    accept: tuple[tuple[str, ...], ...] = ()


def read_labelled(file: Path) -> Sequence[Labelled]:
    """The labelled questions in a file of JSON lines; raises CourseError with the line."""
    rows = []
    try:
        lines = file.read_text(encoding="utf-8").split("\n")  # a question may hold other line ends
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"{file} cannot be read as UTF-8 text; name a file of JSON lines.") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                rows.append(Labelled.model_validate(json.loads(line)))
            except (ValueError, RecursionError, ValidationError) as error:
                raise CourseError(
                    f'{file}:{number}: write an object with "id", "kind", "question", "context" and "accept".'
                ) from error
    return rows
