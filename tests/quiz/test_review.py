"""Personal review: ratings, when cards come back, what comes first, and how well topics are held."""

import io
import random
from random import Random

import pytest
from fsrs import Rating
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.quiz.table import ANN, START, choice, listed, typed
from tutorbot.quiz.card import Card, CardKind
from tutorbot.quiz.review.agenda import Agenda, agenda
from tutorbot.quiz.review.deck import Deck
from tutorbot.quiz.review.mastery import Mastery, mastery
from tutorbot.quiz.review.picture import ProgressWords, draw_progress
from tutorbot.quiz.review.rating import rating_of
from tutorbot.quiz.review.scheduling import corrected, memory, review, waits
from tutorbot.quiz.round.settings import RoundSettings, seconds_for
from tutorbot.quiz.spacing import DAY
from tutorbot.store.reviews import Missed, Reviewed
from tutorbot.tutor import Tutor

GUILD, MINUTE = 5, 60.0
RATINGS = st.lists(st.tuples(st.sampled_from(Rating), st.floats(0, 90 * DAY)), min_size=1, max_size=12)


def answered(card: Card, *ratings: Rating, at: float = START) -> Reviewed:
    """A card after ratings, each given when it was due."""
    held: Reviewed | None = None
    for rating in ratings:
        held, _line = review(card, held, rating, guild=GUILD, person=ANN, now=at if held is None else held.due)
    assert held is not None
    return held


def missed(card: Card, at: float) -> Missed:
    """A card that was missed in a round."""
    return Missed(1, card.id, card.entry, card.kind, at)


def todo(cards: list[Card], held: list[Reviewed], missed: list[Missed], now: float, topic: str | None = None) -> Agenda:
    """The agenda at ``now``."""
    return agenda(cards, held, missed, now=now, topic=topic)


def test_a_right_choice_is_good_and_hard_if_it_took_long_but_never_easy() -> None:
    card = choice()
    expected = seconds_for(card, RoundSettings())
    assert rating_of(card, 1.0, 0.5) is Rating.Good
    assert rating_of(card, 1.0, 2 * expected + 1) is Rating.Hard


def test_a_typed_answer_that_came_quickly_is_easy() -> None:
    card = typed()
    expected = seconds_for(card, RoundSettings())
    assert rating_of(card, 1.0, expected / 2 - 1) is Rating.Easy
    assert rating_of(card, 1.0, expected) is Rating.Good


@pytest.mark.parametrize("card", [choice(), typed(), listed()])
def test_a_wrong_answer_is_again_however_quick(card: Card) -> None:
    for seconds in (0.0, 30.0, 3_600.0):
        assert rating_of(card, 0.0, seconds) is Rating.Again


def test_most_of_a_list_is_hard_and_half_of_it_again() -> None:
    assert rating_of(listed(count=4), 3 / 4, 10) is Rating.Hard
    assert rating_of(listed(count=4), 2 / 4, 10) is Rating.Again


def test_the_time_of_somebody_who_went_away_says_nothing() -> None:
    assert rating_of(choice(), 1.0, 8 * 3_600.0) is Rating.Good


def test_a_card_that_was_wrong_comes_back_in_ten_minutes_and_one_that_was_right_after_days() -> None:
    wrong, right = answered(choice(), Rating.Again), answered(choice(), Rating.Good)
    assert wrong.due == START + 10 * MINUTE
    assert DAY <= right.due - START <= 4 * DAY
    assert answered(choice(), Rating.Good, Rating.Good).due - right.due > right.due - START


def test_a_review_is_written_down_with_its_rating_and_time() -> None:
    card = choice()
    after, line = review(card, None, Rating.Hard, guild=GUILD, person=ANN, now=START)
    assert (line.guild, line.person, line.card, line.entry, line.rating, line.at) == (
        GUILD,
        ANN,
        card.id,
        "a",
        2,
        START,
    )
    assert (after.guild, after.person, after.card, after.entry) == (GUILD, ANN, card.id, "a")


@given(RATINGS)
def test_the_same_reviews_lead_to_the_same_state_and_draw_no_lots(history: list[tuple[Rating, float]]) -> None:
    before = random.getstate()
    ends = []
    for _ in range(2):
        held, now = None, START
        for rating, gap in history:
            now += gap
            held, _line = review(typed(), held, rating, guild=GUILD, person=ANN, now=now)
            assert held.due > now
        ends.append(held)
    assert ends[0] == ends[1]
    assert random.getstate() == before


