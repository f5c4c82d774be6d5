"""PowerPoint, PDF and Anki files read into segments, and files that are made to hurt."""

import io
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from tutorbot.errors import SourceError
from tutorbot.knowledge.documents import Segment, read_held
from tutorbot.knowledge.documents import archive as limits
from tutorbot.knowledge.documents.anki import read_anki
from tutorbot.knowledge.documents.apart import read_apart
from tutorbot.knowledge.documents.markup import plain_lines
from tutorbot.knowledge.documents.pdf import read_pdf
from tutorbot.knowledge.documents.presentation import read_presentation
from tutorbot.knowledge.fingerprint import read_fingerprint
from tutorbot.knowledge.sources import add_source

from .made_documents import archive, collection, deck, deck_with_table, pdf, repacked
from .small_course import SmallCourse

DECKS = Path(__file__).with_name("decks")


def places(segments: list[Segment]) -> list[tuple[str, str]]:
    """Locators and texts."""
    return [(segment.locator, segment.text) for segment in segments]


def test_a_powerpoint_slide_is_a_place_named_by_its_title_and_its_notes_are_another() -> None:
    held = deck(("Tides", ["Rise and fall", "Twice a day"]), ("Why", ["The moon"]), notes="Ask them first.")
    assert places(read_held("a.pptx", held, "slides")) == [
        ("slide 1: Tides", "Rise and fall\nTwice a day"),
        ("slide 1: Tides, notes", "Ask them first."),
        ("slide 2: Why", "The moon"),
    ]


def test_tables_and_text_boxes_of_a_slide_are_read_row_by_row() -> None:
    assert places(read_held("a.pptx", deck_with_table(), "slides")) == [
        ("slide 1", "Spring tide: highest\nNeap tide: lowest\nTwo kinds of tide")
    ]


def test_a_pdf_page_is_a_place_and_a_page_of_slides_is_a_slide() -> None:
    held = pdf(["Ocean Tides", "Tides are the rise and fall of the sea."], ["The moon pulls: that is why."])
    assert places(read_held("a.pdf", held, "paper")) == [
        ("page 1", "Ocean Tides\nTides are the rise and fall of the sea."),
        ("page 2", "The moon pulls: that is why."),
    ]
    assert places(read_held("a.pdf", held, "slides")) == [
        ("slide 1: Ocean Tides", "Tides are the rise and fall of the sea."),
        ("slide 2", "The moon pulls: that is why."),
    ]


@pytest.mark.parametrize("generation", ["anki21", "anki21b"])
def test_decks_that_anki_exports_are_read_with_lists_and_clozes(generation: str) -> None:
    held = (DECKS / f"{generation}.apkg").read_bytes()
    assert places(read_held("tides.apkg", held, "flashcards")) == [
        ("card: Spring tide", "Spring tide\nThe highest tide, when sun & moon pull in one line."),
        ("card: 2 kinds of tide", "2 kinds of tide\n- Spring tide\n- Neap tide"),
        ("card: The sea rises twice a day.", "The sea rises twice a day.\nNear most coasts."),
    ]


def test_the_template_of_a_note_says_which_field_is_the_front() -> None:
    held = archive(collection__anki2=collection(["still water\x1fSlack"]))
    assert places(read_held("a.apkg", held, "flashcards")) == [("card: Slack", "Slack\nstill water")]


def test_html_of_a_card_becomes_lines_without_scripts_sounds_and_pictures() -> None:
    html = "<ol><li>one<li>two</ol><script>alert(1)</script>a&nbsp;&lt;b&gt;<br><img src=x>[sound:x.mp3]<div>c</div>"
    assert plain_lines(html) == "1. one\n2. two\na <b>\nc"


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(["<", "!", "[", "-", ">", "a", "&", ";", "#", "</", "<!--", "?", "li", " ", "CDATA[", "="])
    )
)
def test_no_broken_html_stops_the_reading(parts: list[str]) -> None:
    assert "\x00" not in plain_lines("".join(parts))


