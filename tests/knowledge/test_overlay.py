"""What a server lays over a shared course: added, put in place, hidden, asked; nothing of it is left hanging."""

import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutorbot.errors import CourseError
from tutorbot.knowledge import Citation, Course, Entry, LoadedCourse, load_course
from tutorbot.knowledge.models import Item, SampleQuestion, Source, Work
from tutorbot.knowledge.overlay import Laid, Overlay, laid_over

from .conftest import ROOT
from .small_course import SmallCourse


@pytest.fixture
def tides(small: SmallCourse) -> Course:
    """The small course."""
    return load_course(small.folder).course


def note(name: str = "surge", **parts: object) -> Entry:
    """An entry that a moderator wrote."""
    citation = Citation(source="talk", locator="minute 3", quote="Wind piles up water.", work="held-1970")
    given = {"id": name, "term": name, "topic": "Tides", "statement": "Wind piles up water.", "citations": (citation,)}
    return Entry.model_validate({**given, "note": True, **parts})


TALK, HELD = Source(id="talk", title="A talk"), Work(id="held-1970", authors=("Held",), year=1970)


def one(key: str, **laid: object) -> Overlay:
    """An overlay of one entry."""
    return Overlay({key: Laid.model_validate(laid)})


def test_without_changes_the_course_is_the_very_same(tides: Course) -> None:
    assert laid_over(tides, Overlay()) is tides
    assert laid_over(tides, Overlay({"tide": Laid()})) is tides


def test_what_is_not_touched_is_shared(tides: Course) -> None:
    course = laid_over(tides, one("surge", entry=note(), sources=(TALK,), works=(HELD,)))
    assert all(course.by_id[entry.id] is entry for entry in tides.entries)
    assert len(course.entries) == len(tides.entries) + 1
    assert "surge" not in tides.by_id


def test_an_added_entry_stands_at_the_end_with_its_source_its_work_and_its_questions(tides: Course) -> None:
    entry = note(questions=("what is a surge",))
    laid = Laid(entry=entry, questions=("why is there a surge",), sources=(TALK,), works=(HELD,))
    course = laid_over(tides, Overlay({"surge": laid}))
    assert course.entries[-1] is entry
    assert course.by_id["surge"].note
    assert course.sources_by_id["talk"] == TALK
    assert course.works_by_id["held-1970"] == HELD
    asked = [(question.text, question.writer) for question in course.questions if question.entry == "surge"]
    assert asked == [("what is a surge", "entry"), ("why is there a surge", "moderators")]


def test_what_nobody_describes_any_more_is_still_shown(tides: Course) -> None:
    course = laid_over(tides, one("surge", entry=note()))
    (citation,) = course.by_id["surge"].citations
    assert citation.work is None
    assert course.sources_by_id[citation.source].title == "talk"


def test_an_entry_in_place_of_the_courses_keeps_its_place_and_the_questions_filed_under_it(tides: Course) -> None:
    new = tides.by_id["tide"].model_copy(update={"statement": "Another text.", "questions": ("and now?",)})
    course = laid_over(tides, one("tide", entry=new))
    assert [entry.id for entry in course.entries] == [entry.id for entry in tides.entries]
    assert course.by_id["tide"].statement == "Another text."
    asked = [question.text for question in course.questions if question.entry == "tide"]
    assert asked == ["what is a tide", "why does the sea rise", "and now?"]
    twice = laid_over(course, one("tide", entry=new.model_copy(update={"questions": ("and then?",)})))
    assert SampleQuestion(entry="tide", text="and now?", writer="entry") not in twice.questions


def test_a_question_that_was_pointed_to_an_entry_leaves_the_entry_as_it_is(tides: Course) -> None:
    course = laid_over(tides, one("slack", questions=("does water ever stand still",)))
    assert course.by_id["slack"] is tides.by_id["slack"]
    assert course.questions[-1] == SampleQuestion(
        entry="slack", text="does water ever stand still", writer="moderators"
    )


def test_a_hidden_entry_is_nowhere(tides: Course) -> None:
    course = laid_over(tides, one("neap-tide", hidden=True, entry=note("neap-tide")))
    assert "neap-tide" not in course.by_id
    assert "neap-tide" not in course.lists_of
    assert [item.entry for item in course.by_id["tide-kinds"].items] == ["spring-tide"]
    assert course.by_id["tide-kinds"].compares == ()
    assert course.by_id["spring-tide"].opposite == ()
    assert "neap" not in course.model_dump_json(include={"entries": {"__all__": {"compares", "opposite", "related"}}})
    quiet = laid_over(tides, one("tide", hidden=True))
    assert {question.entry for question in quiet.questions} == {"slack"}