@given(RATINGS)
def test_the_better_the_rating_the_later_a_card_comes_back(history: list[tuple[Rating, float]]) -> None:
    held, now = None, START
    for rating, gap in history:
        now += gap
        held, _line = review(typed(), held, rating, guild=GUILD, person=ANN, now=now)
    promised = waits(held, now + DAY)
    assert sorted(promised.values()) == [promised[rating] for rating in Rating]
    for rating in Rating:
        after, _line = review(typed(), held, rating, guild=GUILD, person=ANN, now=now + DAY)
        assert after.due - (now + DAY) == pytest.approx(promised[rating], abs=1e-3)


@given(RATINGS)
def test_a_corrected_review_counts_as_if_it_had_been_so_from_the_beginning(history: list[tuple[Rating, float]]) -> None:
    held: Reviewed | None = None
    before, now, lines = held, START, []
    for rating, gap in history:
        now += gap + 1
        before = held
        held, line = review(typed(), before, rating, guild=GUILD, person=ANN, now=now)
        lines.append(line)
    meant = review(typed(), before, Rating.Good, guild=GUILD, person=ANN, now=now)
    assert corrected(typed(), lines, Rating.Good, guild=GUILD, person=ANN) == meant
    assert corrected(typed(), [*lines, meant[1]], Rating.Good, guild=GUILD, person=ANN) == meant


def test_a_state_that_cannot_be_read_begins_anew() -> None:
    broken = Reviewed(GUILD, ANN, choice().id, "a", '{"of": "a later version"}', START)
    assert memory(broken, START) is None
    assert review(choice(), broken, Rating.Good, guild=GUILD, person=ANN, now=START)[0] == answered(
        choice(), Rating.Good
    )


def test_memory_fades_and_a_wrong_answer_is_not_learned() -> None:
    held = answered(choice(), Rating.Good)
    fresh, later = memory(held, START), memory(held, held.due + 30 * DAY)
    assert fresh is not None
    assert later is not None
    assert 0 < later.retrievability < fresh.retrievability <= 1
    assert fresh.learned
    lapsed = memory(answered(choice(), Rating.Good, Rating.Again), START)
    assert lapsed is not None
    assert not lapsed.learned


def test_due_cards_come_first_then_missed_ones_and_new_ones_only_on_wish() -> None:
    due, lost, new = choice("a"), choice("b"), choice("c")
    held = [answered(due, Rating.Good)]
    now = held[0].due + DAY
    found = todo([new, lost, due], held, [missed(lost, START)], now)
    assert (found.due, found.missed, found.unseen) == ((due.id,), (lost.id,), ((new.id,),))
    assert found.first(Random(1)) == due.id
    later = todo([new, lost, due], [answered(due, Rating.Good, at=now), answered(lost, Rating.Good, at=now)], [], now)
    assert later.first(Random(1)) is None
    assert later.first(Random(1), new=True) == new.id
    assert later.next_due == answered(due, Rating.Good, at=now).due


def test_the_longest_due_comes_first_and_of_the_missed_the_latest() -> None:
    early, late = choice("a"), choice("b")
    held = [answered(late, Rating.Good, at=START + DAY), answered(early, Rating.Good)]
    assert todo([early, late], held, [], START + 30 * DAY).due == (early.id, late.id)
    misses = [missed(early, START), missed(late, START + 1)]
    assert todo([early, late], [], misses, START + 2).missed == (late.id, early.id)


def test_a_card_missed_in_a_round_after_its_review_is_due_at_once_until_it_is_reviewed() -> None:
    card = choice()
    held = [answered(card, Rating.Easy)]
    assert todo([card], held, [missed(card, START - 1)], START + MINUTE).waiting == 0
    assert todo([card], held, [missed(card, START + 30)], START + MINUTE).due == (card.id,)
    again, _line = review(card, held[0], Rating.Good, guild=GUILD, person=ANN, now=START + MINUTE)
    assert todo([card], [again], [missed(card, START + 30)], START + 2 * MINUTE).waiting == 0


def test_other_cards_go_before_those_on_an_entry_whose_reveal_was_just_read() -> None:
    one, other = choice("a"), choice("b")
    same = typed("a")
    held = [answered(one, Rating.Good)]
    found = todo([one, same, other], held, [missed(same, START + 9), missed(other, START + 8)], START + MINUTE)
    assert found.missed == (other.id, same.id)


