"""Cards that the course team writes."""

from random import Random

import pytest
from pydantic import ValidationError

from tutorbot.knowledge import Citation, Course, Entry, Source
from tutorbot.knowledge.models import AuthoredCard
from tutorbot.quiz.card import Card, CardKind, Mode, Reason
from tutorbot.quiz.cards import CardMaker


def made(*cards: AuthoredCard) -> list[Card]:
    """The authored cards of a course with one entry."""
    proof = Citation(source="book", locator="page 1", quote="Water boils at 100 degrees.")
    entry = Entry(id="boiling", term="Boiling", topic="Heat", statement=proof.quote, citations=(proof,), cards=cards)
    course = Course(id="heat", title="Heat", sources=(Source(id="book", title="Book"),), entries=(entry,))
    return [card for card in CardMaker(course).cards(Random(1)) if card.kind is CardKind.AUTHORED]


def test_a_key_with_distractors_is_a_choice() -> None:
    (card,) = made(AuthoredCard(question="When does water boil?", key="At 100", distractors=("At 0", "At 50")))
    assert (card.mode, card.prompt, card.id) == (Mode.CHOICE, "When does water boil?", "authored:boiling:0")
    assert card.key is not None
    assert card.options[card.key].text == "At 100"
    assert [option.wrong for option in card.options if option.text != "At 100"] == [Reason.AUTHORED] * 2


def test_a_key_without_distractors_is_typed() -> None:
    first, second = made(
        AuthoredCard(question="How hot?", key="100", accept=("100 degrees", "hundred")),
        AuthoredCard(question="How hot?", key="100"),
    )
    assert (first.mode, first.accept) == (Mode.TYPED, ("100", "100 degrees", "hundred"))
    assert (second.accept, second.id) == (("100",), "authored:boiling:1")


def test_items_are_named_together() -> None:
    (card,) = made(AuthoredCard(question="Name two states of water.", items=("ice", "steam")))
    assert (card.mode, [item.text for item in card.items]) == (Mode.LIST, ["ice", "steam"])


def test_an_authored_card_cites_its_entry() -> None:
    (card,) = made(AuthoredCard(question="How hot?", key="100"))
    assert (card.explanation, card.citations[0].locator) == ("Water boils at 100 degrees.", "page 1")


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"key": "a", "items": ["b", "c"]},
        {"items": ["b"]},
        {"key": "a", "distractors": ["b"], "accept": ["c"]},
        {"key": "a", "distractors": ["b", "B"]},
        {"key": "a", "distractors": ["A "]},
        {"distractors": ["b"]},
        {"accept": ["b"]},
    ],
)
def test_a_card_of_no_clear_form_is_refused(parts: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        AuthoredCard.model_validate({"question": "Which?", **parts})
