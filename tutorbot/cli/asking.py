"""`tutorbot ask`: one question, or many from standard input."""

import asyncio
import json
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from tutorbot.answering import Answer
from tutorbot.cli.options import CourseOption, KnowledgeOption, open_tutor
from tutorbot.cli.session import answer_lines, input_lines, plain_text, show, terminal
from tutorbot.settings import read_settings
from tutorbot.wording import Wording

if TYPE_CHECKING:
    from tutorbot.tutor import Tutor


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
            typer.echo(json.dumps(_as_object(await tutor.ask(question), None, wording), ensure_ascii=False))
    else:
        for line in input_lines():
            if line.strip():
                typer.echo(json.dumps(await _answer_object(tutor, wording, line), ensure_ascii=False))
    await tutor.close()


async def _answer_object(tutor: "Tutor", wording: Wording, line: str) -> dict[str, Any]:
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
