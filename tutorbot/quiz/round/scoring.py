"""Points: always worked out anew from the answers, so that a late delivery or a granted appeal needs no mending."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tutorbot.quiz.card import Mode
from tutorbot.quiz.result import Score, TeamScore
from tutorbot.quiz.round.settings import Scoring
from tutorbot.quiz.round.state import Answer, Round

FULL = 1000

# Answers faster than this are equally fast: nobody reads and decides in less.
_INSTANT = 0.5


@dataclass(frozen=True, slots=True)
class Mark:
    """What a player's answers to one card are worth. ``items`` are those of a list that the player named first."""

    points: int
    right: bool
    items: tuple[int, ...] = ()


def worth(scoring: Scoring, elapsed: float, limit: float) -> float:
    """The share (0.5..1) of full points for an answer ``elapsed`` seconds after the card was shown, open for ``limit`` seconds.

    For speed 1 - t/T/2, as in Kahoot's public formula, full under half a second; else always 1.
    """
    if scoring is not Scoring.SPEED or elapsed < _INSTANT:
        return 1.0
    return 1 - min(elapsed, limit) / limit / 2


def marks(state: Round, index: int) -> Mapping[int, Mark]:
    """What each player who answered the card in time has for it; empty if it does not count."""
    play, card = state.plays[index], state.cards[index]
    if play.void:
        return {}
    counted = counted_answers(state, index)
    if card.mode is Mode.LIST:
        return _list_marks(state, index, counted)
    found = {}
    for player, answers in counted.items():
        answer, elapsed = answers[-1]
        right = player in play.appeals or (answer.choice == card.key if card.mode is Mode.CHOICE else answer.correct)
        points = round(FULL * worth(state.settings.scoring, elapsed, play.seconds)) if right else 0
        found[player] = Mark(points, right)
    return found


def counted_answers(state: Round, index: int) -> Mapping[int, list[tuple[Answer, float]]]:
    """Each player's answers that came in time, with their seconds since the card was shown, the last one last."""
    play = state.plays[index]
    found: dict[int, list[tuple[Answer, float]]] = {}
    for answer in sorted(play.answers.values(), key=lambda one: (one.at, one.id)):
        elapsed = play.elapsed(answer, state.time_limit(play))
        if elapsed is not None:
            found.setdefault(answer.player, []).append((answer, elapsed))
    return found


def first_namers(state: Round, index: int) -> Mapping[int, tuple[int, float]]:
    """For each item of a list that was named: who named it first, and after how many seconds."""
    if not state.cards[index].items:
        return {}
    play = state.plays[index]
    counted = counted_answers(state, index)
    named: dict[int, tuple[float, int, int, float]] = {}
    for player, answers in counted.items():
        last = answers[-1][0].id
        for answer, elapsed in answers:
            granted = play.appeals.get(player, ()) if answer.id == last else ()
            for item in {*answer.credited, *granted}:
                if 0 <= item < len(state.cards[index].items):
                    naming = (answer.at, answer.id, player, elapsed)
                    named[item] = min(named.get(item, naming), naming)
    return {item: (player, elapsed) for item, (_at, _id, player, elapsed) in sorted(named.items())}


def standing(state: Round) -> tuple[Score, ...]:
    """Everybody who joined or answered, by points over the cards that are closed and count."""
    points = dict.fromkeys(state.players, 0)
    right = dict.fromkeys(state.players, 0)
    answered = dict.fromkeys(state.players, 0)
    for index, play in enumerate(state.plays):
        if play.closed:
            for player, mark in marks(state, index).items():
                points[player] += mark.points
                right[player] += mark.right
                answered[player] += 1
    ranks = ranked(points)
    found = [
        Score(ranks[player], player, points[player], right[player], answered[player], member.team)
        for player, member in state.players.items()
    ]
    return tuple(sorted(found, key=lambda score: (score.rank, score.player)))


def team_standing(state: Round) -> tuple[TeamScore, ...]:
    """The teams by the mean of their members who answered anything; empty without teams."""
    scores = [score for score in standing(state) if score.answered]
    members = {team: [one.points for one in scores if one.team == team] for team in range(state.settings.teams or 0)}
    points = {team: round(sum(held) / len(held)) if held else 0 for team, held in members.items()}
    ranks = ranked(points)
    found = [TeamScore(ranks[team], team, points[team], len(members[team])) for team in members]
    return tuple(sorted(found, key=lambda score: (score.rank, score.team)))


def ranked(points: Mapping[int, float]) -> dict[int, int]:
    """Places by points, the most first; equal points share a place and the next is left out (1, 2, 2, 4)."""
    return {one: 1 + _more(points.values(), held) for one, held in points.items()}


def _more(points: Iterable[float], held: float) -> int:
    return sum(other > held for other in points)


def _list_marks(state: Round, index: int, counted: Mapping[int, list[tuple[Answer, float]]]) -> Mapping[int, Mark]:
    play, card = state.plays[index], state.cards[index]
    namers = first_namers(state, index)
    found = {}
    for player, answers in counted.items():
        own = {item: elapsed for item, (namer, elapsed) in namers.items() if namer == player}
        share = FULL / len(card.items)
        points = sum(round(share * worth(state.settings.scoring, elapsed, play.seconds)) for elapsed in own.values())
        named = any(answer.credited for answer, _elapsed in answers) or bool(own)
        found[player] = Mark(points, named, tuple(own))
    return found
