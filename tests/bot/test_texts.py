"""The texts by themselves: what is cut, what is made harmless, what stays as the lecture has it."""

import pytest

from tutorbot.answering.answer import Answer, Passage, Point, QuestionKind, Quote, Status
from tutorbot.bot.spoken import as_typed, says_something, without_mentions
from tutorbot.bot.texts import MESSAGE_ROOM, Texts, label
from tutorbot.bot.views.layout import card, notice
from tutorbot.wording import Wording

PLACE = Quote("slides", "Slides", "slide 1", "As printed", "Walt (1987)")


@pytest.fixture
def texts(wording: Wording) -> Texts:
    """The project's texts."""
    return Texts(wording)


def answered(*passages: Passage, credit: str | None = None) -> Answer:
    """An answer of these passages."""
    return Answer("?", Status.ANSWERED, QuestionKind.DEFINITION, passages, credit=credit)


def test_a_definition_stands_in_a_quote_with_its_place_below(texts: Texts) -> None:
    shown = texts.answer(answered(Passage("a", "Alliance", "States agree.\nAnd stick to it.", (PLACE, PLACE))))
    assert shown.splitlines() == [
        "### Alliance",
        "> States agree.",
        "> And stick to it.",
        "-# Slides · slide 1 · Walt (1987)",
    ]


def test_an_attribution_begins_with_who_and_which_work(texts: Texts) -> None:
    shown = texts.answer(answered(Passage("a", "Alliance", "States agree.", (PLACE,)), credit="Walt (1987)"))
    assert shown.splitlines()[:3] == ["### Walt (1987)", "**Alliance**", "> States agree."]


def test_the_item_that_was_asked_about_stands_out(texts: Texts) -> None:
    points = (Point("one"), Point("two", asked=True))
    shown = texts.answer(answered(Passage("a", "List", "", (PLACE,), points)))
    assert "1. one\n2. **two**\n" in shown


def test_more_than_two_places_are_counted(texts: Texts) -> None:
    quotes = tuple(Quote("slides", "Slides", f"slide {number}", "x") for number in range(5))
    assert texts.answer(answered(Passage("a", "A", "x", quotes))).endswith("-# and 3 more under Sources")


def test_a_comparison_is_kept_short(texts: Texts) -> None:
    one, two = Passage("a", "A", "x", (PLACE,), gloss="Easy"), Passage("b", "B", "y", (PLACE,), gloss="Easy")
    shown = texts.answer(answered(one, two))
    assert shown == "### A\n> x\n\n---\n\n### B\n> y\n-# Slides · slide 1 · Walt (1987)"


def test_the_sides_of_a_comparison_from_different_places_name_each_its_own(texts: Texts) -> None:
    other = Quote("cards", "Cards", "card: B", "y")
    shown = texts.answer(answered(Passage("a", "A", "x", (PLACE,)), Passage("b", "B", "y", (other,))))
    assert "> x\n-# Slides · slide 1 · Walt (1987)\n" in shown
    assert shown.endswith("> y\n-# Cards · card: B")


def test_an_alternative_is_said_to_be_one(texts: Texts) -> None:
    one = Passage("a", "A", "x", (PLACE,), gloss="Easy")
    shown = texts.answer(answered(one, Passage("b", "B", "y", (PLACE,), gloss="Hard", alternative=True)))
    assert shown.splitlines() == [
        "### A",
        "> x",
        "-# In plain words (course team): Easy",
        "",
        "---",
        "",
        "-# Or perhaps this:",
        "### B",
        "> y",
        "-# Slides · slide 1 · Walt (1987)",
    ]


@pytest.mark.parametrize("text", ["word " * 400, "*_~" * 600, "x" * 2000])
def test_an_answer_too_long_for_a_message_is_cut(texts: Texts, text: str) -> None:
    points = tuple(Point(text) for _ in range(30))
    many = answered(*(Passage(f"{number}", text[:300], text, (PLACE,), points) for number in range(4)))
    shown = texts.answer(many)
    assert len(shown) <= MESSAGE_ROOM
    view = card(shown, question=texts.question(text))
    assert view.content_length() <= 4000
    assert view.total_children_count <= 40


def test_sources_take_as_many_messages_as_they_need_and_lose_nothing(texts: Texts) -> None:
    quotes = [Quote("slides", "Slides", f"slide {number}", f"{number} " + "word " * 350) for number in range(6)]
    pages = texts.sources(quotes)
    assert len(pages) > 1
    assert all(notice(page).content_length() <= 4000 for page in pages)
    assert sum(page.count("word") for page in pages) == 6 * 350


def test_text_of_people_and_lectures_has_no_power(texts: Texts) -> None:
    nasty = "@everyone <@123> **bold** `code` [link](https://example.com)\n# head\n> quote\n-# small"
    quote = Quote("slides", nasty, nasty, nasty, nasty)
    everything = [
        texts.question(nasty),
        texts.unknown(nasty, choices=True),
        texts.related(nasty),
        texts.answer(answered(Passage("a", nasty, nasty, (quote,), (Point(nasty),), nasty, (nasty,)), credit=nasty)),
        *texts.sources([quote]),
    ]
    for text in everything:
        assert "@everyone" not in text
        assert "<@1" not in text
        assert "**bold**" not in text
        assert "`code`" not in text
        assert "[link]" not in text
        assert "https://" not in text
        assert "\n# head" not in text
        assert "\n-# small" not in text


@pytest.mark.parametrize("typed", ["what is *this*?", "a_b_c (d) [e] #f", "- dash", "1 < 2 > 1", "mail@example.com"])
def test_a_question_shown_can_be_read_back_as_it_was_typed(texts: Texts, typed: str) -> None:
    assert as_typed(texts.question(typed)) == typed


def test_a_label_fits_a_button() -> None:
    assert len(label("word " * 50)) <= 80


def test_mentions_are_taken_out_wherever_they_stand() -> None:
    text = "<@7> what <@&8> is <#9> 1 < 2 <:nerd:10><a:wave:11> <@!12>"
    assert without_mentions(text).split() == ["what", "is", "1", "<", "2"]


@pytest.mark.parametrize(("text", "says"), [("?", False), ("😀", False), ("", False), ("北", True), ("7", True)])
def test_only_letters_and_digits_say_something(text: str, says: bool) -> None:
    assert says_something(text) is says
