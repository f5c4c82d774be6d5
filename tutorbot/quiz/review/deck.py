"""The cards of a course, each to be had again just as it was shown."""

from collections.abc import Sequence
from random import Random

from tutorbot.knowledge import Course
from tutorbot.knowledge.text import squeezed
from tutorbot.quiz.card import Card
from tutorbot.quiz.cards import CardMaker
from tutorbot.quiz.deck import topics


class Deck:
    """All cards of one course. Making it takes most of a second: do it in a thread."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self._maker = CardMaker(course)
        self.cards: Sequence[Card] = self._maker.cards(Random(0))  # noqa: S311 - a card's wrong answers are no secret
        self.topics = topics(self.cards)
        self._entries = {card.id: card.entry for card in self.cards}

    def card(self, card_id: str, seed: int) -> Card | None:
        """The card of that id; the same ``seed`` gives the same options in the same order. None if there is no such card."""
        entry = self.course.by_id.get(self._entries.get(card_id, ""))
        if entry is None:
            return None
        rng = Random(seed)  # noqa: S311
        return next((card for card in self._maker.cards_of(entry, rng) if card.id == card_id), None)

    def topic(self, typed: str) -> str | None:
        """The topic that was typed, or the only one that begins so; None if there is none."""
        begun = [topic for topic in self.topics if squeezed(topic).startswith(squeezed(typed))]
        exact = [topic for topic in begun if squeezed(topic) == squeezed(typed)]
        return exact[0] if exact else begun[0] if len(begun) == 1 else None
