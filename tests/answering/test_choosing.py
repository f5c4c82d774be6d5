"""Which entries are shown."""

from collections.abc import Mapping

import numpy as np
import pytest

from tutorbot.answering.choosing import Chooser, Proposal
from tutorbot.knowledge import Citation, Course, Entry, Item, Source


def _entry(key: str, statement: str | None = None, **more: object) -> Entry:
    citation = Citation(source="book", locator="page 1", quote=statement or "It is so.")
    values = {"id": key, "term": key, "topic": "x", "statement": statement, "citations": (citation,), **more}
    return Entry.model_validate(values)


def _items(*ids: str) -> tuple[Item, ...]:
    return tuple(Item(entry=one) if one in {"rye", "wheat"} else Item(entry=one, text=one) for one in ids)


COURSE = Course(
    id="made",
    title="Made",
    sources=(Source(id="book", title="Book"),),
    entries=(
        _entry("rye", "Rye flour is dark.", opposite=["wheat"]),
        _entry("wheat", "Wheat flour is light.", opposite=["rye"]),
        _entry("flours", None, items=_items("rye", "wheat")),
        _entry("mixing"),
        _entry("resting"),
        _entry("steps", None, items=_items("mixing", "resting")),
        _entry("rye-and-wheat", "Rye is heavier than wheat.", compares=["rye", "wheat"]),
        _entry("salt", "Salt slows the dough."),
        _entry("loaf", "A loaf of rye.", example_of="rye"),
        _entry("pretzel", "A pretzel of wheat.", example_of="wheat"),
        _entry("bun", "A bun of wheat.", example_of="wheat"),
    ),
)
NUMBER: Mapping[str, int] = {entry.id: at for at, entry in enumerate(COURSE.entries)}


@pytest.fixture(scope="module")
def chooser() -> Chooser:
    """A chooser for the course above."""
    return Chooser(COURSE)


def _ids(numbers: object) -> set[str]:
    return {COURSE.entries[at].id for at in numbers}  # type: ignore[attr-defined]


def _chances(**likely: float) -> np.ndarray:
    found: np.ndarray = np.full(len(COURSE.entries) + 1, 1e-4, np.float32)
    for name, chance in likely.items():
        found[NUMBER[name.replace("_", "-")]] = chance
    found /= found.sum()
    return found


def _best(proposals: list[Proposal]) -> str:
    return COURSE.entries[proposals[0].entries[0]].id


def test_a_list_covers_its_items(chooser: Chooser) -> None:
    assert _ids(chooser.covered([NUMBER["flours"]])) == {"flours", "rye", "wheat"}
    assert _ids(chooser.covered([NUMBER["steps"]])) == {"steps", "mixing", "resting"}


def test_an_item_that_is_shown_within_its_list_covers_the_list(chooser: Chooser) -> None:
    assert _ids(chooser.covered([NUMBER["mixing"]])) >= {"mixing", "steps"}


def test_an_entry_with_a_text_of_its_own_covers_itself_alone(chooser: Chooser) -> None:
    assert _ids(chooser.covered([NUMBER["rye"]])) == {"rye"}
    assert _ids(chooser.covered([NUMBER["rye"], NUMBER["salt"]])) == {"rye", "salt"}


def test_the_likeliest_entry_comes_first_unless_a_list_holds_much_more(chooser: Chooser) -> None:
    assert _best(chooser.one(_chances(salt=0.9))) == "salt"
    assert _best(chooser.one(_chances(rye=0.9))) == "rye"
    assert _best(chooser.one(_chances(rye=0.45, wheat=0.45))) == "flours"


def test_a_proposal_has_the_chance_of_all_that_it_shows(chooser: Chooser) -> None:
    chances = _chances(rye=0.45, wheat=0.45)
    best = chooser.one(chances)[0]
    assert best.mass == pytest.approx(sum(chances[NUMBER[one]] for one in ("flours", "rye", "wheat")), abs=1e-5)
    assert all(0 <= one.mass <= 1 for one in chooser.one(chances))


def test_what_was_just_shown_is_not_shown_again(chooser: Chooser) -> None:
    shown = frozenset({NUMBER["rye"]})
    assert _best(chooser.one(_chances(rye=0.6, wheat=0.3), shown)) == "wheat"


def test_two_named_entries_are_the_pair(chooser: Chooser) -> None:
    pair = chooser.pair(_chances(), [], [NUMBER["salt"], NUMBER["rye"]])
    assert pair is not None
    assert pair.entries == (NUMBER["salt"], NUMBER["rye"])


def test_sides_that_are_kin_are_the_pair(chooser: Chooser) -> None:
    sides = [(_chances(rye=0.5, loaf=0.5), _chances(wheat=0.5, salt=0.5))]
    pair = chooser.pair(_chances(rye=0.2, wheat=0.2, salt=0.2, loaf=0.2), sides, [])
    assert pair is not None
    assert _ids(pair.entries) == {"rye", "wheat"}
    assert 0 < pair.mass <= 1


def test_without_sides_there_is_no_pair(chooser: Chooser) -> None:
    assert chooser.pair(_chances(), [], [NUMBER["rye"]]) is None


