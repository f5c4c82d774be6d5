"""The quiz's commands: what people ask of a round, handed to it, and what is told to them."""

import asyncio
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import discord
from discord import ui

from tutorbot.bot.quiz.answers import Answers
from tutorbot.bot.quiz.appeals import Appeals
from tutorbot.bot.quiz.clock import DiscordClock
from tutorbot.bot.quiz.handouts import Handouts
from tutorbot.bot.quiz.people import Interaction, People
from tutorbot.bot.quiz.servers import Servers
from tutorbot.bot.quiz.texts import QuizTexts
from tutorbot.bot.quiz.watching import Watch
from tutorbot.bot.quiz.workload import Workload
from tutorbot.bot.views.layout import notice
from tutorbot.errors import SettingsError
from tutorbot.quiz.card import Mode
from tutorbot.quiz.leaderboard import Board, leaderboard
from tutorbot.quiz.marking import Marking
from tutorbot.quiz.round.events import (
    Deed,
    Joined,
    Left,
    Next,
    Paused,
    Resumed,
    Skipped,
    Started,
    Stopped,
)
from tutorbot.quiz.round.scoring import standing, team_standing
from tutorbot.quiz.rounds import ChannelTakenError, NoCardsError, Rounds, UnknownTopicError
from tutorbot.quiz.session import RoundSession

_DAY, _WEEK = 86_400.0, 604_800.0
_FIRST_MONDAY = 4 * _DAY

_COMMANDS: dict[str, type[Deed]] = {
    "stop": Stopped,
    "pause": Paused,
    "resume": Resumed,
    "skip": Skipped,
    "next": Next,
    "leave": Left,
}


