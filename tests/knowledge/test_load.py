"""Reading course folders: what cannot be read is told with file, line and what to do."""

import re
from pathlib import Path

import pytest

from tutorbot.errors import CourseError
from tutorbot.knowledge import list_courses, load_course

from .small_course import SmallCourse

ENTRIES = "entries/tides.yaml"
COURSE = "course.yaml"
QUESTIONS = "questions/hand.yaml"


def refused(small: SmallCourse) -> str:
    """The sentence with which the course is refused, always ``file:line: …``."""
    with pytest.raises(CourseError) as caught:
        load_course(small.folder)
    sentence = str(caught.value)
    assert re.match(rf"{re.escape(str(small.folder))}/[\w./-]+:\d+: ", sentence), sentence
    assert "\n" not in sentence
    return sentence


def test_a_course_is_read_with_the_lines_of_its_parts(small: SmallCourse) -> None:
    loaded = load_course(small.folder)
    assert [entry.id for entry in loaded.course.entries] == ["tide", "tide-kinds", "spring-tide", "neap-tide", "slack"]
    assert [question.writer for question in loaded.course.questions] == ["hand"] * 3
    assert str(loaded.place("entry", "slack")) == small.place(ENTRIES, "id: slack")
    assert str(loaded.place("work", "newton-1687")) == small.place(COURSE, "id: newton")
    assert str(loaded.place("source", "cards")) == small.place(COURSE, "id: cards")
    assert str(loaded.place("outside", "who won the cup")) == small.place("outside.yaml", "who won")
    assert str(loaded.place("citation", ("slack", 0))) == small.place(ENTRIES, "- source:", last=True)


def test_a_course_may_have_entries_alone(small: SmallCourse) -> None:
    (small.folder / "outside.yaml").unlink()
    (small.folder / QUESTIONS).unlink()
    course = load_course(small.folder).course
    assert (course.questions, course.outside.near, course.language) == ((), (), "en")


def test_a_quote_shared_by_an_anchor_has_the_line_where_it_is_written(small: SmallCourse) -> None:
    small.change(ENTRIES, '    citations:\n      - source: cards\n        locator: "card: Slack"', '    citations: &slack\n      - source: cards\n        locator: "card: Slack"')  # fmt: skip
    more = "\n  - id: still\n    term: Still water\n    statement: Still water\n    citations: *slack\n"
    file = small.folder / ENTRIES
    file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")
    loaded = load_course(small.folder)
    assert loaded.place("citation", ("still", 0)) == loaded.place("citation", ("slack", 0))


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("term: Slack", "trem: Slack", "id: slack", "`term` is missing; add it."),
        ("term: Slack", "term: Slack\n    glos: x", "glos: x", "`glos` is not a key that is known here; check its spelling."),
        ("term: Slack", "term: 1900", "term: 1900", "`term` must be text; put it in quotes"),
        ("term: Slack", "term: ''", "term: ''", "`term` is empty; write something or remove the line."),
        ("term: Slack", f"term: {'x' * 301}", "term: xxx", "`term` is longer than 300 characters; shorten it."),
        ("id: slack", "id: Slack Water", "id: Slack Water", "`id` must be lower-case letters and digits, joined by single hyphens"),
        ("id: slack", "id: tide", "id: neap-tide", "the id `tide` is taken at "),
        ("aliases: [tides]", "aliases: tides", "aliases: tides", "`aliases` must be a list; write it in [brackets]"),
        ("aliases: [tides]", "aliases: [1.5]", "aliases: [1.5]", "`aliases.0` must be text; put it in quotes"),
        ("mended: {angels: angles}", "mended: angels", "mended: angels", "`mended` must be a block of `key: value` lines"),
        ("{entry: spring-tide}", "{}", "- {}", "an item needs `entry`, `text` or both."),
        ("{entry: spring-tide}", "spring-tide", "- spring-tide", "`items.0` must be a block of `key: value` lines"),
        ('work: "newton-1687: 435"', 'work: "Newton (1687)"', "work: ", "`citations.0.work` must be a work's id, with pages"),
        ('        quote: "Slack\\nStill water"\n', "", "LAST - source", "`citations.0.quote` is missing; add it."),
        ('    citations:\n      - source: cards\n        locator: "card: Slack"\n        quote: "Slack\\nStill water"', "    citations: []", "citations: []", "`citations` is empty; add at least one."),
        ("topic: Tides\n", "", "id: tide", "`topic` must be text"),
        ("topic: Tides", "topic: Tides\nnotes: x", "notes: x", "`notes` is not a key that is known here; check its spelling."),
        ("term: Slack", "term: Slack\n    term: Ebb", "term: Ebb", "`term` stands twice here; remove one"),
        ("term: Slack", "term: [Slack", "statement: Still", "this is not YAML ("),
        ("term: Slack", "term:\tSlack: x", "LAST term:", "this is not YAML ("),
        ("term: Slack", "term: *nowhere", "term: *nowhere", "this is not YAML (found undefined alias"),
        ("term: Slack", "term: !!python/name:os.system x", "term: !!", "this is not YAML ("),
        ("term: Slack", "term: 'a\x07b'", "term: 'a", "there is a character that YAML does not allow; remove it."),
        ("term: Slack", "term: 2001-99-99", "topic", "a date or number cannot be read (month must be in 1..12); put it in quotes."),
        ("term: Slack", "term: !!timestamp x", "topic", "a date or number cannot be read"),
        ("term: Slack", "term: !!bool x", "topic", "a date or number cannot be read"),
        ("term: Slack", "term: &a [*a]", "topic", "the brackets or indents go too deep; write it flatter."),
        ("term: Slack", f"term: {'[' * 100_000}", "topic", "the brackets or indents go too deep; write it flatter."),
    ],
)  # fmt: skip
def test_a_broken_entry_is_told_at_its_line(small: SmallCourse, old: str, new: str, line: str, says: str) -> None:
    small.change(ENTRIES, old, new)
    sentence = refused(small)
    assert says in sentence
    place = small.place(ENTRIES, line.removeprefix("LAST "), last=line.startswith("LAST"))
    assert sentence.startswith(f"{place}: ") or "is taken at" in says


