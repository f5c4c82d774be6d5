"""How the cards of a round follow one another: sent, open, closed and revealed, until the round is finished."""

from dataclasses import replace
from math import inf

from tutorbot.quiz.card import Mode
from tutorbot.quiz.round.effects import Effect
from tutorbot.quiz.round.scoring import counted_answers, first_namers
from tutorbot.quiz.round.settings import Scoring, seconds_for
from tutorbot.quiz.round.state import Ending, Phase, Play, Round, Showing, Timer
from tutorbot.quiz.round.telling import final, reveal, show_card, show_standing, start_timer, update_count

Step = tuple[Round, tuple[Effect, ...]]
"""A round's next state, and what is to be done."""

# So many cards in a row that could not be shown end the round, and so many without any answer: nobody is there.
_DROPPED = 2
_UNANSWERED = 3

LAST_THOUGHT = 2.0
"""Seconds from when all who are there have answered until a card with a clock is ended: time to change one's mind."""


def wait(state: Round, what: str, at: float) -> Step:
    """Wait for one thing, and for nothing else."""
    timer = Timer(what, f"{what}:{state.index}:{at:.3f}", at)
    return replace(state, timer=timer), (start_timer(timer),)


def send(state: Round, now: float) -> Step:
    """Send the next card, or end."""
    at = len(state.plays)
    if at == len(state.cards):
        return finish(state, Ending.COMPLETED, now)
    play = Play(seconds_for(state.cards[at], state.settings))
    state = replace(state, phase=Phase.SENDING, plays=(*state.plays, play), timer=state.timer if state.paused else None)
    return state, (show_card(state),)


def settle(state: Round, now: float) -> Step:
    """Close the open card if nothing more is to come, or soon if all have answered; else show its count."""
    if state.phase is not Phase.OPEN:
        return state, ()
    if state.paused:
        return state, (update_count(state),)
    card = state.cards[state.index]
    if card.mode is Mode.LIST:
        over, soon = len(first_namers(state, state.index)) == len(card.items), False
    else:
        present = {player for player, member in state.players.items() if not member.left}
        answered = bool(present) and present <= counted_answers(state, state.index).keys()
        relaxed = state.settings.scoring is Scoring.RELAXED
        # Who comes by answering shows that others may, too: that card has its whole time.
        settled = all(state.players[player].since < state.index for player in present)
        over, soon = answered and relaxed, answered and not relaxed and settled
    if over:
        return close(state, now, cut=-inf)
    state, timer = _hasten(state, now, soon=soon)
    return state, (update_count(state), *timer)


def _hasten(state: Round, now: float, *, soon: bool) -> Step:
    """Wait for last thoughts only, or, when somebody has come who has not answered, for the whole clock again."""
    deadline, hastened = state.deadline(), state.timer is not None and state.timer.what == "early"
    if deadline is None or soon == hastened:
        return state, ()
    closing = deadline + state.settings.grace
    if soon:
        return wait(state, "early", now + LAST_THOUGHT) if now + LAST_THOUGHT < closing else (state, ())
    return wait(state, "close", closing)


def close(state: Round, now: float, *, void: bool = False, cut: float | None = None) -> Step:
    """End the open card. ``cut`` is the last moment for answers, or that of the last answer taken if that is later."""
    taken = _latest(state)
    play = replace(state.plays[-1], closed=True, void=void, cut=None if cut is None else max(cut, taken))
    state = replace(played(state, state.index, play), phase=Phase.REVEALED, failures=0, paused=False)
    state, timer = wait(state, "next", now + state.settings.reveal)
    return state, (reveal(state, state.index), show_standing(state), *timer)


def drop(state: Round, now: float) -> Step:
    """Leave out a card that cannot be shown."""
    state = played(state, state.index, replace(state.plays[-1], closed=True, void=True))
    state = replace(state, failures=state.failures + 1)
    return finish(state, Ending.SEND_FAILED, now) if state.failures >= _DROPPED else send(state, now)


def go_on(state: Round, now: float) -> Step:
    """From a reveal to the next card, unless nobody is there any more."""
    last = range(len(state.plays))[-_UNANSWERED:]
    empty = [not state.plays[at].void and not state.plays[at].answers for at in last]
    if len(empty) == _UNANSWERED and all(empty):
        return finish(state, Ending.ABANDONED, now)
    return send(state, now)


def finish(state: Round, ending: Ending, now: float) -> Step:
    """End the round; a card that is not closed does not count."""
    plays = tuple(play if play.closed else replace(play, closed=True, void=True) for play in state.plays)
    state = replace(state, phase=Phase.FINISHED, plays=plays, paused=False, timer=None, ending=ending, ended_at=now)
    return state, final(state)


def pause(state: Round, at: float, now: float) -> Step:
    """Stop the clock of the open card, or hold the round before the next one."""
    if state.phase is Phase.OPEN:
        showing = state.plays[-1].showings[-1]
        start = max(at, _latest(state), showing.shown_at or at)
        state = shown_as(state, replace(showing, pauses=(*showing.pauses, (start, None))))
    state, timer = wait(replace(state, paused=True), "pause", now + state.settings.patience)
    return state, (update_count(state), *timer) if state.phase is Phase.OPEN else timer


def unpaused(state: Round, at: float) -> Round:
    """The state with its pause, if it has one, ended at that time."""
    if state.paused and state.phase is Phase.OPEN:
        showing = state.plays[-1].showings[-1]
        start = showing.pauses[-1][0]
        state = shown_as(state, replace(showing, pauses=(*showing.pauses[:-1], (start, max(start, at)))))
    return replace(state, paused=False)


def run_on(state: Round, now: float) -> Step:
    """Wait again for what a round waits for in its phase."""
    if state.phase is Phase.SENDING:
        return replace(state, timer=None), (show_card(state),)
    if state.phase is Phase.REVEALED:
        return wait(state, "next", now + state.settings.reveal)
    deadline = state.deadline()
    closing = now + state.settings.patience if deadline is None else deadline + state.settings.grace
    state, timer = wait(state, "close", closing)
    state, effects = settle(state, now)
    return state, (*timer, *effects) if state.phase is Phase.OPEN else effects


def _latest(state: Round) -> float:
    """When the last answer to the current card that counts was given; -inf if there is none."""
    counted = counted_answers(state, state.index).values()
    return max((answers[-1][0].at for answers in counted), default=-inf)


def shown_as(state: Round, showing: Showing) -> Round:
    """The state with the current card's last showing replaced."""
    play = state.plays[-1]
    return played(state, state.index, replace(play, showings=(*play.showings[:-1], showing)))


def played(state: Round, index: int, play: Play) -> Round:
    """The state with one card's play replaced."""
    return replace(state, plays=(*state.plays[:index], play, *state.plays[index + 1 :]))
