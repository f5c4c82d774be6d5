"""`tutorbot export`: a course as one file, on the command line."""

import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tutorbot.cli import app
from tutorbot.errors import SourceError
from tutorbot.knowledge import load_course
from tutorbot.knowledge.exporting import read_course, read_table

from .small_course import SmallCourse


def run(*arguments: str | Path) -> tuple[bytes, str]:
    """What the command writes to standard output, and what it tells."""
    result = CliRunner().invoke(app, ["export", *map(str, arguments)])
    if isinstance(result.exception, SourceError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout_bytes, result.stderr


def test_yaml_on_standard_output_is_the_course(small: SmallCourse) -> None:
    written, _ = run("--knowledge", small.documents, "--out", "-")
    assert read_course("a.yaml", written).entries == load_course(small.folder).course.entries


def test_each_form_is_written_to_a_file_named_after_the_course(
    small: SmallCourse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small.documents)
    for form, suffix in (("csv", ".csv"), ("apkg", ".apkg"), ("markdown", ".md")):
        _, told = run("--knowledge", small.documents, "--format", form)
        assert told.strip() == f"Ocean Tides: 5 entries written to tides{suffix}."
    assert len(read_table(Path("tides.csv").read_bytes())) == 5
    assert zipfile.is_zipfile("tides.apkg")
    assert Path("tides.md").read_text(encoding="utf-8").startswith("# Ocean Tides\n")


def test_a_place_that_cannot_be_written_is_told(small: SmallCourse) -> None:
    with pytest.raises(SourceError, match=r"cannot be written \(Is a directory\)"):
        run("--knowledge", small.documents, "--out", small.documents)
