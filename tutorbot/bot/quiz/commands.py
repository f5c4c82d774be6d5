"""The group of commands ``/quiz``."""

from collections.abc import Iterable
from typing import Any

import discord
from discord import app_commands

from tutorbot.bot.quiz.desk import QuizDesk
from tutorbot.bot.texts import suggestion
from tutorbot.knowledge.text import squeezed
from tutorbot.quiz.card import CardKind
from tutorbot.quiz.leaderboard import Board
from tutorbot.quiz.round import Scoring, Starters
from tutorbot.quiz.round.settings import LONGEST, MOST_TEAMS, SHORTEST

_SUGGESTIONS = 25

KINDS: dict[str, tuple[CardKind, ...]] = {
    "every": (),
    "buttons": (CardKind.CHOOSE_TERM, CardKind.CHOOSE_DEFINITION, CardKind.WHO_SAID_IT, CardKind.TRUE_OR_FALSE),
    "typed": (CardKind.TYPE_TERM,),
    "lists": (CardKind.NAME_THEM_ALL,),
}
"""The kinds of cards that people choose among; nothing named is all."""

_START = ("topic", "cards", "seconds", "kinds", "scoring", "teams", "host_only", "thread")
_SETTINGS = ("cards", "seconds", "kinds", "scoring", "teams", "host_only", "grace", "reveal", "thread")

Interaction = discord.Interaction[Any]


def quiz_commands(desk: QuizDesk) -> app_commands.Group:
    """All of them, described in the words of the templates."""
    about = desk.texts.command
    here = app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False)
    quiz = app_commands.Group(name="quiz", description=about("quiz"), allowed_contexts=here)

    def choices(names: Iterable[str]) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=about(str(name)), value=str(name)) for name in names]

    @quiz.command(name="start", description=about("start"))
    @app_commands.describe(**{name: about(f"start.{name}") for name in _START})
    @app_commands.choices(scoring=choices(Scoring), kinds=choices(KINDS))
    async def start(
        interaction: Interaction,
        topic: str | None = None,
        cards: app_commands.Range[int, 1, 50] | None = None,
        seconds: app_commands.Range[int, SHORTEST, LONGEST] | None = None,
        kinds: str | None = None,
        scoring: str | None = None,
        teams: app_commands.Range[int, 2, MOST_TEAMS] | None = None,
        host_only: bool | None = None,
        thread: bool | None = None,
    ) -> None:
        given: dict[str, Any] = {
            "cards": cards,
            "seconds": seconds,
            "scoring": scoring,
            "teams": teams,
            "thread": thread,
        }
        given |= {"topic": topic, "kinds": _kinds(kinds), "starters": _starters(host_only)}
        await desk.open(interaction, given)

    @quiz.command(name="settings", description=about("settings"))
    @app_commands.describe(**{name: about(f"settings.{name}") for name in _SETTINGS})
    @app_commands.choices(scoring=choices(Scoring), kinds=choices(KINDS))
    async def settings(
        interaction: Interaction,
        cards: app_commands.Range[int, 1, 50] | None = None,
        seconds: app_commands.Range[int, 0, LONGEST] | None = None,
        kinds: str | None = None,
        scoring: str | None = None,
        teams: app_commands.Range[int, 0, MOST_TEAMS] | None = None,
        host_only: bool | None = None,
        grace: app_commands.Range[float, 0, 5] | None = None,
        reveal: app_commands.Range[int, 2, 60] | None = None,
        thread: bool | None = None,
    ) -> None:
        given: dict[str, Any] = {"cards": cards, "scoring": scoring, "grace": grace, "reveal": reveal, "thread": thread}
        given |= {"kinds": _kinds(kinds), "starters": _starters(host_only)}
        given = {name: value for name, value in given.items() if value is not None}
        given |= {name: value or None for name, value in (("seconds", seconds), ("teams", teams)) if value is not None}
        await desk.settings(interaction, given)

    async def suggest(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        wanted = squeezed(typed)
        fitting = [topic for topic in desk.rounds.topics(interaction.guild_id or 0) if wanted in squeezed(topic)]
        return [app_commands.Choice(name=suggestion(one), value=suggestion(one)) for one in fitting[:_SUGGESTIONS]]

    start.autocomplete("topic")(suggest)

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

    @quiz.command(name="leave", description=about("leave"))
    async def leave(interaction: Interaction) -> None:
        await desk.command(interaction, "leave")

    @quiz.command(name="leaderboard", description=about("leaderboard"))
    @app_commands.describe(
        period=about("leaderboard.period"), by=about("leaderboard.by"), topic=about("leaderboard.topic")
    )
    @app_commands.choices(
        period=choices(("week", "all")),
        by=[app_commands.Choice(name=about(f"by_{board.value}"), value=board.value) for board in Board],
    )
    async def leaders(
        interaction: Interaction, period: str = "week", by: str = Board.POINTS.value, topic: str | None = None
    ) -> None:
        await desk.leaderboard(interaction, Board(by), week=period == "week", topic=topic)

    leaders.autocomplete("topic")(suggest)

    return quiz


def _kinds(chosen: str | None) -> tuple[CardKind, ...] | None:
    return KINDS.get(chosen) if chosen is not None else None


def _starters(host_only: bool | None) -> Starters | None:
    if host_only is None:
        return None
    return Starters.HOST if host_only else Starters.ANYONE