def test_a_text_file_that_anki_wrote_is_a_table_with_html() -> None:
    text = "#separator:Semicolon\n#html:true\nTide;The <b>rise</b>\nSlack;Still\n"
    assert places(read_held("a.txt", text.encode(), "flashcards")) == [
        ("card: Tide", "Tide\nThe rise"),
        ("card: Slack", "Slack\nStill"),
    ]


def test_columns_that_are_named_are_found_wherever_they_stand() -> None:
    text = "deck,Definition,Term\n1,The rise,Tide\n"
    assert places(read_held("a.csv", text.encode(), "flashcards")) == [("card: Tide", "Tide\nThe rise")]


def test_text_that_a_spreadsheet_saved_as_utf_16_is_read() -> None:
    held = "Ebbe\tAblaufendes Wasser\nPrïel\tRinne\n".encode("utf-16")
    assert places(read_held("a.tsv", held, "flashcards"))[1] == ("card: Prïel", "Prïel\nRinne")


def test_a_deck_can_be_added_as_a_source_and_its_words_are_proved(small: SmallCourse) -> None:
    file = small.documents / "deck.pptx"
    file.write_bytes(deck(("Tides at Sea", ["Tides rise twice a day near most coasts"])))
    add_source(small.folder, "slides", file)
    kept = read_fingerprint(small.folder / "fingerprints" / "slides.json")
    assert kept.proves("slide 1: Tides at Sea", "twice a day near most coasts")


def zeros(size: int) -> bytes:
    """A zip with one member of zeros, and the names that a PowerPoint deck has."""
    return archive(ppt__xml=b"\0" * size, **{"ppt/presentation__xml": b"<a/>"})


