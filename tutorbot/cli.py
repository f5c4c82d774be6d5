"""The command line: `tutorbot run | ask | check | source`. Errors are one sentence; exit code 1, or 2 for wrong usage."""

import asyncio
import contextlib
import json
import logging
import signal
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.panel import Panel

from tutorbot.answering import Answer, Status
from tutorbot.errors import TutorbotError
from tutorbot.knowledge import check_course, list_courses, load_course
from tutorbot.knowledge.sources import add_source
from tutorbot.settings import Settings, read_settings
from tutorbot.tutor import Tutor, course_folder
from tutorbot.wording import Wording

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
source_app = typer.Typer(help="The lecture documents of a course.", no_args_is_help=True)
app.add_typer(source_app, name="source")

_err = Console(stderr=True, highlight=False)


class Format(StrEnum):
    """How `tutorbot ask` answers."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"


CourseOption = Annotated[str | None, typer.Option("--course", help="The course to answer from.")]
KnowledgeOption = Annotated[Path | None, typer.Option("--knowledge", help="The folder of courses.")]


@app.command()
def run(course: CourseOption = None, knowledge: KnowledgeOption = None) -> None:
    """Run the Discord bot; without a token, a session in the terminal (or one question a line from standard input)."""
    settings = read_settings(course=course, knowledge=knowledge)
    logging.basicConfig(
        level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr
    )
    logging.getLogger("discord").setLevel(max(logging.INFO, logging.getLevelName(settings.log_level)))
    wording = Wording(settings.prompts, settings.language)
    if settings.discord_token is not None:
        from tutorbot.bot import run_bot  # noqa: PLC0415  # discord.py is not needed for the other commands

        tutor = Tutor.open(settings, progress=_progress)
        asyncio.run(run_bot(settings, tutor, wording))
    elif sys.stdin.isatty():
        _terminal(settings, wording)
    else:
        _answer_lines(settings, wording)


@app.command()
def ask(
    question: Annotated[
        str | None, typer.Argument(help="The question; without it, questions are read from standard input.")
    ] = None,
    form: Annotated[
        Format, typer.Option("--format", help="text, json (one answer) or jsonl (one object a line in and out).")
    ] = Format.TEXT,
    course: CourseOption = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Ask one question, or many from standard input."""
    settings = read_settings(course=course, knowledge=knowledge)
    wording = Wording(settings.prompts, settings.language)
    if form is Format.JSONL:
        rows = [(None, question)] if question is not None else None
        tutor = Tutor.open(settings, progress=_progress)
        asyncio.run(_ask_jsonl(tutor, wording, rows))
        return
    if question is None:
        if sys.stdin.isatty():
            _terminal(settings, wording)
        else:
            _answer_lines(settings, wording)
        return
    tutor = Tutor.open(settings, progress=_progress)
    answer = asyncio.run(_ask_once(tutor, question))
    if form is Format.JSON:
        typer.echo(json.dumps(_as_object(answer, None, wording), ensure_ascii=False, indent=2))
    else:
        _show(Console(highlight=False), answer, wording, tutor)


@app.command()
def check(knowledge: KnowledgeOption = None) -> None:
    """Check every course and every template; exit code 1 if anything is wrong."""
    settings = read_settings(knowledge=knowledge)
    problems = list(Wording(settings.prompts, settings.language).problems())
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
    for problem in problems:
        typer.echo(problem)
    if problems:
        typer.echo(f"{len(problems)} problem{'s' * (len(problems) > 1)}.", err=True)
        raise typer.Exit(1)
    typer.echo(
        f"{len(folders)} course{'s' * (len(folders) > 1)}, {entries} entries, {quotes} quotes proved: no problems."
    )


