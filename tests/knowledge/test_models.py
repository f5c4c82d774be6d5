"""What a course is made of."""

import pytest
from pydantic import ValidationError

from tutorbot.knowledge import Citation, LoadedCourse, Work


@pytest.mark.parametrize(
    ("work", "identity", "pages"),
    [
        (None, None, None),
        ("held", "held", None),
        ("snyder-1990: 106", "snyder-1990", "106"),
        ("snyder-1990 : 106-8: n. 3", "snyder-1990", "106-8: n. 3"),
    ],
)
def test_a_citation_names_a_work_with_or_without_pages(
    work: str | None, identity: str | None, pages: str | None
) -> None:
    citation = Citation(source="slides", locator="slide 1", quote="x", work=work)
    assert (citation.work_id, citation.pages) == (identity, pages)


@pytest.mark.parametrize("work", ["", "Snyder", "snyder 1990", "snyder-1990:", ": 5", "snyder-1990: "])
def test_a_work_that_is_no_id_with_pages_is_refused(work: str) -> None:
    with pytest.raises(ValidationError):
        Citation(source="slides", locator="slide 1", quote="x", work=work)


def test_a_work_is_cited_with_what_the_lecture_says_of_it() -> None:
    work = Work(id="a", authors=("Snyder", "Diesing"), year=1977)
    assert (work.cited(), work.cited("5")) == ("Snyder and Diesing (1977)", "Snyder and Diesing (1977: 5)")
    assert (Work(id="b", authors=("Held",)).cited(), Work(id="b", authors=("Held",)).cited("5")) == ("Held", "Held (5)")


def test_a_course_knows_its_parts_by_id_and_which_lists_and_examples_they_belong_to(alliances: LoadedCourse) -> None:
    course = alliances.course
    assert course.by_id["entente"].term == "Entente"
    assert set(course.sources_by_id) == {"slides", "flashcards"}
    assert course.works_by_id["held"].authors == ("Held",)
    assert [one.id for one in course.lists_of["deterrence"]] == ["goals-of-coercion", "useful-strategies"]
    assert [one.id for one in course.examples_of["entente"]] == ["triple-entente"]


def test_nothing_of_a_course_can_be_changed_once_it_is_read(alliances: LoadedCourse) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        alliances.course.entries[0].term = "x"  # type: ignore[misc]
    with pytest.raises(ValidationError, match="frozen"):
        alliances.course.title = "x"  # type: ignore[misc]
