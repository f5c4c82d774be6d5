"""From a moderator's form to an entry: what fits, what is proved, and what is wrong in one sentence for each field."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tests.curation.conftest import prints_of
from tests.knowledge.conftest import ROOT
from tutorbot.curation.citing import Unproved
from tutorbot.curation.drafting import Draft, draft
from tutorbot.curation.form import Form, Problem, form_of
from tutorbot.knowledge import Course, load_course
from tutorbot.knowledge.fingerprint import Fingerprint
from tutorbot.knowledge.models import Item, Source
from tutorbot.knowledge.overlay import Laid, Overlay, laid_over
from tutorbot.wording import Wording

Prints = Mapping[str, Fingerprint]

FORM = Form(
    term="Cause of the tides",
    text="Tides are the rise and fall of sea levels caused by the moon",
    source="Ocean Tides (slides)",
    locator="slide 2: Tides at Sea",
    quote="Tides are the rise and fall of sea levels caused by the moon (Newton 1687: 435).",
)


def drafted(form: Form, course: Course, prints: Prints, **more: object) -> Draft:
    """The draft of a form that fits."""
    made = draft(form, course, prints, **more)  # type: ignore[arg-type]
    assert isinstance(made, Draft), made
    return made


def problems(form: Form, course: Course, prints: Prints) -> tuple[Problem, ...]:
    """What is wrong with a form."""
    made = draft(form, course, prints)
    assert not isinstance(made, Draft)
    return made


def test_a_proved_entry_is_the_lectures_and_joins_the_course(course: Course, prints: Prints) -> None:
    made = drafted(replace(FORM, aliases="tidal cause; why tides\nwhy tides", note="The moon pulls."), course, prints)
    entry = made.entry
    assert (made.unproved, entry.note) == (None, False)
    assert (entry.id, entry.topic, entry.gloss) == ("cause-of-the-tides", "Tides", "The moon pulls.")
    assert entry.aliases == ("tidal cause", "why tides")
    assert entry.citations[0].locator == "slide 2: Tides at Sea"
    over = laid_over(course, Overlay({entry.id: made.laid()}))
    assert over.by_id[entry.id] == entry
    assert over.sources == course.sources


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"source": "What Anna said on Monday", "locator": ""}, Unproved.UNKNOWN_SOURCE),
        ({"locator": "slide 9", "quote": "Nothing of that kind stands anywhere."}, Unproved.NO_PLACE),
        ({"quote": "Tides are the fall and rise of sea levels", "text": ""}, Unproved.NOT_THERE),
        ({"locator": "slide 3: Spring and Neap"}, Unproved.NOT_THERE),
        ({"quote": "Tides at", "text": ""}, Unproved.SHORT),
        ({"text": "The moon does it."}, Unproved.OWN_WORDS),
        ({"text": "Tides are not the rise and fall of sea levels caused by the moon"}, Unproved.OWN_WORDS),
        ({"text": "- caused by the sun\n- caused by the moon"}, Unproved.OWN_WORDS),
    ],
)
def test_what_cannot_be_proved_is_a_moderators_note(
    course: Course, prints: Prints, change: dict[str, str], why: Unproved
) -> None:
    made = drafted(replace(FORM, **change), course, prints)
    assert (made.unproved, made.entry.note) == (why, True)
    sentence = Wording(ROOT / "prompts").render("curation/unproved.md", unproved=made.unproved)
    assert sentence.startswith("It will be shown as a moderator's note")
    assert sentence.endswith(".")


@pytest.mark.parametrize("locator", ["slide 2", "Slide 2 – tides at sea", "", "SLIDE 2:"])
def test_a_place_is_found_by_its_beginning_or_by_its_quote(course: Course, prints: Prints, locator: str) -> None:
    made = drafted(replace(FORM, source="slides", locator=locator), course, prints)
    assert made.unproved is None
    assert made.entry.citations[0].locator == "slide 2: Tides at Sea"


def test_a_new_source_is_cited_by_its_name_and_does_not_take_anothers_id(course: Course, prints: Prints) -> None:
    mine = (Source(id="talk", title="A talk in May"),)
    made = drafted(
        replace(FORM, source="Táłk – talk", locator="minute 3"),
        course,
        prints,
        sources=(Source(id="tak-talk", title="X"),),
    )
    assert (made.source.id, made.source.title) == ("tak-talk-2", "Táłk – talk")
    known = drafted(replace(FORM, source="a talk in may", locator="minute 3"), course, prints, sources=mine)
    assert known.source == mine[0]
    over = laid_over(course, Overlay({made.entry.id: made.laid()}))
    assert over.sources_by_id["tak-talk-2"].title == "Táłk – talk"


def test_lines_with_bullets_are_a_list_and_items_stand_for_the_entries_that_they_name(
    course: Course, prints: Prints
) -> None:
    text = "The kinds are these\n• Spring tide: sun and moon in one line\n2. Neap tide: sun and moon\nat right angles\n* Ebb"
    entry = drafted(replace(FORM, text=text), course, prints).entry
    assert entry.statement == "The kinds are these"
    assert entry.items == (
        Item(entry="spring-tide", text="Spring tide: sun and moon in one line"),
        Item(entry="neap-tide", text="Neap tide: sun and moon at right angles"),
        Item(text="Ebb"),
    )


def test_the_quote_is_the_statement_if_there_is_no_other(course: Course, prints: Prints) -> None:
    made = drafted(replace(FORM, text=" "), course, prints)
    assert made.entry.statement == FORM.quote
    assert made.unproved is None


def test_markdown_and_unseen_characters_are_taken_out(course: Course, prints: Prints) -> None:
    text = "> **Tides** are the __rise__ and *fall* of\u200b sea   levels ||caused by|| the `moon`\u202e"
    entry = drafted(replace(FORM, text=text, term="## [Tidal](https://example.org/x) cause"), course, prints).entry
    assert entry.statement == "Tides are the rise and fall of sea levels caused by the moon"
    assert entry.term == "Tidal (https://example.org/x) cause"
    kept = drafted(replace(FORM, text="2 * 3 * 4 = x_1_y, snake_case"), course, prints).entry
    assert kept.statement == "2 * 3 * 4 = x_1_y, snake_case"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"term": " "}, Problem("term", "missing")),
        ({"term": "***!"}, Problem("term", "unusable", words="***!")),
        ({"source": "", "quote": ""}, Problem("source", "missing")),
        ({"quote": ""}, Problem("quote", "missing")),
        ({"term": "x" * 101}, Problem("term", "long", 100)),
        ({"text": "x" * 2001}, Problem("text", "long", 2000)),
        ({"note": "x" * 301}, Problem("note", "long", 300)),
        ({"text": "- a\n" * 26}, Problem("text", "many", 25)),
        ({"text": "- a\n- " + "x" * 501}, Problem("text", "long", 500, "x" * 501)),
        ({"aliases": ";".join(f"name {n}" for n in range(11))}, Problem("aliases", "many", 10)),
        ({"aliases": "fine; !!"}, Problem("aliases", "unusable", words="!!")),
        ({"text": "Ask @everyone"}, Problem("text", "mention", words="@everyone")),
        ({"term": "Ask <@123456789012345678>"}, Problem("term", "mention", words="<@123456789012345678>")),
        ({"note": "<:moon:123456789012345678>"}, Problem("note", "mention", words="<:moon:123456789012345678>")),
        ({"term": "neap  TIDE"}, Problem("term", "taken", words="Neap tide")),
        ({"aliases": "ebb; Tides"}, Problem("aliases", "taken", words="Tide")),
    ],
)
def test_each_thing_that_is_wrong_is_named_with_its_field(
    course: Course, prints: Prints, change: dict[str, str], expected: Problem
) -> None:
    found = problems(replace(FORM, **change), course, prints)
    assert expected in found
    for problem in found:
        assert Wording(ROOT / "prompts").render("curation/problem.md", problem=problem).endswith(".")


def test_all_problems_are_told_at_once(course: Course, prints: Prints) -> None:
    found = problems(Form("", "<@&12345>", "", "", "", note="x" * 400), course, prints)
    assert {problem.field for problem in found} == {"term", "text", "source", "quote", "note"}


def test_ids_are_new_readable_and_there_for_every_script(course: Course, prints: Prints) -> None:
    ids = [
        drafted(replace(FORM, term=term), course, prints).entry.id for term in ("Überflut", "潮", "x" * 90, "Tide!")[:3]
    ]
    assert ids[0] == "uberflut"
    assert ids[1].startswith("entry-")
    assert len(ids[2]) <= 64
    again = drafted(FORM, course, prints, taken={"cause-of-the-tides", "cause-of-the-tides-2"})
    assert again.entry.id == "cause-of-the-tides-3"


@pytest.mark.parametrize("folder", [ROOT / "knowledge" / "alliances", ROOT / "tests" / "courses" / "sourdough"])
def test_an_entry_that_is_not_changed_in_its_form_stays_what_it_is(folder: Path) -> None:
    course = load_course(folder).course
    prints = prints_of(course)
    for entry in course.entries:
        made = drafted(form_of(entry, course), course, prints, editing=entry)
        assert (made.entry, made.unproved) == (entry, None)


def test_an_edit_changes_what_the_form_holds_and_nothing_else(course: Course, prints: Prints) -> None:
    neap = course.by_id["neap-tide"]
    form = replace(form_of(neap, course), aliases="small tide", note="The weak one.")
    made = drafted(form, course, prints, editing=neap)
    assert made.entry == neap.model_copy(update={"aliases": ("small tide",), "gloss": "The weak one."})
    own = drafted(replace(form, text="The weakest tide of all."), course, prints, editing=neap)
    assert (own.unproved, own.entry.opposite) == (Unproved.OWN_WORDS, ("spring-tide",))
    tide = course.by_id["tide"]
    moved = drafted(
        replace(form_of(tide, course), quote="Tides do not depend on the wind alone"), course, prints, editing=tide
    )
    assert moved.entry.citations[0].work == "newton-1687: 435"
    assert moved.entry.citations[1] == tide.citations[1]


def test_what_was_pointed_to_an_entry_stays_with_it_when_it_is_edited(course: Course, prints: Prints) -> None:
    made = drafted(form_of(course.by_id["slack"], course), course, prints, editing=course.by_id["slack"])
    before = Laid(questions=("is there ever no current",), hidden=True)
    laid = made.laid(before)
    assert (laid.questions, laid.hidden, laid.entry) == (before.questions, False, made.entry)
