"""Who leads over many rounds.

Ranking points come from playing with others: a player's points of a round count only if somebody else answered at least half of the
cards that count. So nobody climbs by playing alone, nor with a second account that presses once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tutorbot.quiz.result import RoundResult, Score

# Somebody played along if they answered this share of the cards that count.
_PLAYED_ALONG = 0.5
# One lucky answer is no accuracy.
LEAST_ANSWERED = 20


class Board(StrEnum):
    """What a leaderboard goes by."""

    POINTS = "points"
    ACCURACY = "accuracy"


@dataclass(frozen=True, slots=True)
class Place:
    """A player's place over ``rounds`` rounds with others; players equal in what the board goes by share a rank (1, 2, 2, 4)."""

    rank: int
    player: int
    points: int
    right: int
    answered: int
    rounds: int

    @property
    def accuracy(self) -> float:
        """The share (0..1) of right answers."""
        return self.right / self.answered if self.answered else 0.0


def leaderboard(
    rounds: Iterable[RoundResult], board: Board = Board.POINTS, *, least_answered: int = LEAST_ANSWERED
) -> tuple[Place, ...]:
    """Everybody who has ranking points by the rule above, the best first, equals by id.

    By points, or by accuracy: then only of players who answered ``least_answered`` cards in rounds that count.
    """
    held: dict[int, list[Score]] = {}
    for one in rounds:
        for score in ranking_scores(one):
            held.setdefault(score.player, []).append(score)
    places = [
        Place(0, player, sum(s.points for s in own), sum(s.right for s in own), sum(s.answered for s in own), len(own))
        for player, own in held.items()
    ]
    if board is Board.ACCURACY:
        places = [place for place in places if place.answered >= least_answered]
    return _ranked(places, board)


def ranking_scores(result: RoundResult) -> tuple[Score, ...]:
    """The scores of a round that count for leaderboards."""
    along = {score.player for score in result.scores if score.answered >= max(1.0, _PLAYED_ALONG * result.played)}
    return tuple(score for score in result.scores if score.answered and along - {score.player})


def _ranked(places: Iterable[Place], board: Board) -> tuple[Place, ...]:
    def worth(place: Place) -> float:
        return place.points if board is Board.POINTS else place.accuracy

    ordered = sorted(places, key=lambda place: (-worth(place), place.player))
    values = [worth(place) for place in ordered]
    return tuple(
        Place(1 + values.index(worth(place)), place.player, place.points, place.right, place.answered, place.rounds)
        for place in ordered
    )
