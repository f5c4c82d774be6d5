"""`tutorbot import`: from a document to a file for entries/, on the command line."""

from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from tutorbot.cli import app
from tutorbot.errors import SourceError
from tutorbot.knowledge import check_course, load_course
from tutorbot.knowledge.sources import add_source

from .made_documents import deck
from .small_course import SmallCourse

CARDS = """\
Tides Flashcards
Slack
Still water
2 phases of tide
- Ebb: the water goes out
- Flood: the water comes in
3 seas of the north
- North Sea
- Baltic Sea
"""


def run(*arguments: str | Path) -> tuple[str, str]:
    """What the command prints, and what it tells on standard error."""
    result = CliRunner().invoke(app, list(map(str, arguments)))
    if isinstance(result.exception, SourceError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout, result.stderr


@pytest.fixture
def cards(small: SmallCourse) -> Path:
    """A document whose first card the course has."""
    file = small.documents / "more.txt"
    file.write_text(CARDS, encoding="utf-8")
    return file


def test_the_printed_file_is_accepted_by_check_once_the_source_is_added(small: SmallCourse, cards: Path) -> None:
    printed, told = run("import", cards, "--knowledge", small.documents, "--source", "more")
    assert "`tutorbot source add more.txt --id more`" in printed
    assert told.strip() == "more.txt: 5 proposals, 1 of them repeat something, 1 to look at closely."
    small.change("course.yaml", "sources:\n", "sources:\n  - {id: more, title: More tides, kind: flashcards}\n")
    add_source(small.folder, "more", cards)
    (small.folder / "entries" / "more.yaml").write_text(printed, encoding="utf-8")
    loaded = load_course(small.folder)
    assert check_course(loaded) == []
    assert [item.entry for item in loaded.course.by_id["2-phases-of-tide"].items] == ["ebb", "flood"]
    assert "slack-2" not in loaded.course.by_id


def test_what_is_doubtful_or_repeated_has_a_comment_and_repetitions_are_commented_out(
    small: SmallCourse, cards: Path
) -> None:
    printed, _ = run("import", cards, "--knowledge", small.documents, "--source", "cards")
    assert "  # The heading announces 3 items; 2 were found.\n  - id: 3-seas-of-the-north\n" in printed
    assert "  # This has the name of “Slack” (slack) in the course (1.00).\n  # - id: slack-2\n" in printed
    assert "source add" not in printed
    assert [entry["id"] for entry in yaml.safe_load(printed)["entries"]] == [
        "2-phases-of-tide",
        "ebb",
        "flood",
        "3-seas-of-the-north",
    ]


def test_a_powerpoint_deck_is_written_to_a_file_that_is_never_overwritten(small: SmallCourse) -> None:
    file, out = small.documents / "deck.pptx", small.documents / "proposals.yaml"
    file.write_bytes(deck(("Currents", ["Gulf Stream – warm water that flows north"]), ("Picture", [])))
    printed, told = run("import", file, "--knowledge", small.documents, "--out", out)
    assert printed == ""
    assert "No text could be read at 1 place: slide 2: Picture" in told
    assert [entry["term"] for entry in yaml.safe_load(out.read_text(encoding="utf-8"))["entries"]] == ["Gulf Stream"]
    with pytest.raises(SourceError, match=r"proposals\.yaml is there already"):
        run("import", file, "--knowledge", small.documents, "--out", out)


def test_a_credited_work_that_the_course_lacks_can_be_copied_from_the_comment(small: SmallCourse) -> None:
    file = small.documents / "a.tsv"
    file.write_text("Amphidromic point\tA place without tides (Whewell 1836: 289)\n", encoding="utf-8")
    printed, _ = run("import", file, "--knowledge", small.documents, "--source", "cards")
    assert "  # Is Whewell 1836 the work that is credited here? The course does not have it yet.\n" in printed
    assert "  #   - id: whewell-1836\n  #     authors:\n  #       - Whewell\n  #     year: 1836\n" in printed
    assert "  # work: whewell-1836: 289\n" in printed
    assert "work" not in yaml.safe_load(printed)["entries"][0]["citations"][0]


def test_a_course_without_entries_can_be_filled(small: SmallCourse, cards: Path) -> None:
    (small.folder / "entries" / "tides.yaml").unlink()
    printed, _ = run("import", cards, "--knowledge", small.documents, "--source", "cards")
    assert len(yaml.safe_load(printed)["entries"]) == 5


def test_a_missing_file_is_told(small: SmallCourse) -> None:
    with pytest.raises(SourceError, match=r"gone\.txt cannot be read \(No such file or directory\)"):
        run("import", small.documents / "gone.txt", "--knowledge", small.documents)
