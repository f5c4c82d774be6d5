"""A conversation in the terminal, and questions from a file: what `tutorbot run` does without a Discord token."""

import asyncio
import contextlib
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel

from tutorbot.answering import Answer, Status
from tutorbot.cli.options import open_tutor
from tutorbot.settings import Settings
from tutorbot.wording import Wording

if TYPE_CHECKING:
    from tutorbot.tutor import Tutor


def terminal(settings: Settings, wording: Wording) -> None:
    console = Console(highlight=False)
    with console.status("Opening the course…"):
        tutor = open_tutor(settings)
    console.print(escape(wording.render("welcome.txt", title=tutor.course.title, entries=len(tutor.course.entries))))

    # Python looks for a Ctrl-C before it waits for a line: one that comes between the two would go unseen until the next
    # key. The system's own way ends the process at once, and nothing here wants saving.
    _default(signal.SIGINT)
    about: tuple[str, ...] = ()
    with asyncio.Runner() as loop:
        with contextlib.suppress(EOFError):
            while (question := console.input("[bold]? [/bold]")).strip():
                answer = loop.run(tutor.ask(question, about=about))
                show(console, answer, wording, tutor)
                about = answer.entries or about
        loop.run(tutor.close())


def answer_lines(settings: Settings, wording: Wording) -> None:
    """Questions from a file or another program: each is answered by itself."""
    tutor = open_tutor(settings)
    console = Console(highlight=False, soft_wrap=True)

    async def session() -> None:
        for question in input_lines():
            if question.strip():
                console.print(f"[bold]? {escape(question[:500])}[/bold]")
                show(console, await tutor.ask(question), wording, tutor)
        await tutor.close()

    if hasattr(signal, "SIGPIPE"):  # not on every system
        _default(signal.SIGPIPE)
    asyncio.run(session())


def _default(number: signal.Signals) -> None:
    """Leave a signal to the system."""
    with contextlib.suppress(ValueError):  # not in the main thread
        signal.signal(number, signal.SIG_DFL)


def show(console: Console, answer: Answer, wording: Wording, tutor: "Tutor") -> None:
    """An answer for a person at a terminal."""
    text = plain_text(replace(answer, left=()), wording, example=f"{tutor.course.entries[0].term}?")
    if answer.status is not Status.ANSWERED:
        console.print(escape(text), style="yellow")
        return
    # wrapped, also where long lines are left to whoever reads them: a frame cuts off what does not fit
    console.print(Panel(escape(text), border_style="green", expand=False), soft_wrap=False)
    for passage in answer.passages:
        if passage.gloss and not passage.alternative:
            console.print(f"[dim]In plain words: {escape(passage.gloss)}[/dim]")
        for line in passage.errata:
            console.print(f"[dim]Note: {escape(line)}[/dim]")
    console.print(f"[dim]{escape(wording.render('sources.txt', citations=answer.citations))}[/dim]")
    if answer.left:
        console.print(escape(wording.render("left.txt", left=answer.left)), style="yellow")


def plain_text(answer: Answer, wording: Wording, example: str = "") -> str:
    if answer.status is Status.ANSWERED:
        return wording.render("answer.txt", credit=answer.credit, passages=answer.passages, left=answer.left)
    if answer.status is Status.CLARIFY:
        return wording.render("clarify.txt", choices=answer.choices)
    empty = not any(sign.isalnum() for sign in answer.question)
    return wording.render("abstained.txt", empty=empty, choices=answer.choices, example=example)


def input_lines() -> Iterator[str]:
    """Lines of standard input; bytes that are not UTF-8 do not end the run."""
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace").rstrip("\r\n")
