"""The encoder without an adapter: every course and the judge of typed answers use it, so a process holds it once."""

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from weakref import WeakValueDictionary

from tutorbot.matching.encoder.sentence import SentenceEncoder

_open: WeakValueDictionary[tuple[str, Path], SentenceEncoder] = WeakValueDictionary()
_one_at_a_time = Lock()


def plain_encoder(model: str, cache: Path, progress: Callable[[str], None] = lambda _line: None) -> SentenceEncoder:
    """The encoder of ``model`` as it is, opened if nobody in this process holds it; see SentenceEncoder. Raises ModelError."""
    with _one_at_a_time:
        found = _open.get((model, cache))
        if found is None:
            found = _open[model, cache] = SentenceEncoder(model, cache=cache, progress=progress)
        return found
