"""A round, played by hand."""

import json

import pytest
from pydantic import ValidationError

from tutorbot.quiz.round import Phase, RoundSettings, dump_record, load_record, replay, resume, seconds_for
from tutorbot.quiz.round.effects import (
    Acknowledge,
    Outcome,
    Report,
    Reveal,
    ShowCard,
    ShowLobby,
    ShowPodium,
    ShowStanding,
    StartTimer,
    UpdateCount,
)
from tutorbot.quiz.round.events import (
    Answered,
    AppealGranted,
    CardLost,
    CardShown,
    ChannelLost,
    Joined,
    KeyShown,
    Left,
    Next,
    Opened,
    Paused,
    Resumed,
    SendFailed,
    Skipped,
    Started,
    Stopped,
    TimeUp,
)

from .table import ANN, BEN, CAT, HOST, Table, choice, listed, typed


@pytest.fixture
def table() -> Table:
    """Two cards of choice, three people, the first card open."""
    table = Table([choice("a"), choice("b")])
    table.join(ANN, BEN, CAT)
    table.start()
    return table


def test_a_round_goes_from_lobby_over_cards_to_podium_and_report() -> None:
    table = Table([choice("a"), typed("b")])
    assert table.one(ShowLobby).players == ()
    table.join(ANN, BEN)
    assert table.one(ShowLobby).players == ((ANN, None), (BEN, None))
    table.send(Started(id=table.id(), at=table.now, player=HOST))
    assert (table.one(ShowCard).index, table.one(ShowCard).total, table.one(ShowCard).seconds) == (0, 2, 20)
    table.show()
    assert table.one(UpdateCount).deadline == table.now + 20
    assert table.answer(ANN, 1, after=4) is Outcome.RECORDED
    assert table.answer(BEN, 0, after=6) is Outcome.RECORDED
    assert table.one(UpdateCount).answered == 2
    table.time_up()
    reveal = table.one(Reveal)
    assert (reveal.card.key, reveal.chosen, reveal.right, reveal.answered) == (1, (1, 1, 0), 1, 2)
    assert reveal.card.citations[0].quote == "It is two."
    assert [(score.player, score.points) for score in table.one(ShowStanding).scores] == [(ANN, 900), (BEN, 0)]
    table.time_up()
    assert table.one(ShowCard).index == 1
    table.show()
    table.answer(BEN, text="two", correct=True, after=10)
    table.time_up()
    table.time_up()
    assert [(score.rank, score.player, score.points) for score in table.one(ShowPodium).scores] == [
        (1, ANN, 900),
        (2, BEN, 750),
    ]
    assert table.result().ending == "completed"
    assert [(card.answered, card.right) for card in table.result().cards] == [(2, 1), (1, 1)]


@pytest.mark.parametrize(
    ("after", "points"), [(0.0, 1000), (0.49, 1000), (0.5, 988), (5.0, 875), (10.0, 750), (20.0, 500), (20.9, 500)]
)
def test_speed_rewards_an_answer_by_its_time_and_fully_under_half_a_second(
    table: Table, after: float, points: int
) -> None:
    table.answer(ANN, 1, after=after)
    table.reveal()
    assert table.points()[ANN] == points


@pytest.mark.parametrize("scoring", ["accuracy", "relaxed"])
def test_without_speed_every_right_answer_is_worth_the_same(scoring: str) -> None:
    table = Table([choice()], scoring=scoring)
    table.join(ANN, BEN)
    table.start()
    table.answer(ANN, 1, after=0)
    table.answer(BEN, 1, after=19)
    assert scoring == "relaxed" or table.state.phase is Phase.OPEN
    table.time_up()
    assert table.points() == {ANN: 1000, BEN: 1000}


def test_the_clock_starts_when_the_card_was_sent_and_not_before() -> None:
    table = Table([choice()])
    table.send(Started(id=table.id(), at=table.now, player=HOST))
    assert table.state.timer is None
    table.now += 30  # a slow network
    table.show()
    assert table.timer() == table.now + 21


