"""Leaderboards over many rounds."""

import pytest

from tutorbot.quiz.card import CardKind
from tutorbot.quiz.leaderboard import Board, leaderboard, ranking_scores
from tutorbot.quiz.result import CardResult, RoundResult, Score

from .table import ANN, BEN, CAT


def played(*scores: tuple[int, int, int, int], cards: int = 10) -> RoundResult:
    """A round of so many cards; scores are (player, points, right, answered)."""
    card = CardResult("choose-term:a", "a", CardKind.CHOOSE_TERM, void=False, answered=1, right=1)
    found = tuple(Score(1, player, points, right, answered) for player, points, right, answered in scores)
    return RoundResult(host=1, opened_at=0.0, ended_at=1.0, ending="completed", cards=(card,) * cards, scores=found)


def test_points_of_several_rounds_add_up_and_ties_are_ties() -> None:
    rounds = [
        played((ANN, 5000, 5, 10), (BEN, 6000, 6, 10), (CAT, 100, 1, 10)),
        played((ANN, 3000, 3, 10), (BEN, 2000, 2, 10)),
    ]
    assert [(one.rank, one.player, one.points, one.rounds) for one in leaderboard(rounds)] == [
        (1, ANN, 8000, 2),
        (1, BEN, 8000, 2),
        (3, CAT, 100, 1),
    ]


def test_playing_alone_never_outranks_playing_together() -> None:
    alone = [played((CAT, 10_000, 10, 10)) for _round in range(100)]
    together = played((ANN, 600, 1, 10), (BEN, 500, 1, 10))
    assert [one.player for one in leaderboard([*alone, together])] == [ANN, BEN]


def test_a_second_account_that_presses_once_makes_no_company() -> None:
    farmed = played((CAT, 10_000, 10, 10), (99, 0, 0, 1))
    assert [score.player for score in ranking_scores(farmed)] == [99]  # who did have company, and won nothing by it
    half = played((CAT, 10_000, 10, 10), (BEN, 0, 0, 5))
    assert [score.player for score in ranking_scores(half)] == [CAT, BEN]


def test_who_joined_and_never_answered_is_not_ranked() -> None:
    assert [one.player for one in leaderboard([played((ANN, 1, 1, 10), (BEN, 1, 1, 10), (CAT, 0, 0, 0))])] == [ANN, BEN]


def test_accuracy_needs_enough_answers() -> None:
    rounds = [played((ANN, 0, 9, 10), (BEN, 0, 10, 10), (CAT, 0, 1, 1)), played((ANN, 0, 9, 10), (BEN, 0, 6, 10))]
    board = leaderboard(rounds, Board.ACCURACY)
    assert [(one.rank, one.player) for one in board] == [(1, ANN), (2, BEN)]
    assert board[0].accuracy == pytest.approx(0.9)
    assert [one.player for one in leaderboard(rounds, Board.ACCURACY, least_answered=1)] == [CAT, ANN, BEN]


def test_equal_accuracies_of_different_counts_are_a_tie() -> None:
    rounds = [played((ANN, 0, 10, 30), (BEN, 0, 7, 21), cards=30)]
    assert [one.rank for one in leaderboard(rounds, Board.ACCURACY)] == [1, 1]


def test_no_rounds_make_no_leaderboard() -> None:
    assert leaderboard([]) == ()
