"""The real bot, and what is kept of people's reviews."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from fsrs import Rating

from tests.bot.quiz.house import QuizHouse, right
from tutorbot.bot.review.asked import ASKED, Asked
from tutorbot.bot.review.decks import KeyedDeck
from tutorbot.playground import Channel, Message, Person
from tutorbot.quiz.card import Card, CardKind
from tutorbot.quiz.review.scheduling import review
from tutorbot.store.database import open_database
from tutorbot.store.reviews import Reviewed, ReviewLine
from tutorbot.store.sql_reviews import SqlReviews

DAY, MINUTE = 86_400.0, 60.0
PATIENCE = 30.0
"""Real seconds for an answer: after a start the cards are made and the grader is loaded."""


class ReviewHouse(QuizHouse):
    """A house where people review."""

    @asynccontextmanager
    async def reviews(self) -> AsyncIterator[SqlReviews]:
        """The store that the bot uses, opened beside it."""
        engine = await open_database(self.database)
        try:
            yield SqlReviews(engine)
        finally:
            await engine.dispose()

    async def due(self, person: Person, channel: Channel, *cards: Card) -> None:
        """Let these cards be due to a person, the first one longest: they did not know them, days ago."""
        assert channel.guild is not None
        async with self.reviews() as store:
            for number, card in enumerate(cards):
                at = self.clock() - (9 - number) * DAY
                reviewed, _line = review(card, None, Rating.Again, guild=channel.guild.id, person=person.id, now=at)
                await store.save(reviewed)

    async def held(self, person: Person, channel: Channel) -> dict[str, Reviewed]:
        """A person's cards by id."""
        assert channel.guild is not None
        async with self.reviews() as store:
            return {one.card: one for one in await store.cards(channel.guild.id, person.id)}

    async def lines(self, person: Person, channel: Channel) -> Sequence[ReviewLine]:
        """What a person reviewed."""
        assert channel.guild is not None
        async with self.reviews() as store:
            return await store.lines(channel.guild.id, person.id)


def a_card(deck: KeyedDeck, kind: CardKind, number: int = 0, topic: str | None = None) -> Card:
    """A card of that kind."""
    return [card for card in deck.deck.cards if card.kind is kind and topic in (None, card.topic)][number]


def shown_card(deck: KeyedDeck, message: Message) -> Card:
    """The card that a message asks, as its buttons name it."""
    ids = [re.fullmatch(f"review-show:{ASKED}", button.custom_id or "") for button in message.buttons]
    [match] = [one for one in ids if one is not None]
    card = deck.shown(Asked.unpacked(*match.groups()))
    assert card is not None
    return card


def right_label(deck: KeyedDeck, message: Message) -> str:
    """The label of the right button."""
    return right(shown_card(deck, message))


async def review_of(person: Person, channel: Channel, **options: object) -> Message:
    """The private message in which a person's review goes on."""
    answered = await (await person.slash(channel, "review", **options)).answered(PATIENCE)
    assert answered.message.ephemeral
    return answered.message


async def press(person: Person, message: Message, button: str) -> Message:
    """The same message after a click."""
    answered = await (await person.click(message, button)).answered(PATIENCE)
    assert answered.message is message
    return message
