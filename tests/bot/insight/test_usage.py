"""The report's figures, its table and its picture."""

import csv
import io

import pytest
from PIL import Image

from tutorbot.bot.insight.picture import draw_usage
from tutorbot.bot.insight.table import COLUMNS, usage_table
from tutorbot.bot.insight.texts import InsightTexts
from tutorbot.bot.insight.usage import Usage, usage
from tutorbot.knowledge import Citation, Course, Entry, Source
from tutorbot.quiz.card import CardKind
from tutorbot.quiz.result import CardResult, RoundResult
from tutorbot.store.feedback import Feedback, Verdict
from tutorbot.store.questions import AskedQuestion, Outcome
from tutorbot.wording import Wording

NOW, WEEK = 1_795_316_861.0, 7 * 86_400.0


def entry(name: str, term: str = "") -> Entry:
    """An entry of that id."""
    citation = Citation(source="book", locator="page 1", quote="It is.")
    return Entry(id=name, term=term or name, topic="t", statement="It is.", citations=(citation,))


def course(*entries: Entry) -> Course:
    """A course of these entries."""
    return Course(id="made", title="Made", sources=(Source(id="book", title="Book"),), entries=entries)


def asked(*entries: str, ago: float = 0.0, outcome: Outcome = Outcome.ANSWERED, of: str = "made") -> AskedQuestion:
    """A question that was asked so many seconds ago."""
    return AskedQuestion(of, "?", outcome, entries, 0.9, NOW - ago)


def played(name: str, answered: int, right: int, *, void: bool = False, of: str = "made") -> RoundResult:
    """A round of one card."""
    card = CardResult(f"choose-term:{name}", name, CardKind.CHOOSE_TERM, void, answered, right)
    return RoundResult(1, NOW - 60, NOW, "completed", (card,), (), course=of)


@pytest.fixture
def busy() -> Usage:
    """Questions of three weeks, and a round."""
    questions = [
        asked("a"),
        asked("a", ago=WEEK + 1),
        asked(ago=1, outcome=Outcome.ABSTAINED),
        asked(ago=2 * WEEK + 1, outcome=Outcome.CLARIFY),
        asked("b", of="another"),
    ]
    feedback = [Feedback(Verdict.NOT_HELPFUL, "?", ("a",), NOW - 5), Feedback(Verdict.ABSTAINED, "?", (), NOW - 5)]
    return usage(
        course(entry("a"), entry("b"), entry("c")),
        ("a", "b"),
        questions,
        feedback,
        [
            played("b", 4, 1),
            played("b", 2, 1, of=""),
            played("b", 9, 9, of="another"),
            played("c", 9, 9, void=True),
            played("gone", 9, 0),
        ],
        until=NOW,
    )


def test_questions_stand_in_their_weeks_by_what_became_of_them(busy: Usage) -> None:
    *_, third, second, last = busy.weeks
    assert (last.answered, last.abstained, last.not_helpful) == (1, 1, 1)
    assert (second.answered, second.asked) == (1, 1)
    assert (third.clarified, third.asked) == (1, 1)


def test_entries_that_nobody_asks_about_and_that_no_round_had_are_found(busy: Usage) -> None:
    assert busy.unasked == ["b", "c"]
    assert busy.unquizzed == ["a"]  # there are no cards on c
    assert [(card.entry, card.answered, card.right) for card in busy.hard] == [("b", 6, 2)]


def test_a_server_where_nothing_happened_is_told_apart(wording: Wording) -> None:
    empty = usage(course(entry("a")), (), [], [], [], until=NOW)
    assert empty.empty
    assert "Nothing was asked" in InsightTexts(wording).report(empty)


def test_the_table_has_a_row_for_each_week_and_each_entry(busy: Usage) -> None:
    rows = list(csv.DictReader(io.StringIO(usage_table(busy).decode("utf-8-sig"))))
    assert tuple(rows[0]) == COLUMNS
    assert [row["part"] for row in rows] == ["week"] * 12 + ["entry"] * 3
    assert sum(int(row["questions"]) for row in rows if row["part"] == "week") == 4
    [b] = [row for row in rows if row["name"] == "b"]
    assert (b["questions"], b["quiz_answers"], b["quiz_right"]) == ("0", "6", "2")


@pytest.mark.parametrize("term", ['=HYPERLINK("https://example.com")', "+1", "-2+3", "@SUM(A1)", "\t=1", "＝1"])
def test_no_cell_of_the_table_can_be_run_as_a_formula(term: str) -> None:
    found = usage(course(entry("a", term)), (), [], [], [], until=NOW)
    *_, row = csv.DictReader(io.StringIO(usage_table(found).decode("utf-8-sig")))
    assert row["term"].startswith("'")
    assert row["term"].removeprefix("'") == term.strip()


@pytest.mark.parametrize("term", ["Entente", "$\\frac{1}$ of it", "_a_ {b} ^c", "很好 😀", "word " * 50])
def test_the_picture_is_drawn_whatever_the_terms_hold(busy: Usage, wording: Wording, term: str) -> None:
    held = usage(course(entry("a", term), entry("b")), ("a",), [asked("b")], [], [played("a", 9, 1)], until=NOW)
    for found in (held, busy):
        picture = Image.open(io.BytesIO(draw_usage(found, InsightTexts(wording).words(found))))
        assert picture.width == 1_650
        assert picture.getpixel((0, 0)) == (255, 255, 255, 0)  # outside of the rounded corner
        assert InsightTexts(wording).told(found).startswith("Bars for the questions")
