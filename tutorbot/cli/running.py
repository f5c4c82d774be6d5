"""`tutorbot run`: the Discord bot, the playground, or a local session."""

import asyncio
import gc
import logging
import os
import stat
import sys
import time
from collections.abc import Coroutine
from typing import Annotated, Any

import typer

from tutorbot.cli.options import CourseOption, KnowledgeOption, open_tutor
from tutorbot.cli.session import answer_lines
from tutorbot.cli.session import terminal as terminal_session
from tutorbot.knowledge import default_course
from tutorbot.settings import Settings, read_settings
from tutorbot.wording import Wording

_log = logging.getLogger(__name__)

Playground = Annotated[bool, typer.Option("--playground", help="Open the playground, even if there is a token.")]
Terminal = Annotated[bool, typer.Option("--terminal", help="Ask in the terminal instead of the playground.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="The port of the playground's page.")]
Fresh = Annotated[bool, typer.Option("--fresh", help="Forget what was said in the playground.")]
Obey = Annotated[bool, typer.Option("--obey", hidden=True)]


def run(
    course: CourseOption = None,
    knowledge: KnowledgeOption = None,
    playground: Playground = False,
    terminal: Terminal = False,
    port: Port = 8765,
    fresh: Fresh = False,
    obey: Obey = False,
) -> None:
    """Run the Discord bot; without a token, open the playground: the same bot in a local Discord in the browser.

    Without a token and with questions on standard input, answer them, one a line.
    """
    since = time.monotonic()
    settings = read_settings(course=course, knowledge=knowledge)
    logging.basicConfig(
        level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr
    )
    logging.getLogger("discord").setLevel(max(logging.INFO, logging.getLevelName(settings.log_level)))
    wording = Wording(settings.prompts, settings.language)
    has_token = settings.discord_token is not None
    if playground or not (has_token or terminal or _piped()):
        from tutorbot.cli.playing import play  # noqa: PLC0415  # aiohttp is not needed for the other commands

        play(settings, wording, port=port, fresh=fresh, since=since)
    elif has_token and not terminal:
        _run_bot(settings, wording, obey=obey)
    elif sys.stdin.isatty():
        terminal_session(settings, wording)
    else:
        answer_lines(settings, wording)


def _piped() -> bool:
    """Whether standard input holds something: it is a file, or another program writes to it."""
    try:
        kind = os.fstat(sys.stdin.fileno()).st_mode
    except (AttributeError, OSError, ValueError):  # it was closed
        return False
    return stat.S_ISFIFO(kind) or stat.S_ISREG(kind) or stat.S_ISSOCK(kind)


def _run_bot(settings: Settings, wording: Wording, *, obey: bool) -> None:
    from tutorbot.bot import run_bot  # noqa: PLC0415  # discord.py is not needed for the other commands

    course = default_course(settings.knowledge, settings.course)
    tutor = open_tutor(settings.model_copy(update={"course": course}))
    _log.info("Private messages, and servers that chose no course, are answered from the course %s.", course)
    gc.collect()
    gc.freeze()  # the course stays for good: looking through it again and again would hold the event loop
    if not obey:
        asyncio.run(run_bot(settings, tutor, wording))
        return
    renewals: asyncio.Queue[None] = asyncio.Queue()
    asyncio.run(_obeying(run_bot(settings, tutor, wording, renewals=renewals), renewals))


async def _obeying(running: Coroutine[Any, Any, None], renewals: asyncio.Queue[None]) -> None:
    """Renew at each line of standard input; end when it ends: whoever started this process holds its other end."""
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    transport, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)

    async def listen() -> None:
        while await reader.readline():
            renewals.put_nowait(None)

    bot, listening = asyncio.ensure_future(running), asyncio.ensure_future(listen())
    try:
        await asyncio.wait({bot, listening}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        listening.cancel()
        if not bot.done():
            bot.cancel()
        transport.close()
        await asyncio.wait({bot})
        if not bot.cancelled():
            bot.result()
