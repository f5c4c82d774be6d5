"""Keeping what became of a card, once for each time that it was shown."""

import asyncio
from dataclasses import dataclass
from weakref import WeakValueDictionary

from fsrs import Rating

from tutorbot.bot.review.asked import Asked
from tutorbot.bot.review.decks import KeyedDeck
from tutorbot.knowledge import Course
from tutorbot.quiz.card import Card
from tutorbot.quiz.review.scheduling import corrected, memory, review
from tutorbot.store.reviews import Reviewed, ReviewStore


@dataclass(frozen=True, slots=True)
class Student:
    """Somebody on a server, and the cards of its course."""

    guild: int
    person: int
    deck: KeyedDeck

    @property
    def course(self) -> Course:
        """The server's course."""
        return self.deck.deck.course


class Keeping:
    """Keeps reviews. Of two clicks at the same time, the second finds what the first has kept."""

    def __init__(self, reviews: ReviewStore) -> None:
        self._reviews = reviews
        self._locks: WeakValueDictionary[tuple[int, int], asyncio.Lock] = WeakValueDictionary()

    async def keep(
        self, student: Student, asked: Asked, card: Card, rating: Rating, now: float
    ) -> tuple[Reviewed, bool]:
        """Keep a review; False if the card was reviewed since it was shown (a click twice, or in another message)."""
        async with self._one_at_a_time(student):
            before = await self._reviews.card(student.guild, student.person, card.id)
            if before is not None and answered_since(before, asked, now):
                return before, False
            after, line = review(card, before, rating, guild=student.guild, person=student.person, now=now)
            await self._reviews.save(after, line)
            return after, True

    async def correct(self, student: Student, asked: Asked, card: Card) -> tuple[Reviewed | None, bool]:
        """Let the card's last review count as Good if it was the wrong answer to the card as it was shown."""
        who = (student.guild, student.person)
        async with self._one_at_a_time(student):
            lines = [line for line in await self._reviews.lines(*who) if line.card == card.id]
            if not lines or lines[-1].rating != Rating.Again or lines[-1].at * 1_000 < asked.shown:
                return await self._reviews.card(*who, card.id), False
            after, line = corrected(card, lines, Rating.Good, guild=student.guild, person=student.person)
            await self._reviews.save(after, line)
            return after, True

    def _one_at_a_time(self, student: Student) -> asyncio.Lock:
        return self._locks.setdefault((student.guild, student.person), asyncio.Lock())


def answered_since(before: Reviewed, asked: Asked, now: float) -> bool:
    """Whether the card was reviewed after it was shown."""
    held = memory(before, now)
    return held is not None and held.reviewed_at * 1_000 >= asked.shown
