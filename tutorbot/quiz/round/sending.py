"""What becomes of a card's message: it was sent, it could not be sent, it was deleted."""

from dataclasses import replace

from tutorbot.quiz.round.events import CardLost, CardShown, SendFailed
from tutorbot.quiz.round.running import Step, drop, finish, played, run_on, shown_as, wait
from tutorbot.quiz.round.state import Ending, Phase, Round, Showing
from tutorbot.quiz.round.telling import LOBBY, show_card, update_count

# A card is sent so often before it is dropped, each time after twice as long.
_ATTEMPTS = 3
# A card whose message was deleted so often is dropped: somebody does not want it. A process that was down is nobody's wish.
_DELETIONS = 2


def shown(state: Round, event: CardShown, now: float) -> Step:
    """The clock starts."""
    if not (state.phase is Phase.SENDING and _is_current(state, event)):
        return state, ()
    pauses = ((event.at, None),) if state.paused else ()
    state = replace(shown_as(state, Showing(event.at, pauses)), phase=Phase.OPEN)
    if state.paused:
        return state, (update_count(state),)
    return run_on(state, now)


def lost(state: Round, event: CardLost, now: float) -> Step:
    """Show the card again with a new clock; the answers to the lost message keep their times. Drop it the second time it was deleted."""
    if not (state.phase in (Phase.SENDING, Phase.OPEN) and _is_current(state, event)):
        return state, ()
    play = state.plays[-1]
    deleted = play.deleted + (not event.away)
    if deleted >= _DELETIONS:
        return drop(state, now)
    play = replace(play, showings=(*play.showings, Showing()), attempts=0, deleted=deleted)
    state = played(state, state.index, play)
    state = replace(state, phase=Phase.SENDING, timer=state.timer if state.paused else None)
    return state, (show_card(state),)


def failed(state: Round, event: SendFailed, now: float) -> Step:
    """Try again, drop the card, or end the round."""
    if state.phase is Phase.LOBBY and event.effect == LOBBY:
        return finish(state, Ending.SEND_FAILED, now)
    if state.phase is not Phase.SENDING or event.effect != show_card(state).id:
        return state, ()
    play = replace(state.plays[-1], attempts=state.plays[-1].attempts + 1)
    state = played(state, state.index, play)
    if play.attempts >= _ATTEMPTS:
        return drop(state, now)
    return (state, ()) if state.paused else wait(state, "retry", now + 2.0**play.attempts)


def _is_current(state: Round, event: CardShown | CardLost) -> bool:
    return event.card == state.index and event.showing == len(state.plays[-1].showings) - 1
