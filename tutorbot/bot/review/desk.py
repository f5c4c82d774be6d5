"""The review's desk: hands out cards one after the other, and keeps what became of each before the next one comes."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from io import BytesIO
from random import Random

import discord
from discord import ui
from discord.ui import LayoutView
from fsrs import Rating

from tutorbot.bot.quiz.clock import DiscordClock
from tutorbot.bot.responding import Page, Pages, apologise, respond
from tutorbot.bot.review.asked import Asked, Sitting
from tutorbot.bot.review.buttons import Click
from tutorbot.bot.review.decks import Decks
from tutorbot.bot.review.keeping import Keeping, Student, answered_since
from tutorbot.bot.review.looks import PICTURE, ReviewLooks
from tutorbot.bot.review.texts import Given, Result, ReviewTexts
from tutorbot.bot.views.layout import notice
from tutorbot.knowledge import Course
from tutorbot.quiz.card import Card, Mode
from tutorbot.quiz.marking import Marking
from tutorbot.quiz.review.agenda import Agenda, agenda
from tutorbot.quiz.review.mastery import mastery
from tutorbot.quiz.review.picture import draw_progress
from tutorbot.quiz.review.rating import rating_of
from tutorbot.quiz.review.scheduling import waits
from tutorbot.quiz.spacing import DAY
from tutorbot.store.reviews import ReviewStore

FIELD = "review-typed"
"""How the custom_id of a field for typed answers begins."""

_TEXT_ROOM = 500

Answering = Callable[[Card], Awaitable[tuple[Given, float]]]
"""Grades an answer to a card: what is told of it, and which share (0..1) of it is right."""


class ReviewDesk:
    """What people do in their reviews. ``course_of`` gives a server's course, ``clock`` Discord's time; ``rng`` draws new cards."""

    def __init__(
        self,
        course_of: Callable[[int | None], Course],
        decks: Decks,
        reviews: ReviewStore,
        texts: ReviewTexts,
        marking: Marking,
        *,
        clock: DiscordClock,
        rng: Random,
    ) -> None:
        self.texts = texts
        self._course_of = course_of
        self._reviews = reviews
        self._looks = ReviewLooks(texts)
        self._marking = marking
        self._clock = clock
        self._rng = rng
        self._decks = decks
        self._keeping = Keeping(reviews)
        self._warming: set[asyncio.Task[None]] = set()

    async def topics(self, guild: int | None) -> tuple[str, ...]:
        """The topics that there are cards on."""
        return (await self._decks.of(self._course_of(guild))).deck.topics

    async def open(self, interaction: Click, typed: str | None) -> None:
        """Begin a review, on the topic that was ``typed`` or on all."""
        self._clock.heard(interaction.id)

        async def work() -> Pages:
            student = await self._student(interaction)
            deck = student.deck.deck
            topic = deck.topic(typed) if typed and typed.strip() else None
            if topic is None and typed and typed.strip():
                return notice(self.texts.unknown_topic(typed, deck.topics))
            return await self._next(student, student.deck.sitting(topic))

        await respond(interaction, work, private=True)

    async def go_on(self, click: Click, sitting: Sitting) -> None:
        """Show the next card."""
        self._clock.heard(click.id)

        async def work() -> Pages:
            return await self._next(await self._student(click), sitting)

        await respond(click, work, private=True, in_place=True)

    async def enough(self, click: Click, sitting: Sitting) -> None:
        """Stop, and say when the next card is due."""
        self._clock.heard(click.id)

        async def work() -> Pages:
            student = await self._student(click)
            return await self._end(student, sitting, await self._agenda(student, sitting))

        await respond(click, work, private=True, in_place=True)

    async def pick(self, click: Click, asked: Asked, choice: int) -> None:
        """Answer a card by choosing."""

        async def answer(card: Card) -> tuple[Given, float]:
            right = choice == card.key
            return Given(Result.RIGHT if right else Result.WRONG, choice=choice), float(right)

        await self._answer(click, asked, answer)

    async def open_field(self, click: Click, asked: Asked, *, listed: bool) -> None:
        """Open the field in which the answer is typed, at once: this cannot be put off."""
        try:
            field = ui.Modal(title=self.texts.field("modal"), custom_id=f"{FIELD}:{asked.packed()}", timeout=900)
            style = discord.TextStyle.paragraph if listed else discord.TextStyle.short
            text = ui.TextInput[ui.Modal](custom_id="text", style=style, max_length=_TEXT_ROOM)
            label = self.texts.field("list" if listed else "typed")
            field.add_item(ui.Label[ui.Modal](text=label, component=text))
            await click.response.send_modal(field)
        except Exception as error:
            await apologise(click, error)

    async def typed(self, submitted: Click, asked: Asked, text: str) -> None:
        """Take an answer from the field."""

        async def answer(card: Card) -> tuple[Given, float]:
            marked = await self._marking.mark(card, text)
            share = len(marked.credited) / len(card.items) if card.items else float(marked.correct)
            partly = rating_of(card, share, 0.0) is not Rating.Again
            result = Result.RIGHT if share == 1 else Result.PARTLY if partly else Result.WRONG
            return Given(result, typed=text, named=marked.credited, reason=marked.reason), share

        await self._answer(submitted, asked, answer)

    async def count_as_right(self, click: Click, asked: Asked) -> None:
        """Take back that a typed answer was wrong."""
        self._clock.heard(click.id)

        async def work() -> Pages:
            student = await self._student(click)
            card = student.deck.shown(asked)
            if card is None:
                return await self._next(student, asked.sitting, changed=True)
            after, kept = await self._keeping.correct(student, asked, card)
            given = Given(Result.CORRECTED if kept else Result.EARLIER)
            return self._looks.reveal(student.course, asked, card, given, after.due if after else None)

        await respond(click, work, private=True, in_place=True)

    async def show_answer(self, click: Click, asked: Asked) -> None:
        """Show the answer, to be graded by the student."""
        now = self._clock.heard(click.id)

        async def work() -> Pages:
            student = await self._student(click)
            card = student.deck.shown(asked)
            if card is None:
                return await self._next(student, asked.sitting, changed=True)
            before = await self._reviews.card(student.guild, student.person, card.id)
            if before is not None and answered_since(before, asked, now):
                return self._looks.reveal(student.course, asked, card, Given(Result.EARLIER), before.due)
            return self._looks.self_graded(student.course, asked, card, waits(before, now))

        await respond(click, work, private=True, in_place=True)

    async def grade(self, click: Click, asked: Asked, rating: int) -> None:
        """Keep how well the student says they knew the card, and show the next one."""
        now = self._clock.heard(click.id)

        async def work() -> Pages:
            student = await self._student(click)
            card = student.deck.shown(asked)
            if card is not None:
                await self._keeping.keep(student, asked, card, Rating(rating), now)
            return await self._next(student, asked.sitting, changed=card is None)

        await respond(click, work, private=True, in_place=True)

    async def progress(self, interaction: Click) -> None:
        """Show how well the student holds each topic."""
        self._clock.heard(interaction.id)

        async def work() -> Pages:
            student = await self._student(interaction)
            cards, now = student.deck.deck.cards, self._clock()
            held = await self._reviews.cards(student.guild, student.person)
            topics = mastery(cards, held, now)
            found = await self._agenda(student, student.deck.sitting(None))
            line = self.texts.progress(topics, waiting=found.waiting)
            if not any(topic.reviewed for topic in topics):
                return notice(line)
            picture = await asyncio.to_thread(draw_progress, topics, self.texts.progress_words(student.course, topics))
            told = self.texts.progress_told(topics)
            file = discord.File(BytesIO(picture), PICTURE, description=told)
            return Page(self._looks.progress(line, told), (file,))

        await respond(interaction, work, private=True)

    async def close(self) -> None:
        """Stop what goes on in the background."""
        for task in self._warming:
            task.cancel()

    async def _answer(self, click: Click, asked: Asked, answer: Answering) -> None:
        """Grade an answer, keep what it says about the student's memory, and show the key."""
        now = self._clock.heard(click.id)

        async def work() -> Pages:
            student = await self._student(click)
            card = student.deck.shown(asked)
            if card is None:
                return await self._next(student, asked.sitting, changed=True)
            given, share = await answer(card)
            rating = rating_of(card, share, max(0.0, now - asked.shown / 1_000))
            after, kept = await self._keeping.keep(student, asked, card, rating, now)
            given = given if kept else replace(given, result=Result.EARLIER)
            return self._looks.reveal(student.course, asked, card, given, after.due)

        await respond(click, work, private=True, in_place=True)

    async def _next(self, student: Student, sitting: Sitting, *, changed: bool = False) -> LayoutView:
        found = await self._agenda(student, sitting)
        card_id = found.first(self._rng, new=sitting.new > 0)
        if card_id is None:
            return await self._end(student, sitting, found)
        new = not found.waiting
        sitting = replace(sitting, new=sitting.new - 1) if new else sitting
        card, asked = student.deck.show(card_id, self._clock(), sitting)
        if card.mode is not Mode.CHOICE:
            self._warm()
        return self._looks.card(student.course, asked, card, waiting=found.waiting, new=new, changed=changed)

    async def _end(self, student: Student, sitting: Sitting, found: Agenda) -> LayoutView:
        done = await self._reviews.lines(student.guild, student.person, self._clock() - DAY)
        topic = student.deck.topic(sitting)
        return self._looks.end(
            student.course, found, sitting, done=len({(line.card, line.at) for line in done}), topic=topic
        )

    async def _agenda(self, student: Student, sitting: Sitting) -> Agenda:
        held = await self._reviews.cards(student.guild, student.person)
        missed = await self._reviews.missed(student.guild, student.person, student.course.id)
        deck = student.deck
        return agenda(deck.deck.cards, held, missed, now=self._clock(), topic=deck.topic(sitting))

    async def _student(self, interaction: Click) -> Student:
        assert interaction.guild_id is not None  # the commands are there in servers only
        deck = await self._decks.of(self._course_of(interaction.guild_id))
        return Student(interaction.guild_id, interaction.user.id, deck)

    def _warm(self) -> None:
        task = asyncio.ensure_future(self._marking.warm())
        self._warming.add(task)
        task.add_done_callback(self._warming.discard)