class QuizDesk:
    """The quiz's front desk."""

    def __init__(
        self,
        rounds: Rounds,
        texts: QuizTexts,
        marking: Marking,
        clock: DiscordClock,
        *,
        servers: Servers,
        people: People,
        handouts: Handouts,
        workload: Workload,
    ) -> None:
        self.rounds = rounds
        self.texts = texts
        self.appeals = Appeals(rounds, texts, marking, people)
        self.answers = Answers(rounds, texts, marking, people, clock, workload)
        self.watch = Watch(rounds, workload)
        self.marking = marking
        self._clock = clock
        self._servers = servers
        self._people = people
        self._handouts = handouts
        self._workload = workload
        self._warming: set[asyncio.Task[None]] = set()

    async def open(self, interaction: Interaction, chosen: Mapping[str, Any]) -> None:
        """Open a round in the channel of the command; what is not ``chosen`` is as the server has set it."""

        async def work() -> ui.LayoutView:
            assert interaction.guild_id is not None
            assert interaction.channel_id is not None
            deed = Deed.model_validate(await self._people.deed(interaction))
            may = interaction.app_permissions
            in_thread = isinstance(interaction.channel, discord.Thread)
            writes = may.send_messages_in_threads if in_thread else may.send_messages
            if not (may.view_channel and writes):
                return notice(self.texts.notice("closed_channel"))
            settings = (await self._servers.of(interaction.guild_id)).quiz.round_settings(**chosen)
            threads = isinstance(interaction.channel, discord.TextChannel) and may.create_public_threads
            if settings.thread and not (threads and may.send_messages_in_threads):
                settings = settings.model_copy(update={"thread": False})
            try:
                session = await self.rounds.open(deed, settings, interaction.guild_id, interaction.channel_id)
            except ChannelTakenError:
                return notice(self.texts.notice("taken"))
            except NoCardsError:
                return notice(self.texts.notice("no_cards"))
            except UnknownTopicError:
                return notice(self.texts.unknown_topic(settings.topic or "", self.rounds.topics(interaction.guild_id)))
            if any(card.mode is not Mode.CHOICE for card in session.state.cards):
                self._warm()
            return notice(self.texts.notice("opened"))

        await self._people.respond(interaction, work)

    async def join(self, click: Interaction, round_id: int, team: int | None = None) -> None:
        """Join a round, or one of its teams."""
        await self._people.act(click, self.rounds.get(round_id), "join", Joined, team=team)

    async def begin(self, click: Interaction, round_id: int) -> None:
        """Start a round."""
        await self._people.act(click, self.rounds.get(round_id), "start", Started)

    async def command(self, interaction: Interaction, name: str) -> None:
        """One of the commands about the round in this channel: stop, pause, resume, skip, next."""
        session = self._here(interaction)
        if session is None:
            await self._people.tell(interaction, self.texts.notice("none"))
            return
        if name in ("skip", "next"):
            await self._people.act(interaction, session, name, _COMMANDS[name], card=max(0, session.state.index))
        else:
            await self._people.act(interaction, session, name, _COMMANDS[name])

    async def standing(self, interaction: Interaction) -> None:
        """Who is where, told privately."""
        session = self._here(interaction)
        if session is None:
            await self._people.tell(interaction, self.texts.notice("none"))
            return
        scores, teams = standing(session.state), team_standing(session.state)
        await self._people.tell(interaction, self.texts.standing(scores, teams))

    async def leaderboard(self, interaction: Interaction, board: Board, *, week: bool, topic: str | None) -> None:
        """Who leads on this server, over all rounds or those on a topic, for all to see."""

        async def work() -> ui.LayoutView:
            assert interaction.guild_id is not None
            try:
                on = self.rounds.topic(topic, interaction.guild_id)
            except UnknownTopicError:
                return notice(self.texts.unknown_topic(topic or "", self.rounds.topics(interaction.guild_id)))
            now = self._clock()
            since = now - (now - _FIRST_MONDAY) % _WEEK if week else 0.0
            results = await self.rounds.store.results(interaction.guild_id, since, on)
            if on is not None:  # a topic of another course may be called the same
                course = self.rounds.course_of(interaction.guild_id).id
                results = [one for one in results if one.course in ("", course)]
            return notice(self.texts.leaderboard(leaderboard(results, board), board, week=week, topic=on))

        await self._people.respond(interaction, work, private=False)

    async def settings(self, interaction: Interaction, given: Mapping[str, Any]) -> None:
        """What rounds have here unless their host chooses otherwise; moderators may change it."""

        async def work() -> ui.LayoutView:
            assert interaction.guild_id is not None
            if not given:
                return notice(self.texts.settings((await self._servers.of(interaction.guild_id)).quiz))
            deed = await self._people.deed(interaction)
            if not deed["moderator"]:
                return notice(self.texts.notice("moderators_only"))
            try:
                changed = await self._servers.change_quiz(
                    interaction.guild_id, given, who=interaction.user.id, at=deed["at"]
                )
            except SettingsError:
                return notice(self.texts.notice("bad_settings"))
            return notice(self.texts.settings(changed.quiz, changed=True))

        await self._people.respond(interaction, work)

    async def report(self, click: Interaction, round_id: int) -> None:
        """Hand the round as a table to its host or a moderator, privately."""
        self._workload.enter()

        async def work() -> None:
            await click.response.defer(thinking=True, ephemeral=True)
            session = await self.rounds.recall(round_id)
            if session is None:
                await click.followup.send(view=notice(self.texts.notice("over")), ephemeral=True)
            elif click.user.id != session.state.host and not await self._people.moderates(click):
                await click.followup.send(view=notice(self.texts.notice("host_only")), ephemeral=True)
            else:
                data = await self._handouts.table(session.place.guild, session.state)
                file = discord.File(BytesIO(data), f"quiz-{round_id}.csv")
                await click.followup.send(self.texts.notice("report"), file=file, ephemeral=True)

        await self._people.safely(click, work)

    async def close(self) -> None:
        """Finish what people wait for, and stop working; the rounds are taken up at the next start."""
        await self._workload.close()
        for task in self._warming:
            task.cancel()
        await self.rounds.close()

    def _here(self, interaction: Interaction) -> RoundSession | None:
        return self.rounds.in_channel(interaction.channel_id or 0)

    def _warm(self) -> None:
        task = asyncio.ensure_future(self.marking.warm())
        self._warming.add(task)
        task.add_done_callback(self._warming.discard)
