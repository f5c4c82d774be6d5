"""Putting the quiz together."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from random import Random

from tutorbot.bot.quiz.clock import DiscordClock
from tutorbot.bot.quiz.desk import QuizDesk
from tutorbot.bot.quiz.looks import QuizLooks
from tutorbot.bot.quiz.stage import DiscordStage
from tutorbot.bot.quiz.texts import QuizTexts
from tutorbot.knowledge import Course
from tutorbot.matching.encoder import SentenceEncoder
from tutorbot.quiz.grading import Grader
from tutorbot.quiz.marking import Marking
from tutorbot.quiz.rounds import Rounds
from tutorbot.quiz.session import Sleep
from tutorbot.settings import Settings
from tutorbot.store.database import open_database
from tutorbot.store.sql_rounds import SqlRounds
from tutorbot.wording import Wording


@asynccontextmanager
async def open_quiz(
    settings: Settings, course: Course, wording: Wording, *, clock: Callable[[], float], sleep: Sleep, rng: Random
) -> AsyncIterator[tuple[QuizDesk, DiscordStage]]:
    """The quiz on a course and its stage, which still needs a client. Raises SettingsError if there is no database."""
    engine = await open_database(settings.database)
    texts, discord_clock = QuizTexts(wording, course), DiscordClock(clock)
    stage = DiscordStage(QuizLooks(texts))
    rounds = Rounds(course, SqlRounds(engine), stage, clock=discord_clock, sleep=sleep, rng=rng)

    def grader() -> Grader:
        return Grader(SentenceEncoder(settings.model, cache=settings.cache))

    desk = QuizDesk(rounds, texts, Marking(grader), discord_clock)
    try:
        yield desk, stage
    finally:
        await desk.close()
        await engine.dispose()