@source_app.command("add")
def source_add(
    file: Annotated[Path, typer.Argument(help="The document: .txt, .md, .csv or .tsv.")],
    source: Annotated[str, typer.Option("--id", help="The source's id in course.yaml.")],
    course: CourseOption = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Make the fingerprint of a lecture document, so that quotes from it can be proved. The document itself is not kept."""
    settings = read_settings(course=course, knowledge=knowledge)
    segments = add_source(course_folder(settings), source, file)
    typer.echo(f"{len(segments)} places can now be quoted:")
    for segment in segments:
        typer.echo(f"  {segment.locator}")


def main() -> None:
    """Entry point: what goes wrong is told in one sentence."""
    try:
        app()
    except TutorbotError as error:
        _err.print(escape(str(error)), style="red", soft_wrap=True)
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, BrokenPipeError):
        sys.exit(130)


def _progress(line: str) -> None:
    _err.print(escape(line), style="dim")


async def _ask_once(tutor: Tutor, question: str) -> Answer:
    try:
        return await tutor.ask(question)
    finally:
        await tutor.close()


def _input_lines() -> Iterator[str]:
    """Lines of standard input; bytes that are not UTF-8 do not end the run."""
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace").rstrip("\r\n")


async def _ask_jsonl(tutor: Tutor, wording: Wording, rows: list[tuple[None, str]] | None) -> None:
    if rows is not None:
        for _, question in rows:
            typer.echo(json.dumps(_as_object(await tutor.ask(question), None, wording), ensure_ascii=False))
    else:
        for line in _input_lines():
            if line.strip():
                typer.echo(json.dumps(await _answer_object(tutor, wording, line), ensure_ascii=False))
    await tutor.close()


async def _answer_object(tutor: Tutor, wording: Wording, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return {"id": None, "error": "this line is not JSON"}
    context = row.get("context") or [] if isinstance(row, dict) else None
    if not isinstance(row, dict) or not isinstance(row.get("question"), str):
        return {"id": None, "error": 'this line is not an object with a "question"'}
    if not isinstance(context, list) or not all(isinstance(one, str) for one in context):
        return {"id": None, "error": '"context" must be a list of earlier questions'}
    return _as_object(await tutor.ask(row["question"], context=context), row.get("id"), wording)


def _as_object(answer: Answer, identity: object, wording: Wording) -> dict[str, Any]:
    """The line format that other programs read; its keys are stable."""
    return {
        "id": identity,
        "status": answer.status.value,
        "kind": answer.kind.value,
        "answer": _plain_text(answer, wording),
        "citations": [
            {"source": one.source, "title": one.title, "locator": one.locator, "quote": one.quote, "work": one.work}
            for one in answer.citations
        ],
        "entries": list(answer.entries),
        "choices": [{"entry": one.entry, "term": one.term} for one in answer.choices],
        "confidence": round(answer.confidence, 4),
        "elapsed_ms": round(answer.elapsed_ms, 2),
    }


def _plain_text(answer: Answer, wording: Wording, example: str = "") -> str:
    if answer.status is Status.ANSWERED:
        return wording.render("answer.txt", credit=answer.credit, passages=answer.passages)
    if answer.status is Status.CLARIFY:
        return wording.render("clarify.txt", choices=answer.choices)
    empty = not any(sign.isalnum() for sign in answer.question)
    return wording.render("abstained.txt", empty=empty, choices=answer.choices, example=example)


def _show(console: Console, answer: Answer, wording: Wording, tutor: Tutor) -> None:
    """An answer for a person at a terminal."""
    text = _plain_text(answer, wording, example=f"{tutor.course.entries[0].term}?")
    if answer.status is not Status.ANSWERED:
        console.print(escape(text), style="yellow")
        return
    console.print(Panel(escape(text), border_style="green", expand=False))
    for passage in answer.passages:
        if passage.gloss:
            console.print(f"[dim]In plain words: {escape(passage.gloss)}[/dim]")
        for line in passage.errata:
            console.print(f"[dim]Note: {escape(line)}[/dim]")
    console.print(f"[dim]{escape(wording.render('sources.txt', citations=answer.citations))}[/dim]")


def _terminal(settings: Settings, wording: Wording) -> None:
    console = Console(highlight=False)
    with console.status("Opening the course…"):
        tutor = Tutor.open(settings, progress=_progress)
    console.print(escape(wording.render("welcome.txt", title=tutor.course.title, entries=len(tutor.course.entries))))

    async def session() -> None:
        about: tuple[str, ...] = ()
        while True:
            try:
                question = await asyncio.to_thread(console.input, "[bold]? [/bold]")
            except EOFError:
                break
            if not question.strip():
                break
            answer = await tutor.ask(question, about=about)
            _show(console, answer, wording, tutor)
            about = answer.entries or about
        await tutor.close()

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(session())


def _answer_lines(settings: Settings, wording: Wording) -> None:
    """Questions from a file or another program: each is answered by itself."""
    tutor = Tutor.open(settings, progress=_progress)
    console = Console(highlight=False, soft_wrap=True)

    async def session() -> None:
        for question in _input_lines():
            if question.strip():
                console.print(f"[bold]? {escape(question[:500])}[/bold]")
                _show(console, await tutor.ask(question), wording, tutor)
        await tutor.close()

    with contextlib.suppress(AttributeError, ValueError):  # no SIGPIPE on this system, or not in the main thread
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    asyncio.run(session())
