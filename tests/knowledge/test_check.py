"""What `tutorbot check` finds in a course that was sound, and how it says so: file, line, what to do."""

import re
from pathlib import Path

import pytest

from tutorbot.knowledge import LoadedCourse
from tutorbot.knowledge.proof import made_of

from .small_course import SmallCourse

ENTRIES = "entries/tides.yaml"
NEGATIONS = re.compile(r"\b(?:not|no|never|without|nor|neither|cannot|don’t|n’t|less|unable)\b", re.IGNORECASE)


def test_a_sound_course_has_no_problems(small: SmallCourse) -> None:
    assert small.problems() == []


def test_one_changed_letter_of_a_quote_is_found(small: SmallCourse) -> None:
    small.change(ENTRIES, 'quote: "Tides are the rise', 'quote: "Tides are the rice')
    place = small.place(ENTRIES, "source: slides")
    assert small.problems()[-1].startswith(f"{place}: the quote of `tide` does not stand at “slide 2: Tides at Sea”")
    assert "copy it from there or correct the locator" in small.problems()[-1]


def test_a_quote_moved_to_the_place_of_another_is_found(small: SmallCourse) -> None:
    old = 'locator: "slide 3: Spring and Neap"\n        quote: "Neap'
    small.change(ENTRIES, old, old.replace("slide 3: Spring and Neap", "slide 2: Tides at Sea"))
    (problem,) = small.problems()
    assert "the quote of `neap-tide` does not stand at “slide 2: Tides at Sea” of `slides`" in problem


@pytest.mark.parametrize(
    "left_out",
    [
        ("moon. Tides do not depend", "moon. Tides do depend"),
        ("\n      not on storms", "\n      on storms"),
        (
            "Tides do not depend on the wind alone (it is weak),\n      not on",
            "Tides do not depend on the wind alone. On",
        ),
    ],
)
def test_a_not_left_out_of_a_statement_is_found_wherever_it_stands(
    small: SmallCourse, left_out: tuple[str, str]
) -> None:
    small.change(ENTRIES, *left_out)
    (problem,) = small.problems()
    assert problem.startswith(f"{small.place(ENTRIES, '- id: tide')}: “Tides are the rise")
    assert "is not made of its quotes; use the lecture's words" in problem


def test_no_negation_of_a_shipped_statement_can_be_left_out(alliances: LoadedCourse) -> None:
    tried = 0
    for entry in alliances.course.entries:
        quotes = [citation.quote for citation in entry.citations]
        for printed, meant in entry.mended.items():
            quotes = [quote.replace(printed, meant) for quote in quotes]
        for text, item in [(entry.statement or "", False), *((one.text or "", True) for one in entry.items)]:
            for found in NEGATIONS.finditer(text):
                tried += 1
                without = text[: found.start()] + text[found.end() :]
                assert not made_of(without, quotes, item=item), f"{entry.id}: {without}"
    assert tried > 20


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Tides rise. They do not stop.", True),
        ("tides RISE, they do not stop", True),
        ("They do not stop.", True),
        ("They do stop.", False),
        ("Tides rise. Do not stop.", False),
        ("Tides rise they stop.", False),
        ("They do not. Tides rise.", False),
        ("Rise.", False),
        ("Tides.", False),
        ("", False),
        ("…", False),
    ],
)
def test_a_statement_takes_whole_clauses_only(text: str, made: bool) -> None:
    assert made_of(text, ["Tides rise; they do not stop."]) is made


def test_a_clause_keeps_the_no_before_its_comma() -> None:
    assert not made_of("Because of the wind.", ["No, because of the wind"])
    assert made_of("No", ["No, because of the wind"])


def test_the_items_of_a_list_may_stand_between_commas() -> None:
    assert made_of("low tide", ["high tide, low tide, slack"], item=True)
    assert not made_of("low", ["high tide, low tide, slack"], item=True)


