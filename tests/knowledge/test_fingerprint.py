"""Fingerprints prove what stands in a document, and nothing else."""

import base64
import json
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tutorbot.errors import SourceError
from tutorbot.knowledge.documents import Segment
from tutorbot.knowledge.fingerprint import RUN, Fingerprint, provable, read_fingerprint, write_fingerprint
from tutorbot.knowledge.text import squeezed

TEXT = "Tides are the rise and fall of sea levels caused by the moon."

letters_and_signs = st.one_of(st.sampled_from("abcdefghi0123 ,.\nßé"), st.characters(codec="utf-8"))
prose = st.text(letters_and_signs, min_size=RUN, max_size=80)


def fingerprint(folder: Path, *segments: tuple[str, str]) -> Fingerprint:
    """The fingerprint of these segments, written and read."""
    write_fingerprint([Segment(*segment) for segment in segments], folder / "f.json")
    return read_fingerprint(folder / "f.json")


@pytest.mark.parametrize(
    ("quote", "proved"),
    [
        (TEXT, True),
        ("the rise and fall of sea levels", True),
        ("THE RISE — and fall\nof sea-levels", True),
        ("theriseandfallofsealevels", True),
        ("e rise and fall of sea lev", True),
        ("the rise and fall of the sea levels", False),
        ("the rise and fall of see levels", False),
        ("and fall the rise of sea levels", False),
        ("caused by the moon. Tides", False),
        ("the rise", False),
        ("", False),
        ("…!", False),
    ],
)
def test_a_quote_is_proved_if_its_letters_stand_there_one_after_the_other(
    tmp_path: Path, quote: str, proved: bool
) -> None:
    assert fingerprint(tmp_path, ("slide 1", TEXT)).proves("slide 1", quote) is proved


def test_a_quote_is_proved_at_its_own_place_only(tmp_path: Path) -> None:
    held = fingerprint(tmp_path, ("slide 1", TEXT), ("slide 2", "Slack is when the water stands still."))
    assert held.proves("Slide 1:", TEXT)
    assert not held.proves("slide 2", TEXT)
    assert not held.proves("slide 3", TEXT)
    assert (held.has_place("SLIDE 2"), held.has_place("slide 3")) == (True, False)


def test_a_short_segment_is_proved_as_a_whole(tmp_path: Path) -> None:
    held = fingerprint(tmp_path, ("card: Slack", "Slack\nStill"))
    assert held.proves("card: Slack", "Slack: still")
    assert not held.proves("card: Slack", "Slack")
    assert (provable("Slack\nStill"), provable("Slack\nStill water all")) == (False, True)


def test_places_that_differ_in_signs_only_are_one_place(tmp_path: Path) -> None:
    held = fingerprint(tmp_path, ("card: Tide", TEXT), ("card: Tide?", "The pull of the moon causes it."), ("card: Tide", "And also the wind, a little."))  # fmt: skip
    for quote in (TEXT, "The pull of the moon", "And also the wind, a little"):
        assert held.proves("card: Tide", quote)


@settings(max_examples=200, deadline=None)
@given(text=prose, data=st.data())
def test_every_run_of_a_segment_is_proved_and_no_changed_letter_is(
    tmp_path_factory: pytest.TempPathFactory, text: str, data: st.DataObject
) -> None:
    letters = squeezed(text)
    assume(squeezed(letters) == letters and len(letters) >= RUN)
    held = fingerprint(tmp_path_factory.getbasetemp(), ("place", text))
    assert held.proves("place", text)
    begin = data.draw(st.integers(0, len(letters) - RUN))
    end = data.draw(st.integers(begin + RUN, len(letters)))
    run = letters[begin:end]
    assert held.proves("place", run)
    at = data.draw(st.integers(0, len(run) - 1))
    changed = run[:at] + data.draw(st.sampled_from("abcdefxyz0")) + run[at + 1 :]
    assert held.proves("place", changed) is (changed in letters)


@settings(max_examples=300, deadline=None)
@given(text=st.text(st.characters(max_codepoint=0x24F)))
def test_squeezing_twice_is_squeezing_once_for_latin_letters(text: str) -> None:
    assert squeezed(squeezed(text)) == squeezed(text)


def test_a_fingerprint_does_not_hold_the_text(tmp_path: Path) -> None:
    fingerprint(tmp_path, ("slide 1", TEXT))
    held = (tmp_path / "f.json").read_text(encoding="utf-8")
    assert not any(word in held for word in TEXT.split() if len(word) > 3)


@pytest.mark.parametrize(
    "held",
    [
        b"",
        b"\xff",
        b"[]",
        b"null",
        b'"x"',
        b"{}",
        b"[" * 100_000,
        json.dumps({"format": "another", "segments": {}}).encode(),
        json.dumps({"format": "runs-of-16-blake2b-48"}).encode(),
        json.dumps({"format": "runs-of-16-blake2b-48", "segments": []}).encode(),
        json.dumps({"format": "runs-of-16-blake2b-48", "segments": {"a": 5}}).encode(),
        json.dumps({"format": "runs-of-16-blake2b-48", "segments": {"a": "?"}}).encode(),
        json.dumps({"format": "runs-of-16-blake2b-48", "segments": {"a": "é"}}).encode(),
        json.dumps(
            {"format": "runs-of-16-blake2b-48", "segments": {"a": base64.b64encode(b"12345").decode()}}
        ).encode(),
    ],
)
def test_a_broken_fingerprint_is_told(tmp_path: Path, held: bytes) -> None:
    (tmp_path / "f.json").write_bytes(held)
    with pytest.raises(SourceError, match=r"f\.json is not a fingerprint .*; make it anew with `tutorbot source add`"):
        read_fingerprint(tmp_path / "f.json")


def test_a_missing_fingerprint_and_a_folder_that_cannot_be_written_are_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is missing; make it with `tutorbot source add`"):
        read_fingerprint(tmp_path / "f.json")
    (tmp_path / "file").touch()
    with pytest.raises(SourceError, match=r"cannot be written \(.*\); check the folder's rights"):
        write_fingerprint([Segment("a", TEXT)], tmp_path / "file" / "f.json")
