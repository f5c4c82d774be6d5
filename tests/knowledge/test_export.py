"""Courses written as YAML, CSV, Anki decks and Markdown, and read back."""

import csv
import html
import io
import json
import re
import sqlite3
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tutorbot.errors import SourceError
from tutorbot.knowledge import Citation, Course, Entry, Item, Outside, SampleQuestion, Source, Work, load_course
from tutorbot.knowledge.documents import read_held
from tutorbot.knowledge.exporting import FORMS, SUFFIX, Form, Labels, exported, read_course, read_table
from tutorbot.knowledge.exporting.glossary import escaped
from tutorbot.knowledge.exporting.table import guarded, unguarded
from tutorbot.knowledge.exporting.yaml_text import yaml_text
from tutorbot.knowledge.importing import propose

ROOT = Path(__file__).parents[2]
LABELS = Labels("In plain words:", "Note:", "Moderator's note")
COURSES = [ROOT / "knowledge" / "alliances", ROOT / "tests" / "courses" / "sourdough"]


def course_of(folder: Path) -> Course:
    """A course that the project has."""
    return load_course(folder).course


SMALL = Course(
    id="sea",
    title="The Sea",
    sources=(Source(id="slides", title="Sea <slides>"),),
    works=(Work(id="newton-1687", authors=("Newton",), year=1687, erratum="It was 1687."),),
    entries=(
        Entry(
            id="tide",
            term="=Tide",
            topic="Sea & shore",
            aliases=("tides", "the [flow]"),
            statement="<b>Rise</b> & fall.\n- 1. Twice *daily*.",
            gloss="It goes up.",
            citations=(
                Citation(source="slides", locator="slide 1", quote="Rise & fall [sound:x]", work="newton-1687: 4"),
            ),
            note=True,
        ),
        Entry(
            id="kinds",
            term="Kinds",
            topic="Sea & shore",
            items=(Item(entry="tide"), Item(text="@here {{Neap}}")),
            citations=(Citation(source="gone", locator="slide 2", quote="Kinds"),),
        ),
        Entry(
            id="bare",
            term="Äther",
            topic="Sea",
            citations=(Citation(source="slides", locator="slide 3", quote="Aether"),),
        ),
    ),
)


@pytest.mark.parametrize("folder", COURSES, ids=lambda folder: folder.name)
def test_yaml_comes_back_identical_and_with_the_same_bytes(folder: Path) -> None:
    course = course_of(folder)
    held = exported(course, "yaml", LABELS)
    back = read_course("course.yaml", held)
    assert back.model_copy(update={"folder": folder}) == course
    assert exported(back, "yaml", LABELS) == held


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("folder", COURSES, ids=lambda folder: folder.name)
def test_every_form_is_the_same_bytes_again(folder: Path, form: Form) -> None:
    course = course_of(folder)
    assert exported(course, form, LABELS) == exported(course, form, LABELS)
    assert SUFFIX[form].startswith(".")


texts = st.text(min_size=1, max_size=40).filter(lambda text: bool(text.strip())).map(str.strip)
ids = st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,5})?", fullmatch=True)


@st.composite
def courses(draw: st.DrawFn) -> Course:
    """Courses with any text anywhere."""
    citation = st.builds(
        Citation, source=st.just("slides"), locator=texts, quote=texts, work=st.sampled_from([None, "newton: 4–6"])
    )
    entry_ids = draw(st.lists(ids, min_size=1, max_size=3, unique=True))
    entries = [
        Entry(
            id=one,
            term=draw(texts),
            topic=draw(texts),
            aliases=tuple(draw(st.lists(texts, max_size=2))),
            statement=draw(st.none() | texts),
            items=tuple(Item(text=text) for text in draw(st.lists(texts, max_size=2))),
            citations=tuple(draw(st.lists(citation, min_size=1, max_size=2))),
            mended=draw(st.dictionaries(texts, texts, max_size=2)),
            questions=tuple(draw(st.lists(texts, max_size=2))),
            note=draw(st.booleans()),
        )
        for one in entry_ids
    ]
    own = [SampleQuestion(entry=one.id, text=text, writer="entry") for one in entries for text in one.questions]
    more = st.builds(
        SampleQuestion, entry=st.sampled_from(entry_ids), text=texts, writer=st.sampled_from(["a", "b: c"])
    )
    return Course(
        id="sea",
        title=draw(texts),
        sources=(Source(id="slides", title=draw(texts)),),
        works=(Work(id="newton", authors=(draw(texts),), year=draw(st.none() | st.integers(-500, 2100))),),
        entries=tuple(entries),
        questions=(*own, *draw(st.lists(more, max_size=3))),
        outside=Outside(near=tuple(draw(st.lists(texts, max_size=2)))),
    )


