"""Answers and appeals."""

from dataclasses import replace

from tutorbot.quiz.card import Mode
from tutorbot.quiz.round.effects import Outcome
from tutorbot.quiz.round.events import Answered, AppealGranted, Deed, KeyShown
from tutorbot.quiz.round.running import Step, played, settle
from tutorbot.quiz.round.scoring import counted_answers, first_namers, marks
from tutorbot.quiz.round.state import Answer, Member, Round
from tutorbot.quiz.round.telling import acknowledge, amended


def answer(state: Round, event: Answered, now: float) -> Step:
    """Take an answer; whether it counts is worked out from its time, whenever it is delivered."""
    if not _valid(state, event):
        return told(state, event, Outcome.INVALID)
    play = state.plays[event.card]
    if event.id in play.answers:
        return state, ()
    before = first_namers(state, event.card)
    limit = state.time_limit(play)
    own = [one for one in play.answers.values() if one.player == event.player]
    changed = any(play.elapsed(one, limit) is not None for one in own)
    given = Answer(
        event.id,
        event.at,
        event.player,
        event.showing,
        event.choice,
        event.text,
        event.correct,
        tuple(sorted(set(event.credited))),
    )
    state = played(state, event.card, replace(play, answers={**play.answers, event.id: given}))
    state = replace(state, players={**state.players, event.player: joining(state, event.player, None)})
    play = state.plays[event.card]
    shown = play.showings[event.showing].shown_at is not None
    if play.void or (shown and play.elapsed(given, limit) is None):
        waiting = state.paused and not play.closed
        return told(state, event, Outcome.PAUSED if waiting else Outcome.LATE)
    items = tuple(item for item in first_namers(state, event.card) if item not in before)
    is_list = state.cards[event.card].mode is Mode.LIST
    reply = acknowledge(event, Outcome.CHANGED if changed and not is_list else Outcome.RECORDED, items)
    if play.closed:  # in time, but delivered after the card was closed
        return state, (reply, *amended(state, event.card))
    state, effects = settle(state, now)
    return state, (reply, *effects)


def _valid(state: Round, event: Answered) -> bool:
    if event.card > state.index or event.showing >= len(state.plays[event.card].showings):
        return False
    card = state.cards[event.card]
    return card.mode is not Mode.CHOICE or (event.choice is not None and event.choice < len(card.options))


def appeal(state: Round, event: AppealGranted, now: float) -> Step:
    """Let a player's last answer to a card count as right."""
    if event.card > state.index or event.of not in counted_answers(state, event.card):
        return told(state, event, Outcome.INVALID)
    play = state.plays[event.card]
    items = tuple(sorted({*play.appeals.get(event.of, ()), *event.items}))
    state = played(state, event.card, replace(play, appeals={**play.appeals, event.of: items}))
    return with_reply(event, (state, amended(state, event.card)) if play.closed else settle(state, now))


def joining(state: Round, player: int, team: int | None) -> Member:
    """The player as a member who is there: in the team asked for, else in the one they have, else in the smallest."""
    teams = state.settings.teams
    if teams is None:
        return Member()
    if team is not None and team < teams:
        return Member(team)
    if player in state.players:
        return replace(state.players[player], left=False)
    held = [member.team for member in state.players.values()]
    return Member(min(range(teams), key=held.count))


def told(state: Round, deed: Deed, outcome: Outcome) -> Step:
    """Nothing but a reply."""
    return state, (acknowledge(deed, outcome),)


def with_reply(deed: Deed, step: Step) -> Step:
    """The step, and a reply that it was done."""
    state, effects = step
    return state, (acknowledge(deed, Outcome.DONE), *effects)


def key_shown(state: Round, event: KeyShown) -> Step:
    """Nothing given after the key could be read counts, whatever the clocks said."""
    if event.card > state.index or not state.plays[event.card].closed:
        return state, ()
    play = state.plays[event.card]
    cut = event.at if play.cut is None else min(event.at, play.cut)
    after = replace(play, cut=cut)
    if cut == play.cut:
        return state, ()
    before = marks(state, event.card)
    state = played(state, event.card, after)
    return state, (() if marks(state, event.card) == before else amended(state, event.card))