def test_a_list_that_loses_all_its_items_goes_and_so_do_items_that_only_it_explained(tides: Course) -> None:
    bare = note("ebb", statement=None)
    whole = note("flows", statement=None, items=(Item(entry="ebb", text="ebb: out"), Item(entry="slack")))
    laid = {"ebb": Laid(entry=bare), "flows": Laid(entry=whole)}
    course = laid_over(tides, Overlay(laid))
    assert [item.entry for item in course.by_id["flows"].items] == ["ebb", "slack"]
    assert course.lists_of["ebb"] == (course.by_id["flows"],)
    without = laid_over(tides, Overlay({**laid, "flows": Laid(entry=whole, hidden=True)}))
    assert "ebb" not in without.by_id
    empty = laid_over(tides, Overlay({**laid, "ebb": Laid(hidden=True), "slack": Laid(hidden=True)}))
    assert not {"flows", "ebb", "slack"} & empty.by_id.keys()


def test_what_the_course_worked_out_before_is_worked_out_anew(tides: Course) -> None:
    for known in (tides.by_id, tides.lists_of, tides.examples_of, tides.sources_by_id, tides.works_by_id):
        assert "surge" not in known
    entry = note(example_of="tide", citations=note().citations)
    course = laid_over(tides, one("surge", entry=entry, sources=(TALK,), works=(HELD,)))
    assert course.examples_of == {"tide": (entry,)}
    assert set(course.by_id) == {*tides.by_id, "surge"}
    assert "talk" not in tides.sources_by_id


def test_hiding_everything_is_refused(tides: Course) -> None:
    with pytest.raises(CourseError, match="no entry left"):
        laid_over(tides, Overlay({entry.id: Laid(hidden=True) for entry in tides.entries}))


def references(entry: Entry) -> Iterator[str]:
    """All ids that an entry names."""
    yield from (*entry.compares, *entry.opposite, *entry.related, *entry.same_as)
    yield from (item.entry for item in entry.items if item.entry)
    yield from [entry.example_of] if entry.example_of else []


@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_whatever_is_hidden_replaced_or_added_nothing_refers_to_what_is_not_there(
    data: st.DataObject, alliances: LoadedCourse
) -> None:
    course = alliances.course
    ids = [entry.id for entry in course.entries]
    hidden = data.draw(st.sets(st.sampled_from(ids), max_size=100))
    replaced = data.draw(st.sets(st.sampled_from(ids), max_size=10))
    laid = {key: Laid(hidden=True) for key in hidden}
    laid |= {key: Laid(entry=course.by_id[key].model_copy(update={"gloss": "New."})) for key in replaced - hidden}
    added = data.draw(st.lists(st.sampled_from([*ids, "never-was"]), max_size=4, unique=True))
    laid["surge"] = Laid(entry=note(related=tuple(added)), sources=(TALK,))
    over = laid_over(course, Overlay(laid))
    assert not hidden & over.by_id.keys()
    assert all(one in over.by_id for entry in over.entries for one in references(entry))
    assert all(question.entry in over.by_id for question in over.questions)
    assert all(not entry.is_bare or entry.id in over.lists_of for entry in over.entries)
    assert all(citation.source in over.sources_by_id for entry in over.entries for citation in entry.citations)
    assert all(over.by_id[key].gloss == "New." for key in replaced & over.by_id.keys())


def test_a_large_course_is_laid_over_in_an_instant() -> None:
    small = load_course(ROOT / "knowledge" / "alliances").course
    entries = tuple(_numbered(entry, number) for number in range(42) for entry in small.entries)
    course = small.model_copy(update={"entries": entries})
    course = Course.model_construct(**{name: getattr(course, name) for name in Course.model_fields})
    assert len(course.by_id) > 5_000
    laid = {f"new-{number}": Laid(entry=note(f"new-{number}")) for number in range(100)}
    laid |= {entry.id: Laid(hidden=True) for entry in entries[:100]}
    best = min(_seconds(course, Overlay(laid)) for _try in range(5))
    assert best < 0.2
    shared = {id(entry) for entry in entries}
    over = laid_over(course, Overlay(laid))
    assert sum(id(entry) in shared for entry in over.entries) > 4_900


def _numbered(entry: Entry, number: int) -> Entry:
    """The entry as one of the ``number``-th copy of its course."""
    update: dict[str, object] = {"id": f"{entry.id}-{number}", "term": f"{entry.term} {number}"}
    for name in ("compares", "opposite", "related", "same_as"):
        update[name] = tuple(f"{one}-{number}" for one in getattr(entry, name))
    update["items"] = tuple(
        item.model_copy(update={"entry": f"{item.entry}-{number}" if item.entry else None}) for item in entry.items
    )
    update["example_of"] = f"{entry.example_of}-{number}" if entry.example_of else None
    return entry.model_copy(update=update)


def _seconds(course: Course, overlay: Overlay) -> float:
    start = time.perf_counter()
    laid_over(course, overlay)
    return time.perf_counter() - start
