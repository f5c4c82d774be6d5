"""Lecture documents read into the places that a locator names."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from tutorbot.errors import SourceError
from tutorbot.knowledge.documents import Segment, read_document
from tutorbot.knowledge.models import Line

SUFFIXES = [".txt", ".md", ".csv", ".tsv"]
KINDS = ["slides", "flashcards", "paper", "text"]


def read(folder: Path, text: str, name: str = "lecture.txt", kind: str = "text") -> list[tuple[str, str]]:
    """The segments of a document of that text."""
    (folder / name).write_bytes(text.encode())
    return [(segment.locator, segment.text) for segment in read_document(folder / name, kind)]


def test_a_short_line_opens_a_slide_and_longer_ones_are_its_paragraphs(tmp_path: Path) -> None:
    text = "A Deck\nWhat it is\nIt is this: a thing.\nAnd that: another.\nWhy\nBecause it is so.\n"
    assert read(tmp_path, text, kind="slides") == [
        ("slide 2: What it is", "It is this: a thing."),
        ("slide 2: What it is, paragraph 2", "And that: another."),
        ("slide 3: Why", "Because it is so."),
    ]


def test_what_a_site_prints_around_a_deck_is_no_part_of_it(tmp_path: Path) -> None:
    deck = "A Deck\n" + "It is this: a thing that takes some words to say.\n" * 9
    held = read(tmp_path, f"Views: 45.\r\n\r\n{deck}\n\n\nSee more decks!\n", kind="slides")
    assert [text for _, text in held] == ["It is this: a thing that takes some words to say."] * 9


def test_a_deck_with_blank_lines_between_its_slides_is_read_whole(tmp_path: Path) -> None:
    text = (
        "First\n\nOne: a thing.\n\nSecond\n\nTwo: a longer thing.\n\n\nThird\nThree: the longest thing of them all.\n"
    )
    assert [place for place, _ in read(tmp_path, text, kind="slides")] == [
        "slide 1: First",
        "slide 2: Second",
        "slide 3: Third",
    ]


def test_a_deck_that_begins_without_a_heading_has_a_first_slide(tmp_path: Path) -> None:
    assert read(tmp_path, "Nothing yet: 1.\nMore: 2.\n", kind="slides")[1][0] == "slide 1, paragraph 2"


def test_a_card_has_its_front_and_its_back(tmp_path: Path) -> None:
    text = "Set 1 Flashcards\nTide\nThe sea's rise\n2 kinds\n- spring\n- neap\nWhy?\nThe moon\n" + "And more. " * 12
    assert read(tmp_path, text, kind="flashcards") == [
        ("card: Tide", "Tide\nThe sea's rise"),
        ("card: 2 kinds", "2 kinds\n- spring\n- neap"),
        ("card: Why?", "Why?\nThe moon\n" + ("And more. " * 12).strip()),
    ]


def test_a_front_without_a_back_is_no_card(tmp_path: Path) -> None:
    assert read(tmp_path, "Tide\nThe sea's rise\nSlack\n", kind="flashcards") == [
        ("card: Tide", "Tide\nThe sea's rise")
    ]


@pytest.mark.parametrize(("name", "sign"), [("a.csv", ","), ("a.tsv", "\t"), ("a.CSV", ",")])
def test_a_table_gives_a_card_a_row(tmp_path: Path, name: str, sign: str) -> None:
    rows = [["Tide", '"The sea\'s\nrise"', "extra"], ["alone"], ["", "no front"], [" Slack ", " Still "]]
    assert read(tmp_path, "\n".join(sign.join(row) for row in rows), name) == [
        ("card: Tide", "Tide\nThe sea's\nrise"),
        ("card: Slack", "Slack\nStill"),
    ]


def test_markdown_gives_paragraphs_under_their_headings(tmp_path: Path) -> None:
    text = "Before.\n# Tides #1\nRise.\nAnd fall.\n\nTwice a day.\n## Why\n\nThe moon.\n"
    assert read(tmp_path, text, "a.md") == [
        ("beginning", "Before."),
        ("section: Tides #1", "Rise.\nAnd fall."),
        ("section: Tides #1, paragraph 2", "Twice a day."),
        ("section: Why", "The moon."),
    ]


@pytest.mark.parametrize("kind", ["text", "paper"])
def test_other_text_gives_numbered_paragraphs(tmp_path: Path, kind: str) -> None:
    assert read(tmp_path, "\ufeffOne.\nStill one.\r\n \r\nTwo.\n", kind=kind) == [
        ("paragraph 1", "One.\nStill one."),
        ("paragraph 2", "Two."),
    ]


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("text", ["", "\n\n \n", "\ufeff"])
def test_an_empty_document_has_no_places(tmp_path: Path, suffix: str, text: str) -> None:
    assert [read(tmp_path, text, f"a{suffix}", kind) for kind in KINDS] == [[]] * 4


@pytest.mark.parametrize(
    ("name", "held", "says"),
    [
        ("a.doc", b"x", "a.doc: only .txt, .md, .csv, .tsv, .pptx, .pdf and .apkg can be read."),
        ("a", b"x", "only .txt"),
        ("a.pdf", b"x", "a.pdf is not a PDF, in spite of its name"),
        ("a.pptx", b"%PDF-1.7 x", "a.pptx is not a PowerPoint deck, in spite of its name"),
        ("a.txt", b"%PDF-1.7 x", "a.txt is a PDF; name it .pdf."),
        ("a.csv", b"\x89PNG x", "a.csv is no text; save it as text."),
        ("a.txt", b"one\ntw\xf6\n", "a.txt, line 2: this is not UTF-8 text; save it as UTF-8."),
        ("a.txt", b"one\n\0two\n", "a.txt, line 2: this is not UTF-8 text; save it as UTF-8."),
        ("a.txt", b"\xff\xfeab\n", "this is not UTF-8 text"),
        ("a.csv", b'x,"' + b"y" * 140_000 + b'"\n', "Line 1 of the table cannot be read (field larger than"),
    ],
)
def test_a_document_that_cannot_be_read_is_told(tmp_path: Path, name: str, held: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(held)
    with pytest.raises(SourceError) as caught:
        read_document(tmp_path / name, "text")
    assert says in str(caught.value)


def test_a_missing_a_large_and_a_folder_in_its_place_are_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"cannot be read \(No such file or directory\); check the file's name"):
        read_document(tmp_path / "gone.txt", "text")
    with pytest.raises(SourceError, match=r"cannot be read \(Is a directory\)"):
        read_document(tmp_path, "text")
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(20_000_001)
    with pytest.raises(SourceError, match=r"large.txt is larger than 20 MB; split it into parts\."):
        read_document(tmp_path / "large.txt", "text")


def test_every_place_is_short_enough_to_be_cited(tmp_path: Path) -> None:
    long = "What, " * 200
    found = [*read(tmp_path, f'"{long}",back\n', "a.csv"), *read(tmp_path, f"# {long}\n" + "text\n\n" * 2, "a.md")]
    found += read(tmp_path, f"{long}\nback\n", kind="flashcards")
    assert len(found) == 4
    assert all(TypeAdapter(Line).validate_python(place) == place for place, _ in found)


@settings(max_examples=150, deadline=None)
@given(held=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode("utf-8", "ignore"))))
def test_no_bytes_make_a_reader_raise_anything_but_its_own_error(
    tmp_path_factory: pytest.TempPathFactory, held: bytes
) -> None:
    folder = tmp_path_factory.getbasetemp()
    for suffix in SUFFIXES:
        (folder / f"any{suffix}").write_bytes(held)
        for kind in KINDS if suffix == ".txt" else KINDS[-1:]:
            try:
                found = read_document(folder / f"any{suffix}", kind)
            except SourceError:
                continue
            assert all(isinstance(one, Segment) and one.locator.strip() and one.text.strip() for one in found)


made_of = st.sampled_from(
    ["", "# A", "#", "Short", "- x", "A sentence: it ends here.", '"', "a,b", "\t", "\x0c", "a\tb"]
)


@settings(max_examples=60, deadline=None)
@given(lines=st.lists(made_of))
def test_every_place_of_a_deck_or_a_text_has_a_name_of_its_own(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    for kind in ("slides", "text"):
        places = [place for place, _ in read(tmp_path_factory.getbasetemp(), "\n".join(lines), kind=kind)]
        assert len(set(places)) == len(places)