def test_an_answer_that_is_delivered_before_the_card_is_known_to_be_shown_has_its_time() -> None:
    table = Table([choice()])
    table.send(Started(id=table.id(), at=table.now, player=HOST))
    assert table.answer(ANN, 1, after=2) is Outcome.RECORDED
    table.show()
    table.reveal()
    assert table.points()[ANN] == 950


def test_late_by_the_servers_clock_is_late(table: Table) -> None:
    assert table.answer(ANN, 1, after=21.1) is Outcome.LATE
    table.reveal()
    assert table.points()[ANN] == 0
    assert table.state.plays[0].answers  # kept, but it does not count


def test_an_answer_given_in_time_counts_though_it_is_delivered_after_the_reveal(table: Table) -> None:
    shown = table.now
    table.reveal()
    table.send(Answered(id=table.id(), at=shown + 10, player=ANN, card=0, choice=1))
    assert table.told() is Outcome.RECORDED
    assert table.one(Reveal).right == 1
    assert table.points()[ANN] == 750


def test_an_answer_given_in_time_counts_though_it_is_delivered_after_the_end(table: Table) -> None:
    shown = table.now
    table.reveal()
    table.next()
    table.reveal()
    table.next()
    assert table.state.phase is Phase.FINISHED
    table.send(Answered(id=table.id(), at=shown + 10, player=ANN, card=0, choice=1))
    assert {score.player: score.points for score in table.result().scores}[ANN] == 750


def test_nothing_counts_that_was_given_after_the_key_could_be_read(table: Table) -> None:
    shown = table.now
    table.time_up()
    table.send(KeyShown(card=0, at=shown + 5))  # the bot's clock is fast
    table.send(Answered(id=table.id(), at=shown + 6, player=ANN, card=0, choice=1))
    assert table.told() is Outcome.LATE
    assert table.points()[ANN] == 0


def test_the_last_answer_counts_with_its_own_time(table: Table) -> None:
    table.answer(ANN, 1, after=2)
    table.answer(ANN, 0, after=4)
    assert table.answer(ANN, 1, after=8) is Outcome.CHANGED
    table.reveal()
    assert table.points()[ANN] == 800


def test_the_last_answer_is_the_last_given_not_the_last_delivered(table: Table) -> None:
    table.answer(ANN, 0, after=8)
    table.answer(ANN, 1, after=2)
    table.reveal()
    assert table.points()[ANN] == 0


def test_the_same_click_delivered_twice_counts_once(table: Table) -> None:
    table.answer(ANN, 1, after=2)
    again = table.log[-1].event
    table.answer(ANN, 0, after=3)
    assert table.send(again) == ()
    table.reveal()
    assert table.points()[ANN] == 0


def test_a_command_delivered_twice_is_done_once(table: Table) -> None:
    pause = Paused(id=table.id(), at=table.now, player=HOST)
    table.send(pause)
    table.send(Resumed(id=table.id(), at=table.now, player=HOST))
    assert table.send(pause) == ()
    assert not table.state.paused


def test_a_button_of_an_earlier_card_does_not_skip_the_next(table: Table) -> None:
    table.send(Skipped(id=table.id(), at=table.now, player=HOST, card=0))
    table.next()
    table.send(Skipped(id=table.id(), at=table.now, player=HOST, card=0))
    assert table.told() is Outcome.STALE
    assert table.state.phase is Phase.OPEN


def test_a_skipped_card_is_revealed_but_does_not_count(table: Table) -> None:
    table.answer(ANN, 1)
    table.send(Skipped(id=table.id(), at=table.now, player=HOST, card=0))
    assert table.one(Reveal).void
    assert table.points()[ANN] == 0


@pytest.mark.parametrize("kind", [Skipped, Next])
def test_only_host_and_moderators_may_go_on(table: Table, kind: type[Skipped] | type[Next]) -> None:
    table.send(kind(id=table.id(), at=table.now, player=ANN, card=0))
    assert table.told() is Outcome.REFUSED
    table.send(kind(id=table.id(), at=table.now, player=ANN, card=0, moderator=True))
    assert table.state.phase is Phase.REVEALED


