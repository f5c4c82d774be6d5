"""Putting the quiz together."""

from collections.abc import Callable
from random import Random

import discord

from tutorbot.bot.quiz.clock import DiscordClock
from tutorbot.bot.quiz.desk import QuizDesk
from tutorbot.bot.quiz.handouts import Handouts
from tutorbot.bot.quiz.looks import QuizLooks
from tutorbot.bot.quiz.names import Names
from tutorbot.bot.quiz.people import People
from tutorbot.bot.quiz.servers import Servers
from tutorbot.bot.quiz.stage import DiscordStage
from tutorbot.bot.quiz.texts import QuizTexts
from tutorbot.bot.quiz.workload import Workload
from tutorbot.knowledge import Course
from tutorbot.quiz.grading import Grader
from tutorbot.quiz.marking import Marking
from tutorbot.quiz.rounds import Rounds
from tutorbot.quiz.session import Sleep
from tutorbot.settings import Settings
from tutorbot.store.stores import Stores
from tutorbot.wording import Wording


def open_quiz(
    settings: Settings,
    stores: Stores,
    wording: Wording,
    *,
    clock: Callable[[], float],
    sleep: Sleep,
    rng: Random,
    course_of: Callable[[int], Course],
) -> tuple[QuizDesk, DiscordStage]:
    """The quiz (``course_of`` gives the course as a server has it), to be closed at the end, and its stage, which still needs a client."""
    texts = QuizTexts(wording, spoken=settings.message_content)
    discord_clock = DiscordClock(clock)
    servers = Servers(stores.guilds, clock)

    def guild_of(number: int) -> discord.Guild | None:
        return stage.client.get_guild(number) if stage.client is not None else None

    def grader() -> Grader:
        return Grader.open(settings.model, settings.cache)

    names, workload = Names(), Workload()
    handouts = Handouts(texts, names, guild_of)
    stage = DiscordStage(QuizLooks(texts), texts, handouts, servers)
    rounds = Rounds(stores.rounds, stage, clock=discord_clock, sleep=sleep, rng=rng, course_of=course_of)
    people = People(texts, discord_clock, names, servers.moderator_role, workload)
    desk = QuizDesk(
        rounds,
        texts,
        Marking(grader),
        discord_clock,
        servers=servers,
        people=people,
        handouts=handouts,
        workload=workload,
    )
    return desk, stage
