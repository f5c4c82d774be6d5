"""A finished round as a table: a row for each player, a cell for each card."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from tutorbot.quiz.round import Round
from tutorbot.quiz.round.scoring import Mark, marks, standing, team_standing


class Cell(Enum):
    """What a player made of a card."""

    RIGHT = "right"
    WRONG = "wrong"
    NONE = "none"
    """No answer in time."""
    VOID = "void"
    """The card does not count."""


@dataclass(frozen=True, slots=True)
class Entrant:
    """Who stands on the podium: a player, or ``team`` (from 0) in a round with teams."""

    rank: int
    name: str
    points: int
    team: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A player's round. ``cells`` and ``gained`` (points) have one entry for each card that was closed."""

    rank: int
    player: int
    name: str
    points: int
    right: int
    answered: int
    cells: tuple[Cell, ...]
    gained: tuple[int, ...]
    team: int | None = None

    @property
    def accuracy(self) -> float:
        """The share (0..1) of right answers among those given."""
        return self.right / self.answered if self.answered else 0.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A round, the best first. ``shares`` are the shares (0..1) of right answers to each card, None if there were none."""

    podium: tuple[Entrant, ...]
    rows: tuple[Row, ...]
    shares: tuple[float | None, ...]

    @property
    def accuracy(self) -> float:
        """The share (0..1) of right answers among all that were given."""
        answered = sum(row.answered for row in self.rows)
        return sum(row.right for row in self.rows) / answered if answered else 0.0


def make_sheet(state: Round, name_of: Callable[[int], str], team_of: Callable[[int], str]) -> Sheet:
    """The sheet of everybody who answered anything. ``name_of`` names players by their ids, ``team_of`` teams by their numbers."""
    marked = [marks(state, index) for index in range(len(state.plays))]
    voids = [play.void for play in state.plays]
    rows = []
    for score in standing(state):
        if score.answered:
            own = [found.get(score.player) for found in marked]
            cells = tuple(_cell(mark, void) for mark, void in zip(own, voids, strict=True))
            gained = tuple(mark.points if mark else 0 for mark in own)
            name = name_of(score.player)
            rows.append(
                Row(
                    score.rank,
                    score.player,
                    name,
                    score.points,
                    score.right,
                    score.answered,
                    cells,
                    gained,
                    score.team,
                )
            )
    teams = [one for one in team_standing(state) if one.members]
    entrants = (
        [Entrant(one.rank, team_of(one.team), one.points, one.team) for one in teams]
        if state.settings.teams
        else [Entrant(row.rank, row.name, row.points) for row in rows]
    )
    return Sheet(tuple(entrants), tuple(rows), tuple(_share(list(found.values())) for found in marked))


def _cell(mark: Mark | None, void: bool) -> Cell:
    if void:
        return Cell.VOID
    if mark is None:
        return Cell.NONE
    return Cell.RIGHT if mark.right else Cell.WRONG


def _share(found: Sequence[Mark]) -> float | None:
    return sum(mark.right for mark in found) / len(found) if found else None