def test_slides_that_lost_their_full_stops_are_parted_at_capitals() -> None:
    assert (
        made_of("No wind is needed. Simple pull.", ["Tide – rise No wind is needed Simple pull of the moon"]) is False
    )
    assert made_of("No wind is needed. Simple pull", ["Tide – rise No wind is needed Simple pull"])
    assert not made_of("Wind is needed.", ["Tide – rise No wind is needed Simple pull"])


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "says"),
    [
        (ENTRIES, "related: [tide-kinds]", "related: [wave]", "id: tide", "`related` of `tide` names `wave`, which is no entry"),
        (ENTRIES, "opposite: [neap-tide]", "opposite: [spring-tide]", "id: spring-tide", "names the entry itself; remove it"),
        (ENTRIES, "opposite: [neap-tide]", "example_of: nothing", "id: spring-tide", "which is no entry; correct or remove it"),
        (ENTRIES, "compares: [spring-tide, neap-tide]", "compares: [neap-tide]", "id: tide-kinds", "needs at least two entries"),
        (ENTRIES, "{entry: spring-tide}", "{entry: gone}", "id: tide-kinds", "`items` of `tide-kinds` names `gone`"),
        (ENTRIES, "term: Slack", "term: TIDE", "id: slack", "“TIDE” names both `slack` and `tide`; a name may stand for one"),
        (ENTRIES, "aliases: [tides]", "aliases: [neap-TIDE]", "id: tide", "“neap-TIDE” names both `tide` and `neap-tide`"),
        (ENTRIES, "aliases: [tides]", "aliases: [tide]", "id: tide", "“tide” stands twice among the names of `tide`; remove one"),
        (ENTRIES, "aliases: [tides]", "aliases: ['?!']", "id: tide", "“?!” of `tide` has no letter or digit; write one"),
        (ENTRIES, 'work: "newton-1687: 435"', "work: kepler", "source: slides", "the work `kepler` is not in course.yaml; add it"),
        (ENTRIES, '        work: "newton-1687: 435"\n', "", "COURSE id: newton", "no citation credits the work `newton-1687`"),
        (ENTRIES, '- source: cards\n        locator: "card: Slack"', '- source: book\n        locator: "card: Slack"', "LAST - source:", "the source `book` is not in course.yaml"),
        (ENTRIES, 'locator: "card: Slack"', 'locator: "card: Ebb"', "LAST - source:", "`cards` has no place “card: Ebb”; correct the locator"),
        (ENTRIES, 'quote: "Slack\\nStill water"', 'quote: "Still water"', "LAST - source:", "(a quote needs 16 letters or digits)"),
        (ENTRIES, "statement: Still water", "gloss: Nothing moves.", "id: slack", "`slack` has no statement and is in no list"),
        (ENTRIES, "statement: Still water", "statement: Stale water", "id: slack", "“Stale water” of `slack` is not made of its quotes"),
        (ENTRIES, "mended: {angels: angles}", "mended: {angels: angles, sonn: sun}", "id: neap-tide", "mends “sonn”, which none of its quotes prints"),
        (ENTRIES, "mended: {angels: angles}", "mended: {right angels: angles}", "id: neap-tide", "to fewer words, “angles”; mend typing errors only"),
        (ENTRIES, ', text: "Neap tide: sun', ', text: "Neap tide: moon', "id: tide-kinds", "“Neap tide: moon and moon at right angles” of `tide-kinds` is not made"),
        ("questions/hand.yaml", "slack:", "slagg:", "QUESTIONS slagg:", "questions are filed under `slagg`, which is no entry; correct the id"),
        ("questions/hand.yaml", "when does the water stand still", "What is a tide?", "QUESTIONS slack:", "“What is a tide?” is filed under `slack` and `tide`; keep it under one"),
        ("outside.yaml", "who won the cup", "What is a tide?", "OUTSIDE What is", "is a sample question of `tide`, too; keep it in one"),
        ("course.yaml", "id: cards", "id: slides", "COURSE id: slides", "the source `slides` stands twice in course.yaml; remove one"),
    ],
)  # fmt: skip
def test_a_broken_course_is_told_with_file_line_and_what_to_do(
    small: SmallCourse, file: str, old: str, new: str, line: str, says: str
) -> None:
    small.change(file, old, new)
    found = [problem for problem in small.problems() if says in problem]
    assert len(found) == 1, small.problems()
    where, _, text = line.partition(" ")
    if name := {"COURSE": "course.yaml", "QUESTIONS": "questions/hand.yaml", "OUTSIDE": "outside.yaml"}.get(where):
        place = small.place(name, text, last="twice" in says)
    else:
        place = small.place(ENTRIES, line.removeprefix("LAST "), last=where == "LAST")
    assert found[0].startswith(f"{place}: ")


