"""TutorBot: answers from the lecture's own words, with the place where they stand."""

import sys

import typer
from rich.markup import escape

from tutorbot.cli.asking import ask
from tutorbot.cli.courses import check, schema, source_add
from tutorbot.cli.exchange import export, import_
from tutorbot.cli.grading import grade
from tutorbot.cli.measuring import adapt, calibrate, evaluate
from tutorbot.cli.options import errors
from tutorbot.cli.running import run
from tutorbot.errors import TutorbotError

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
source_app = typer.Typer(help="The lecture documents of a course.", no_args_is_help=True)
app.add_typer(source_app, name="source")
for command in (run, ask, grade, check, schema, adapt, calibrate, export):
    app.command()(command)
app.command("eval")(evaluate)
app.command("import")(import_)
source_app.command("add")(source_add)


def main() -> None:
    """Entry point. What goes wrong is told in one sentence; exit code 1, or 2 for wrong usage."""
    try:
        app()
    except TutorbotError as error:
        errors.print(escape(str(error)), style="red", soft_wrap=True)
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, BrokenPipeError):
        sys.exit(130)
