"""The group of commands ``/quiz``."""

from typing import Any

import discord
from discord import app_commands

from tutorbot.bot.quiz.desk import QuizDesk
from tutorbot.bot.texts import suggestion
from tutorbot.knowledge.text import squeezed
from tutorbot.quiz.card import CardKind
from tutorbot.quiz.leaderboard import Board
from tutorbot.quiz.round import RoundSettings, Scoring
from tutorbot.quiz.round.settings import LONGEST, SHORTEST

_SUGGESTIONS = 25

KINDS = {
    "buttons": (CardKind.CHOOSE_TERM, CardKind.CHOOSE_DEFINITION, CardKind.WHO_SAID_IT, CardKind.TRUE_OR_FALSE),
    "typed": (CardKind.TYPE_TERM,),
    "lists": (CardKind.NAME_THEM_ALL,),
}
"""The kinds of cards that people choose among."""

Interaction = discord.Interaction[Any]


def quiz_commands(desk: QuizDesk) -> app_commands.Group:
    """All of them, described in the words of the templates."""
    about = desk.texts.command
    here = app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False)
    quiz = app_commands.Group(name="quiz", description=about("quiz"), allowed_contexts=here)

    @quiz.command(name="start", description=about("start"))
    @app_commands.describe(
        topic=about("start.topic"),
        cards=about("start.cards"),
        seconds=about("start.seconds"),
        scoring=about("start.scoring"),
        kind=about("start.kind"),
    )
    @app_commands.choices(
        scoring=[app_commands.Choice(name=about(scoring.value), value=scoring.value) for scoring in Scoring],
        kind=[app_commands.Choice(name=about(kind), value=kind) for kind in KINDS],
    )
    async def start(
        interaction: Interaction,
        topic: str | None = None,
        cards: app_commands.Range[int, 1, 50] = 10,
        seconds: app_commands.Range[int, SHORTEST, LONGEST] | None = None,
        scoring: str = Scoring.SPEED.value,
        kind: str | None = None,
    ) -> None:
        kinds = KINDS.get(kind or "", ())
        settings = RoundSettings(topic=topic, cards=cards, seconds=seconds, scoring=Scoring(scoring), kinds=kinds)
        await desk.open(interaction, settings)

    @start.autocomplete("topic")
    async def suggest(_: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        wanted = squeezed(typed)
        fitting = [topic for topic in desk.rounds.topics if wanted in squeezed(topic)]
        return [app_commands.Choice(name=suggestion(one), value=suggestion(one)) for one in fitting[:_SUGGESTIONS]]

    @quiz.command(name="stop", description=about("stop"))
    async def stop(interaction: Interaction) -> None:
        await desk.command(interaction, "stop")

    @quiz.command(name="skip", description=about("skip"))
    async def skip(interaction: Interaction) -> None:
        await desk.command(interaction, "skip")

    @quiz.command(name="next", description=about("next"))
    async def go_on(interaction: Interaction) -> None:
        await desk.command(interaction, "next")

    @quiz.command(name="pause", description=about("pause"))
    async def pause(interaction: Interaction) -> None:
        await desk.command(interaction, "pause")

    @quiz.command(name="resume", description=about("resume"))
    async def resume(interaction: Interaction) -> None:
        await desk.command(interaction, "resume")

    @quiz.command(name="standing", description=about("standing"))
    async def standing(interaction: Interaction) -> None:
        await desk.standing(interaction)

    @quiz.command(name="leaderboard", description=about("leaderboard"))
    @app_commands.describe(period=about("leaderboard.period"), by=about("leaderboard.by"))
    @app_commands.choices(
        period=[app_commands.Choice(name=about(name), value=name) for name in ("week", "all")],
        by=[app_commands.Choice(name=about(f"by_{board.value}"), value=board.value) for board in Board],
    )
    async def leaders(interaction: Interaction, period: str = "week", by: str = Board.POINTS.value) -> None:
        await desk.leaderboard(interaction, Board(by), week=period == "week")

    return quiz
