"""Reading labelled questions."""

import json
from pathlib import Path

import pytest

from tutorbot.errors import CourseError
from tutorbot.measuring.labelled import Labelled, read_labelled

ROW = {"id": "a", "kind": "list", "question": "which?", "context": ["before"], "accept": [["one", "two"], ["three"]]}


def test_rows_are_read_in_order(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(
        f'{json.dumps(ROW)}\n\n  \n{{"id": "b", "kind": "typo", "question": "was ißt?"}}\n', encoding="utf-8"
    )
    assert read_labelled(file) == [
        Labelled(id="a", kind="list", question="which?", context=("before",), accept=(("one", "two"), ("three",))),
        Labelled(id="b", kind="typo", question="was ißt?"),
    ]


@pytest.mark.parametrize("sign", ["\u2028", "\u0085", "\x0c", "\x1c"])
def test_a_question_may_hold_signs_that_end_lines_elsewhere(tmp_path: Path, sign: str) -> None:
    file = tmp_path / "rows.jsonl"
    text = json.dumps({**ROW, "question": f"a{sign}b"}, ensure_ascii=sign < " ")
    file.write_text(f"{text}\r\n{json.dumps(ROW)}", encoding="utf-8", newline="")
    assert [row.question for row in read_labelled(file)] == [f"a{sign}b", "which?"]


@pytest.mark.parametrize(
    "broken",
    [
        "not json",
        "[]",
        "7",
        '{"id": "a"}',
        '{"id": "a", "kind": "x", "question": 7}',
        '{"id": "a"',
        json.dumps({**ROW, "accept": ["one"]}),
    ],
)
def test_a_broken_row_is_told_with_its_line(tmp_path: Path, broken: str) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(f"{json.dumps(ROW)}\n\n{broken}\n", encoding="utf-8")
    with pytest.raises(CourseError) as caught:
        read_labelled(file)
    assert str(caught.value).startswith(f"{file}:3: write an object")


@pytest.mark.parametrize("content", [b"\xff\xfe", None])
def test_a_file_that_is_no_text_or_missing_is_told(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "rows.jsonl"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CourseError, match=r"rows\.jsonl cannot be read as UTF-8 text"):
        read_labelled(file)
