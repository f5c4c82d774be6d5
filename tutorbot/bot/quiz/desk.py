"""What people do in a quiz, handed to its round; what became of it, told to them."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import discord
from discord import ui

from tutorbot.bot.quiz.clock import DiscordClock
from tutorbot.bot.quiz.texts import LETTERS, QuizTexts
from tutorbot.bot.responding import apologise, respond
from tutorbot.bot.views.layout import notice
from tutorbot.quiz.card import CardKind, Mode
from tutorbot.quiz.leaderboard import Board, leaderboard
from tutorbot.quiz.marking import Marking
from tutorbot.quiz.round import RoundSettings
from tutorbot.quiz.round.events import (
    Answered,
    CardLost,
    ChannelLost,
    Deed,
    Joined,
    Next,
    Paused,
    Resumed,
    Skipped,
    Started,
    Stopped,
)
from tutorbot.quiz.round.scoring import standing
from tutorbot.quiz.rounds import ChannelTakenError, Rounds, UnknownTopicError
from tutorbot.quiz.session import RoundSession

FIELD = "quiz-typed"
"""How the custom_id of a field for typed answers begins."""

_DAY, _WEEK = 86_400.0, 604_800.0
_FIRST_MONDAY = 4 * _DAY
_TEXT_ROOM = 500
_LAST_WORDS = 3.0
"""Seconds that answers on their way have when the bot is stopped."""

_COMMANDS: dict[str, type[Deed]] = {"stop": Stopped, "pause": Paused, "resume": Resumed, "skip": Skipped, "next": Next}

Interaction = discord.Interaction[Any]


class QuizDesk:
    """The quiz's front desk."""

    def __init__(self, rounds: Rounds, texts: QuizTexts, marking: Marking, clock: DiscordClock) -> None:
        self.rounds = rounds
        self.texts = texts
        self._marking = marking
        self._clock = clock
        self._warming: set[asyncio.Task[None]] = set()
        self._at_work: set[asyncio.Task[Any]] = set()

    async def open(self, interaction: Interaction, settings: RoundSettings) -> None:
        """Open a round in the channel of the command."""
        deed = Deed.model_validate(self._deed(interaction))

        async def work() -> ui.LayoutView:
            assert interaction.guild_id is not None
            assert interaction.channel_id is not None
            may = interaction.app_permissions
            in_thread = isinstance(interaction.channel, discord.Thread)
            writes = may.send_messages_in_threads if in_thread else may.send_messages
            if not (may.view_channel and writes):
                return notice(self.texts.notice("closed_channel"))
            try:
                session = await self.rounds.open(deed, settings, interaction.guild_id, interaction.channel_id)
            except ChannelTakenError:
                return notice(self.texts.notice("taken"))
            except UnknownTopicError:
                return notice(self.texts.unknown_topic(settings.topic or "", self.rounds.topics))
            if any(card.mode is not Mode.CHOICE for card in session.state.cards):
                self._warm()
            return notice(self.texts.notice("opened"))

        await respond(interaction, work, private=True)

    async def join(self, click: Interaction, round_id: int) -> None:
        """Join a round."""
        await self._act(click, self.rounds.get(round_id), "join", Joined)

    async def begin(self, click: Interaction, round_id: int) -> None:
        """Start a round."""
        await self._act(click, self.rounds.get(round_id), "start", Started)

    async def pick(self, click: Interaction, round_id: int, card: int, showing: int, choice: int) -> None:
        """Choose an option of a card."""
        session = self.rounds.get(round_id)
        answer = ""
        if session is not None and card < len(session.state.cards):
            asked = session.state.cards[card]
            options = self.texts.options(asked)
            if choice < len(options):
                answer = options[choice] if asked.kind is CardKind.TRUE_OR_FALSE else LETTERS[choice]
        await self._act(click, session, "answer", Answered, answer=answer, card=card, showing=showing, choice=choice)

    async def command(self, interaction: Interaction, name: str) -> None:
        """One of the commands about the round in this channel: stop, pause, resume, skip, next."""
        session = self._here(interaction)
        if session is None:
            await self._tell(interaction, self.texts.notice("none"))
            return
        if name in ("skip", "next"):
            await self._act(interaction, session, name, _COMMANDS[name], card=max(0, session.state.index))
        else:
            await self._act(interaction, session, name, _COMMANDS[name])

    async def open_field(self, click: Interaction, round_id: int, card: int, showing: int) -> None:
        """Open the field in which the answer to a card is typed."""
        session = self.rounds.get(round_id)
        if session is None or card >= len(session.state.plays):
            await self._tell(click, self.texts.notice("over"))
            return
        listed = session.state.cards[card].mode is Mode.LIST
        field = ui.Modal(title=self.texts.label("modal"), custom_id=f"{FIELD}:{round_id}:{card}:{showing}", timeout=900)
        style = discord.TextStyle.paragraph if listed else discord.TextStyle.short
        text = ui.TextInput[ui.Modal](custom_id="text", style=style, max_length=_TEXT_ROOM)
        label = self.texts.label("list" if listed else "typed")
        field.add_item(ui.Label[ui.Modal](text=label, component=text))
        await self._safely(click, lambda: click.response.send_modal(field))

    async def typed(self, submitted: Interaction, round_id: int, card: int, showing: int, text: str) -> None:
        """Take a typed answer."""
        deed = self._deed(submitted)

        async def work() -> ui.LayoutView:
            session = self.rounds.get(round_id)
            if session is None or card >= len(session.state.plays):
                return notice(self.texts.notice("over"))
            asked = session.state.cards[card]
            marked = await self._marking.mark(asked, text)
            event = Answered(
                **deed, card=card, showing=showing, text=text, correct=marked.correct, credited=marked.credited
            )
            reply = await session.happened(event)
            assert reply is not None  # a submission delivered twice was stopped before
            return notice(self.texts.outcome(reply, "answer", answer=" ".join(text.split()), card=asked))

        self._finish_before_the_end()
        await respond(submitted, work, private=True)

    async def standing(self, interaction: Interaction) -> None:
        """Who is where, told privately."""
        session = self._here(interaction)
        if session is None:
            await self._tell(interaction, self.texts.notice("none"))
            return
        await self._tell(interaction, self.texts.standing(standing(session.state)))

    async def leaderboard(self, interaction: Interaction, board: Board, *, week: bool) -> None:
        """Who leads on this server, for all to see."""

        async def work() -> ui.LayoutView:
            assert interaction.guild_id is not None
            now = self._clock()
            since = now - (now - _FIRST_MONDAY) % _WEEK if week else 0.0
            results = await self.rounds.store.results(interaction.guild_id, since)
            return notice(self.texts.leaderboard(leaderboard(results, board), board, week=week))

        await respond(interaction, work, private=False)

    async def message_deleted(self, channel: int, message: int) -> None:
        """Show a deleted card again."""
        self._finish_before_the_end()
        session = self.rounds.in_channel(channel)
        effect = session.effect_of(message) if session is not None else None
        if session is not None and effect is not None and effect.startswith("card:"):
            _, card, showing = effect.split(":")
            await session.happened(CardLost(card=int(card), showing=int(showing)))

    async def channel_deleted(self, channel: int) -> None:
        """End the round that was played there."""
        self._finish_before_the_end()
        session = self.rounds.in_channel(channel)
        if session is not None:
            await session.happened(ChannelLost())

    async def close(self) -> None:
        """Finish what people wait for, and stop working; the rounds are taken up at the next start."""
        if self._at_work:
            await asyncio.wait(self._at_work, timeout=_LAST_WORDS)
        for task in self._warming:
            task.cancel()
        await self.rounds.close()

    def _finish_before_the_end(self) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._at_work.add(task)
        task.add_done_callback(self._at_work.discard)

    def _here(self, interaction: Interaction) -> RoundSession | None:
        return self.rounds.in_channel(interaction.channel_id or 0)

    def _deed(self, interaction: Interaction) -> dict[str, Any]:
        return {
            "id": interaction.id,
            "at": self._clock.heard(interaction.id),
            "player": interaction.user.id,
            "moderator": interaction.permissions.manage_messages,
        }

    async def _act(
        self,
        interaction: Interaction,
        session: RoundSession | None,
        name: str,
        deed: type[Deed],
        *,
        answer: str = "",
        **more: int,
    ) -> None:
        event = deed.model_validate({**self._deed(interaction), **more})
        if session is None:
            await self._tell(interaction, self.texts.notice("over"))
            return

        async def work() -> None:
            reply = await session.happened(event)  # type: ignore[arg-type]  # one of the deeds that are events
            if reply is not None:
                view = notice(self.texts.outcome(reply, name, answer=answer))
                await interaction.response.send_message(view=view, ephemeral=True)

        await self._safely(interaction, work)

    async def _tell(self, interaction: Interaction, text: str) -> None:
        await self._safely(interaction, lambda: interaction.response.send_message(view=notice(text), ephemeral=True))

    async def _safely(self, interaction: Interaction, work: Callable[[], Awaitable[object]]) -> None:
        try:
            await work()
        except Exception as error:
            await apologise(interaction, error)

    def _warm(self) -> None:
        task = asyncio.ensure_future(self._marking.warm())
        self._warming.add(task)
        task.add_done_callback(self._warming.discard)
