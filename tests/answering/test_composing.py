"""What is shown of an entry."""

from dataclasses import replace

import pytest

from tutorbot.answering.composing import choice_of, credit_of, once, passage_of
from tutorbot.knowledge import Citation, Course, Entry, Item, Source, Work


def _citation(work: str | None = None, source: str = "book") -> Citation:
    return Citation(source=source, locator="page 1", quote="It is so.", work=work)


COURSE = Course(
    id="made",
    title="Made",
    sources=(Source(id="book", title="The Book"), Source(id="cards", title="The Cards")),
    works=(
        Work(id="ada-1843", authors=("Lovelace", "Babbage"), year=1843, erratum="The book prints 1834."),
        Work(id="held", authors=("Held",)),
    ),
    entries=(
        Entry(
            id="steps",
            term="Steps",
            topic="x",
            statement="It is so.",
            items=(Item(entry="mixing", text="mix it"), Item(entry="rest"), Item(text="wait")),
            citations=(_citation(),),
            errata=("The book numbers them wrongly.",),
        ),
        Entry(
            id="mixing", term="Mixing", topic="x", citations=(_citation("held"),), gloss="Stir.", errata=("A slip.",)
        ),
        Entry(
            id="rest",
            term="Rest",
            topic="x",
            statement="It is so.",
            citations=(_citation("ada-1843: 106"), _citation("held", "cards"), _citation("ada-1843: 106", "cards")),
        ),
    ),
)


def test_a_bare_item_is_shown_within_its_list_and_marked() -> None:
    passage = passage_of(COURSE, COURSE.by_id["mixing"])
    assert (passage.entry, passage.term, passage.statement) == ("mixing", "Steps", "It is so.")
    assert [(point.text, point.entry, point.asked) for point in passage.points] == [
        ("mix it", "mixing", True),
        ("Rest: It is so.", "rest", False),
        ("wait", None, False),
    ]
    assert passage.gloss == "Stir."
    assert passage.errata == ("The book numbers them wrongly.", "A slip.")


def test_two_items_of_a_list_are_shown_in_it_once_and_both_marked() -> None:
    mixing, rest = (passage_of(COURSE, COURSE.by_id[one]) for one in ("mixing", "rest"))
    other = passage_of(COURSE, COURSE.by_id["steps"])
    other = replace(other, entry="other", points=tuple(replace(one, asked=one.text == "wait") for one in other.points))
    [whole] = once([mixing, other])
    assert [point.asked for point in whole.points] == [True, False, True]
    assert whole.gloss is None
    assert whole.errata == ("The book numbers them wrongly.", "A slip.")
    assert once([rest, rest]) == (rest, rest)  # no lists
    assert once([mixing]) == (mixing,)


def test_a_list_shows_all_its_items_in_order_and_marks_none() -> None:
    passage = passage_of(COURSE, COURSE.by_id["steps"])
    assert [point.text for point in passage.points] == ["mix it", "Rest: It is so.", "wait"]
    assert not any(point.asked for point in passage.points)


def test_citations_name_the_source_and_the_work_with_its_pages() -> None:
    passage = passage_of(COURSE, COURSE.by_id["rest"])
    assert [(quote.source, quote.title, quote.locator, quote.quote, quote.work) for quote in passage.citations] == [
        ("book", "The Book", "page 1", "It is so.", "Lovelace and Babbage (1843: 106)"),
        ("cards", "The Cards", "page 1", "It is so.", "Held"),
        ("cards", "The Cards", "page 1", "It is so.", "Lovelace and Babbage (1843: 106)"),
    ]


def test_what_the_lecture_prints_wrong_about_a_work_is_told_once() -> None:
    assert passage_of(COURSE, COURSE.by_id["rest"]).errata == ("The book prints 1834.",)


@pytest.mark.parametrize(
    ("entry", "credit"),
    [("rest", "Lovelace and Babbage (1843: 106); Held"), ("mixing", "Held"), ("steps", None)],
)
def test_the_credit_names_each_work_once(entry: str, credit: str | None) -> None:
    assert credit_of(COURSE, COURSE.by_id[entry]) == credit


def test_a_choice_is_an_id_and_a_term() -> None:
    choice = choice_of(COURSE.entries[0])
    assert (choice.entry, choice.term) == ("steps", "Steps")
