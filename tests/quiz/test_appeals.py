"""Appeals: from a player's request to a moderator's word, during the round and after it."""

import pytest

from tutorbot.quiz.round import Phase, replay, resume
from tutorbot.quiz.round.effects import Appeal, Outcome, Report, Reveal, ShowAppeal, ShowPodium, ShowStanding
from tutorbot.quiz.round.events import AppealDismissed, Appealed, AppealGranted

from .table import ANN, BEN, CAT, Table, choice, listed, typed

MO = 77


@pytest.fixture
def table() -> Table:
    """A typed card and another, both played; Ann's answer to the first was marked wrong."""
    table = Table([typed("a"), typed("b")])
    table.join(ANN, BEN)
    table.start()
    table.answer(BEN, text="two", correct=True, after=5)
    table.answer(ANN, text="tow", correct=False, after=10)
    table.reveal()
    return table


def ask(table: Table, player: int = ANN, card: int = 0) -> Outcome:
    """A player appeals; what they are told."""
    table.send(Appealed(id=table.id(), at=table.now, player=player, card=card))
    return table.told()


def grant(table: Table, *items: int, moderator: bool = True) -> Outcome:
    """A moderator grants Ann's appeal; what they are told."""
    deed = {"id": table.id(), "at": table.now, "player": MO, "moderator": moderator}
    table.send(AppealGranted(**deed, card=0, of=ANN, items=items))
    return table.told()


def dismiss(table: Table, *, moderator: bool = True) -> Outcome:
    """A moderator dismisses Ann's appeal; what they are told."""
    table.send(AppealDismissed(id=table.id(), at=table.now, player=MO, moderator=moderator, card=0, of=ANN))
    return table.told()


def test_an_appeal_shows_moderators_what_was_answered_and_changes_no_points(table: Table) -> None:
    assert ask(table) is Outcome.DONE
    shown = table.one(ShowAppeal)
    assert (shown.player, shown.given, shown.status, shown.by) == (ANN, ("tow",), Appeal.OPEN, None)
    assert table.points() == {ANN: 0, BEN: 875}


def test_granting_scores_the_round_again_and_shows_the_standing(table: Table) -> None:
    ask(table)
    assert grant(table) is Outcome.DONE
    shown = table.one(ShowAppeal)
    assert (shown.status, shown.by, shown.points, shown.rank) == (Appeal.GRANTED, MO, 750, 2)
    assert table.one(Reveal).right == 2
    assert [score.points for score in table.one(ShowStanding).scores] == [875, 750]


def test_dismissing_says_so_and_changes_no_points(table: Table) -> None:
    ask(table)
    assert dismiss(table) is Outcome.DONE
    assert (table.one(ShowAppeal).status, table.one(ShowAppeal).by) == (Appeal.DISMISSED, MO)
    assert table.points()[ANN] == 0


def test_an_appeal_is_decided_once(table: Table) -> None:
    ask(table)
    dismiss(table)
    assert grant(table) is Outcome.STALE
    assert dismiss(table) is Outcome.STALE
    assert table.points()[ANN] == 0


def test_a_card_is_appealed_once(table: Table) -> None:
    ask(table)
    assert ask(table) is Outcome.STALE
    dismiss(table)
    assert ask(table) is Outcome.STALE


@pytest.mark.parametrize("player", [BEN, CAT])
def test_who_was_right_or_did_not_answer_has_nothing_to_appeal(table: Table, player: int) -> None:
    assert ask(table, player) is Outcome.INVALID


def test_an_open_card_and_one_that_was_not_played_cannot_be_appealed(table: Table) -> None:
    table.next()
    table.answer(ANN, text="too", correct=False)
    assert ask(table, card=1) is Outcome.INVALID
    assert ask(table, card=7) is Outcome.INVALID


def test_a_choice_is_right_or_wrong_without_appeal() -> None:
    table = Table([choice()])
    table.join(ANN)
    table.start()
    table.answer(ANN, 0)
    table.reveal()
    assert ask(table) is Outcome.INVALID


def test_only_moderators_decide(table: Table) -> None:
    ask(table)
    assert grant(table, moderator=False) is Outcome.REFUSED
    assert dismiss(table, moderator=False) is Outcome.REFUSED


def test_an_appeal_that_nobody_made_cannot_be_dismissed(table: Table) -> None:
    assert dismiss(table) is Outcome.INVALID


def test_an_appeal_outlasts_the_round(table: Table) -> None:
    table.next()
    table.reveal()
    table.next()
    assert table.state.phase is Phase.FINISHED
    assert ask(table) is Outcome.DONE
    assert grant(table) is Outcome.DONE
    assert {type(effect) for effect in table.effects} >= {ShowAppeal, Reveal, ShowPodium, Report}
    assert {score.player: score.points for score in table.result().scores} == {ANN: 750, BEN: 875}


def test_a_list_may_have_items_credited_that_nobody_named() -> None:
    table = Table([listed(count=3)], scoring="accuracy")
    table.start()
    table.answer(ANN, text="the first", credited=(0,), after=1)
    table.answer(ANN, text="the secnod", credited=(), after=2)
    table.reveal()
    ask(table)
    shown = table.one(ShowAppeal)
    assert (shown.given, shown.missing) == (("the first", "the secnod"), (1, 2))
    grant(table, 1)
    assert table.points() == {ANN: 666}
    assert table.one(ShowAppeal).missing == (2,)


def test_a_complete_list_has_nothing_to_appeal() -> None:
    table = Table([listed(count=1)])
    table.start()
    table.answer(ANN, text="the first", credited=(0,))
    assert ask(table) is Outcome.INVALID


def test_after_a_crash_an_appeal_is_shown_again(table: Table) -> None:
    ask(table)
    assert table.one(ShowAppeal) in resume(replay(table.log))
