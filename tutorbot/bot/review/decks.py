"""The decks of the courses that servers have, made once, with short names for cards and topics."""

import asyncio
from collections import OrderedDict

from tutorbot.bot.entry_keys import EntryKeys
from tutorbot.bot.review.asked import NONE, Asked, Sitting
from tutorbot.knowledge import Course
from tutorbot.quiz.card import Card
from tutorbot.quiz.review.deck import Deck

_REMEMBERED = 32
_ROOM = 8
"""Characters of one key."""


class KeyedDeck:
    """A deck, and the keys by which buttons name its cards and topics."""

    def __init__(self, course: Course) -> None:
        self.deck = Deck(course)
        self._cards = EntryKeys(card.id for card in self.deck.cards)
        self._topics = EntryKeys(self.deck.topics)

    def topic(self, sitting: Sitting) -> str | None:
        """The topic that is reviewed; None for all, and when there is none of that key any more."""
        return next(iter(self._topics.unpack(sitting.topic)), None)

    def sitting(self, topic: str | None) -> Sitting:
        """The beginning of a review on a topic, or on all."""
        return Sitting(NONE if topic is None else self._topics.pack([topic], _ROOM))

    def show(self, card_id: str, now: float, sitting: Sitting) -> tuple[Card, Asked]:
        """A card of the deck, as it is shown at ``now`` (unix seconds)."""
        shown = round(now * 1_000)
        card = self.deck.card(card_id, shown)
        assert card is not None  # an agenda has cards of this deck only
        return card, Asked(self._cards.pack([card_id], _ROOM), shown, _said(card), sitting)

    def shown(self, asked: Asked) -> Card | None:
        """The card that was shown; None if the notes have changed, so that it would not be the same."""
        for card_id in self._cards.unpack(asked.card):
            card = self.deck.card(card_id, asked.shown)
            if card is not None and _said(card) == asked.said:
                return card
        return None


class Decks:
    """Makes decks off the event loop, and keeps those used lately."""

    def __init__(self) -> None:
        self._held: OrderedDict[int, KeyedDeck] = OrderedDict()
        self._making = asyncio.Lock()

    async def of(self, course: Course) -> KeyedDeck:
        """The deck of a course."""
        async with self._making:
            held = self._held.get(id(course))  # the deck holds the course, so nothing else can have its id
            if held is None:
                held = self._held[id(course)] = await asyncio.to_thread(KeyedDeck, course)
            self._held.move_to_end(id(course))
            while len(self._held) > _REMEMBERED:
                self._held.popitem(last=False)
            return held


def _said(card: Card) -> str:
    """The key of everything that a card says."""
    return EntryKeys(()).pack([card.model_dump_json()], _ROOM)
