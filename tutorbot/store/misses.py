"""Which cards of a round each player missed."""

from collections.abc import Iterator

from tutorbot.quiz.round import Round
from tutorbot.quiz.round.scoring import counted_answers, marks


def missed_cards(state: Round) -> Iterator[tuple[int, int]]:
    """(number of the card, player): answered but not right, or passed over between cards that the player did answer.

    Cards that do not count are nobody's miss.
    """
    played = [number for number, play in enumerate(state.plays) if play.closed and not play.void]
    right = {number: {player for player, mark in marks(state, number).items() if mark.right} for number in played}
    answered = {number: set(counted_answers(state, number)) for number in played}
    for player in state.players:
        own = [number for number in played if player in answered[number]]
        if own:
            for number in played:
                if own[0] <= number <= own[-1] and player not in right[number]:
                    yield number, player
