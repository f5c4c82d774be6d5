"""Vectors kept between runs, by text and model, so that a restart with unchanged knowledge encodes nothing."""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from tutorbot.matching.encoder import Encoder, Vectors


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
        with np.load(file, allow_pickle=False) as held:
            return dict(zip((bytes(row) for row in held["keys"]), held["vectors"], strict=True))
    except (OSError, ValueError, KeyError, EOFError):  # missing or broken: it is only a cache
        return {}


def _write(file: Path, vectors: dict[bytes, np.ndarray[tuple[int], np.dtype[np.float32]]]) -> None:
    keys = np.frombuffer(b"".join(vectors), np.uint8).reshape(-1, 16)
    with contextlib.suppress(OSError):  # a full or read-only disk costs time at the next start, nothing else
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=file.parent, suffix=".npz")
        with os.fdopen(handle, "wb") as out:
            np.savez(out, keys=keys, vectors=np.stack(list(vectors.values())))
        Path(part).replace(file)
