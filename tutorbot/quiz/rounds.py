"""All rounds that are being played: opens them, finds them, takes them up again after a restart."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
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


_MAKERS = 16
"""Courses, as servers have them, whose cards need not be worked out anew."""

_AT_HAND = 200
"""Rounds that are over and kept in memory for appeals."""


class ChannelTakenError(TutorbotError):
    """A round runs in that channel."""


class UnknownTopicError(TutorbotError):
    """There is no such topic."""


class NoCardsError(TutorbotError):
    """There are no cards of the kinds wanted on that topic."""


class Rounds:
    """The rounds, each on its server's course. ``clock`` is Discord's, in unix seconds; ``sleep`` waits for seconds; ``rng`` draws the cards."""

    def __init__(
        self,
        store: RoundStore,
        stage: Stage,
        *,
        clock: Clock,
        sleep: Sleep,
        rng: Random,
        course_of: Callable[[int], Course],
    ) -> None:
        """``course_of`` gives the course as a server has it."""
        self.store = store
        self.course_of = course_of
        self._clock = clock
        self._rng = rng
        self._parts: dict[str, Any] = {"store": store, "stage": stage, "clock": clock, "sleep": sleep}
        self._makers: OrderedDict[int, CardMaker] = OrderedDict()
        self._making = asyncio.Lock()
        self._playing: dict[int, RoundSession] = {}
        self._over: OrderedDict[int, RoundSession] = OrderedDict()
        self._recalling = asyncio.Lock()

    def topics(self, guild: int) -> Sequence[str]:
        """The topics of the course as a server has it."""
        return tuple(dict.fromkeys(entry.topic for entry in self.course_of(guild).entries))

    async def open(self, deed: Deed, settings: RoundSettings, guild: int, channel: int) -> RoundSession:
        """Open a round; ``deed`` is the host's command. Raises ChannelTakenError, UnknownTopicError or NoCardsError."""
        topic, course = self.topic(settings.topic, guild), self.course_of(guild)
        if self.in_channel(channel) is not None:
            raise ChannelTakenError("A round runs in this channel.")
        for session in [one for one in self._playing.values() if one.place.channel == channel]:
            await session.settled()
        settings = settings.model_copy(update={"topic": topic})
        cards = await self._draw(settings, guild, course)
        event = Opened(
            id=deed.id,
            at=deed.at,
            player=deed.player,
            settings=settings,
            cards=cards,
            course=course.id,
            title=course.title,
        )
        record = Record(now=self._clock(), event=event)
        place = await self.store.open(guild, channel, record)
        if place is None:
            raise ChannelTakenError("A round runs in this channel.")
        session = self._session(place, [record], 1)
        await session.begin()
        return session

    async def take_up(self) -> None:
        """Go on with every round that was running when the process ended."""
        for place in await self.store.running():
            if place.round in self._playing:
                continue
            try:
                records = await self.store.records(place.round)
                session = self._session(place, records, await self.store.next_number(place.round))
                await session.take_up()
            except Exception:
                self._playing.pop(place.round, None)
                _log.exception("A round could not be taken up again (round %d).", place.round)
            else:
                _log.info("A round goes on (round %d).", place.round)

    def get(self, round_id: int) -> RoundSession | None:
        """The round of that number, if it is being played."""
        return self._playing.get(round_id)

    async def recall(self, round_id: int) -> RoundSession | None:
        """The round of that number, whether it is being played or over; None if there is none."""
        async with self._recalling:
            session = self._playing.get(round_id) or self._over.get(round_id)
            if session is not None:
                return session
            place = await self.store.place(round_id)
            records = await self.store.records(round_id) if place is not None else ()
            if place is None or not records:
                return None
            number = await self.store.next_number(round_id)
            session = RoundSession(place, records, number, **self._parts, ended=self._ended)
            if not session.over:  # it runs, but could not be taken up
                return None
            await session.recall()
            self._remember(session)
            return session

    def in_channel(self, channel: int) -> RoundSession | None:
        """The round that is being played in a channel or thread."""
        running = (one for one in self._playing.values() if not one.over)
        return next((one for one in running if channel in (one.place.channel, one.thread)), None)

    async def close(self) -> None:
        """Stop working; the rounds go on when they are taken up."""
        for session in list(self._playing.values()):
            await session.end()
        await self.let_go()
        self._playing.clear()

    async def let_go(self) -> None:
        """Keep no round that is over at hand; whoever wants one has it read from the store again."""
        async with self._recalling:
            over, self._over = self._over, OrderedDict()
            for session in over.values():
                await session.end()

    def _session(self, place: Place, records: Sequence[Record], number: int) -> RoundSession:
        session = RoundSession(place, records, number, **self._parts, ended=self._ended)
        self._playing[place.round] = session
        return session

    def _ended(self, session: RoundSession) -> None:
        self._playing.pop(session.place.round, None)
        self._remember(session)

    def _remember(self, session: RoundSession) -> None:
        """Keep a round that is over at hand: there is one session of a round, so that its events have one order."""
        self._over[session.place.round] = session
        self._over.move_to_end(session.place.round)
        while len(self._over) > _AT_HAND:
            self._over.popitem(last=False)

    def topic(self, typed: str | None, guild: int) -> str | None:
        """The topic that was typed; None if nothing was. Raises UnknownTopicError."""
        if typed is None or not typed.strip():
            return None
        found = next((topic for topic in self.topics(guild) if squeezed(topic) == squeezed(typed)), None)
        if found is None:
            raise UnknownTopicError("There is no such topic.")
        return found

    async def _draw(self, settings: RoundSettings, guild: int, course: Course) -> tuple[Card, ...]:
        past = await self.store.asked(guild)
        async with self._making:  # drawing takes most of a second, off the event loop
            cards = await asyncio.to_thread(self._cards, course)
        weights = draw_weights(past, self._clock())
        found = draw(cards, settings.cards, self._rng, topic=settings.topic, kinds=settings.kinds, weights=weights)
        if not found:
            raise NoCardsError("There are no such cards on this topic.")
        return found

    def _cards(self, course: Course) -> list[Card]:
        maker = self._makers.get(id(course))
        if maker is None:
            maker = self._makers[id(course)] = CardMaker(course)  # it holds the course: the id stays its own
            if len(self._makers) > _MAKERS:
                self._makers.popitem(last=False)
        self._makers.move_to_end(id(course))
        return maker.cards(self._rng)