def test_only_the_host_starts_unless_anyone_may() -> None:
    table = Table([choice()])
    table.send(Started(id=table.id(), at=table.now, player=ANN))
    assert (table.told(), table.state.phase) == (Outcome.REFUSED, Phase.LOBBY)
    table = Table([choice()], starters="anyone")
    table.send(Started(id=table.id(), at=table.now, player=ANN))
    assert table.state.phase is Phase.SENDING


def test_a_pause_stops_the_clock_and_nobody_loses_time(table: Table) -> None:
    table.now += 5
    table.send(Paused(id=table.id(), at=table.now, player=HOST))
    assert table.answer(ANN, 1, after=2) is Outcome.PAUSED
    table.now += 100
    table.send(Resumed(id=table.id(), at=table.now, player=HOST))
    assert table.timer() == table.now + 16
    table.answer(BEN, 1, after=5)
    table.reveal()
    assert table.points() == {ANN: 0, BEN: 750, CAT: 0}


def test_an_answer_that_was_taken_stands_though_a_pause_is_delivered_late(table: Table) -> None:
    table.answer(ANN, 1, after=10)
    table.send(Paused(id=table.id(), at=table.now + 4, player=HOST))
    table.now += 60
    table.send(Resumed(id=table.id(), at=table.now, player=HOST))
    table.reveal()
    assert table.points()[ANN] == 750


def test_a_pause_between_cards_holds_the_next_one(table: Table) -> None:
    table.reveal()
    waited = table.state.timer
    assert waited is not None
    table.send(Paused(id=table.id(), at=table.now, player=HOST))
    table.now = waited.at
    assert table.send(TimeUp(timer=waited.id)) == ()
    table.send(Resumed(id=table.id(), at=table.now, player=HOST))
    table.time_up()
    assert table.state.phase is Phase.SENDING


def test_a_card_that_is_shown_during_a_pause_waits_with_its_clock() -> None:
    table = Table([choice()])
    table.send(Started(id=table.id(), at=table.now, player=HOST))
    table.send(Paused(id=table.id(), at=table.now, player=HOST))
    table.show()
    table.now += 50
    table.send(Resumed(id=table.id(), at=table.now, player=HOST))
    assert table.timer() == table.now + 21
    table.answer(ANN, 1, after=10)
    table.reveal()
    assert table.points()[ANN] == 750


def test_stopping_reports_what_was_played(table: Table) -> None:
    table.answer(ANN, 1)
    table.reveal()
    table.next()
    table.answer(BEN, 1)
    table.send(Stopped(id=table.id(), at=table.now, player=HOST))
    result = table.result()
    assert (result.ending, result.played, [card.void for card in result.cards]) == ("stopped", 1, [False, True])
    assert {score.player: score.points for score in result.scores} == {ANN: 1000, BEN: 0, CAT: 0}


def test_a_closed_channel_ends_the_round_with_its_report_and_no_podium(table: Table) -> None:
    table.answer(ANN, 1)
    table.reveal()
    effects = table.send(ChannelLost())
    assert [type(effect) for effect in effects] == [Report]
    assert table.result().ending == "channel-lost"


def test_a_send_that_fails_does_not_start_the_clock_and_is_tried_again() -> None:
    table = Table([choice("a"), choice("b"), choice("c")])
    table.send(Started(id=table.id(), at=table.now, player=HOST))
    first = table.one(ShowCard)
    table.send(SendFailed(effect=first.id))
    assert table.timer() == table.now + 2
    table.time_up()
    assert table.one(ShowCard) == first  # the same id, so that a message that did get through is not doubled
    table.send(SendFailed(effect=first.id))
    table.time_up()
    table.send(SendFailed(effect=first.id))
    assert table.one(ShowCard).index == 1  # dropped, the next one is tried
    for _attempt in range(2):
        table.send(SendFailed(effect="card:1:0"))
        table.time_up()
    table.send(SendFailed(effect="card:1:0"))
    assert (table.result().ending, table.result().played) == ("send-failed", 0)