@settings(max_examples=150, deadline=None)
@given(courses())
def test_yaml_and_csv_of_any_course_come_back(course: Course) -> None:
    held = exported(course, "yaml", LABELS)
    assert read_course("a.yaml", held) == course
    assert exported(read_course("a.yaml", held), "yaml", LABELS) == held
    rows = read_table(exported(course, "csv", LABELS))
    assert [(row["id"], row["term"], row["statement"]) for row in rows] == [
        (entry.id, entry.term, entry.statement or "") for entry in course.entries
    ]
    assert exported(course, "markdown", LABELS)
    with zipfile.ZipFile(io.BytesIO(exported(course, "apkg", LABELS))) as archive:
        assert archive.testzip() is None


@pytest.mark.parametrize(
    "text", ["a\x85b", "a\u2028b", "a\r\nb", " a", "a\n\n b\t", "no", "1_0", "a: b #", "\ufeffx", "🌊\n~", "2026-01-01"]
)
def test_texts_that_yaml_takes_for_something_else_come_back(text: str) -> None:
    assert yaml.safe_load(yaml_text({"text": text})) == {"text": text}


def test_yaml_that_is_changed_wrongly_is_told_with_its_line() -> None:
    held = exported(SMALL, "yaml", LABELS).decode()
    with pytest.raises(SourceError, match=r"sea\.yaml, line \d+: `entries\.0\.term` is missing; add it\."):
        read_course("sea.yaml", held.replace("    term: =Tide\n", "", 1).replace("    term: '=Tide'\n", "", 1).encode())
    with pytest.raises(SourceError, match=r"sea\.yaml, line 1: write the course as"):
        read_course("sea.yaml", b"[]")
    with pytest.raises(SourceError, match="each group of questions needs a writer, an entry and texts"):
        read_course("sea.yaml", (held + "questions: [1]\n").encode())


def test_an_exported_course_can_be_imported() -> None:
    course = course_of(COURSES[1])
    proposed = propose("sourdough.yaml", exported(course, "yaml", LABELS), course)
    assert [one.entry for one in proposed.proposals] == list(course.entries)
    assert all(one.duplicate_of for one in proposed.proposals)


DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "'=1", '=HYPERLINK("http://x")']


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_begins_as_a_formula(text: str) -> None:
    assert guarded(text).startswith("'")
    assert unguarded(guarded(text)) == text
    assert guarded("plain - 1") == "plain - 1"


def test_every_cell_of_an_exported_table_is_guarded() -> None:
    held = exported(SMALL, "csv", LABELS)
    assert held.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(held.decode("utf-8-sig"), newline="")))
    assert all(not cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)
    assert rows[1][:4] == ["tide", "Sea & shore", "'=Tide", "tides\nthe [flow]"]
    assert read_table(held)[0]["term"] == "=Tide"
    assert rows[1][7] == "Moderator's note\nIt was 1687."
    assert rows[2][5] == "=Tide: <b>Rise</b> & fall.\n- 1. Twice *daily*.\n@here {{Neap}}".replace("=", "'=", 1)


def test_a_table_that_is_no_export_is_told() -> None:
    with pytest.raises(SourceError, match="The table needs the columns id, topic, term"):
        read_table(b"a,b\n1,2\n")
    with pytest.raises(SourceError, match="The table cannot be read"):
        read_table(b'"a\n')


