"""The first course carries every fact of its two documents, each quoted from where it stands."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from tutorbot.knowledge import Course, Entry, LoadedCourse, check_course
from tutorbot.knowledge.documents import Segment, read_document
from tutorbot.knowledge.fingerprint import read_fingerprint, write_fingerprint
from tutorbot.knowledge.text import squeezed

DOCUMENTS = Path(__file__).parents[3] / "shared" / "sources"
FILES = {"slides": "alliance-slides.txt", "flashcards": "lecture-3-flashcards.txt"}

# What the documents print that teaches nothing: titles, and what the sites around them add.
FURNITURE = {
    "Publications: 45 | Followers: 0",
    "Gulf War - Sogang",
    "Publish on Category: Birds 0",
    "Alliance in International Relations",
    "Alliance in IR",
    "Make amazing presentation for free",
    "Lecture 3: Alliances, Coercion and Diplomacy Flashcards",
}


@dataclass(frozen=True)
class Fact:
    """One thing that the documents teach: the entry that must carry it, and words of it by source and locator."""

    fact: str
    entry: str
    work: str | None = None
    slides: Mapping[str, str] | None = None
    flashcards: Mapping[str, str] | None = None

    @property
    def places(self) -> list[tuple[str, str, str]]:
        """Source, locator and words of each place that says it."""
        held = {"slides": self.slides or {}, "flashcards": self.flashcards or {}}
        return [(source, locator, text) for source, rows in held.items() for locator, text in rows.items()]


FACTS = [Fact(**row) for row in yaml.safe_load(Path(__file__).with_name("facts.yaml").read_text(encoding="utf-8"))]


def shown(course: Course, entry: Entry) -> str:
    """What is shown of an entry: its statement, its items, its works, and the lists that a bare item stands in."""
    parts = [entry.term, entry.statement or ""]
    parts += [course.works_by_id[one.work_id].cited(one.pages) for one in entry.citations if one.work_id]
    for item in entry.items:
        target = course.by_id[item.entry] if item.entry else None
        parts.append(item.text or "")
        if target is not None and not item.text:
            parts += [target.term, target.statement or ""]
    if entry.is_bare:
        parts += [shown(course, whole) for whole in course.lists_of[entry.id]]
    return " ".join(parts)


def test_the_course_is_sound(alliances: LoadedCourse) -> None:
    assert check_course(alliances) == []


def test_the_documents_teach_more_than_a_hundred_separate_facts() -> None:
    assert len({(fact.fact, fact.entry) for fact in FACTS}) == len(FACTS) > 100


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact.entry}: {fact.fact}"[:70])
def test_a_fact_is_quoted_from_every_place_that_says_it_and_shown(alliances: LoadedCourse, fact: Fact) -> None:
    entry = alliances.course.by_id[fact.entry]
    for source, locator, text in fact.places:
        assert any(
            (one.source, squeezed(one.locator)) == (source, squeezed(locator)) and squeezed(text) in squeezed(one.quote)
            for one in entry.citations
        ), f"{entry.id} does not quote “{text}” from {locator}"
    assert fact.work is None or fact.work in {one.work_id for one in entry.citations}
    said = squeezed(shown(alliances.course, entry))
    words = [_mended(text, entry) for _, _, text in fact.places]
    assert any(squeezed(text) in said for text in words), f"{entry.id} quotes it but does not show it"


def _mended(text: str, entry: Entry) -> str:
    for printed, meant in entry.mended.items():
        text = text.replace(printed, meant)
    return text


def test_no_entry_is_without_a_fact(alliances: LoadedCourse) -> None:
    assert {entry.id for entry in alliances.course.entries} - {fact.entry for fact in FACTS} == set()


@pytest.fixture(params=FILES)
def source(request: pytest.FixtureRequest) -> str:
    """The id of a source whose document is at hand."""
    if not (DOCUMENTS / FILES[request.param]).exists():
        pytest.skip(f"The lecture document {FILES[request.param]} is not at hand: it is no part of the project.")
    return str(request.param)


def segments_of(course: Course, source: str) -> list[Segment]:
    """The document's segments, as `tutorbot source add` reads them."""
    return read_document(DOCUMENTS / FILES[source], course.sources_by_id[source].kind)


def test_every_sentence_of_a_document_is_quoted(alliances: LoadedCourse, source: str) -> None:
    course = alliances.course
    for segment in segments_of(course, source):
        quotes = [
            squeezed(one.quote)
            for entry in course.entries
            for one in entry.citations
            if one.source == source and squeezed(one.locator) == squeezed(segment.locator)
        ]
        # The front of a card is its locator, which every citation shows.
        front = squeezed(segment.text.splitlines()[0]) if segment.locator.startswith("card: ") else ""
        assert [piece for piece in _unquoted(squeezed(segment.text), quotes) if piece != front] == [], segment.locator


def _unquoted(text: str, quotes: list[str]) -> Iterator[str]:
    covered = [False] * len(text)
    for quote in quotes:
        at = text.find(quote)
        while at >= 0:
            covered[at : at + len(quote)] = [True] * len(quote)
            at = text.find(quote, at + 1)
    piece = ""
    for letter, quoted in zip(text, covered, strict=True):
        if quoted and piece:
            yield piece
        piece = "" if quoted else piece + letter
    if piece:
        yield piece


def test_no_line_of_a_document_is_left_out_but_furniture(alliances: LoadedCourse, source: str) -> None:
    text = (DOCUMENTS / FILES[source]).read_text(encoding="utf-8")
    segments = segments_of(alliances.course, source)
    held = "\n".join(unicodedata.normalize("NFC", segment.text) for segment in segments).splitlines()
    titles = {segment.locator.partition(": ")[2].removesuffix(", paragraph 2") for segment in segments}
    left = {line.strip() for line in text.splitlines() if line.strip()} - {line.strip() for line in held}
    assert left - titles - FURNITURE == set()


def test_the_fingerprints_are_those_of_the_documents(alliances: LoadedCourse, source: str, tmp_path: Path) -> None:
    write_fingerprint(segments_of(alliances.course, source), tmp_path / "new.json")
    kept = alliances.course.folder / "fingerprints" / f"{source}.json"
    assert read_fingerprint(tmp_path / "new.json") == read_fingerprint(kept)
