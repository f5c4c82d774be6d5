"""`tutorbot run`: the Discord bot, or a local session."""

import asyncio
import logging
import sys

from tutorbot.cli.options import CourseOption, KnowledgeOption, open_tutor
from tutorbot.cli.session import answer_lines, terminal
from tutorbot.settings import read_settings
from tutorbot.wording import Wording


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

        tutor = open_tutor(settings)
        asyncio.run(run_bot(settings, tutor, wording))
    elif sys.stdin.isatty():
        terminal(settings, wording)
    else:
        answer_lines(settings, wording)
