"""A round that is being played: keeps its events, waits for its timer, and has its effects carried out, one after the other.

Where it is shown is a ``Stage``. What people did is answered at once with an Acknowledge; everything else is carried out behind it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from tutorbot.quiz.round import Phase, Record, Scoring, advance, replay, resume
from tutorbot.quiz.round.effects import (
    Acknowledge,
    Effect,
    Report,
    Reveal,
    ShowAppeal,
    ShowCard,
    ShowLobby,
    ShowPodium,
    ShowStanding,
    StartTimer,
    UpdateCount,
)
from tutorbot.quiz.round.events import CardLost, CardShown, ChannelLost, Deed, Event, KeyShown, SendFailed, TimeUp
from tutorbot.quiz.round.state import Timer
from tutorbot.quiz.stage import MessageGoneError, PlaceGoneError, Sent, ShowError, Shown, Stage
from tutorbot.store.rounds import Place, RoundStore

_log = logging.getLogger(__name__)

COUNT_EVERY = 3.0
"""Seconds between two edits of a card's count, at least: Discord allows about five edits in five seconds a channel."""

_STORE_AGAIN = 1.0

_LOBBY, _THREAD, _NO_THREAD = "lobby", "thread", 0
"""Under these names the lobby's message and the thread are kept; no thread if there can be none or it was lost."""

Clock = Callable[[], float]
Sleep = Callable[[float], Awaitable[None]]


