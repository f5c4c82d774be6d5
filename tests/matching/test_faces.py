"""The texts that a question may match."""

from tutorbot.knowledge import Course
from tutorbot.matching.faces import OUTSIDE, course_faces, entry_text


def test_every_entry_has_its_names_its_text_and_its_questions_side_by_side(tides: Course) -> None:
    faces = course_faces(tides)
    inside = [face.entry for face in faces if face.entry != OUTSIDE]
    assert inside == sorted(inside)
    assert set(inside) == set(range(len(tides.entries)))
    own = [face.text for face in faces if face.entry == 0]
    assert own[:2] == ["Tide", "tides"]
    assert own[2] == tides.entries[0].statement
    assert own[3] == f"Tide: {tides.entries[0].statement}"
    assert set(own[4:]) == {"what is a tide", "why does the sea rise"}


def test_the_outside_questions_come_last(tides: Course) -> None:
    faces = course_faces(tides)
    first = [face.entry for face in faces].index(OUTSIDE)
    assert [face.text for face in faces[first : first + 2]] == ["how high is a tsunami", "who won the cup"]
    assert {face.entry for face in faces[first:]} == {OUTSIDE}
    assert "thanks" in [face.text for face in faces[first:]]  # what no course answers


def test_the_questions_of_one_writer_can_be_left_out(tides: Course) -> None:
    left = {face.text for face in course_faces(tides)} - {
        face.text for face in course_faces(tides, without_writer="hand")
    }
    assert left == {"what is a tide", "why does the sea rise", "when does the water stand still"}


def test_a_list_says_what_its_items_say(tides: Course) -> None:
    whole = tides.by_id["tide-kinds"]
    assert entry_text(tides, whole) == (
        "Spring tide: The highest tide, when sun and moon pull in one line. Neap tide: sun and moon at right angles"
    )
