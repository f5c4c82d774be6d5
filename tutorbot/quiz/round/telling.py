"""Effects that tell how a round stands, made from its state alone."""

from collections import Counter

from tutorbot.quiz.card import Mode
from tutorbot.quiz.result import CardResult, RoundResult
from tutorbot.quiz.round.effects import (
    Acknowledge,
    Appeal,
    Effect,
    Outcome,
    Report,
    Reveal,
    ShowAppeal,
    ShowCard,
    ShowLobby,
    ShowPodium,
    ShowStanding,
    StartTimer,
    UpdateCount,
)
from tutorbot.quiz.round.events import Deed
from tutorbot.quiz.round.scoring import counted_answers, first_namers, marks, standing, team_standing
from tutorbot.quiz.round.settings import Scoring
from tutorbot.quiz.round.state import Ending, Phase, Round, Timer

LOBBY = "lobby"


def show_lobby(state: Round) -> ShowLobby:
    """The lobby as it is."""
    players = tuple((player, member.team) for player, member in state.players.items() if not member.left)
    return ShowLobby(LOBBY, state.host, players, state.settings)


def show_card(state: Round) -> ShowCard:
    """The current card; its id changes when a lost message is to be sent again."""
    play = state.plays[-1]
    showing = len(play.showings) - 1
    seconds = None if state.settings.scoring is Scoring.RELAXED else play.seconds
    return ShowCard(
        f"card:{state.index}:{showing}", state.index, len(state.cards), showing, state.cards[state.index], seconds
    )


def update_count(state: Round) -> UpdateCount:
    """The current card's count."""
    return UpdateCount(
        f"count:{state.index}:{len(state.plays[-1].showings) - 1}",
        state.index,
        len(counted_answers(state, state.index)),
        state.deadline(),
        state.paused,
        tuple(first_namers(state, state.index)),
    )


def acknowledge(deed: Deed, outcome: Outcome, items: tuple[int, ...] = ()) -> Acknowledge:
    """The reply to a deed."""
    return Acknowledge(f"ack:{deed.id}", deed.id, deed.player, outcome, items)


def reveal(state: Round, index: int) -> Reveal:
    """A closed card's reveal. A card that does not count still shows what was chosen."""
    play, card = state.plays[index], state.cards[index]
    found = marks(state, index)
    last = [answers[-1][0] for answers in counted_answers(state, index).values()]
    chosen = Counter(answer.choice for answer in last)
    namers = first_namers(state, index) if card.mode is Mode.LIST else {}
    return Reveal(
        id=f"reveal:{index}",
        index=index,
        card=card,
        void=play.void,
        answered=len(last),
        right=sum(mark.right for mark in found.values()),
        chosen=tuple(chosen[option] for option in range(len(card.options))),
        named=tuple((item, player) for item, (player, _elapsed) in namers.items()),
        gained=tuple((player, mark.points) for player, mark in found.items()),
    )


def show_appeal(state: Round, index: int, player: int) -> ShowAppeal:
    """An appeal as it stands."""
    play, card = state.plays[index], state.cards[index]
    by = play.appealed[player]
    decided = Appeal.GRANTED if player in play.appeals else Appeal.DISMISSED
    own = next(score for score in standing(state) if score.player == player)
    return ShowAppeal(
        id=f"appeal:{index}:{player}",
        index=index,
        card=card,
        player=player,
        given=tuple(answer.text or "" for answer, _elapsed in counted_answers(state, index).get(player, ())),
        missing=tuple(sorted(set(range(len(card.items))) - first_namers(state, index).keys())),
        status=Appeal.OPEN if by is None else decided,
        by=by,
        points=own.points,
        rank=own.rank,
    )


def show_standing(state: Round) -> ShowStanding:
    """The scores after the current card."""
    return ShowStanding(f"standing:{state.index}", state.index, standing(state), team_standing(state))


def final(state: Round) -> tuple[Effect, ...]:
    """The podium, if anything was played and there is a place to show it, and the report."""
    report = Report("report", result(state))
    if report.result.played == 0 or state.ending is Ending.CHANNEL_LOST:
        return (report,)
    return ShowPodium("podium", report.result.scores, report.result.teams), report


def result(state: Round) -> RoundResult:
    """What was played."""
    cards = []
    for index, play in enumerate(state.plays):
        card, found = state.cards[index], marks(state, index)
        right = sum(mark.right for mark in found.values())
        cards.append(CardResult(card.id, card.entry, card.kind, play.void, len(found), right))
    return RoundResult(
        host=state.host,
        opened_at=state.opened_at,
        ended_at=state.ended_at or state.opened_at,
        ending=state.ending.value if state.ending else "",
        cards=tuple(cards),
        scores=standing(state),
        teams=team_standing(state),
        course=state.course,
    )


def start_timer(timer: Timer) -> StartTimer:
    """The timer as an effect."""
    return StartTimer(timer.id, timer.at)


def amended(state: Round, index: int) -> tuple[Effect, ...]:
    """What is to be shown anew when a closed card's marks have changed."""
    if state.phase is Phase.FINISHED:
        return reveal(state, index), *final(state)
    return (reveal(state, index), show_standing(state)) if state.phase is Phase.REVEALED else (reveal(state, index),)
