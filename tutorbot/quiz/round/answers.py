"""Answers, and who gives them."""

from dataclasses import replace

from tutorbot.quiz.card import Mode
from tutorbot.quiz.round.effects import Outcome
from tutorbot.quiz.round.events import Answered, Deed, KeyShown
from tutorbot.quiz.round.running import Step, played, settle
from tutorbot.quiz.round.scoring import first_namers, marks
from tutorbot.quiz.round.state import Answer, Member, Phase, Round
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
    state = replace(state, players={**state.players, event.player: joining(state, event.player, None, unasked=True)})
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


def joining(state: Round, player: int, team: int | None, *, unasked: bool = False) -> Member:
    """The player as a member who is there: in the team asked for, else in the one they have, else in the smallest.

    ``unasked``: they answered without having joined.
    """
    teams, since = state.settings.teams, state.index if unasked else -1
    known = state.players.get(player)
    if known is not None and (teams is None or team is None or state.phase is not Phase.LOBBY):
        return replace(known, left=False)  # nobody goes over to the winners
    if teams is None:
        return Member(since=since)
    if team is not None and team < teams:
        return Member(team, since=since)
    held = [member.team for member in state.players.values()]
    return Member(min(range(teams), key=held.count), since=since)


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