def test_an_entry_taken_twice_is_told_at_the_second_with_the_place_of_the_first(small: SmallCourse) -> None:
    small.change(ENTRIES, "id: slack", "id: tide")
    sentence = refused(small)
    assert sentence.startswith(f"{small.place(ENTRIES, '- id: tide', last=True)}: ")
    assert f"taken at {small.place(ENTRIES, '- id: tide')}; choose another" in sentence


@pytest.mark.parametrize(
    ("file", "text", "line", "says"),
    [
        (COURSE, "", 1, "write the course as `key: value` lines (id, title, sources)."),
        (COURSE, "- a\n", 1, "write the course as `key: value` lines"),
        (COURSE, "id: tides\ntitle: T\n", 1, "`sources` is missing; add it."),
        (COURSE, "id: tides\ntitle: T\nsources: []\n", 3, "`sources` is empty; add at least one."),
        (COURSE, "id: tides\ntitle: T\nsources: 5\n", 3, "`sources` must be a list"),
        (COURSE, "id: tides\ntitle: T\nsources: [x]\n", 3, "`sources.0` must be a block of `key: value` lines"),
        (COURSE, "id: tides\ntitle: T\nsources:\n  - {id: [a], title: T}\n", 4, "`sources.0.id` must be text"),
        (COURSE, "id: tides\ntitle: T\nsources:\n  - {id: a, title: T, kind: film}\n", 4, "must be one of 'slides', 'flash"),
        (COURSE, "id: tides\ntitle: T\nlanguage: English\nsources: [{id: a, title: T}]\n", 3, "must be a language's code, like en"),
        (COURSE, "id: tides\ntitle: T\nsources: [{id: a, title: T}]\nworks:\n  - {id: w, authors: [N], year: old}\n", 5, "must be a whole number"),
        (COURSE, "id: tides\ntitle: T\nsources: [{id: a, title: T}]\nentries: []\n", 4, "`entries` is not a key that is known here"),
        (COURSE, "id: tides\ntitle: T\nsources: [{id: a, title: T}]\n5: 6\n", 4, "`5` is not a key that is known here"),
        (COURSE, "title: T\nid: ebb\nsources: [{id: a, title: T}]\n", 2, "the id `ebb` must be the folder's name, `tides`."),
        (ENTRIES, "", 1, "write `topic:` and a list `entries:`."),
        (ENTRIES, "entries: {}\n", 1, "write `topic:` and a list `entries:`."),
        (ENTRIES, "topic: T\nentries:\n  - tide\n", 3, "an entry is a block of `key: value` lines"),
        (QUESTIONS, "- what\n", 1, "write each entry's id with a list of questions below it."),
        (QUESTIONS, "\ntide: what\n", 2, "`tide` needs a list of questions, one a line after `- `."),
        (QUESTIONS, "tide:\n  - what\n  - 5\n", 3, "`text` must be text; put it in quotes"),
        (QUESTIONS, "tide:\n  - what\n\ntide:\n  - why\n", 4, "`tide` stands twice here; remove one or put both into one."),
        (QUESTIONS, "tide: [a]\nno: [what]\n", 2, "`False` must be an entry's id; put it in quotes."),
        (QUESTIONS, "Tide 1: [what]\n", 1, "`entry` must be lower-case letters"),
        ("outside.yaml", "- what\n", 1, "this must be a block of `key: value` lines"),
        ("outside.yaml", "near: [a]\nfarr: [b]\n", 2, "`farr` is not a key that is known here"),
        ("outside.yaml", "near:\n  - a\n  - [b]\n", 3, "`near.1` must be text"),
        ("outside.yaml", "a: 1\n---\nb: 2\n", 2, "this is not YAML (but found another document)"),
    ],
)  # fmt: skip
def test_a_broken_file_is_told_at_its_line(small: SmallCourse, file: str, text: str, line: int, says: str) -> None:
    (small.folder / file).write_text(text, encoding="utf-8")
    sentence = refused(small)
    assert sentence.startswith(f"{small.folder / file}:{line}: ")
    assert says in sentence


