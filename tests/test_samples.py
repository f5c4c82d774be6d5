"""What a course is measured by must not be among what it was made from."""

import json
from pathlib import Path

import pytest

from tutorbot.knowledge import load_course
from tutorbot.matching.faces import course_faces

ROOT = Path(__file__).parent.parent
COURSES = [ROOT / "knowledge" / "alliances", ROOT / "tests" / "courses" / "sourdough"]
DEVELOPMENT = ROOT.parent / "shared" / "eval" / "alliances-questions.jsonl"


def _same(question: str) -> str:
    return question.casefold().strip(" ?.!")


def _questions(file: Path) -> set[str]:
    return {_same(json.loads(line)["question"]) for line in file.read_text(encoding="utf-8").splitlines()}


@pytest.mark.parametrize("folder", COURSES, ids=lambda folder: folder.name)
def test_no_labelled_question_is_a_sample_nor_outside(folder: Path) -> None:
    course = load_course(folder).course
    # of all courses: what is far outside of one may be asked of another
    files = [
        *(ROOT / "tests" / "data").glob("*.jsonl"),
        *(file for one in COURSES for file in one.glob("labelled/*.jsonl")),
    ]
    labelled = set().union(*map(_questions, files)) | (_questions(DEVELOPMENT) if DEVELOPMENT.exists() else set())
    names = {_same(name) for entry in course.entries for name in entry.names}
    made_from = {_same(face.text) for face in course_faces(course)} - names
    assert made_from & labelled == set()
