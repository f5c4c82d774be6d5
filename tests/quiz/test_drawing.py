"""Which cards a round gets, and how missed ones come back."""

from collections import Counter
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tutorbot.quiz.card import Card, CardKind
from tutorbot.quiz.deck import draw, topics
from tutorbot.quiz.spacing import DAY, Asked, draw_weights

from .table import choice, listed, typed

NOW = 1_800_000_000.0


def _deck(entries: int = 20) -> list[Card]:
    made = [make(f"e{number}") for number in range(entries) for make in (choice, typed, listed)]
    return [card.model_copy(update={"topic": "even" if int(card.entry[1:]) % 2 == 0 else "odd"}) for card in made]


DECK = _deck()


@settings(deadline=None)
@given(st.integers(0, 80), st.integers(0, 10_000))
def test_no_card_comes_twice_and_no_entry_before_all_others_have_come(count: int, seed: int) -> None:
    drawn = draw(DECK, count, Random(seed))
    assert len(drawn) == min(count, len(DECK))
    assert len({card.id for card in drawn}) == len(drawn)
    turns = Counter(card.entry for card in drawn)
    assert not turns or max(turns.values()) - min(turns[entry] for entry in {card.entry for card in DECK}) <= 1


def test_a_topic_and_kinds_narrow_the_cards() -> None:
    drawn = draw(DECK, 50, Random(1), topic="Even", kinds=[CardKind.TYPE_TERM])
    assert len(drawn) == 10
    assert {(card.topic, card.kind) for card in drawn} == {("even", CardKind.TYPE_TERM)}
    assert draw(DECK, 5, Random(1), topic="nowhere") == ()
    assert topics(DECK) == ("even", "odd")


def test_the_same_seed_draws_the_same_cards() -> None:
    assert draw(DECK, 10, Random(4)) == draw(DECK, 10, Random(4))
    assert draw(DECK, 10, Random(4)) != draw(DECK, 10, Random(5))


def test_missed_cards_come_back_sooner_and_known_ones_later() -> None:
    missed, known = DECK[0].id, DECK[3].id
    weights = draw_weights([Asked(missed, NOW, 4, 1), Asked(known, NOW, 4, 4)], NOW + 3600)
    drawn = Counter(card.id for seed in range(400) for card in draw(DECK, 5, Random(seed), weights=weights))
    usual = sum(drawn[card.id] for card in DECK if card.id not in weights) / (len(DECK) - 2)
    assert drawn[missed] > 2 * usual
    assert drawn[known] < usual / 2


def test_entries_with_many_cards_are_not_asked_more_often() -> None:
    cards = [choice("a"), typed("a"), listed("a"), choice("b"), choice("c")]
    first = Counter(draw(cards, 1, Random(seed))[0].entry for seed in range(900))
    assert all(240 < first[entry] < 360 for entry in "abc")


def test_a_known_card_returns_after_a_day_then_after_twice_as_long() -> None:
    once = [Asked("x", NOW, 2, 2)]
    assert draw_weights(once, NOW)["x"] == 0.05
    assert draw_weights(once, NOW + DAY / 2)["x"] == 0.5
    assert draw_weights(once, NOW + DAY)["x"] == 1.0
    twice = [*once, Asked("x", NOW + DAY, 2, 1)]
    assert draw_weights(twice, NOW + 2 * DAY)["x"] == 0.5


def test_a_miss_starts_over_whatever_was_known_before() -> None:
    past = [Asked("x", NOW + day * DAY, 3, 3) for day in range(9)] + [Asked("x", NOW + 20 * DAY, 3, 1)]
    assert draw_weights(reversed(past), NOW + 21 * DAY)["x"] == 8.0
    again = draw_weights([*past, Asked("x", NOW + 21 * DAY, 3, 3)], NOW + 21.5 * DAY)
    assert again["x"] == 0.5


def test_a_card_that_nobody_answered_is_as_if_never_asked() -> None:
    assert draw_weights([Asked("x", NOW, 0, 0)], NOW) == {}


@settings(deadline=None)
@given(st.lists(st.builds(Asked, st.just("x"), st.floats(0, 1e9), st.integers(0, 9), st.integers(0, 9)), max_size=40))
def test_weights_stay_within_their_bounds(past: list[Asked]) -> None:
    assert all(0.05 <= weight <= 8.0 for weight in draw_weights(past, 2e9).values())