def notes_of(deck: bytes) -> list[list[str]]:
    """The fields of an Anki deck's notes."""
    with zipfile.ZipFile(io.BytesIO(deck)) as archive, closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(archive.read("collection.anki2"))
        (models,) = next(iter(database.execute("SELECT models FROM col")))
        assert [field["name"] for field in next(iter(json.loads(models).values()))["flds"]][:2] == ["Term", "Statement"]
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return [flds.split("\x1f") for (flds,) in database.execute("SELECT flds FROM notes ORDER BY rowid")]


def test_an_anki_note_holds_the_statement_and_its_citations_as_harmless_html() -> None:
    tide, kinds = sorted(notes_of(exported(SMALL, "apkg", LABELS)), key=lambda note: note[3], reverse=True)
    assert tide[0] == "=Tide"
    assert tide[1].startswith("Moderator&#x27;s note<br>&lt;b&gt;Rise&lt;/b&gt; &amp; fall.<br>")
    assert "Sea &lt;slides&gt; · slide 1 · Newton (1687: 4)<blockquote>Rise &amp; fall &#91;sound:x]" in tide[2]
    assert "<li>@here {&#123;Neap}}</li>" in kinds[1]
    assert kinds[3] == "kinds"


def test_an_anki_deck_keeps_its_ids_and_takes_its_date_from_the_caller() -> None:
    first, later = (exported(SMALL, "apkg", LABELS, now=datetime(year, 1, 1, tzinfo=UTC)) for year in (2025, 2026))
    assert notes_of(first) == notes_of(later)
    found = []
    for deck in (first, later):
        with zipfile.ZipFile(io.BytesIO(deck)) as archive, closing(sqlite3.connect(":memory:")) as database:
            database.deserialize(archive.read("collection.anki2"))
            found.append(database.execute("SELECT id, guid, mod FROM notes ORDER BY id").fetchall())
    assert [row[:2] for row in found[0]] == [row[:2] for row in found[1]]
    assert all(one[2] < other[2] for one, other in zip(*found, strict=True))


@pytest.mark.parametrize("folder", COURSES, ids=lambda folder: folder.name)
def test_an_exported_deck_can_be_imported_again(folder: Path) -> None:
    course = course_of(folder)
    fronts = [one.text.splitlines()[0] for one in read_held("a.apkg", exported(course, "apkg", LABELS), "flashcards")]
    assert sorted(fronts) == sorted(entry.term for entry in course.entries if not entry.is_bare)


def test_a_glossary_is_sorted_cited_and_has_no_markup_of_its_own() -> None:
    text = exported(SMALL, "markdown", LABELS).decode()
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["Kinds", "\\=Tide"]
    assert "**Moderator's note**" in text
    assert "\\<b\\>Rise\\</b\\> \\& fall.\n\n\\- 1. Twice \\*daily\\*." in text
    assert "> Sea \\<slides\\> · slide 1 · Newton (1687: 4)" in text
    assert "2. @\u200bhere {".replace("{", "\\{\\{Neap") in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# no heading", "\\# no heading"),
        ("1. no list", "1\\. no list"),
        ("1984) no list", "1984\\) no list"),
        ("+ no list", "\\+ no list"),
        ("a - b", "a - b"),
        ("[x](http://y)", "\\[x\\](http\u200b://y)"),
        ("two\nlines", "two lines"),
        ("---", "\\---"),
    ],
)
def test_a_line_of_markdown_shows_its_signs(text: str, shown: str) -> None:
    assert escaped(text) == shown


@pytest.mark.parametrize("folder", COURSES, ids=lambda folder: folder.name)
def test_a_glossary_has_every_term_that_says_something_and_where_it_stands(folder: Path) -> None:
    course = course_of(folder)
    text = exported(course, "markdown", LABELS).decode()
    said = [entry for entry in course.entries if not entry.is_bare]
    assert text.count("\n## ") == len(said)
    assert all(f"## {escaped(entry.term)}\n" in text for entry in said)
    assert text.count("\n> ") >= len(said)
    assert html.unescape(text) == text