def test_a_deleted_card_is_shown_again_with_a_new_clock_and_earlier_answers_stand(table: Table) -> None:
    table.answer(ANN, 1, after=4)
    table.now += 10
    table.send(CardLost(card=0))
    assert (table.one(ShowCard).id, table.state.timer) == ("card:0:1", None)
    table.now += 3
    table.show()
    assert table.timer() == table.now + 21
    table.answer(BEN, 1, after=10)
    table.reveal()
    assert table.points() == {ANN: 900, BEN: 750, CAT: 0}


def test_a_card_that_is_deleted_again_is_dropped(table: Table) -> None:
    table.answer(ANN, 1)
    table.send(CardLost(card=0))
    table.show()
    table.send(CardLost(card=0, showing=0))
    assert table.state.phase is Phase.OPEN  # that message is known to be gone
    table.send(CardLost(card=0, showing=1))
    assert table.one(ShowCard).index == 1
    assert table.state.plays[0].void


def test_a_card_during_which_the_process_was_down_again_and_again_is_not_dropped(table: Table) -> None:
    table.answer(ANN, 1, after=4)
    for showing in range(5):
        table.send(CardLost(card=0, showing=showing, away=True))
        assert table.one(ShowCard).showing == showing + 1
        table.show()
    table.reveal()
    assert table.points()[ANN] == 900


def test_without_a_clock_a_card_ends_when_all_who_are_there_have_answered() -> None:
    table = Table([choice()], scoring="relaxed")
    table.join(ANN, BEN, CAT)
    table.start()
    assert table.one(UpdateCount).deadline is None
    table.answer(ANN, 1, after=300)
    table.answer(BEN, 0, after=301)
    assert table.one(UpdateCount).answered == 2
    table.send(Left(id=table.id(), at=table.now, player=CAT))
    assert table.one(Reveal).right == 1


def test_a_card_ends_two_seconds_after_all_have_answered(table: Table) -> None:
    table.answer(ANN, 1, after=3)
    table.answer(BEN, 1, after=4)
    assert table.one(UpdateCount).deadline == table.now + 20
    table.now += 5
    table.answer(CAT, 0)
    assert table.timer() == table.now + 2
    assert table.answer(CAT, 1, after=1) is Outcome.CHANGED
    table.time_up()
    assert table.one(Reveal).right == 3
    assert not table.state.plays[0].void


def test_a_card_waits_for_somebody_who_comes_while_it_is_about_to_end(table: Table) -> None:
    closing = table.state.timer
    for player in (ANN, BEN, CAT):
        table.answer(player, 1)
    hastened = table.state.timer
    assert hastened is not None
    table.join(99)
    assert table.state.timer == closing
    assert table.send(TimeUp(timer=hastened.id), now=hastened.at) == ()
    table.answer(99, 1, after=1)
    assert table.state.timer not in (closing, hastened)


def test_a_card_whose_answerers_have_not_joined_has_its_whole_time_and_the_next_ends_early() -> None:
    table = Table([choice("a"), choice("b")])
    table.start()
    closing = table.state.timer
    table.answer(ANN, 1)
    assert table.state.timer == closing  # others may answer without having joined, too
    table.answer(BEN, 1)
    table.reveal()
    table.next()
    table.answer(ANN, 1)
    table.answer(BEN, 1)
    assert table.timer() == table.now + 2


def test_a_card_that_all_have_answered_waits_while_the_clock_stands(table: Table) -> None:
    for player in (ANN, BEN, CAT):
        table.answer(player, 1)
    table.send(Paused(id=table.id(), at=table.now, player=HOST))
    assert table.timer() == table.now + 900
    table.now += 60
    table.send(Resumed(id=table.id(), at=table.now, player=HOST))
    assert table.state.timer is not None
    assert table.state.timer.at == table.now + 2


def test_the_deadline_is_not_put_off_for_last_thoughts(table: Table) -> None:
    closing = table.state.timer
    table.now += 20
    for player in (ANN, BEN, CAT):
        table.answer(player, 1)
    assert table.state.timer == closing


def test_a_card_ends_early_when_the_last_who_has_not_answered_leaves(table: Table) -> None:
    table.answer(ANN, 1)
    table.answer(BEN, 1)
    table.send(Left(id=table.id(), at=table.now, player=CAT))
    assert table.timer() == table.now + 2


