"""Reading a document in a process of its own, so that a file made to hurt the reader hurts nobody else.

The child gets the file's bytes on its standard input and no environment (so no token and no settings), and answers with
segments or with one sentence. It may take ``MAX_SECONDS`` and, where the system can limit it, ``MAX_MEMORY`` bytes.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping

from tutorbot.errors import SourceError
from tutorbot.knowledge.documents.anki import read_anki
from tutorbot.knowledge.documents.pdf import read_pdf
from tutorbot.knowledge.documents.presentation import read_presentation
from tutorbot.knowledge.documents.segment import Segment

MAX_SECONDS = 60.0
MAX_MEMORY = 2_000_000_000

_READERS: Mapping[str, Callable[[str, bytes, str], Iterator[Segment]]] = {
    ".pptx": lambda name, held, _: read_presentation(name, held),
    ".pdf": read_pdf,
    ".apkg": lambda name, held, _: read_anki(name, held),
}


def read_apart(name: str, held: bytes, kind: str, suffix: str, *, seconds: float = MAX_SECONDS) -> list[Segment]:
    """The segments of a .pptx, .pdf or .apkg; raises SourceError, also when it takes longer than ``seconds``."""
    command = [sys.executable, "-I", "-m", __name__, suffix, kind, name]
    try:
        child = subprocess.run(command, input=held, capture_output=True, timeout=seconds, env={}, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise SourceError(f"{name} takes longer than {seconds:.0f} seconds to read; split it into parts.") from error
    except (OSError, ValueError) as error:
        raise SourceError(f"{name} cannot be read now ({error}); try again.") from error
    try:
        answer = json.loads(child.stdout)
        segments = [Segment(locator, text) for locator, text in answer.get("segments", ())]
    except (ValueError, TypeError, AttributeError) as error:
        raise SourceError(f"{name} is broken or needs too much memory to be read; save or export it anew.") from error
    if "error" in answer:
        raise SourceError(answer["error"])
    return segments


def _limit() -> None:
    try:
        import resource  # noqa: PLC0415  # not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (int(MAX_SECONDS), int(MAX_SECONDS)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _main() -> None:
    suffix, kind, name = sys.argv[1:]
    _limit()
    answer: dict[str, object]
    try:
        found = _READERS[suffix](name, sys.stdin.buffer.read(), kind)
        answer = {"segments": [(segment.locator, _sound(segment.text)) for segment in found]}
    except SourceError as error:
        answer = {"error": str(error)}
    sys.stdout.write(json.dumps(answer))


def _sound(text: str) -> str:
    """Without control characters and halves of characters, which broken fonts give."""
    return "".join(one for one in text if one in "\n\t" or not ("\ud800" <= one <= "\udfff" or ord(one) < 0x20))


if __name__ == "__main__":
    _main()