def test_a_question_of_an_entry_that_another_file_also_asks_is_told_at_the_entry(small: SmallCourse) -> None:
    small.change(ENTRIES, "opposite: [neap-tide]", "questions: [Why does the sea rise?]")
    (problem,) = small.problems()
    assert problem.startswith(f"{small.place('questions/hand.yaml', 'tide:')}: “why does the sea rise” is filed under")
    small.change("questions/hand.yaml", "why does the sea rise", "why is there a tide")
    small.change(ENTRIES, "opposite: [spring-tide]", "questions: [Why does the sea rise?]")
    (problem,) = small.problems()
    assert problem.startswith(f"{small.place(ENTRIES, 'id: neap-tide')}: ")


def test_a_missing_fingerprint_is_told_once_at_its_source(small: SmallCourse) -> None:
    (small.folder / "fingerprints" / "cards.json").unlink()
    (problem,) = small.problems()
    assert problem.startswith(f"{small.place('course.yaml', 'id: cards')}: ")
    assert problem.endswith("cards.json is missing; make it with `tutorbot source add`.")


def test_all_problems_are_told_at_once_in_the_order_of_the_files(small: SmallCourse) -> None:
    small.change(ENTRIES, "term: Slack", "term: Tide")
    small.change(ENTRIES, "related: [tide-kinds]", "related: [wave]")
    small.change("course.yaml", "    year: 1687\n", "    year: 1687\n  - id: kepler-1609\n    authors: [Kepler]\n")
    places = [problem.split(": ")[0].rsplit(":", 1) for problem in small.problems()]
    assert places == sorted(places, key=lambda place: (place[0], int(place[1])))
    assert {Path(file).name for file, _ in places} == {"course.yaml", "tides.yaml"}
    assert len(places) == 4


CARD = "    statement: Still water\n    cards:\n      - {{question: {question}, {right}}}\n"


def _with_card(small: SmallCourse, right: str, question: str = "What stands still?") -> list[str]:
    small.change(ENTRIES, "    statement: Still water\n", CARD.format(question=question, right=right))
    return small.problems()


@pytest.mark.parametrize(
    "right", ["key: Still water", "key: Slack, distractors: [Tide, Spring tide]", "items: [water, Slack]"]
)
def test_a_card_in_the_lectures_words_is_sound(small: SmallCourse, right: str) -> None:
    assert _with_card(small, right) == []


@pytest.mark.parametrize("right", ["key: Calm water", "items: [water, foam]", "key: water at 7, accept: [water]"])
def test_what_a_card_takes_for_right_stands_in_the_quotes(small: SmallCourse, right: str) -> None:
    (problem,) = _with_card(small, right)
    assert problem.startswith(f"{small.place(ENTRIES, '- id: slack')}: “")
    assert "is not in the quotes of `slack`" in problem


def test_a_wrong_choice_that_is_another_name_of_the_right_one_is_found(small: SmallCourse) -> None:
    small.change(ENTRIES, "    statement: Still water\n", "    aliases: [slack water]\n    statement: Still water\n")
    (problem,) = _with_card(small, "key: Slack, distractors: [Slack water, Tide]")
    assert "“Slack water” of the card “What stands still?” is a name of `slack`, too" in problem


def test_two_entries_do_not_ask_the_same(small: SmallCourse) -> None:
    small.change(
        ENTRIES, "    term: Tide\n", '    term: Tide\n    cards:\n      - {question: "What stands still?", key: Tide}\n'
    )
    (problem,) = _with_card(small, "key: Slack")
    assert "the card “What stands still?” of `slack` is asked by `tide`, too" in problem