def test_without_a_clock_the_host_may_go_on() -> None:
    table = Table([choice()], scoring="relaxed")
    table.join(ANN, BEN)
    table.start()
    table.answer(ANN, 1)
    table.send(Next(id=table.id(), at=table.now + 1, player=HOST, card=0))
    assert table.one(Reveal).answered == 1
    assert table.points()[ANN] == 1000


def test_who_leaves_keeps_their_points_and_may_come_back(table: Table) -> None:
    table.answer(ANN, 1)
    table.send(Left(id=table.id(), at=table.now, player=ANN))
    table.reveal()
    assert table.points()[ANN] == 1000
    table.next()
    table.answer(ANN, 1)
    assert not table.state.players[ANN].left


def test_who_did_not_join_may_still_answer(table: Table) -> None:
    table.answer(99, 1)
    table.reveal()
    assert table.points()[99] == 1000


def test_a_list_is_recalled_together_and_each_item_goes_to_its_first_namer() -> None:
    table = Table([listed(count=4)], scoring="accuracy")
    table.join(ANN, BEN)
    table.start()
    table.answer(ANN, text="first and second", credited=(0, 1), after=2)
    assert table.one(Acknowledge).items == (0, 1)
    table.answer(BEN, text="second and third", credited=(1, 2), after=3)
    assert table.one(Acknowledge).items == (2,)
    assert table.one(UpdateCount).found == (0, 1, 2)
    table.answer(ANN, text="third", credited=(2,), after=1)  # said before, delivered after
    table.reveal()
    assert table.points() == {ANN: 750, BEN: 0}


def test_a_list_ends_when_every_item_is_named() -> None:
    table = Table([listed(count=2)])
    table.start()
    table.answer(ANN, credited=(0,), after=10)
    table.answer(BEN, credited=(1,), after=20)
    reveal = table.one(Reveal)
    assert reveal.named == ((0, ANN), (1, BEN))
    assert dict(reveal.gained) == {ANN: 375, BEN: 250}


def test_an_appeal_granted_by_a_moderator_scores_the_round_again() -> None:
    table = Table([typed()])
    table.join(ANN)
    table.start()
    table.answer(ANN, text="tow", correct=False, after=10)
    table.reveal()
    table.next()
    assert table.points()[ANN] == 0
    table.send(AppealGranted(id=table.id(), at=table.now, player=HOST, card=0, of=ANN))
    assert table.told() is Outcome.REFUSED
    table.send(AppealGranted(id=table.id(), at=table.now, player=CAT, moderator=True, card=0, of=ANN))
    assert table.one(ShowPodium).scores[0].points == 750
    assert table.result().cards[0].right == 1


def test_an_appeal_may_credit_items_of_a_list() -> None:
    table = Table([listed(count=2)], scoring="accuracy")
    table.start()
    table.answer(ANN, text="frist", credited=(), after=1)
    table.send(AppealGranted(id=table.id(), at=table.now, player=CAT, moderator=True, card=0, of=ANN, items=(0, 7)))
    table.reveal()
    assert table.points()[ANN] == 500


def test_teams_fill_evenly_and_are_ranked_by_the_mean_of_those_who_answered() -> None:
    table = Table([choice()], teams=2, scoring="accuracy")
    table.join(ANN, BEN, CAT)
    table.send(Joined(id=table.id(), at=table.now, player=14, team=1))
    assert [member.team for member in table.state.players.values()] == [0, 1, 0, 1]
    table.start()
    table.answer(ANN, 1)
    table.answer(CAT, 0)
    table.answer(BEN, 1)
    table.time_up()
    teams = table.one(ShowStanding).teams
    assert [(team.rank, team.team, team.points, team.members) for team in teams] == [(1, 1, 1000, 1), (2, 0, 500, 2)]


def test_the_team_is_chosen_in_the_lobby_and_kept() -> None:
    table = Table([choice()], teams=2)
    table.join(ANN, BEN)
    table.send(Joined(id=table.id(), at=table.now, player=ANN, team=1))
    assert table.state.players[ANN].team == 1
    table.start()
    table.send(Joined(id=table.id(), at=table.now, player=ANN, team=0))
    table.send(Joined(id=table.id(), at=table.now, player=HOST, team=0))
    assert (table.state.players[ANN].team, table.state.players[HOST].team) == (1, 0)


