"""Cards, over every card of the alliance course and over generated courses."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tutorbot.knowledge import Citation, Course, Entry, Source, load_course
from tutorbot.knowledge.text import squeezed, words
from tutorbot.quiz.card import BLANK, Card, CardKind, Reason
from tutorbot.quiz.cards import CardMaker
from tutorbot.quiz.giving_away import told_by_topic
from tutorbot.quiz.telling_apart import TellingApart, bare_name

from .courses import courses
from .proving import flaws

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(KNOWLEDGE / "alliances").course


@pytest.fixture(scope="module")
def maker(course: Course) -> CardMaker:
    return CardMaker(course)


@pytest.fixture(scope="module")
def cards(maker: CardMaker) -> list[Card]:
    return maker.cards(Random(1))


@pytest.mark.parametrize("seed", range(3))
def test_every_wrong_option_of_the_course_is_wrong_for_a_reason_that_is_true(maker: CardMaker, seed: int) -> None:
    found = {card.id: flaws(maker.course, card) for card in maker.cards(Random(seed))}
    assert {key: flaw for key, flaw in found.items() if flaw} == {}


def test_the_course_gives_cards_of_every_kind_with_no_hand_writing(cards: list[Card]) -> None:
    kinds = Counter(card.kind for card in cards)
    assert set(kinds) == set(CardKind) - {CardKind.AUTHORED}
    assert min(kinds.values()) >= 15


def test_every_entry_with_a_statement_of_its_own_is_quizzed_or_told_by_its_term(
    course: Course, cards: list[Card]
) -> None:
    asked = {card.entry for card in cards}
    silent = [one for one in course.entries if one.statement and not one.is_list and one.id not in asked]
    for entry in silent:  # its statement says little more than its term
        said = set(words(entry.statement or ""))
        assert len(said - set(words(bare_name(entry.term)))) <= 6, entry.id


def test_card_ids_are_unique_and_do_not_depend_on_chance(maker: CardMaker, cards: list[Card]) -> None:
    ids = [card.id for card in cards]
    assert len(set(ids)) == len(ids)
    assert [card.id for card in maker.cards(Random(99))] == ids


def test_the_same_seed_makes_the_same_cards(maker: CardMaker, cards: list[Card]) -> None:
    assert maker.cards(Random(1)) == cards
    assert maker.cards(Random(2)) != cards


def test_every_card_names_its_entry_its_citations_and_the_lectures_sentence(course: Course, cards: list[Card]) -> None:
    for card in cards:
        entry = course.by_id[card.entry]
        assert card.citations == entry.citations
        assert card.explanation == entry.statement or card.kind is CardKind.NAME_THEM_ALL
        assert card.errata == entry.errata


def test_no_prompt_shows_the_term_that_is_asked_for(course: Course, cards: list[Card]) -> None:
    for card in cards:
        if card.kind in (CardKind.CHOOSE_TERM, CardKind.TYPE_TERM):
            term = words(bare_name(course.by_id[card.entry].term))
            assert f" {' '.join(term)} " not in f" {' '.join(words(card.prompt))} ", card.id


def test_no_typed_key_can_be_copied_from_the_prompt(cards: list[Card]) -> None:
    for card in cards:
        for name in card.accept:
            assert f" {' '.join(words(name))} " not in f" {' '.join(words(card.prompt))} ", card.id


def test_no_item_of_a_list_can_be_named_by_copying_the_question(cards: list[Card]) -> None:
    for card in cards:
        for item in card.items:
            assert squeezed(item.text) not in squeezed(card.prompt), card.id
            for name in item.names:
                assert f" {' '.join(words(name))} " not in f" {' '.join(words(card.prompt))} ", card.id


def test_no_typed_rival_is_also_accepted(cards: list[Card]) -> None:
    for card in cards:
        assert not {squeezed(name) for name in card.accept} & {squeezed(name) for name in card.rivals}, card.id


def test_a_blanked_statement_is_the_lectures_word_for_word_but_for_the_blanks(
    course: Course, cards: list[Card]
) -> None:
    for card in cards:
        if card.kind is CardKind.CHOOSE_TERM:
            rest = course.by_id[card.entry].statement or ""
            for part in card.prompt.split(BLANK):
                assert part in rest, card.id
                rest = rest[rest.index(part) + len(part) :]


def test_the_author_credited_is_neither_named_in_the_prompt_nor_beside_another_credited_one(
    course: Course, cards: list[Card]
) -> None:
    asked = [card for card in cards if card.kind is CardKind.WHO_SAID_IT]
    for card in asked:
        assert card.key is not None
        key = words(card.options[card.key].text)[-1]
        assert key not in words(card.prompt), card.id
        credited = {one.work_id for one in course.by_id[card.entry].citations if one.work_id}
        assert key in {words(author)[-1] for work in credited for author in course.works_by_id[work].authors}


def test_who_said_it_is_not_asked_where_an_erratum_names_somebody_else(cards: list[Card]) -> None:
    # the flashcards credit Waltz for Walt's definition and an erratum says so
    assert "who-said-it:alliance" not in {card.id for card in cards}


def test_what_the_lecture_prints_wrong_is_never_called_true(course: Course, cards: list[Card]) -> None:
    for card in cards:
        if card.kind is CardKind.TRUE_OR_FALSE and card.key == 0:
            assert course.by_id[card.entry].errata == (), card.id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("entrapment", "chain-ganging"),  # both are being dragged into an ally's war
        ("balance-of-threat-theory", "power-and-threat"),  # the contrast holds the theory's sentence
        ("coercion-held", "coercion-latent-force"),  # both are definitions of coercion
        ("coercion-held", "coercion-definitions"),
        ("alliance", "asymmetric-alliance"),  # the one is a kind of the other
        ("coalition", "gulf-war-coalition"),
        ("alliance-security-dilemma", "reducing-entrapment"),  # the one's text holds the other's
        ("satisfied-powers", "status-quo-and-revisionist"),
        ("dangers-of-alliances", "buck-passing"),
    ],
)
def test_entries_that_may_both_be_right_are_never_set_against_each_other(
    maker: CardMaker, one: str, other: str
) -> None:
    by_id = maker.course.by_id
    assert maker.apart.reason(by_id[one], by_id[other]) is None
    assert maker.apart.reason(by_id[other], by_id[one]) is None


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("deterrence", "compellence", Reason.OPPOSITE),
        ("reducing-abandonment", "reducing-entrapment", Reason.OPPOSITE),
        ("alliance", "coalition", Reason.CONTRASTED),
        ("realism", "constructivism", Reason.SIBLING),
        ("soft-power", "chain-ganging", Reason.UNRELATED),
    ],
)
def test_the_strongest_reason_is_given(maker: CardMaker, one: str, other: str, reason: Reason) -> None:
    by_id = maker.course.by_id
    assert maker.apart.reason(by_id[one], by_id[other]) is reason


def _made(*entries: Mapping[str, object]) -> Course:
    proof = Citation(source="book", locator="page 1", quote="It stands here.")
    found = [Entry.model_validate({"topic": "t", "citations": (proof,), **entry}) for entry in entries]
    return Course(id="made", title="Made", sources=(Source(id="book", title="Book"),), entries=tuple(found))


def test_several_definitions_of_one_thing_are_never_set_against_each_other() -> None:
    first = {"id": "first", "term": "Heat (Joule)", "statement": "Energy that moves between two bodies."}
    second = {"id": "second", "term": "Caloric", "statement": "A subtle fluid without weight."}
    items = [{"entry": "first"}, {"entry": "second"}]
    both = _made(first, second, {"id": "list", "term": "2 definitions of heat", "aliases": ["heat"], "items": items})
    assert TellingApart(both).reason(both.entries[0], both.entries[1]) is None
    kinds = _made(first, second, {"id": "list", "term": "2 old ideas", "items": items})
    assert TellingApart(kinds).reason(kinds.entries[0], kinds.entries[1]) is Reason.SIBLING


@pytest.mark.parametrize("turned", [False, True])
def test_an_entry_whose_text_holds_the_others_is_no_wrong_answer_even_if_called_its_opposite(turned: bool) -> None:
    short = {"id": "short", "term": "Melting", "statement": "Ice becomes water.", "opposite": ["long"]}
    long = {"id": "long", "term": "Freezing", "statement": "At zero degrees something happens. Ice becomes water."}
    made = _made(*((long, short) if turned else (short, long)))
    assert TellingApart(made).reason(made.entries[0], made.entries[1]) is None


def test_an_opposite_is_always_among_the_options(cards: list[Card]) -> None:
    card = next(card for card in cards if card.id == "choose-term:deterrence")
    assert "Compellence" in [option.text for option in card.options]


def test_nearness_that_is_given_decides_which_distractors_are_near(course: Course) -> None:
    entry = course.by_id["internalized-deterrence"]  # nothing is its opposite, contrast or sibling

    def near_to_three(one: str, other: str) -> float:
        return 0.8 if {one, other} & {"soft-power", "chain-ganging", "jcpoa"} else 0.0

    card = next(iter(CardMaker(course, near_to_three).cards_of(entry, Random(0))))
    others = {option.entry for option in card.options} - {entry.id}
    terms = {"soft-power", "chain-ganging", "jcpoa"}
    assert len(others & terms) >= 1
    far = next(iter(CardMaker(course, lambda one, other: 0.0).cards_of(entry, Random(0))))
    assert not {option.entry for option in far.options} & terms


def test_entries_too_near_in_meaning_are_not_set_against_each_other(course: Course) -> None:
    apart = TellingApart(course, lambda _one, _other: 0.95)
    assert apart.reason(course.by_id["soft-power"], course.by_id["chain-ganging"]) is None
    assert apart.reason(course.by_id["deterrence"], course.by_id["compellence"]) is Reason.OPPOSITE


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(courses(), st.integers(0, 1000))
def test_no_generated_course_has_a_card_with_a_second_right_answer(course: Course, seed: int) -> None:
    cards = CardMaker(course).cards(Random(seed))
    assert {card.id: flaws(course, card) for card in cards if flaws(course, card)} == {}
    assert len({card.id for card in cards}) == len(cards)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(courses())
def test_telling_apart_does_not_depend_on_the_order_of_asking(course: Course) -> None:
    forth, back = TellingApart(course), TellingApart(course)
    pairs = [(one, other) for one in course.entries for other in course.entries]
    found = [forth.reason(one, other) for one, other in pairs]
    assert found == [back.reason(other, one) for one, other in pairs]


def test_a_topic_that_names_the_term_asked_for_gives_it_away(cards: list[Card]) -> None:
    told = [card for card in cards if told_by_topic(card)]
    assert {card.kind for card in told} <= {CardKind.CHOOSE_TERM, CardKind.TYPE_TERM}
    asked = [card for card in cards if card.kind in {CardKind.CHOOSE_TERM, CardKind.TYPE_TERM}]
    named = [card for card in asked if card.term.casefold() in card.topic.casefold()]
    assert named
    assert all(told_by_topic(card) for card in named)
