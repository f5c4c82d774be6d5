"""Answers as they come in: by buttons, in fields, as messages in the channel."""

import logging
from typing import Any

import aiohttp
import discord
from discord import ui

from tutorbot.bot.quiz.clock import DiscordClock
from tutorbot.bot.quiz.people import Interaction, People
from tutorbot.bot.quiz.texts import LETTERS, QuizTexts
from tutorbot.bot.quiz.workload import Workload
from tutorbot.bot.views.layout import notice
from tutorbot.quiz.card import CardKind, Mode
from tutorbot.quiz.marking import Marking
from tutorbot.quiz.round import Phase
from tutorbot.quiz.round.effects import Acknowledge, Outcome
from tutorbot.quiz.round.events import Answered
from tutorbot.quiz.rounds import Rounds

_log = logging.getLogger(__name__)

FIELD = "quiz-typed"
"""How the custom_id of a field for typed answers begins."""

_TEXT_ROOM = 500
_SPOKEN_ROOM = 200
"""Characters of a message that may be an answer; what is longer is talk."""

_TYPES = frozenset({discord.MessageType.default, discord.MessageType.reply})


class Answers:
    """Takes answers."""

    def __init__(
        self,
        rounds: Rounds,
        texts: QuizTexts,
        marking: Marking,
        people: People,
        clock: DiscordClock,
        workload: Workload,
    ) -> None:
        self._rounds = rounds
        self._texts = texts
        self._marking = marking
        self._people = people
        self._clock = clock
        self._workload = workload

    async def pick(self, click: Interaction, round_id: int, card: int, showing: int, choice: int) -> None:
        """Choose an option of a card."""
        session = self._rounds.get(round_id)
        answer = ""
        if session is not None and card < len(session.state.cards):
            asked = session.state.cards[card]
            options = self._texts.options(asked)
            if choice < len(options):
                answer = options[choice] if asked.kind is CardKind.TRUE_OR_FALSE else LETTERS[choice]
        await self._people.act(
            click, session, "answer", Answered, answer=answer, card=card, showing=showing, choice=choice
        )

    async def open_field(self, click: Interaction, round_id: int, card: int, showing: int) -> None:
        """Open the field in which the answer to a card is typed."""
        session = self._rounds.get(round_id)
        if session is None or card >= len(session.state.plays):
            await self._people.tell(click, self._texts.notice("over"))
            return
        listed = session.state.cards[card].mode is Mode.LIST
        title = self._texts.label("modal")
        field = ui.Modal(title=title, custom_id=f"{FIELD}:{round_id}:{card}:{showing}", timeout=900)
        style = discord.TextStyle.paragraph if listed else discord.TextStyle.short
        text = ui.TextInput[ui.Modal](custom_id="text", style=style, max_length=_TEXT_ROOM)
        label = self._texts.label("list" if listed else "typed")
        field.add_item(ui.Label[ui.Modal](text=label, component=text))
        await self._people.safely(click, lambda: click.response.send_modal(field))

    async def typed(self, submitted: Interaction, round_id: int, card: int, showing: int, text: str) -> None:
        """Take an answer from the field."""
        heard = self._people.heard(submitted)

        async def work() -> ui.LayoutView:
            session = self._rounds.get(round_id)
            if session is None or card >= len(session.state.plays):
                return notice(self._texts.notice("over"))
            asked = session.state.cards[card]
            marked = await self._marking.mark(asked, text)
            event = Answered(
                **heard, card=card, showing=showing, text=text, correct=marked.correct, credited=marked.credited
            )
            reply = await session.happened(event)
            assert reply is not None  # a submission delivered twice was stopped before
            return notice(self._texts.outcome(reply, "answer", answer=" ".join(text.split()), card=asked))

        await self._people.respond(submitted, work)

    async def said(self, message: discord.Message) -> bool:
        """Take a message in a round's channel as an answer to its open card, if it may be one; whether it was taken.

        Only those who play are heard, and only short messages of one line that are neither questions nor speak to anybody.
        """
        session = self._rounds.in_channel(message.channel.id)
        if session is None or not _may_answer(message):
            return False
        state = session.state
        if state.phase is not Phase.OPEN or message.author.id not in state.players:
            return False
        index, asked = state.index, state.cards[state.index]
        if asked.mode is Mode.CHOICE:
            return False
        self._workload.enter()
        marked = await self._marking.mark(asked, message.content)
        event = Answered(
            id=message.id,
            at=self._clock.heard(message.id),
            player=message.author.id,
            card=index,
            showing=len(state.plays[index].showings) - 1,
            text=message.content,
            correct=marked.correct,
            credited=marked.credited,
        )
        reply = await session.happened(event)
        if reply is not None:
            await self._react(message, reply, listed=asked.mode is Mode.LIST)
        return True

    async def _react(self, message: discord.Message, reply: Acknowledge, *, listed: bool) -> None:
        """Say by a sign that an answer was taken, never whether it is right; for a list, whether it named something new."""
        taken = reply.outcome in (Outcome.RECORDED, Outcome.CHANGED)
        sign = ("named" if reply.items else "nothing_new") if taken and listed else "noted" if taken else "late"
        try:
            await message.add_reaction(self._texts.sign(sign))
        except (discord.HTTPException, aiohttp.ClientError, OSError) as unsaid:
            _log.warning("A sign could not be put under an answer (%s).", unsaid)


def _may_answer(message: discord.Message) -> bool:
    text: str = message.content.strip()
    spoken_to: list[Any] = [*message.mentions, *message.role_mentions, *message.stickers, *message.attachments]
    if message.author.bot or message.webhook_id is not None or message.type not in _TYPES or spoken_to:
        return False
    return 0 < len(text) <= _SPOKEN_ROOM and "\n" not in text and not text.endswith("?") and message.reference is None
