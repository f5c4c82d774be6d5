"""How a round goes on: ``advance`` takes a state and an event to the next state and the effects.

Nothing here raises for any order of events. What does not fit (a repeated delivery, a button of an earlier card, a timer that was
replaced) changes nothing; a person is told so.
"""

from collections.abc import Iterable
from dataclasses import replace

from tutorbot.quiz.round import appeals
from tutorbot.quiz.round.answers import answer, joining, key_shown, told, with_reply
from tutorbot.quiz.round.effects import Outcome
from tutorbot.quiz.round.events import (
    Answered,
    AppealDismissed,
    Appealed,
    AppealGranted,
    CardLost,
    CardShown,
    ChannelLost,
    Deed,
    Event,
    Joined,
    KeyShown,
    Left,
    Next,
    Opened,
    Paused,
    Resumed,
    SendFailed,
    Skipped,
    Started,
    Stopped,
    TimeUp,
)
from tutorbot.quiz.round.log import Record
from tutorbot.quiz.round.running import Step, close, finish, go_on, pause, run_on, send, settle, unpaused, wait
from tutorbot.quiz.round.sending import failed, lost, shown
from tutorbot.quiz.round.settings import Scoring, Starters
from tutorbot.quiz.round.state import Ending, Member, Phase, Round
from tutorbot.quiz.round.telling import LOBBY, acknowledge, show_card, show_lobby, start_timer


def advance(state: Round, event: Event, now: float) -> Step:
    """The next state, and what is to be done.

    ``now`` is unix seconds on Discord's clock (the caller knows its own clock's error from the snowflakes that it receives), and
    must be stored with the event.
    """
    if state.phase is Phase.NEW:
        return _open(state, event, now) if isinstance(event, Opened) else (state, ())
    step: Step = (state, ())
    match event:
        case Answered():
            step = answer(state, event, now)
        case CardShown():
            step = shown(state, event, now)
        case KeyShown():
            step = key_shown(state, event)
        case CardLost():
            step = lost(state, event, now)
        case SendFailed():
            step = failed(state, event, now)
        case ChannelLost() if state.phase is not Phase.FINISHED:
            step = finish(state, Ending.CHANNEL_LOST, now)
        case TimeUp():
            step = _time_up(state, event, now)
        case Deed() if event.id not in state.seen:
            step = _deed(replace(state, seen=state.seen | {event.id}), event, now)
    return step


def replay(records: Iterable[Record]) -> Round:
    """The state that the stored events lead to."""
    state = Round()
    for record in records:
        state, _effects = advance(state, record.event, record.now)
    return state


def _open(state: Round, event: Opened, now: float) -> Step:
    state = replace(
        state,
        phase=Phase.LOBBY,
        host=event.player,
        settings=event.settings,
        cards=event.cards,
        course=event.course,
        title=event.title,
        opened_at=event.at,
        seen=frozenset({event.id}),
    )
    state, timer = wait(state, LOBBY, now + state.settings.patience)
    return state, (show_lobby(state), *timer)


def _deed(state: Round, deed: Deed, now: float) -> Step:
    """What a person did other than answering."""
    commands = deed.moderator or deed.player == state.host
    step = told(state, deed, Outcome.STALE)
    match deed:
        case Appealed():
            step = appeals.ask(state, deed)
        case AppealGranted():
            step = appeals.grant(state, deed, now)
        case AppealDismissed():
            step = appeals.dismiss(state, deed)
        case _ if state.phase is Phase.FINISHED:
            pass
        case Joined():
            step = _member(state, deed, joining(state, deed.player, deed.team), now)
        case Left() if deed.player in state.players:
            step = _member(state, deed, replace(state.players[deed.player], left=True), now)
        case Started() if state.phase is Phase.LOBBY:
            allowed = commands or state.settings.starters is Starters.ANYONE
            step = with_reply(deed, send(state, now)) if allowed else told(state, deed, Outcome.REFUSED)
        case Next() | Skipped() | Paused() | Resumed() | Stopped():
            step = _command(state, deed, now) if commands else told(state, deed, Outcome.REFUSED)
    return step


def _command(state: Round, deed: Next | Skipped | Paused | Resumed | Stopped, now: float) -> Step:
    """What only the host and moderators may do."""
    playing = state.phase in (Phase.SENDING, Phase.OPEN, Phase.REVEALED)
    step = told(state, deed, Outcome.STALE)
    match deed:
        case Stopped():
            step = with_reply(deed, finish(state, Ending.STOPPED, now))
        case Next(card=card) if card == state.index and state.phase is Phase.OPEN:
            step = with_reply(deed, close(unpaused(state, deed.at), now, cut=deed.at))
        case Next(card=card) if card == state.index and state.phase is Phase.REVEALED:
            step = with_reply(deed, go_on(replace(state, paused=False), now))
        case Skipped(card=card) if card == state.index and state.phase in (Phase.SENDING, Phase.OPEN):
            step = with_reply(deed, close(unpaused(state, deed.at), now, void=True))
        case Paused() if playing and not state.paused:
            step = with_reply(deed, pause(state, deed.at, now))
        case Resumed() if playing and state.paused:
            step = with_reply(deed, run_on(unpaused(state, deed.at), now))
    return step


def _member(state: Round, deed: Deed, member: Member, now: float) -> Step:
    state = replace(state, players={**state.players, deed.player: member})
    if state.phase is Phase.LOBBY:
        return state, (acknowledge(deed, Outcome.DONE), show_lobby(state))
    return with_reply(deed, settle(state, now))


def _time_up(state: Round, event: TimeUp, now: float) -> Step:
    timer = state.timer
    if timer is None or timer.id != event.timer:
        return state, ()
    if now < timer.at:
        return state, (start_timer(timer),)
    match timer.what:
        case "close" | "early":
            on_time = timer.what == "close" and state.settings.scoring is not Scoring.RELAXED
            return close(state, now, cut=None if on_time else timer.at)
        case "next":
            return go_on(state, now)
        case "retry":
            return replace(state, timer=None), (show_card(state),)
        case _:  # lobby, pause: nobody came back
            return finish(state, Ending.ABANDONED, now)
