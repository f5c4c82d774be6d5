"""`tutorbot import` and `tutorbot export`: documents in, courses out."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from tutorbot.cli.options import CourseOption, KnowledgeOption, errors
from tutorbot.errors import SourceError
from tutorbot.knowledge import find_course, load_course
from tutorbot.knowledge.documents import MAX_BYTES
from tutorbot.knowledge.exporting import SUFFIX, Labels, exported
from tutorbot.knowledge.importing import Doubt, Duplicate, propose, written
from tutorbot.knowledge.load import load_head
from tutorbot.knowledge.models import CourseHead
from tutorbot.settings import read_settings
from tutorbot.wording import Wording


class SourceKind(StrEnum):
    """How a document is read."""

    SLIDES = "slides"
    FLASHCARDS = "flashcards"
    PAPER = "paper"
    TEXT = "text"


class ExportFormat(StrEnum):
    """What a course is written as."""

    YAML = "yaml"
    CSV = "csv"
    APKG = "apkg"
    MARKDOWN = "markdown"


def import_(
    file: Annotated[Path, typer.Argument(help="The document: .txt, .md, .csv, .tsv, .pptx, .pdf, .apkg or .yaml.")],
    course: CourseOption = None,
    knowledge: KnowledgeOption = None,
    source: Annotated[str | None, typer.Option("--source", help="The id of the source that the document is.")] = None,
    kind: Annotated[
        SourceKind | None, typer.Option("--kind", help="How it is read; the source's kind, else guessed.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="The file to write; without it they are printed.")] = None,
) -> None:
    """Make proposals of entries from a document, for you to read, mend and move into the course's entries/."""
    settings = read_settings(course=course, knowledge=knowledge)
    wording = Wording(settings.prompts, settings.language)
    if out is not None and out.exists():
        raise SourceError(f"{out} is there already; name another file with --out, or move it away.")
    held = _course(find_course(settings.knowledge, settings.course))
    proposed = propose(file.name, _bytes(file), held, source=source, kind=kind.value if kind else None)
    duplicates = sum(one.duplicate_of is not None for one in proposed.proposals)
    head = wording.render(
        "importing/head.txt",
        name=proposed.name,
        source=proposed.source,
        new_source=proposed.source.id not in held.sources_by_id,
        duplicates=duplicates,
    )
    text = written(proposed, _comment(wording), course=held, head=head)
    if out is None:
        typer.echo(text, nl=False)
    else:
        _write(out, text.encode())
    doubtful = sum(bool(one.doubts) for one in proposed.proposals)
    values = {"name": proposed.name, "count": len(proposed.proposals), "unread": proposed.unread}
    _tell(wording.render("importing/summary.txt", **values, duplicates=duplicates, doubtful=doubtful))


def export(
    form: Annotated[ExportFormat, typer.Option("--format", help="What it is written as.")] = ExportFormat.YAML,
    course: CourseOption = None,
    knowledge: KnowledgeOption = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="The file to write, or - for standard output; the course's id without it."),
    ] = None,
) -> None:
    """Write a course as one file: YAML that reads back the same, CSV, an Anki deck, or a Markdown glossary."""
    settings = read_settings(course=course, knowledge=knowledge)
    wording = Wording(settings.prompts, settings.language)
    held = load_course(find_course(settings.knowledge, settings.course)).course
    words = {part: wording.render("exporting/label.txt", part=part) for part in ("gloss", "erratum", "note")}
    made = exported(held, form.value, Labels(**words), now=datetime.now(UTC))
    if out is not None and str(out) == "-":
        sys.stdout.buffer.write(made)
        return
    file = out or Path(f"{held.id}{SUFFIX[form.value]}")
    _write(file, made)
    _tell(wording.render("exporting/done.txt", title=held.title, entries=len(held.entries), file=file))


def _course(folder: Path) -> CourseHead:
    """The course, or its head alone while no entry is written yet."""
    return load_course(folder).course if any((folder / "entries").glob("*.yaml")) else load_head(folder)


def _comment(wording: Wording) -> Callable[[Doubt | Duplicate], str]:
    def comment(mark: Doubt | Duplicate) -> str:
        if isinstance(mark, Doubt):
            return wording.render("importing/doubt.txt", doubt=mark)
        return wording.render("importing/duplicate.txt", duplicate=mark)

    return comment


def _tell(line: str) -> None:
    """On standard error, so that standard output holds the file alone."""
    errors.print(escape(line), style="dim", soft_wrap=True)


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise SourceError(f"{file} cannot be read ({error.strerror}); check the file's name and rights.") from error


def _write(file: Path, held: bytes) -> None:
    try:
        file.write_bytes(held)
    except OSError as error:
        raise SourceError(f"{file} cannot be written ({error.strerror}); check the folder's rights.") from error
