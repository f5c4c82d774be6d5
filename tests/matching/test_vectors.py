"""Vectors that are kept between runs."""

import random
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from tutorbot.knowledge import Course
from tutorbot.matching.index import CourseIndex
from tutorbot.matching.vectors import cached_array, encode_cached

from .encoders import WordsEncoder

TEXTS = ["spring tide", "neap tide", "spring tide", "slack"]


def test_a_second_build_of_a_course_encodes_nothing(tides: Course, tmp_path: Path) -> None:
    first, second = WordsEncoder(), WordsEncoder()
    CourseIndex.build(tides, first, tmp_path)
    CourseIndex.build(tides, second, tmp_path)
    assert sum(map(len, first.asked)) > 10
    assert second.asked == []


def test_another_encoder_takes_nothing_from_the_first_ones_cache(tides: Course, tmp_path: Path) -> None:
    CourseIndex.build(tides, WordsEncoder(), tmp_path)
    other = WordsEncoder(name="other")
    CourseIndex.build(tides, other, tmp_path)
    assert sum(map(len, other.asked)) > 10


def test_only_new_texts_are_encoded_each_once(tmp_path: Path) -> None:
    file, encoder = tmp_path / "deep" / "vectors.npz", WordsEncoder()
    found = encode_cached(TEXTS, encoder, file)
    encode_cached([*TEXTS, "moon"], encoder, file)
    assert encoder.asked == [["spring tide", "neap tide", "slack"], ["moon"]]
    assert np.array_equal(found, WordsEncoder().encode(TEXTS))
    assert np.array_equal(encode_cached(TEXTS, encoder, file), found)


def test_no_texts_have_no_vectors(tmp_path: Path) -> None:
    assert encode_cached([], WordsEncoder(), tmp_path / "vectors.npz").shape == (0, 64)


def test_a_long_course_says_that_it_is_being_read(tmp_path: Path) -> None:
    told: list[str] = []
    texts = [f"text {number}" for number in range(501)]
    encode_cached(texts, WordsEncoder(), tmp_path / "vectors.npz", told.append)
    encode_cached(texts, WordsEncoder(), tmp_path / "vectors.npz", told.append)
    assert len(told) == 1


@pytest.mark.parametrize("broken", [b"", b"PK\x03\x04", b"not a cache", b"\x93NUMPY\x01\x00v\x00{'descr'", b"\0" * 500])
def test_a_broken_cache_file_is_made_anew(tmp_path: Path, broken: bytes) -> None:
    for make in (_vectors, _array):
        file = tmp_path / "cache"
        file.write_bytes(broken)
        assert np.array_equal(make(file), WordsEncoder().encode(TEXTS))
        assert np.array_equal(make(file), WordsEncoder().encode(TEXTS))


def test_a_cache_file_cut_or_changed_anywhere_gives_the_same_vectors(tmp_path: Path) -> None:
    file, chance = tmp_path / "vectors.npz", random.Random(7)
    encode_cached(TEXTS, WordsEncoder(), file)
    whole = file.read_bytes()
    for _ in range(150):
        at = chance.randrange(len(whole))
        changed = whole[:at] if chance.random() < 0.5 else whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]
        file.write_bytes(changed)
        assert np.array_equal(_vectors(file), WordsEncoder().encode(TEXTS))


def test_a_folder_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    for make in (_vectors, _array):
        assert np.array_equal(make(tmp_path / "file" / "cache"), WordsEncoder().encode(TEXTS))


def test_a_read_only_cache_file_is_used_and_survives_new_texts(tmp_path: Path) -> None:
    file, encoder = tmp_path / "vectors.npz", WordsEncoder()
    encode_cached(TEXTS, encoder, file)
    file.chmod(stat.S_IRUSR)
    encode_cached([*TEXTS, "moon"], encoder, file)
    assert encoder.asked[1:] == [["moon"]]


def test_many_that_write_the_same_cache_leave_a_whole_one(tmp_path: Path) -> None:
    file = tmp_path / "vectors.npz"
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: _vectors(file), range(32)))
    assert all(np.array_equal(one, found[0]) for one in found)
    assert [path.name for path in tmp_path.iterdir()] == ["vectors.npz"]
    encoder = WordsEncoder()
    encode_cached(TEXTS, encoder, file)
    assert encoder.asked == []


def _vectors(file: Path) -> np.ndarray:
    return encode_cached(TEXTS, WordsEncoder(), file)


def _array(file: Path) -> np.ndarray:
    return cached_array(file, lambda: WordsEncoder().encode(TEXTS))
