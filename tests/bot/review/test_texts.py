"""What a review writes fits into Discord's limits and has no power, whatever a course says."""

import pytest
from discord.ui import LayoutView

from tests.bot.quiz.test_texts import NASTY, measured, overlong
from tutorbot.bot.review.asked import Asked, Sitting
from tutorbot.bot.review.buttons import (
    REVIEW_BUTTONS,
    AnswerButton,
    GradeButton,
    PickButton,
    ReviewButton,
    RightButton,
    ShowButton,
)
from tutorbot.bot.review.looks import ReviewLooks
from tutorbot.bot.review.texts import Given, Result, ReviewTexts
from tutorbot.knowledge import Citation, Course, Entry, Source
from tutorbot.quiz.card import Card
from tutorbot.quiz.review.agenda import Agenda
from tutorbot.quiz.review.mastery import Mastery
from tutorbot.quiz.review.scheduling import waits
from tutorbot.wording import Wording

ASKED = Asked("a" * 8, 1_800_000_000_000, "b" * 8, Sitting("c" * 8, 99))


def course_of(text: str) -> Course:
    """A course whose every part is ``text``, as far as a course may hold it."""
    line, passage = text.strip()[:300], text.strip()[:2000]
    citations = tuple(Citation(source="s", locator=line, quote=passage) for _ in range(9))
    sources = (Source(id="s", title=line),)
    parts = {"term": line, "topic": line, "statement": passage, "gloss": line, "errata": (line,) * 3, "note": True}
    entries = tuple(Entry.model_validate({"id": name, "citations": citations, **parts}) for name in ("a", "b", "c"))
    return Course(id="made", title=line, sources=sources, entries=entries)


def everything(texts: ReviewTexts, text: str) -> list[tuple[str, int, int]]:
    """The text, the length and the number of components of every message of a review of such a course."""
    looks, course, views = ReviewLooks(texts), course_of(text), list[LayoutView]()
    for card in overlong(text):
        views.append(looks.card(course, ASKED, card, waiting=999, new=False, changed=True))
        views += [looks.reveal(course, ASKED, card, given, 1.8e9) for given in givens(card, text)]
        views.append(looks.self_graded(course, ASKED, card, waits(None, 1.8e9)))
    for agenda in (Agenda(("a",), (), (), None), Agenda((), (), (("a",),) * 500, 1.8e9)):
        views.append(looks.end(course, agenda, ASKED.sitting, done=9, topic=text.strip()[:300]))
    topics = [Mastery(text.strip()[:300], 9, 5, 0.5, 3.0)] * 40
    views.append(looks.progress(texts.progress(topics, waiting=9), texts.progress_told(topics)))
    return [measured(view) for view in views]


def givens(card: Card, text: str) -> list[Given]:
    """Every result of an answer as long as it may be."""
    choice = 0 if card.options else None
    named = tuple(range(len(card.items)))
    return [Given(result, typed=text[:500], choice=choice, named=named, reason=text) for result in Result]


@pytest.mark.parametrize("text", ["word " * 400, "*_~" * 600, "x" * 2000, "a\n" * 900, NASTY * 20])
def test_no_message_is_over_discords_limits(wording: Wording, text: str) -> None:
    for _shown, length, components in everything(ReviewTexts(wording), text):
        assert length <= 4000
        assert components <= 40


def test_the_text_of_a_course_has_no_power(wording: Wording) -> None:
    for shown, _length, _components in everything(ReviewTexts(wording), NASTY):
        for power in ("@everyone", "<@123", "**bold**", "`code`", "[link]", "https://", "\n# head", "\n-# small"):
            assert power not in shown


@pytest.mark.parametrize("button", REVIEW_BUTTONS)
def test_what_a_button_carries_is_read_back_and_fits(button: type[ReviewButton]) -> None:
    more = {"review-pick": (24,), "review-grade": (4,), "review-answer": (1,)}.get(button.name, ())
    about_a_card = button in (PickButton, AnswerButton, ShowButton, GradeButton, RightButton)
    custom_id = button.of("x", ASKED if about_a_card else ASKED.sitting, *more).item.custom_id
    assert custom_id is not None
    assert len(custom_id) <= 100
    match = button.__discord_ui_compiled_template__.fullmatch(custom_id)
    assert match is not None
    read = button("x", *match.groups())
    assert (read.asked if about_a_card else Sitting.unpacked(*read.state)) == (ASKED if about_a_card else ASKED.sitting)


@pytest.mark.parametrize(
    ("seconds", "label"),
    [(1, "1 min"), (600, "10 min"), (7_200, "2 h"), (86_400, "1 d"), (30 * 86_400, "30 d"), (61 * 86_400, "2 mo")],
)
def test_a_grade_says_when_the_card_would_come_back(wording: Wording, seconds: float, label: str) -> None:
    assert ReviewTexts(wording).label("good", seconds=seconds) == f"Good · {label}"