def test_a_missed_card_that_is_no_more_gives_way_to_another_on_its_entry() -> None:
    gone, there = choice("a"), typed("a")
    assert todo([there], [], [missed(gone, START)], START).missed == (there.id,)
    assert todo([choice("b")], [answered(gone, Rating.Again)], [missed(gone, START)], START + DAY).waiting == 0


def test_a_topic_leaves_the_others_alone_however_it_is_typed() -> None:
    mine = choice("a").model_copy(update={"topic": "Costs of war"})
    found = todo([mine, choice("b")], [], [missed(choice("b"), START), missed(mine, START)], START, "costs of  War")
    assert (found.missed, found.unseen) == ((mine.id,), ())


def test_new_cards_come_in_the_courses_order_and_of_a_kind_that_is_drawn() -> None:
    cards = [choice("b"), typed("b"), choice("a")]
    found = todo(cards, [], [], START)
    assert {found.first(Random(seed), new=True) for seed in range(20)} == {cards[0].id, cards[1].id}


def test_mastery_counts_what_was_never_asked_and_what_was_wrong_as_not_held() -> None:
    cards = [choice("a"), choice("b"), choice("c"), choice("d").model_copy(update={"topic": "other"})]
    held = [answered(cards[0], Rating.Good), answered(cards[1], Rating.Again)]
    first, second = mastery(cards, held, START + MINUTE)
    assert (first.topic, first.entries, first.reviewed) == ("t", 3, 2)
    assert first.recall == pytest.approx(1 / 3)
    assert first.stability == pytest.approx(2.3065)  # the third of FSRS-6's default parameters: after a first Good
    assert (second.topic, second.reviewed, second.recall, second.stability) == ("other", 0, 0.0, None)


def test_several_cards_on_an_entry_weigh_as_one_and_those_that_are_no_more_not_at_all() -> None:
    cards = [choice("a"), typed("a"), choice("b")]
    gone = choice("b").model_copy(update={"id": "gone:b", "kind": CardKind.AUTHORED})
    held = [answered(cards[0], Rating.Good), answered(cards[1], Rating.Again), answered(gone, Rating.Good)]
    [found] = mastery(cards, held, START)
    assert (found.entries, found.reviewed) == (2, 1)
    assert found.recall == pytest.approx(1 / 4)


@pytest.mark.parametrize("name", ["Costs", "$\\frac{1}$ of it", "_a_ {b} ^c", "很好 😀", "word " * 50])
def test_progress_is_drawn_whatever_the_topics_are_called(name: str) -> None:
    topics = [Mastery(name, 9, 5, 0.5, 3.0), Mastery(name, 9, 0, 0.0, None), Mastery(name, 1, 1, 1.0, 365.0)] * 9
    words = ProgressWords("Progress", "Of all", [name] * 27, ["lasts"] * 27, "recalled", "reviewed")
    picture = Image.open(io.BytesIO(draw_progress(topics, words)))
    assert picture.width == 1_650
    assert picture.getpixel((0, 0)) == (255, 255, 255, 0)  # outside of the rounded corner
    assert draw_progress(topics, words) == draw_progress(topics, words)


def test_a_card_is_had_again_as_it_was_shown_and_otherwise_not_the_same_each_time(course_tutor: Tutor) -> None:
    deck = Deck(course_tutor.course)
    wanted = next(card for card in deck.cards if card.kind is CardKind.CHOOSE_TERM)
    assert deck.card(wanted.id, 5) == Deck(course_tutor.course).card(wanted.id, 5)
    assert len({tuple(option.text for option in shown(deck, wanted, seed).options) for seed in range(9)}) > 1
    assert deck.card("choose-term:nothing", 5) is None


def test_a_topic_is_meant_by_its_name_or_by_a_beginning_that_no_other_has(course_tutor: Tutor) -> None:
    deck = Deck(course_tutor.course)
    for topic in deck.topics:
        assert deck.topic(f" {topic.upper()} ") == topic
        beginning = topic[:-1]
        others = [one for one in deck.topics if one.casefold().startswith(beginning.casefold())]
        assert deck.topic(beginning) == (topic if others == [topic] else None)
    assert deck.topic("volcanoes") is None


def shown(deck: Deck, card: Card, seed: int) -> Card:
    """The card as that seed has it."""
    found = deck.card(card.id, seed)
    assert found is not None
    assert (found.id, found.entry) == (card.id, card.entry)
    return found
