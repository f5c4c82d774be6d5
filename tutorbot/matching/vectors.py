"""Vectors kept between runs, by text and model, so that a restart with unchanged knowledge encodes nothing."""

import contextlib
import hashlib
import os
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from tutorbot.matching.encoder import Encoder, Vectors

# What numpy raises for a file that is missing, cut or changed.
_BROKEN = (OSError, ValueError, KeyError, EOFError, NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error)


def encode_cached(
    texts: Sequence[str], encoder: Encoder, file: Path, progress: Callable[[str], None] = lambda _line: None
) -> Vectors:
    """The vectors (len(texts), dimensions) of ``texts``; those not in ``file`` are encoded and put there."""
    keys = [hashlib.blake2b(text.encode(), digest_size=16).digest() for text in texts]
    known = _read(file)
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    if missing:
        if len(missing) > 500:
            progress(f"Reading the course, once ({len(missing)} texts)…")
        known.update(zip(missing, encoder.encode(list(missing.values())), strict=True))
        _write(file, {key: known[key] for key in keys})
    return np.stack([known[key] for key in keys]) if keys else encoder.encode([])


def _read(file: Path) -> dict[bytes, np.ndarray[tuple[int], np.dtype[np.float32]]]:
    try:
        with file.open("rb") as stored, np.load(stored, allow_pickle=False) as held:
            return dict(zip((bytes(row) for row in held["keys"]), held["vectors"], strict=True))
    except _BROKEN:  # it is only a cache
        return {}


def _write(file: Path, vectors: dict[bytes, np.ndarray[tuple[int], np.dtype[np.float32]]]) -> None:
    keys = np.frombuffer(b"".join(vectors), np.uint8).reshape(-1, 16)
    _save(file, lambda out: np.savez(out, keys=keys, vectors=np.stack(list(vectors.values()))))


def cached_array(file: Path, make: Callable[[], NDArray[np.float32]]) -> NDArray[np.float32]:
    """The array in ``file``; made and put there if it is not."""
    try:
        with file.open("rb") as stored:
            held: NDArray[np.float32] = np.load(stored, allow_pickle=False)
    except _BROKEN:
        held = make()
        _save(file, lambda out: np.save(out, held))
    return held


def _save(file: Path, write: Callable[[BinaryIO], None]) -> None:
    """Write a cache file whole or not at all; a full or read-only disk costs time at the next start, nothing else."""
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(handle, "wb") as out:
            write(out)
        Path(part).replace(file)