def test_text_that_is_not_utf_8_is_told_at_its_line(small: SmallCourse) -> None:
    (small.folder / ENTRIES).write_bytes(b"topic: T\nentries: []\n# \xff\n")
    assert refused(small).endswith("tides.yaml:3: this is not UTF-8 text; save the file as UTF-8.")


def test_a_course_without_its_file_or_entries_is_told(small: SmallCourse) -> None:
    (small.folder / ENTRIES).unlink()
    assert refused(small).endswith("course.yaml:1: the course has no entries; write them in entries/*.yaml.")
    (small.folder / COURSE).unlink()
    assert "course.yaml:1: the file cannot be read (No such file or directory); check that it is there" in refused(
        small
    )


def test_a_folder_in_a_files_place_is_told(small: SmallCourse) -> None:
    (small.folder / "outside.yaml").unlink()
    (small.folder / "outside.yaml").mkdir()
    assert "outside.yaml:1: the file cannot be read (Is a directory)" in refused(small)


def test_a_file_that_is_too_large_is_told_before_it_is_read(small: SmallCourse) -> None:
    with (small.folder / ENTRIES).open("r+b") as file:
        file.truncate(5_000_001)
    assert "tides.yaml:1: the file is larger than 5 MB; split it into several files." in refused(small)


def test_aliases_of_aliases_do_not_fill_the_memory(small: SmallCourse) -> None:
    rows = ["a: &a [" + ", ".join("x" * 9) + "]"]
    rows += [f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]" for old, new in zip("abcdefgh", "bcdefghi", strict=True)]
    (small.folder / "outside.yaml").write_text("\n".join(rows), encoding="utf-8")
    assert "outside.yaml:1: the file stands for more than 200000 parts" in refused(small)


def test_courses_are_listed_by_name_and_other_folders_are_not(small: SmallCourse) -> None:
    knowledge = small.folder.parent
    (knowledge / "drafts").mkdir()
    (knowledge / "anatomy").mkdir()
    (knowledge / "anatomy" / COURSE).touch()
    assert [folder.name for folder in list_courses(knowledge)] == ["anatomy", "tides"]


def test_a_missing_knowledge_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"There is no folder .*; name the knowledge folder with --knowledge or"):
        list_courses(tmp_path / "gone")