def test_ties_are_ties(table: Table) -> None:
    table.answer(ANN, 1, after=2)
    table.answer(BEN, 1, after=2)
    table.time_up()
    assert [(score.rank, score.player) for score in table.one(ShowStanding).scores] == [(1, ANN), (1, BEN), (3, CAT)]


@pytest.mark.parametrize("choice_number", [3, 99, None])
def test_an_option_that_does_not_exist_is_no_answer(table: Table, choice_number: int | None) -> None:
    assert table.answer(ANN, choice_number) is Outcome.INVALID


def test_a_lobby_that_nobody_starts_and_cards_that_nobody_answers_end_the_round() -> None:
    table = Table([choice()])
    table.time_up()
    assert table.result().ending == "abandoned"
    table = Table([choice(name) for name in "abcde"])
    table.start()
    for _card in range(2):
        table.time_up()
        table.time_up()
        table.show()
    table.time_up()
    table.time_up()
    assert (table.result().ending, len(table.result().cards)) == ("abandoned", 3)


def test_a_timer_that_fires_early_is_set_again_and_an_old_one_is_ignored(table: Table) -> None:
    timer = table.state.timer
    assert timer is not None
    table.send(TimeUp(timer=timer.id))
    assert table.one(StartTimer) == StartTimer(timer.id, timer.at)
    assert table.send(TimeUp(timer="close:7:1.000")) == ()


def test_a_second_opening_changes_nothing(table: Table) -> None:
    state = table.state
    table.send(Opened(id=table.id(), at=table.now, player=ANN, settings=RoundSettings(), cards=(choice(),)))
    assert (table.state.host, table.state.cards) == (state.host, state.cards)


def test_after_a_crash_the_effects_that_may_be_lost_come_again_with_the_same_ids(table: Table) -> None:
    table.time_up()
    lost = table.effects
    assert resume(replay(table.log)) == lost
    table.time_up()
    assert resume(replay(table.log)) == table.effects
    table.show()
    assert set(table.effects) == set(resume(replay(table.log)))


def test_cards_that_are_longer_or_harder_to_write_are_open_longer() -> None:
    scaled = RoundSettings()
    assert seconds_for(choice(), scaled) < seconds_for(typed(), scaled) < seconds_for(listed(), scaled) <= 120
    assert seconds_for(listed(count=40), scaled) == 120
    assert seconds_for(choice(), RoundSettings(seconds=5)) == 5


def test_the_log_comes_back_from_json(table: Table) -> None:
    table.answer(ANN, 1, text="ünï", after=2)
    table.reveal()
    lines = [dump_record(record) for record in table.log]
    assert all("\n" not in line for line in lines)
    assert [load_record(line) for line in lines] == table.log
    assert replay(map(load_record, lines)) == table.state


def test_a_log_of_an_earlier_version_which_kept_no_course_is_replayed(table: Table) -> None:
    table.answer(ANN, 1, after=2)
    table.reveal()
    first, *rest = [json.loads(dump_record(record)) for record in table.log]
    assert (first["event"].pop("course"), first["event"].pop("title")) == ("", "")
    assert replay(load_record(json.dumps(line)) for line in (first, *rest)) == table.state


@pytest.mark.parametrize(
    "line",
    [
        "{}",
        "no json",
        '{"version": 2, "now": 1, "event": {"type": "channel-lost"}}',
        '{"version": 1, "now": 1, "event": {"type": "no-such-event"}}',
        '{"version": 1, "now": NaN, "event": {"type": "channel-lost"}}',
    ],
)
def test_a_record_of_another_form_is_not_read_as_something_else(line: str) -> None:
    with pytest.raises(ValidationError):
        load_record(line)


def test_a_card_shown_twice_starts_its_clock_once(table: Table) -> None:
    deadline = table.state.deadline()
    assert table.send(CardShown(card=0, at=table.now + 9)) == ()
    assert table.state.deadline() == deadline
