"""Taking a round up again after the process died."""

from tutorbot.quiz.round.effects import Effect
from tutorbot.quiz.round.state import Phase, Round
from tutorbot.quiz.round.telling import (
    final,
    reveal,
    show_appeal,
    show_card,
    show_lobby,
    show_standing,
    start_timer,
    update_count,
)


def resume(state: Round) -> tuple[Effect, ...]:
    """The effects that may have been lost: what the round shows now, and the timer it waits for.

    Each may have been carried out before; it has the same id then, and repeating it changes nothing.
    """
    shown: tuple[Effect, ...] = ()
    match state.phase:
        case Phase.LOBBY:
            shown = (show_lobby(state),)
        case Phase.SENDING:
            shown = (show_card(state),)
        case Phase.OPEN:
            shown = (update_count(state),)
        case Phase.REVEALED:
            shown = (reveal(state, state.index), show_standing(state))
        case Phase.FINISHED:
            shown = final(state)
        case Phase.NEW:
            pass
    appeals = tuple(show_appeal(state, at, player) for at, play in enumerate(state.plays) for player in play.appealed)
    return (*shown, *appeals, start_timer(state.timer)) if state.timer else (*shown, *appeals)