def test_an_entry_is_not_compared_with_itself(chooser: Chooser) -> None:
    pair = chooser.pair(_chances(rye=0.9), [(_chances(rye=1), _chances(rye=1))], [])
    assert pair is None or len(set(pair.entries)) == 2


@pytest.mark.parametrize(
    ("entry", "ordinal", "item"),
    [
        ("flours", 0, "rye"),
        ("flours", 1, "wheat"),
        ("flours", -1, "wheat"),
        ("rye", 1, "wheat"),
        ("flours", 2, None),
        ("salt", 0, None),
    ],
)
def test_the_item_at_a_place(chooser: Chooser, entry: str, ordinal: int, item: str | None) -> None:
    assert chooser.item(NUMBER[entry], ordinal) == (None if item is None else NUMBER[item])


def test_the_authored_contrast_is_found_in_either_order(chooser: Chooser) -> None:
    pair = [NUMBER["wheat"], NUMBER["rye"]]
    assert chooser.contrast(pair) == chooser.contrast(pair[::-1]) == NUMBER["rye-and-wheat"]
    assert chooser.contrast([NUMBER["rye"], NUMBER["salt"]]) is None
    assert chooser.contrast([NUMBER["rye"]]) is None


def test_kin(chooser: Chooser) -> None:
    kin = chooser.kin(NUMBER["rye"])
    assert {name: _ids(found) for name, found in kin.items() if found} == {
        "opposite": {"wheat"},
        "sibling": {"wheat"},
        "compared": {"wheat"},
        "whole": {"flours"},
        "example": {"loaf"},
    }
    assert _ids(chooser.kin(NUMBER["flours"])["item"]) == {"rye", "wheat"}


def test_all_examples_of_a_thing_are_shown_together(chooser: Chooser) -> None:
    whole = _chances(bun=0.6, pretzel=0.2, salt=0.2)
    found = chooser.examples(whole, chooser.one(whole)[0])
    assert found is not None
    assert _ids(found.entries) == {"pretzel", "bun"}
    assert found.mass == pytest.approx(0.8, abs=0.01)


@pytest.mark.parametrize("best", ["loaf", "wheat"])
def test_the_only_example_or_what_is_none_is_shown_by_itself(chooser: Chooser, best: str) -> None:
    whole = _chances(**{best: 0.9})
    assert chooser.examples(whole, chooser.one(whole)[0]) is None


def test_the_other_side_is_shown_too_if_it_is_not_much_less_likely(chooser: Chooser) -> None:
    rye, wheat = NUMBER["rye"], NUMBER["wheat"]
    two = chooser.beside([Proposal((rye,), 0.8), Proposal((wheat,), 0.12)])
    assert two is not None
    assert two.entries == (rye, wheat)
    assert two.is_pair
    assert two.mass == pytest.approx(0.92)
    assert chooser.beside([Proposal((rye,), 0.9), Proposal((wheat,), 0.05)]) is None


def test_an_alternative_must_be_likelier_than_another_side(chooser: Chooser) -> None:
    two = chooser.beside(chooser.one(_chances(rye=0.6, salt=0.3)))
    assert two is not None
    assert two.entries == (NUMBER["rye"], NUMBER["salt"])
    assert two.alternative
    assert not two.is_pair
    assert chooser.beside(chooser.one(_chances(rye=0.85, salt=0.12))) is None


def test_what_is_shown_anyway_is_no_alternative(chooser: Chooser) -> None:
    proposals = [Proposal((NUMBER[one],), mass) for one, mass in (("flours", 0.8), ("rye", 0.6), ("wheat", 0.2))]
    assert chooser.beside(proposals) is None
    assert chooser.beside([Proposal((NUMBER["rye"],), 0.6), Proposal((NUMBER["flours"],), 0.8)]) is None


def test_two_that_do_not_fit_a_screen_are_not_shown_together() -> None:
    long = _entry("long", "It is so. " * 30)
    short, other = _entry("short", "It is so."), _entry("other", "It is so, too.")
    made = COURSE.model_copy(update={"entries": (long, short, other)})
    chooser = Chooser(Course.model_validate(made.model_dump()))
    assert chooser.beside([Proposal((0,), 0.6), Proposal((1,), 0.3)]) is not None
    longer = Chooser(made.model_copy(update={"entries": (_entry("long", "It is so. " * 60), short, other)}))
    assert longer.beside([Proposal((0,), 0.5), Proposal((1,), 0.2)]) is None
    found = longer.beside([Proposal((1,), 0.5), Proposal((0,), 0.3), Proposal((2,), 0.2)])
    assert found is not None
    assert found.entries == (1, 2)


def test_the_item_that_makes_up_most_of_a_list_is_what_was_asked(chooser: Chooser) -> None:
    def asked(**likely: float) -> int | None:
        return chooser.asked_item(_chances(**likely), Proposal((NUMBER["flours"],), sum(likely.values())))

    assert asked(rye=0.9, wheat=0.05) == NUMBER["rye"]
    assert asked(rye=0.5, wheat=0.4) is None
    assert asked(rye=0.3, flours=0.6) is None
    assert chooser.asked_item(_chances(salt=0.9), Proposal((NUMBER["salt"],), 0.9)) is None
    assert chooser.asked_item(_chances(rye=0.9), Proposal((NUMBER["flours"], NUMBER["salt"]), 0.9)) is None
