"""A review's messages: texts with their buttons."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import discord
from discord.ui import Container, Item, LayoutView, MediaGallery
from fsrs import Rating

from tutorbot.bot.quiz.looks import KEY, OPEN
from tutorbot.bot.quiz.texts import LETTERS
from tutorbot.bot.review.asked import Asked, Sitting
from tutorbot.bot.review.buttons import (
    AnswerButton,
    EnoughButton,
    GradeButton,
    NewButton,
    NextButton,
    PickButton,
    RightButton,
    ShowButton,
)
from tutorbot.bot.review.texts import Given, Result, ReviewTexts
from tutorbot.bot.views.layout import ABSTAINED, ANSWERED, card
from tutorbot.knowledge import Course
from tutorbot.quiz.card import Card, CardKind, Mode
from tutorbot.quiz.review.agenda import Agenda

NEW_CARDS = 5
"""So many new cards come at one wish: each of them comes back again and again."""

PICTURE = "progress.png"
"""The name of the picture of somebody's progress."""


class ReviewLooks:
    """Lays a review out."""

    def __init__(self, texts: ReviewTexts) -> None:
        self._texts = texts

    def card(
        self, course: Course, asked: Asked, question: Card, *, waiting: int, new: bool, changed: bool
    ) -> LayoutView:
        """A card to be answered."""
        text = self._texts.card(course, question, waiting=waiting, new=new, changed=changed)
        label = self._texts.label
        return card(
            text,
            [
                *self._ways(asked, question),
                ShowButton.of(label("show"), asked),
                EnoughButton.of(label("enough"), asked.sitting),
            ],
            colour=OPEN,
        )

    def reveal(self, course: Course, asked: Asked, question: Card, given: Given, due: float | None) -> LayoutView:
        """What the notes say, after an answer."""
        text = self._texts.reveal(course, question, given, due)
        right = given.result in (Result.RIGHT, Result.PARTLY, Result.CORRECTED)
        buttons = self._leading_on(asked.sitting)
        if given.result is Result.WRONG and given.typed:
            buttons.insert(1, RightButton.of(self._texts.label("right"), asked))
        return card(text, buttons, colour=KEY if right else ABSTAINED)

    def self_graded(self, course: Course, asked: Asked, question: Card, waits: Mapping[Rating, float]) -> LayoutView:
        """What the notes say, and how well it was known; ``waits``: in how many seconds the card comes back then."""
        text = self._texts.reveal(course, question, Given(Result.SHOWN), None)
        buttons: list[Item[Any]] = [
            GradeButton.of(self._texts.label(rating.name.lower(), seconds=seconds), asked, int(rating))
            for rating, seconds in waits.items()
        ]
        return card(text, [*buttons, EnoughButton.of(self._texts.label("enough"), asked.sitting)], colour=ANSWERED)

    def end(self, course: Course, agenda: Agenda, sitting: Sitting, *, done: int, topic: str | None) -> LayoutView:
        """Nothing more now; new cards if there are any."""
        text = self._texts.end(course, agenda, done=done, topic=topic)
        label, buttons = self._texts.label, list[Item[Any]]()
        if agenda.waiting:
            buttons.append(NextButton.of(label("go_on"), replace(sitting, new=0)))
        elif agenda.unseen:
            new = min(NEW_CARDS, len(agenda.unseen))
            buttons.append(NewButton.of(label("new", cards=new), replace(sitting, new=new)))
        return card(text, buttons)

    def progress(self, line: str, told: str) -> LayoutView:
        """The line above the picture, which is attached; ``told`` is the picture in words."""
        view = card(line)
        frame = view.children[-1]
        assert isinstance(frame, Container)
        frame.add_item(MediaGallery(discord.MediaGalleryItem(f"attachment://{PICTURE}", description=told)))
        return view

    def _ways(self, asked: Asked, question: Card) -> list[Item[Any]]:
        if question.mode is not Mode.CHOICE:
            return [AnswerButton.of(self._texts.label("answer"), asked, int(question.mode is Mode.LIST))]
        named = question.kind is CardKind.TRUE_OR_FALSE
        return [
            PickButton.of(word if named else LETTERS[at], asked, at)
            for at, word in enumerate(self._texts.options(question))
        ]

    def _leading_on(self, sitting: Sitting) -> list[Item[Any]]:
        label = self._texts.label
        return [NextButton.of(label("next"), sitting), EnoughButton.of(label("enough"), sitting)]
