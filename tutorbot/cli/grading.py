"""`tutorbot grade`: grading typed answers for other programs."""

import json
from enum import StrEnum
from typing import Annotated

import typer

from tutorbot.cli.options import progress
from tutorbot.cli.session import input_lines
from tutorbot.settings import read_settings


class GradeFormat(StrEnum):
    """The one format there is, named so that another may come."""

    JSONL = "jsonl"


def grade(
    form: Annotated[
        GradeFormat, typer.Option("--format", help="jsonl: one object a line in and out.")
    ] = GradeFormat.JSONL,
) -> None:
    """Grade typed answers from standard input: {"id", "question", "expected" or "items", "given"} a line."""
    from tutorbot.quiz.grading import Grader, grade_lines  # noqa: PLC0415

    del form
    settings = read_settings()
    grader = Grader.open(settings.model, settings.cache, progress)
    for verdict in grade_lines(input_lines(), grader):
        typer.echo(json.dumps(verdict, ensure_ascii=False))
