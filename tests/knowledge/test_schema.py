"""The JSON Schemas that editors use say what the models say."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tutorbot.errors import CourseError
from tutorbot.knowledge import load_course
from tutorbot.knowledge.schema import course_schema, entry_schema, write_schemas

from .conftest import ROOT
from .small_course import SmallCourse

KNOWLEDGE = ROOT / "knowledge"
SHIPPED = sorted(KNOWLEDGE.glob("*/entries/*.yaml"))


def test_the_shipped_schemas_are_those_of_the_models(tmp_path: Path) -> None:
    for file in write_schemas(tmp_path):
        assert file.read_text(encoding="utf-8") == (KNOWLEDGE / file.name).read_text(encoding="utf-8"), (
            "the models have changed: write the schemas anew with write_schemas"
        )


@pytest.mark.parametrize("file", [*SHIPPED, *sorted(KNOWLEDGE.glob("*/course.yaml"))], ids=lambda file: file.name)
def test_a_shipped_file_names_its_schema_and_follows_it(file: Path) -> None:
    first, _, rest = file.read_text(encoding="utf-8").partition("\n")
    named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert named is not None
    schema = json.loads((file.parent / named[1]).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(yaml.safe_load(rest))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("entries/tides.yaml", "term: Slack", "trem: Slack"),
        ("entries/tides.yaml", "term: Slack", "term: 1900"),
        ("entries/tides.yaml", "id: slack", "id: Slack Water"),
        ("entries/tides.yaml", "aliases: [tides]", "aliases: tides"),
        ("entries/tides.yaml", 'work: "newton-1687: 435"', "work: Newton (1687)"),
        ("entries/tides.yaml", "topic: Tides", "topics: Tides"),
        ("course.yaml", "kind: slides", "kind: film"),
        ("course.yaml", "authors: [Newton]", "author: Newton"),
    ],
)
def test_what_the_loader_refuses_the_schema_marks(small: SmallCourse, file: str, old: str, new: str) -> None:
    validator = jsonschema.Draft202012Validator(course_schema() if file == "course.yaml" else entry_schema())
    assert validator.is_valid(yaml.safe_load((small.folder / file).read_text(encoding="utf-8")))
    small.change(file, old, new)
    assert not validator.is_valid(yaml.safe_load((small.folder / file).read_text(encoding="utf-8")))
    with pytest.raises(CourseError):
        load_course(small.folder)


@pytest.mark.parametrize("schema", [entry_schema(), course_schema()], ids=["entries", "course"])
def test_the_schemas_are_sound_and_their_patterns_are_understood_by_editors(schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    assert "(?P<" not in json.dumps(schema)


def test_an_editor_explains_what_an_entrys_parts_are() -> None:
    parts = entry_schema()["$defs"]["Entry"]["properties"]
    assert [key for key, part in parts.items() if "description" not in part] == []


def test_schemas_that_cannot_be_written_are_told(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"entries\.schema\.json cannot be written \(No such file or directory\)"):
        write_schemas(tmp_path / "gone")