class RoundSession:
    """One round, whose events are ``records``; the next one gets ``number``. ``clock`` is Discord's, in unix seconds; ``sleep`` waits for seconds; ``ended`` is called once it is over."""

    def __init__(
        self,
        place: Place,
        records: Sequence[Record],
        number: int,
        *,
        store: RoundStore,
        stage: Stage,
        clock: Clock,
        sleep: Sleep,
        ended: Callable[["RoundSession"], None],
    ) -> None:
        self.place = place
        self.state = replay(records)
        self._deeds = {record.event.id for record in records if isinstance(record.event, Deed)}
        self._number = number
        self._store = store
        self._stage = stage
        self._clock = clock
        self._sleep = sleep
        self._ended = ended
        self._latest: asyncio.Event | None = None
        self._wake = asyncio.Event()
        self._waiting: dict[str, Effect] = {}
        self._messages: dict[str, int] = {}
        self._counted_at = float("-inf")
        self._timer: tuple[Timer, asyncio.Task[None]] | None = None
        self._worker: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Carry out what is due: for a new round its lobby, for one taken up again what may have been lost."""
        self._messages = dict(await self._store.shown(self.place.round))
        self._put(resume(self.state))

    async def recall(self) -> None:
        """Be there for appeals and reports of a round that is over."""
        self._messages = dict(await self._store.shown(self.place.round))

    async def take_up(self) -> None:
        """Begin after the process was down: a card whose clock ran meanwhile is shown again with a new one."""
        self._messages = dict(await self._store.shown(self.place.round))
        state = self.state
        ran = state.phase is Phase.OPEN and not state.paused and state.settings.scoring is not Scoring.RELAXED
        showing = len(state.plays[-1].showings) - 1 if state.plays else 0
        sent = state.phase is Phase.SENDING and f"card:{state.index}:{showing}" in self._messages
        if ran or sent:
            await self.happened(CardLost(card=state.index, showing=showing, away=True))
        else:
            self._put(resume(state))

    async def end(self) -> None:
        """Stop working; the round stays as it is kept."""
        timer = self._timer[1] if self._timer else None
        tasks = [task for task in (self._worker, timer) if task is not None]
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task

    async def happened(self, event: Event) -> Acknowledge | None:
        """Keep an event and see to what follows; None if it was delivered before or tells nobody anything.

        Events that come while others are being kept are kept together with them; they take effect in the order of their numbers.
        """
        if isinstance(event, Deed):
            if event.id in self._deeds:
                return None
            self._deeds.add(event.id)
        record = Record(now=self._clock(), event=event)
        number, self._number = self._number, self._number + 1
        before, self._latest = self._latest, asyncio.Event()
        done = self._latest
        try:
            kept = await self._store.append(self.place.round, number, record)
            if before is not None:
                await before.wait()
            if not kept:
                return None
            self.state, effects = advance(self.state, event, record.now)
            return self._put(effects)
        except Exception:
            if isinstance(event, Deed):
                self._deeds.discard(event.id)  # it may be delivered again
            raise
        finally:
            done.set()

    @property
    def over(self) -> bool:
        """Whether the round is finished; its podium and its result may still be on their way."""
        return self.state.phase is Phase.FINISHED

    async def settled(self) -> None:
        """Wait until nothing is left to be carried out in a round that is over."""
        if self._worker is not None:
            await asyncio.wait({self._worker})

    @property
    def thread(self) -> int | None:
        """The thread in which the cards are shown, if they are."""
        return self._messages.get(_THREAD) or None

    async def thread_lost(self) -> None:
        """Go on in the channel: the thread was deleted, archived or closed."""
        if self.thread is None:
            return
        await self._keep(_THREAD, _NO_THREAD)
        for name in [one for one in self._messages if one not in (_LOBBY, _THREAD)]:
            del self._messages[name]
        if self.state.phase in (Phase.OPEN, Phase.SENDING):
            showing = len(self.state.plays[-1].showings) - 1
            await self.happened(CardLost(card=self.state.index, showing=showing))
        elif self.state.phase is Phase.REVEALED:
            self._put(resume(self.state))

    def effect_of(self, message: int) -> str | None:
        """The effect that made a message."""
        return next((effect for effect, made in self._messages.items() if made == message), None)

    def _put(self, effects: Sequence[Effect]) -> Acknowledge | None:
        reply = None
        for effect in effects:
            if isinstance(effect, Acknowledge):
                reply = effect
            elif not isinstance(effect, StartTimer):
                self._waiting[effect.id] = effect
        self._set_timer()
        self._wake.set()
        if self._worker is None or self._worker.done():
            self._worker = asyncio.ensure_future(self._work())
        return reply

    def _set_timer(self) -> None:
        wanted = self.state.timer
        if self._timer is not None and self._timer[0] == wanted:
            return
        if self._timer is not None:
            self._timer[1].cancel()
        self._timer = (wanted, asyncio.ensure_future(self._wait_for(wanted))) if wanted is not None else None

    async def _wait_for(self, timer: Timer) -> None:
        while (rest := timer.at - self._clock()) > 0:
            await self._sleep(rest)
        self._timer = None  # from here on nothing may cut it short
        while self.state.timer == timer:
            try:
                await self.happened(TimeUp(timer=timer.id))
            except Exception:
                _log.exception("A round's timer could not be kept; trying again.")
                await asyncio.sleep(_STORE_AGAIN)
            else:
                return

    async def _work(self) -> None:
        while True:
            effect = self._next()
            if effect is None:
                if self.state.phase is Phase.FINISHED and not self._waiting:
                    self._ended(self)
                    return
                await self._wait()
                continue
            try:
                await self._carry_out(effect)
            except Exception:
                _log.exception("A round's effect could not be carried out (%s).", effect.id)
                await self._mend(effect)

    async def _mend(self, effect: Effect) -> None:
        """After an error that nobody foresaw: a result is kept later, for the rest the round is told."""
        if isinstance(effect, Report):
            await asyncio.sleep(_STORE_AGAIN)
            self._waiting.setdefault(effect.id, effect)
            return
        with suppress(Exception):
            await self.happened(SendFailed(effect=effect.id))

    def _next(self) -> Effect | None:
        """The first effect that is due, taken from those that wait."""
        for name, effect in self._waiting.items():
            if not isinstance(effect, UpdateCount) or self._clock() >= self._counted_at + COUNT_EVERY:
                return self._waiting.pop(name)
        return None

    async def _wait(self) -> None:
        """Until something is put, or the count is due."""
        self._wake.clear()
        tasks: set[asyncio.Future[Any]] = {asyncio.ensure_future(self._wake.wait())}
        if self._waiting:
            tasks.add(asyncio.ensure_future(self._sleep(self._counted_at + COUNT_EVERY - self._clock())))
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()

    async def _carry_out(self, effect: Effect) -> None:
        match effect:
            case UpdateCount():
                await self._count(effect)
            case ShowCard():
                await self._card(effect)
            case Reveal():
                await self._reveal(effect)
            case ShowLobby() | ShowPodium() | ShowAppeal():
                await self._show(effect, effect.id)
            case Report():
                await self._close_unrevealed()
                if effect.result.played == 0:
                    await self._show(effect, effect.id)
                await self._store.finish(self.place.round, effect.result, self.state.settings.topic)
            case _:  # a standing stands under its reveal
                pass

    async def _card(self, effect: ShowCard) -> None:
        current = self.state.plays[-1].showings if self.state.plays else ()
        if (effect.index, effect.showing) != (self.state.index, len(current) - 1):
            return
        if self.state.phase is not Phase.SENDING:
            return
        for showing in range(effect.showing):
            await self._close_card(effect.index, showing)
        sent = await self._show(effect, effect.id)
        if sent is not None:
            self._counted_at = float("-inf")  # its deadline is shown at once
            await self.happened(CardShown(card=effect.index, showing=effect.showing, at=sent.at))

    async def _count(self, effect: UpdateCount) -> None:
        name = effect.id.replace("count", "card", 1)
        if effect.index == self.state.index and self.state.phase is Phase.OPEN and name in self._messages:
            self._counted_at = self._clock()
            await self._show(effect, name)

    async def _reveal(self, effect: Reveal) -> None:
        standing = self._waiting.pop(f"standing:{effect.index}", None)
        assert standing is None or isinstance(standing, ShowStanding)
        new = effect.id not in self._messages
        sent = await self._show(effect, effect.id, standing)
        if sent is not None and new:
            await self.happened(KeyShown(card=effect.index, at=sent.at))
            for showing in range(len(self.state.plays[effect.index].showings)):
                await self._close_card(effect.index, showing)

    async def _close_unrevealed(self) -> None:
        """Close the card that was open when the round was stopped: no reveal comes that would."""
        last = len(self.state.plays) - 1
        if last >= 0 and f"reveal:{last}" not in self._messages:
            for showing in range(len(self.state.plays[last].showings)):
                await self._close_card(last, showing)

    async def _close_card(self, index: int, showing: int) -> None:
        message = self._messages.get(f"card:{index}:{showing}")
        if message is not None:
            with suppress(ShowError, MessageGoneError, PlaceGoneError):
                place = await self._place_of(f"card:{index}:{showing}")
                await self._stage.close_card(place, self.state, index, showing, message)

    async def _show(self, effect: Shown, name: str, standing: ShowStanding | None = None) -> Sent | None:
        """Send it, or change what the effect of that name made; None if that could not be."""
        place = await self._place_of(name)
        message = self._messages.get(name)
        try:
            sent = await self._stage.show(place, self.state, effect, standing, message)
        except ShowError as error:
            _log.warning("A part of a round could not be shown (%s).", error)
            await self.happened(SendFailed(effect=effect.id))
            return None
        except PlaceGoneError:
            await self._gone(place, effect)
            return None
        except MessageGoneError:
            await self._lost(effect, name)
            return None
        if sent.message != message:
            await self._keep(name, sent.message)
        return sent

    async def _keep(self, name: str, message: int) -> None:
        await self._store.keep_message(self.place.round, name, message)
        self._messages[name] = message

    async def _place_of(self, name: str) -> Place:
        """Where an effect is shown: the lobby in the channel, all else in the round's thread, if it has one."""
        lobby = self._messages.get(_LOBBY)
        if name == _LOBBY or lobby is None or not self.state.settings.thread:
            return self.place
        if _THREAD not in self._messages:
            await self._keep(_THREAD, await self._stage.open_thread(self.place, self.state, lobby) or _NO_THREAD)
        return replace(self.place, channel=self.thread or self.place.channel)

    async def _gone(self, place: Place, effect: Shown) -> None:
        """The channel is lost, or only the thread: then what cannot be shown there is shown in the channel."""
        if place == self.place:
            await self.happened(ChannelLost())
            return
        await self.thread_lost()
        if not isinstance(effect, UpdateCount | ShowCard):
            self._waiting.setdefault(effect.id, effect)

    async def _lost(self, effect: Shown, name: str) -> None:
        """The message of an effect was deleted: a card is shown anew; the rest somebody did not want to see."""
        self._messages.pop(name, None)
        if isinstance(effect, UpdateCount | ShowCard):
            showing = int(name.rsplit(":", 1)[1])
            await self.happened(CardLost(card=effect.index, showing=showing))
