"""What the commands have in common: their options, and where progress is told."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from tutorbot.settings import Settings

if TYPE_CHECKING:
    from tutorbot.tutor import Tutor

CourseOption = Annotated[str | None, typer.Option("--course", help="The course to answer from.")]
KnowledgeOption = Annotated[Path | None, typer.Option("--knowledge", help="The folder of courses.")]

errors = Console(stderr=True, highlight=False)


def progress(line: str) -> None:
    """Tell on standard error that something takes long."""
    errors.print(escape(line), style="dim")


def open_tutor(settings: Settings) -> "Tutor":
    """The tutor of a course. Its libraries are imported only here, so that commands without it start at once."""
    from tutorbot.tutor import Tutor  # noqa: PLC0415

    return Tutor.open(settings, progress=progress)
