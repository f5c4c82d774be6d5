"""Rounds in any order of events: driven by chance, and checked against the log."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tutorbot.quiz.card import Mode
from tutorbot.quiz.round import Phase, Record, Round, advance, dump_record, load_record, replay, resume
from tutorbot.quiz.round.effects import Acknowledge, Effect, Outcome
from tutorbot.quiz.round.events import (
    Answered,
    AppealDismissed,
    Appealed,
    AppealGranted,
    CardLost,
    CardShown,
    ChannelLost,
    Event,
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
from tutorbot.quiz.round.scoring import marks, standing

from .table import ANN, BEN, CAT, HOST, START, Table, choice, listed, typed

CARDS = (choice("a"), listed("b"), typed("c"))
LIMIT, GRACE = 20, 1.0

ids = st.integers(1, 60)
players = st.sampled_from([HOST, ANN, BEN, CAT])
indices = st.integers(0, 3)
times = st.floats(-30, 200, allow_nan=False).map(lambda seconds: round(START + seconds, 3))
deed = {"id": ids, "at": times, "player": players, "moderator": st.booleans()}
answers = st.builds(
    Answered,
    **deed,
    card=indices,
    showing=st.integers(0, 2),
    choice=st.none() | st.integers(0, 4),
    text=st.none() | st.text(max_size=5),
    correct=st.booleans(),
    credited=st.lists(st.integers(0, 5), max_size=3).map(tuple),
)
events: st.SearchStrategy[Event] = st.one_of(
    answers,
    answers,
    st.builds(Joined, **deed, team=st.none() | st.integers(0, 4)),
    st.builds(Left, **deed),
    st.builds(Started, **deed),
    st.builds(Next, **deed, card=indices),
    st.builds(Skipped, **deed, card=indices),
    st.builds(Paused, **deed),
    st.builds(Resumed, **deed),
    st.builds(Stopped, **deed),
    st.builds(
        AppealGranted, **deed, card=indices, of=players, items=st.lists(st.integers(0, 5), max_size=2).map(tuple)
    ),
    st.builds(Appealed, **deed, card=indices),
    st.builds(AppealDismissed, **deed, card=indices, of=players),
    st.builds(CardShown, card=indices, showing=st.integers(0, 2), at=times),
    st.builds(CardLost, card=indices, showing=st.integers(0, 2), away=st.booleans()),
    st.builds(KeyShown, card=indices, at=times),
    st.builds(SendFailed, effect=st.sampled_from(["lobby", "card:0:0", "card:1:0", "card:1:1", "reveal:0"])),
    st.just(ChannelLost()),
    st.builds(TimeUp, timer=st.just("none")),
)
# What carries a round on, so that chance gets past the lobby, and answers that fit the card that is open.
helps = st.sampled_from(["start", "show", "show", "timer", "timer", "repeat"])
fitting = answers.map(lambda one: ("answer", one))
mixed = st.integers(0, 9).flatmap(lambda number: helps if number < 5 else fitting if number < 8 else events)
chosen = st.fixed_dictionaries(
    {
        "scoring": st.sampled_from(["speed", "accuracy", "relaxed"]),
        "teams": st.none() | st.just(2),
        "starters": st.sampled_from(["host", "anyone"]),
    }
)
Step = Event | str | tuple[str, Answered]
Script = list[tuple[Step, float]]
scripts = st.lists(st.tuples(mixed, times), min_size=25, max_size=60)


def drive(given: dict[str, object], script: Script) -> Table:
    """A started round after all of these events."""
    table = Table(CARDS, **given)
    table.send(Started(id=table.id(), at=START, player=HOST))
    for step, now in script:
        event, at = _fitting(table, step), now
        if isinstance(event, TimeUp) and table.state.timer:
            at = max(now, table.state.timer.at)
        if event is not None:
            table.send(event, now=at)
    return table


def _fitting(table: Table, step: Step) -> Event | None:
    """The event, made to fit the state where only its kind was chosen."""
    state, show = table.state, START + 25 * table.state.index
    if isinstance(step, tuple):
        aimed = {"card": max(0, state.index), "showing": 0, "at": show + step[1].at % 30, "id": step[1].id + 1000}
        return step[1].model_copy(update=aimed)
    match step:
        case "start":
            return Started(id=table.id(), at=START, player=HOST)
        case "show" if state.plays:
            return CardShown(card=state.index, showing=len(state.plays[-1].showings) - 1, at=show)
        case "timer" if state.timer:
            return TimeUp(timer=state.timer.id)
        case "repeat":
            return table.log[-1].event
        case str():
            return None
    return step


@settings(max_examples=150, deadline=None)
@given(chosen, scripts)
def test_no_order_of_events_raises_and_the_log_leads_to_the_same_state(
    given: dict[str, object], script: Script
) -> None:
    table = drive(given, script)
    state = table.state
    assert replay(load_record(dump_record(record)) for record in table.log) == state
    assert (state.phase is Phase.FINISHED) == (state.ending is not None)
    assert len(state.plays) <= len(CARDS)
    waiting = state.phase in (Phase.LOBBY, Phase.OPEN, Phase.REVEALED) or state.paused
    assert not waiting or state.timer is not None  # nothing waits for ever
    assert {type(effect) for effect in resume(state)} <= {type(effect) for effect in told(table)}


@settings(max_examples=150, deadline=None)
@given(chosen, scripts)
def test_no_answer_is_lost_and_none_counts_after_its_deadline(given: dict[str, object], script: Script) -> None:
    table = drive(given, script)
    state = table.state
    for index, play in enumerate(state.plays):
        for player, mark in marks(state, index).items():
            own = [answer for answer in play.answers.values() if answer.player == player]
            starts = [one.shown_at for one in play.showings if one.shown_at is not None]
            open_for = LIMIT + GRACE + sum(one.paused for one in play.showings)
            assert given["scoring"] == "relaxed" or min(one.at for one in own) <= max(starts) + open_for
            assert 0 <= mark.points <= 1000
            assert mark.points == 0 or mark.right
            assert not play.void
    answered = {record.event.id for record in table.log if isinstance(record.event, Answered)}
    kept = {key for play in state.plays for key in play.answers}
    outcomes: dict[int, set[Outcome]] = {}
    for effect in told(table):
        if isinstance(effect, Acknowledge):
            outcomes.setdefault(effect.interaction, set()).add(effect.outcome)
    assert kept <= answered <= outcomes.keys()  # everybody is told
    refused = {Outcome.INVALID, Outcome.LATE, Outcome.PAUSED}
    assert all(key in kept for key in answered if not outcomes[key] & {*refused, Outcome.STALE, Outcome.DONE})


def told(table: Table) -> list[Effect]:
    """All effects of the log, once more."""
    state = Round()
    found: list[Effect] = []
    for record in table.log:
        state, effects = advance(state, record.event, record.now)
        found += effects
    return found


clicks = st.lists(
    st.builds(
        Answered,
        id=st.integers(1000, 1015),
        at=st.floats(0, 30).map(lambda seconds: round(START + seconds, 3)),
        player=st.sampled_from([ANN, BEN, CAT]),
        card=st.just(0),
        choice=st.integers(0, 2),
    ),
    max_size=12,
    unique_by=lambda one: one.id,
)


@settings(max_examples=150, deadline=None)
@given(clicks, st.data())
def test_scores_equal_a_straight_recomputation_however_late_and_often_answers_are_delivered(
    sent: list[Answered], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(sent + sent))
    shown, closed = sorted(data.draw(st.tuples(st.integers(0, len(order)), st.integers(0, len(order)))))
    table = Table([choice()])
    table.join(ANN, BEN, CAT, HOST)  # the host never answers, so the card has its whole time
    table.send(Started(id=table.id(), at=START, player=HOST))
    for event in order[:shown]:
        table.send(event)
    table.show()
    for event in order[shown:closed]:
        table.send(event)
    table.reveal()
    for event in order[closed:]:
        table.send(event)
    assert table.points() == recomputed(sent) | {HOST: 0}


@settings(max_examples=150, deadline=None)
@given(clicks, st.floats(0, 19), st.floats(0.1, 60))
def test_time_that_the_clock_stood_is_nobodys_and_what_was_answered_then_does_not_count(
    sent: list[Answered], begin: float, length: float
) -> None:
    pause, end = round(START + begin, 3), round(START + begin + length, 3)
    table = Table([choice()])
    table.join(ANN, BEN, CAT, HOST)
    table.start()
    events: list[Answered | Paused | Resumed] = [
        *sent,
        Paused(id=1, at=pause, player=HOST),
        Resumed(id=2, at=end, player=HOST),
    ]
    for event in sorted(events, key=lambda one: (one.at, one.id)):
        table.send(event, now=event.at)
    table.reveal()
    assert table.points() == recomputed(sent, pause, end) | {HOST: 0}


@settings(max_examples=150, deadline=None)
@given(clicks, st.randoms(use_true_random=False))
def test_a_card_that_all_have_answered_ends_early_and_what_was_given_until_then_counts_whenever_it_is_delivered(
    sent: list[Answered], chance: object
) -> None:
    table = Table([choice()])
    table.join(ANN, BEN, CAT)
    table.start()
    delayed = [one for one in sent if chance.random() < 0.3]  # type: ignore[attr-defined]
    for event in sorted((one for one in sent if one not in delayed), key=lambda one: (one.at, one.id)):
        while table.state.phase is Phase.OPEN and table.state.timer and table.state.timer.at < event.at:
            table.time_up()
        table.now = max(table.now, event.at)
        table.send(event)
    while table.state.phase is Phase.OPEN:
        table.time_up()
    cut = table.state.plays[0].cut
    for event in delayed:
        table.send(event)
    assert table.points() == recomputed([one for one in sent if cut is None or one.at <= cut])


def recomputed(sent: list[Answered], pause: float = START, end: float = START) -> dict[int, int]:
    """The points of one card of choice, by the rules as they are written: last answer in time, 1000 falling to 500."""
    points = dict.fromkeys([ANN, BEN, CAT], 0)
    for player in points:
        spent = {
            (one.at, one.id, one.choice): one.at - START - (end - pause if one.at > end else 0)
            for one in sent
            if one.player == player and not pause < one.at <= end
        }
        taken = {key: seconds for key, seconds in spent.items() if seconds <= LIMIT + GRACE}
        if taken:
            last = max(taken)
            seconds = min(taken[last], LIMIT)
            if last[2] == 1:
                points[player] = 1000 if seconds < 0.5 else round((1 - seconds / LIMIT / 2) * 1000)
    return points


namings = st.lists(
    st.builds(
        Answered,
        id=st.integers(1000, 1030),
        at=st.floats(0, 20).map(lambda seconds: round(START + seconds, 3)),
        player=st.sampled_from([ANN, BEN]),
        card=st.just(0),
        credited=st.lists(st.integers(0, 9), max_size=3).map(tuple),
    ),
    max_size=10,
    unique_by=lambda one: one.id,
)


@settings(max_examples=150, deadline=None)
@given(namings, st.randoms(use_true_random=False))
def test_each_item_of_a_list_goes_to_its_first_namer_in_any_order_of_delivery(
    sent: list[Answered], chance: object
) -> None:
    shuffled = sorted(sent, key=lambda _one: chance.random())  # type: ignore[attr-defined]
    table = Table([listed(count=4)], scoring="accuracy")
    table.join(ANN, BEN)
    table.start()
    for event in shuffled:
        table.send(event)
    if table.state.phase is Phase.OPEN:
        table.reveal()
    expected = dict.fromkeys([ANN, BEN], 0)
    for item in range(4):
        namers = [one for one in sent if item in one.credited]
        if namers:
            expected[min(namers, key=lambda one: (one.at, one.id)).player] += 250
    assert table.points() == expected


@settings(max_examples=100, deadline=None)
@given(chosen, scripts)
def test_ranks_follow_points_and_equals_share_a_rank(given: dict[str, object], script: Script) -> None:
    table = drive(given, script)
    scores = standing(table.state)
    for one in scores:
        assert one.rank == 1 + sum(other.points > one.points for other in scores)
        assert one.right <= one.answered <= len(CARDS)


@settings(max_examples=100, deadline=None)
@given(chosen, scripts, st.integers(0, 60))
def test_a_round_killed_at_any_point_goes_on_as_if_nothing_had_happened(
    given: dict[str, object], script: Script, cut: int
) -> None:
    table = drive(given, script)
    state = replay(table.log[:cut])
    for record in table.log[cut:]:
        state, _effects = advance(state, record.event, record.now)
    assert state == table.state


def test_the_cards_here_are_of_every_mode() -> None:
    assert {card.mode for card in CARDS} == set(Mode)
    assert isinstance(Table(CARDS).log[0], Record)
    assert isinstance(Table(CARDS).log[0].event, Opened)
