"""What differs between two versions, readable word by word."""

from tutorbot.curation.difference import FieldDifference, Piece, difference
from tutorbot.knowledge import Course
from tutorbot.knowledge.models import Item
from tutorbot.knowledge.overlay import Laid


def shown(found: FieldDifference) -> str:
    """As a person would read it."""
    marks = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
    return "".join(marks[piece.kind].format(piece.text) for piece in found.pieces)


def test_only_the_words_that_changed_are_marked(course: Course) -> None:
    entry = course.by_id["neap-tide"]
    after = entry.model_copy(update={"statement": "The lowest tide, when moon and sun pull at right angles!"})
    (found,) = difference(Laid(entry=entry), Laid(entry=after))
    assert found.field == "statement"
    assert shown(found).startswith("The lowest tide, when ")
    assert shown(found).endswith("pull at right angles[-.-]{+!+}")
    old = "".join(piece.text for piece in found.pieces if piece.kind != "new")
    new = "".join(piece.text for piece in found.pieces if piece.kind != "gone")
    assert (old, new) == (entry.statement, after.statement)


def test_every_field_that_differs_is_told_once(course: Course) -> None:
    entry = course.by_id["tide-kinds"]
    items = (*entry.items, Item(text="King tide"))
    after = entry.model_copy(update={"items": items, "aliases": ("tidal kinds",), "note": True})
    found = difference(Laid(entry=entry), Laid(entry=after, hidden=True, questions=("which tides?",)))
    assert [one.field for one in found] == ["aliases", "items", "note", "hidden", "sample_questions"]
    assert found[1].pieces[-1] == Piece("new", "\nKing tide")
    assert shown(found[0]) == "{+tidal kinds+}"


def test_an_entry_that_comes_or_goes_is_new_or_gone_as_a_whole(course: Course) -> None:
    laid = Laid(entry=course.by_id["slack"])
    kinds = {piece.kind for one in difference(None, laid) for piece in one.pieces}
    assert kinds == {"new"}
    assert {piece.kind for one in difference(laid, Laid()) for piece in one.pieces} == {"gone"}
    assert difference(laid, laid) == ()
    assert difference(None, Laid()) == ()
