"""All rounds that are being played: opens them, finds them, takes them up again after a restart."""

import asyncio
import logging
from collections.abc import Sequence
from random import Random
from typing import Any

from tutorbot.errors import TutorbotError
from tutorbot.knowledge import Course
from tutorbot.knowledge.text import squeezed
from tutorbot.quiz.card import Card
from tutorbot.quiz.cards import CardMaker
from tutorbot.quiz.deck import draw
from tutorbot.quiz.round import Record, RoundSettings
from tutorbot.quiz.round.events import Deed, Opened
from tutorbot.quiz.session import Clock, RoundSession, Sleep
from tutorbot.quiz.spacing import draw_weights
from tutorbot.quiz.stage import Stage
from tutorbot.store.rounds import Place, RoundStore

_log = logging.getLogger(__name__)


class ChannelTakenError(TutorbotError):
    """A round runs in that channel."""


class UnknownTopicError(TutorbotError):
    """There is no card on that topic."""


class Rounds:
    """The rounds of one course. ``clock`` is Discord's, in unix seconds; ``sleep`` waits for seconds; ``rng`` draws the cards."""

    def __init__(
        self, course: Course, store: RoundStore, stage: Stage, *, clock: Clock, sleep: Sleep, rng: Random
    ) -> None:
        self.course = course
        self.store = store
        self.topics: Sequence[str] = tuple(dict.fromkeys(entry.topic for entry in course.entries))
        self._clock = clock
        self._rng = rng
        self._parts: dict[str, Any] = {"store": store, "stage": stage, "clock": clock, "sleep": sleep}
        self._maker: CardMaker | None = None
        self._making = asyncio.Lock()
        self._playing: dict[int, RoundSession] = {}

    async def open(self, deed: Deed, settings: RoundSettings, guild: int, channel: int) -> RoundSession:
        """Open a round; ``deed`` is the host's command. Raises ChannelTakenError or UnknownTopicError."""
        topic = self._topic(settings.topic)
        if self.in_channel(channel) is not None:
            raise ChannelTakenError("A round runs in this channel.")
        for session in [one for one in self._playing.values() if one.place.channel == channel]:
            await session.settled()
        settings = settings.model_copy(update={"topic": topic})
        cards = await self._draw(settings, guild)
        event = Opened(id=deed.id, at=deed.at, player=deed.player, settings=settings, cards=cards)
        record = Record(now=self._clock(), event=event)
        place = await self.store.open(guild, channel, record)
        if place is None:
            raise ChannelTakenError("A round runs in this channel.")
        session = self._session(place, [record])
        await session.begin()
        return session

    async def take_up(self) -> None:
        """Go on with every round that was running when the process ended."""
        for place in await self.store.running():
            if place.round in self._playing:
                continue
            try:
                session = self._session(place, await self.store.records(place.round))
                await session.take_up()
            except Exception:
                self._playing.pop(place.round, None)
                _log.exception("A round could not be taken up again (round %d).", place.round)
            else:
                _log.info("A round goes on (round %d).", place.round)

    def get(self, round_id: int) -> RoundSession | None:
        """The round of that number, if it is being played."""
        return self._playing.get(round_id)

    def in_channel(self, channel: int) -> RoundSession | None:
        """The round that is being played in a channel."""
        return next((one for one in self._playing.values() if one.place.channel == channel and not one.over), None)

    async def close(self) -> None:
        """Stop working; the rounds go on when they are taken up."""
        for session in list(self._playing.values()):
            await session.end()
        self._playing.clear()

    def _session(self, place: Place, records: Sequence[Record]) -> RoundSession:
        session = RoundSession(place, records, **self._parts, ended=self._ended)
        self._playing[place.round] = session
        return session

    def _ended(self, session: RoundSession) -> None:
        self._playing.pop(session.place.round, None)

    def _topic(self, typed: str | None) -> str | None:
        if typed is None or not typed.strip():
            return None
        found = next((topic for topic in self.topics if squeezed(topic) == squeezed(typed)), None)
        if found is None:
            raise UnknownTopicError("There is no such topic.")
        return found

    async def _draw(self, settings: RoundSettings, guild: int) -> tuple[Card, ...]:
        past = await self.store.asked(guild)
        async with self._making:  # drawing takes most of a second, off the event loop
            cards = await asyncio.to_thread(self._cards)
        weights = draw_weights(past, self._clock())
        found = draw(cards, settings.cards, self._rng, topic=settings.topic, kinds=settings.kinds, weights=weights)
        if not found:
            raise UnknownTopicError("There is no card on this topic.")
        return found

    def _cards(self) -> list[Card]:
        if self._maker is None:
            self._maker = CardMaker(self.course)
        return self._maker.cards(self._rng)
