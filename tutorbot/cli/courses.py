"""`tutorbot check` and `tutorbot source`: keeping courses sound."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from tutorbot.cli.options import CourseOption, KnowledgeOption
from tutorbot.errors import TutorbotError
from tutorbot.knowledge import check_course, find_course, list_courses, load_course
from tutorbot.knowledge.schema import write_schemas
from tutorbot.knowledge.sources import add_source
from tutorbot.settings import Settings, read_settings
from tutorbot.wording import Wording


@dataclass(frozen=True)
class Findings:
    """What a check of all courses and templates found: problems as sentences, and how much there is."""

    problems: tuple[str, ...]
    courses: int
    entries: int
    quotes: int


def look_over(settings: Settings, wording: Wording) -> Findings:
    """Check every course and every template."""
    problems: list[str] = []
    entries = quotes = 0
    folders = list_courses(settings.knowledge)
    if not folders:
        problems.append(f"{settings.knowledge}: there is no course here; a course is a folder with a course.yaml.")
    for folder in folders:
        try:
            loaded = load_course(folder)
        except TutorbotError as error:
            problems.append(str(error))
            continue
        problems += map(str, check_course(loaded))
        entries += len(loaded.course.entries)
        quotes += sum(len(entry.citations) for entry in loaded.course.entries)
    return Findings((*wording.problems(), *problems), len(folders), entries, quotes)


def check(knowledge: KnowledgeOption = None) -> None:
    """Check every course and every template; exit code 1 if anything is wrong."""
    settings = read_settings(knowledge=knowledge)
    found = look_over(settings, Wording(settings.prompts, settings.language))
    for problem in found.problems:
        typer.echo(problem)
    if found.problems:
        typer.echo(f"{len(found.problems)} problem{'s' * (len(found.problems) > 1)}.", err=True)
        raise typer.Exit(1)
    courses = f"{found.courses} course{'s' * (found.courses > 1)}"
    typer.echo(f"{courses}, {found.entries} entries, {found.quotes} quotes proved: no problems.")


def source_add(
    file: Annotated[Path, typer.Argument(help="The document: .txt, .md, .csv, .tsv, .pptx, .pdf or .apkg.")],
    source: Annotated[str, typer.Option("--id", help="The source's id in course.yaml.")],
    course: CourseOption = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Make the fingerprint of a lecture document, so that quotes from it can be proved. The document itself is not kept."""
    settings = read_settings(course=course, knowledge=knowledge)
    segments = add_source(find_course(settings.knowledge, settings.course), source, file)
    typer.echo(f"{len(segments)} places can now be quoted:")
    for segment in segments:
        typer.echo(f"  {segment.locator}")


def schema(knowledge: KnowledgeOption = None) -> None:
    """Write the JSON Schemas that let an editor complete and check course files."""
    for file in write_schemas(read_settings(knowledge=knowledge).knowledge):
        typer.echo(f"Wrote {file}.")
