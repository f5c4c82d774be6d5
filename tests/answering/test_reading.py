"""Reading a question."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutorbot.answering import QuestionKind
from tutorbot.answering.reading import (
    MAX_LENGTH,
    Reading,
    asks,
    asks_for_form,
    cleaned,
    points_back,
    read_question,
    several_questions,
)
from tutorbot.matching.spelling import Speller

SPELLER = Speller(["leaven", "ferment", "hydration", "buck-passing"], frozenset(["what", "is", "leave"]).__contains__)


def read(question: str) -> Reading:
    """A question, read with a few course words."""
    return read_question(question, SPELLER)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("<@123456789> what is leaven?", "what is leaven?"),
        ("<@!1> <@&2> <#3> leaven <:bread:12> <a:rise:13> </ask:14> <t:1700000000:R>", "leaven"),
        ("@tutor what is leaven", "what is leaven"),
        ("@tutor, leaven", "leaven"),
        ("see https://example.org/a?b=c#d leaven", "see leaven"),
        ("**what** is __leaven__ ~~or~~ `not` ||secret||", "what is leaven or not secret"),
        ("> quoted\n# Heading\n- leaven", "quoted Heading - leaven"),
        ("\u202ewhat\u2069 is\u200b lea\u00adven\ufeff", "what is leaven"),
        ("what\x00is\x07leaven\x1b[31m", "what is leaven [31m"),
        ("what\u2028is\r\n\tleaven", "what is leaven"),
        ("what’s “leaven” – really", 'what\'s "leaven" - really'),
        ("ｗｈａｔ ｉｓ ﬂour", "what is flour"),
        ("what is \ud800 leaven", "what is leaven"),
        ("   ", ""),
    ],
)
def test_what_is_no_word_of_the_question_is_taken_out(typed: str, words: str) -> None:
    assert cleaned(typed) == words


@pytest.mark.parametrize("question", ["", "  \n ", "?!", "🍞🥖", "\u202e\x00", "**__~~", "<@1>", "https://example.org"])
def test_nothing_to_look_for_is_known_as_such(question: str) -> None:
    assert read(question).empty


@pytest.mark.parametrize("question", ["a", "7", "什么", "ß", "leaven?"])
def test_any_letter_or_figure_is_something_to_look_for(question: str) -> None:
    assert not read(question).empty


def test_a_very_long_question_is_read_to_its_limit() -> None:
    reading = read("what is leaven " + "and so on " * 1_000)
    assert reading.text.startswith("what is leaven and")
    assert len(reading.text) <= MAX_LENGTH


def test_mending_does_not_make_a_question_longer_than_its_limit() -> None:
    assert len(read("hydrtion " * 200).text) <= MAX_LENGTH


@settings(deadline=None, max_examples=300)
@given(st.text() | st.text(alphabet="<>@#&:!*_~`|\\ abht/tps\u202e\ufdfa\n", max_size=300))
def test_any_text_is_read(text: str) -> None:
    reading = read(text)
    assert len(reading.text) <= MAX_LENGTH
    assert len(cleaned(text)) <= MAX_LENGTH
    assert reading.text == " ".join(reading.text.split())
    assert all(left and right for left, right in reading.splits)


@pytest.mark.parametrize(
    "flood",
    [
        "a " * 5_000,
        "who is the " * 900,
        "x and " * 1_700,
        "what are the two " * 600,
        "<@" * 5_000,
        "(" * 10_000,
        "why, but " * 1_200,
    ],
)
def test_floods_are_read(flood: str) -> None:
    assert len(read(flood).text) <= MAX_LENGTH


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("what is leaven", QuestionKind.DEFINITION),
        ("leaven", QuestionKind.DEFINITION),
        ("define hydration pls", QuestionKind.DEFINITION),
        ("what is the difference between leaven and yeast", QuestionKind.COMPARISON),
        ("leaven vs yeast", QuestionKind.COMPARISON),
        ("is leaven the same as yeast?", QuestionKind.COMPARISON),
        ("who said that", QuestionKind.ATTRIBUTION),
        ("who coined leaven", QuestionKind.ATTRIBUTION),
        ("which author wrote about leaven", QuestionKind.ATTRIBUTION),
        ("whose idea is it", QuestionKind.ATTRIBUTION),
        ("name the three steps", QuestionKind.LIST),
        ("what are the types of flour", QuestionKind.LIST),
        ("how many kinds of salt are there", QuestionKind.LIST),
        ("give me an example of a ferment", QuestionKind.EXAMPLE),
        ("e.g.?", QuestionKind.EXAMPLE),
        ("why does dough rise", QuestionKind.WHY),
        ("WHY does dough rise", QuestionKind.WHY),
    ],
)
def test_the_kind_of_a_question(question: str, kind: QuestionKind) -> None:
    assert read(question).kind is kind


@pytest.mark.parametrize(
    ("question", "split"),
    [
        ("what is the difference between leaven and yeast?", ("leaven", "yeast")),
        ("leaven vs. wild yeast", ("leaven", "wild yeast")),
        ("how is leaven different from yeast? thanks", ("leaven", "yeast")),
        ("compare leaven with yeast", ("leaven", "yeast")),
        ("Leaven versus Yeast", ("leaven", "Yeast")),
        ("difference of leaven/yeast", ("leaven", "yeast")),
    ],
)
def test_the_sides_of_a_comparison(question: str, split: tuple[str, str]) -> None:
    folded = [tuple(side.casefold() for side in sides) for sides in read(question).splits]
    assert tuple(side.casefold() for side in split) in folded


def test_only_comparisons_have_sides() -> None:
    assert read("what are leaven and yeast").splits == ()


@pytest.mark.parametrize(
    ("question", "ordinal"),
    [
        ("the first one", 0),
        ("what about the 2nd?", 1),
        ("the THIRD", 2),
        ("number 4th", 3),
        ("fifth", 4),
        ("and the last one", -1),
        ("what is leaven", None),
        ("firstly", None),
    ],
)
def test_which_item_is_pointed_to(question: str, ordinal: int | None) -> None:
    assert read(question).ordinal == ordinal


@pytest.mark.parametrize(
    "question",
    [
        "and the other one?",
        "what is the opposite",
        "another?",
        "the latter",
        "ok and the big ones?",
        "what about those new guys",
    ],
)
def test_pointing_away_from_what_was_spoken_of(question: str) -> None:
    assert read(question).asks_other
    assert not read("who said that").asks_other
    assert not read("and the ones that last").asks_other


@pytest.mark.parametrize(
    ("question", "asks"), [("when was it", True), ("what year", True), ("when do loaves rise", False)]
)
def test_asking_for_a_date(question: str, asks: bool) -> None:
    assert read(question).asks_figure is asks


def test_misspelt_course_words_are_mended_first() -> None:
    assert read("what is hydraton vs buckpassing").text == "what is hydration vs buck-passing"


@pytest.mark.parametrize(
    "question",
    [
        "do flour and salt do the same job",
        "leaven as against yeast",
        "put leaven and yeast side by side",
        "what have leaven and yeast in common",
        "leaven and yeast sound alike to me",
        "where is the line between leaven and yeast",
        "monday's loaf and then tuesday's, what was in each",
    ],
)
def test_comparing_without_the_word(question: str) -> None:
    assert read(question).kind is QuestionKind.COMPARISON


@pytest.mark.parametrize(
    ("question", "weighs"),
    [("leaven or yeast: which keeps longer", True), ("is leaven just yeast", True), ("what is leaven", False)],
)
def test_weighing_one_thing_against_another(question: str, weighs: bool) -> None:
    assert read(question).weighs is weighs


def test_each_of_some_is_no_comparison() -> None:
    assert read("what happens in each of the steps").kind is not QuestionKind.COMPARISON


@pytest.mark.parametrize(
    ("question", "several"), [("which two loaves are named", True), ("examples of ferments", True), ("a loaf", False)]
)
def test_wanting_more_than_one_example(question: str, several: bool) -> None:
    assert read(question).several is several


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("wild yeast - what is it again, max one sentence, my phone is at 3%", ("wild", "yeast")),
        ("so, wild yeast. what was that?", ("wild", "yeast")),
    ],
)
def test_a_clause_may_be_the_name_if_the_others_ask_for_nothing_more(question: str, name: tuple[str, ...]) -> None:
    assert name in [found for found, _ in read(question).clauses]


@pytest.mark.parametrize("question", ["wild yeast, and who found it", "what is wild yeast"])
def test_a_clause_is_not_all_where_another_asks_for_more(question: str) -> None:
    assert ("wild", "yeast") not in [found for found, _ in read(question).clauses]


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("what is leaven? who likes rye?", ("what is leaven?", "who likes rye?")),
        (
            "what is leaven and why does rye rise, also how is steam made",
            ("what is leaven", "why does rye rise", "how is steam made"),
        ),
        ("what is leaven? and also what is rye?", ("what is leaven?", "what is rye?")),
        ("define leaven. explain rye; name the acids", ("define leaven", "explain rye", "name the acids")),
        ("compare what leaven does and what yeast does", ()),
        ("leaven and rye, what for", ()),
        ("what is leaven and why", ()),
    ],
)
def test_several_questions_in_one_message(message: str, parts: tuple[str, ...]) -> None:
    assert several_questions(message) == parts


@pytest.mark.parametrize(
    ("part", "does", "back"),
    [
        ("who likes rye?", True, False),
        ("whats rye", True, False),
        ("explain rye", True, False),
        ("how does it work?", True, True),
        ("rye bread", False, False),
        ("and which ones", True, True),
    ],
)
def test_what_asks_and_what_points_back(part: str, does: bool, back: bool) -> None:
    assert asks(part) is does
    assert points_back(part) is back


@pytest.mark.parametrize(
    ("part", "does"),
    [
        ("explain in simple words, please", True),
        ("Explain like I'm 12", True),
        ("in German?", True),
        ("what slide number?", True),
        ("can you help me, I have an exam tomorrow?", True),
        ("who won the cup?", False),
        ("any examples?", False),
        ("explain rye in simple words", False),
    ],
)
def test_asking_for_a_form_is_no_question_about_the_subject(part: str, does: bool) -> None:
    assert asks_for_form(part) is does


@pytest.mark.parametrize(
    "question", ["tell me who likes rye", "Could you tell me who likes rye", "please remind me who likes rye"]
)
def test_telling_is_what_is_asked_for_anyway(question: str) -> None:
    assert read(question).text == "who likes rye"


def test_what_is_to_be_told_about_stays() -> None:
    assert read("tell me about rye").text == "tell me about rye"
