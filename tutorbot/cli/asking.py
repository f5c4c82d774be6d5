"""`tutorbot ask`: one question, or many from standard input."""

import asyncio
import json
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from rich.console import Console

from tutorbot.answering import Answer
from tutorbot.cli.options import CourseOption, KnowledgeOption, open_tutor
from tutorbot.cli.session import answer_lines, input_lines, plain_text, show, terminal
from tutorbot.settings import read_settings
from tutorbot.wording import Wording

if TYPE_CHECKING:
    from tutorbot.tutor import Tutor


_NOT_JSON = "this line is not JSON"


class Format(StrEnum):
    """How `tutorbot ask` answers."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"


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
    if form is Format.JSON and question is None:
        raise typer.BadParameter("json is for one question; name it, or use --format jsonl.", param_hint="--format")
    settings = read_settings(course=course, knowledge=knowledge)
    wording = Wording(settings.prompts, settings.language)
    if form is Format.JSONL:
        rows = [(None, question)] if question is not None else None
        tutor = open_tutor(settings)
        asyncio.run(_ask_jsonl(tutor, wording, rows))
        return
    if question is None:
        if sys.stdin.isatty():
            terminal(settings, wording)
        else:
            answer_lines(settings, wording)
        return
    tutor = open_tutor(settings)
    answer = asyncio.run(_ask_once(tutor, question))
    if form is Format.JSON:
        typer.echo(json.dumps(_as_object(answer, None, wording), ensure_ascii=False, indent=2))
    else:
        show(Console(highlight=False), answer, wording, tutor)


async def _ask_once(tutor: "Tutor", question: str) -> Answer:
    try:
        return await tutor.ask(question)
    finally:
        await tutor.close()


async def _ask_jsonl(tutor: "Tutor", wording: Wording, rows: list[tuple[None, str]] | None) -> None:
    if rows is not None:
        for _, question in rows:
            typer.echo(_as_line(_as_object(await tutor.ask(question), None, wording)))
    else:
        for line in input_lines():
            if line.strip():
                typer.echo(_as_line(await _answer_object(tutor, wording, line)))
    await tutor.close()


def _as_line(row: dict[str, Any]) -> str:
    """A row as a line of JSON. Half a surrogate pair in an id, which UTF-8 cannot hold, stays escaped."""
    try:
        return json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()
    except RecursionError:  # an id that can just be read may be too deep to be written
        return _as_line({"id": None, "error": _NOT_JSON})


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


async def _answer_object(tutor: "Tutor", wording: Wording, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line, parse_constant=_no_number)  # NaN and Infinity are no JSON
    except (ValueError, RecursionError):
        return {"id": None, "error": _NOT_JSON}
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
        "answer": plain_text(answer, wording),
        "citations": [
            {"source": one.source, "title": one.title, "locator": one.locator, "quote": one.quote, "work": one.work}
            for one in answer.citations
        ],
        "entries": list(answer.entries),
        "choices": [{"entry": one.entry, "term": one.term} for one in answer.choices],
        "confidence": round(answer.confidence, 4),
        "elapsed_ms": round(answer.elapsed_ms, 2),
    }
