"""When a card with a clock need not wait for it."""

from tutorbot.quiz.card import Mode
from tutorbot.quiz.round import Phase, Round, Scoring
from tutorbot.quiz.round.scoring import counted_answers

LAST_THOUGHT = 2.0
"""Seconds from when all who joined have answered until the card is ended: time to change one's mind."""


def all_answered(state: Round) -> bool:
    """Whether everybody who is there has answered the open card. Lists and rounds without a clock end by themselves."""
    if state.phase is not Phase.OPEN or state.paused or state.settings.scoring is Scoring.RELAXED:
        return False
    present = {player for player, member in state.players.items() if not member.left}
    listed = state.cards[state.index].mode is Mode.LIST
    return bool(present) and not listed and present <= counted_answers(state, state.index).keys()
