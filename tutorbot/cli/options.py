"""What the commands have in common: their options, and where progress is told."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

CourseOption = Annotated[str | None, typer.Option("--course", help="The course to answer from.")]
KnowledgeOption = Annotated[Path | None, typer.Option("--knowledge", help="The folder of courses.")]

errors = Console(stderr=True, highlight=False)


def progress(line: str) -> None:
    """Tell on standard error that something takes long."""
    errors.print(escape(line), style="dim")