def encrypted() -> bytes:
    """A PDF that asks for a password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(["Secret tides of the sea"]))))
    writer.encrypt("word", algorithm="RC4-128")
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def lied_about() -> bytes:
    """A zip whose directory says that a large member is small."""
    held = bytearray(archive(**{"ppt/presentation__xml": b"a" * 3_000_000}))
    at = held.rindex((3_000_000).to_bytes(4, "little"))
    held[at : at + 4] = (10).to_bytes(4, "little")
    return bytes(held)


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'
VIEW = "CREATE VIEW notes AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x id, 1 mid, x flds FROM n"

LONG_HTML = ("#separator:tab\n#html:true\nTide\tThe rise\nSlack\t" + "<b>" * 20_000).encode()

BAD = [
    ("a.txt", LONG_HTML, "Line 4 of the table has more than 50000 characters of HTML."),
    ("a.apkg", archive(collection__anki2=collection(["a\x1fb", "x" * 50_001])), "card 2: it has more than 50000"),
    ("a.pdf", encrypted(), "a.pdf is encrypted; save a copy without a password."),
    ("a.pdf", b"%PDF-1.7\nnothing", "a.pdf is not a PDF that can be read"),
    ("a.pptx", b"PK\x03\x04ppt/", "a.pptx is broken: its zip cannot be opened"),
    ("a.pptx", archive(**{"ppt/a__xml": b"<a/>"}), "a.pptx is not a PowerPoint deck that can be read"),
    ("a.pptx", deck(("Tides", ["one"]))[:-3000] + b"x" * 3000, "a.pptx is broken"),
    ("a.pptx", zeros(30_000_000), "a.pptx unpacks to far more than it holds"),
    ("a.pptx", lied_about(), "a.pptx "),
    ("a.pptx", repacked(deck(("T", ["x"])), "ppt/extra.xml", ENTITIES), "a.pptx defines XML entities"),
    ("a.pptx", repacked(deck(("T", ["x"])), "ppt/extra.xml", ENTITIES.decode().encode("utf-16")), "XML entities"),
    ("a.pptx", archive(collection__anki2=b"x"), "a.pptx is not a PowerPoint deck, in spite of its name"),
    ("a.apkg", archive(collection__anki2=b"no database at all" * 99), "a.apkg is broken: its collection"),
    ("a.apkg", archive(collection__anki21b=b"no zstandard"), "a.apkg is broken: its collection cannot be unpacked"),
    ("a.apkg", archive(collection__anki21b=zstandard.compress(b"\0" * 300_000_000)), "unpacks to more than 200 MB"),
    ("a.apkg", archive(collection__anki2=collection(["a\x1fb"] * 10_001)), "a.apkg has more than 10000 notes"),
    ("a.apkg", archive(collection__anki2=collection(["a"], statements=["UPDATE notes SET flds = x'ff'"])), "card 1"),
    ("a.apkg", archive(collection__anki2=collection([], statements=["DROP TABLE notes", VIEW])), "has no notes"),
    (
        "a.apkg",
        archive(collection__anki2=collection(["a"], statements=["UPDATE col SET models = '[1]'"])),
        "a.apkg is not an Anki deck",
    ),
]


@pytest.mark.parametrize(("name", "held", "says"), BAD, ids=[f"{name}: {says}"[:60] for name, _, says in BAD])
def test_a_file_that_is_broken_or_made_to_hurt_costs_one_sentence(name: str, held: bytes, says: str) -> None:
    before = time.monotonic()
    with pytest.raises(SourceError) as caught:
        read_held(name, held, "flashcards")
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
    assert time.monotonic() - before < 30


def test_a_reader_that_takes_too_long_is_ended() -> None:
    started = time.monotonic()
    with pytest.raises(SourceError, match=r"a\.pdf takes longer than 0 seconds to read; split it into parts\."):
        read_apart("a.pdf", pdf(["Tides"]), "text", ".pdf", seconds=0.01)
    assert time.monotonic() - started < 10


def test_a_reader_apart_sees_nothing_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTORBOT_TOKEN", "secret")
    monkeypatch.setenv("PYTHONPATH", os.devnull)
    assert places(read_held("a.pdf", pdf(["The sea rises"]), "text")) == [("page 1", "The sea rises")]
    code = "import tutorbot.knowledge.documents.apart as a, subprocess as s; s.run = lambda c, **k: exit(k['env']); a.read_apart('a.pdf', b'', 'text', '.pdf')"
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert child.stderr.strip() == "{}"


def test_too_many_members_and_names_that_stand_twice_are_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for number in range(limits.MAX_MEMBERS + 1):
            made.writestr(f"ppt/{number}", b"")
    with pytest.raises(SourceError, match="holds more than 20000 files"):
        limits.Archive("a.pptx", held.getvalue())
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        made.writestr("a", b"1")
        with pytest.warns(UserWarning, match="Duplicate name"):
            made.writestr("a", b"2")
    with pytest.raises(SourceError, match="a file stands in it twice"):
        limits.Archive("a.pptx", held.getvalue())


READERS = {
    ".pptx": lambda held: read_presentation("a.pptx", held),
    ".pdf": lambda held: read_pdf("a.pdf", held, "slides"),
    ".apkg": lambda held: read_anki("a.apkg", held),
}
SOUND = {
    ".pptx": deck(("Tides", ["Rise and fall"])),
    ".pdf": pdf(["Tides are the rise and fall of the sea."]),
    ".apkg": (DECKS / "anki21.apkg").read_bytes(),
}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(suffix=st.sampled_from(sorted(READERS)), data=st.data())
def test_no_damage_makes_a_reader_raise_anything_but_its_own_error(suffix: str, data: st.DataObject) -> None:
    held = bytearray(SOUND[suffix])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(held) - 1))
        held[at : at + data.draw(st.integers(1, 8))] = data.draw(st.binary(max_size=8))
    try:
        found = list(READERS[suffix](bytes(held)))
    except SourceError:
        return
    assert all(segment.locator.strip() and segment.text.strip() for segment in found)
