"""Appeals: a player asks for a typed answer to be looked at, a moderator grants or dismisses that. They outlast the round."""

from dataclasses import replace

from tutorbot.quiz.card import Mode
from tutorbot.quiz.round.answers import told, with_reply
from tutorbot.quiz.round.effects import Outcome
from tutorbot.quiz.round.events import AppealDismissed, Appealed, AppealGranted
from tutorbot.quiz.round.running import Step, played, settle
from tutorbot.quiz.round.scoring import counted_answers, first_namers, marks
from tutorbot.quiz.round.state import Round
from tutorbot.quiz.round.telling import amended, show_appeal


def ask(state: Round, event: Appealed) -> Step:
    """Put a player's typed answer before the moderators, once, if something is left to be granted."""
    if event.card > state.index:
        return told(state, event, Outcome.INVALID)
    play, card = state.plays[event.card], state.cards[event.card]
    if event.player in play.appealed:
        return told(state, event, Outcome.STALE)
    mark = marks(state, event.card).get(event.player)
    granted = mark is not None and mark.right if card.mode is Mode.TYPED else _complete(state, event.card)
    if not play.closed or mark is None or card.mode is Mode.CHOICE or granted:
        return told(state, event, Outcome.INVALID)
    return with_reply(event, _decided(state, event.card, event.player, None))


def grant(state: Round, event: AppealGranted, now: float) -> Step:
    """Let a player's last answer to a card count as right, whether they asked for it or not; the round is scored again."""
    if not event.moderator:
        return told(state, event, Outcome.REFUSED)
    if event.card > state.index or event.of not in counted_answers(state, event.card):
        return told(state, event, Outcome.INVALID)
    play = state.plays[event.card]
    if play.appealed.get(event.of) is not None:
        return told(state, event, Outcome.STALE)
    items = tuple(sorted({*play.appeals.get(event.of, ()), *event.items}))
    state = played(state, event.card, replace(play, appeals={**play.appeals, event.of: items}))
    asked = event.of in play.appealed
    state, shown = _decided(state, event.card, event.of, event.player) if asked else (state, ())
    if not play.closed:
        return with_reply(event, settle(state, now))
    return with_reply(event, (state, (*shown, *amended(state, event.card))))


def dismiss(state: Round, event: AppealDismissed) -> Step:
    """Leave an answer as it was marked."""
    if not event.moderator:
        return told(state, event, Outcome.REFUSED)
    if event.card > state.index or event.of not in state.plays[event.card].appealed:
        return told(state, event, Outcome.INVALID)
    if state.plays[event.card].appealed[event.of] is not None:
        return told(state, event, Outcome.STALE)
    return with_reply(event, _decided(state, event.card, event.of, event.player))


def _decided(state: Round, index: int, player: int, by: int | None) -> Step:
    play = state.plays[index]
    state = played(state, index, replace(play, appealed={**play.appealed, player: by}))
    return state, (show_appeal(state, index, player),)


def _complete(state: Round, index: int) -> bool:
    return len(first_namers(state, index)) == len(state.cards[index].items)
