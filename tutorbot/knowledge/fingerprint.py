"""Proof that a quote stands in a lecture document, without the document.

For each segment the fingerprint keeps a hash of every run of ``RUN`` letters and digits, in order. A quote is proved if the
hashes of its own runs stand there one after the other. Case, spaces and punctuation do not count, so words that the document
glues together do not matter; one changed letter does, and so does another segment's locator.
"""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tutorbot.errors import SourceError
from tutorbot.knowledge.documents import Segment
from tutorbot.knowledge.text import squeezed

RUN = 16
"""Letters and digits in a run. Shorter quotes cannot be proved unless they are a whole segment."""

_BYTES = 6  # of a hash: a false run has a chance of 1 in 2**48, and a quote has many runs
_FORMAT = "runs-of-16-blake2b-48"


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """For each squeezed locator of a source, the hashes of its segment's runs, one after the other; ``names`` are the locators
    as the document has them.
    """

    runs: Mapping[str, bytes]
    names: Mapping[str, str] = field(default_factory=dict)

    def has_place(self, locator: str) -> bool:
        """Whether the source has a segment of that name."""
        return squeezed(locator) in self.runs

    def places_of(self, quote: str) -> tuple[str, ...]:
        """The locators of the segments in which ``quote`` stands."""
        return tuple(self.names.get(place, place) for place in self.runs if self.proves(place, quote))

    def proves(self, locator: str, quote: str) -> bool:
        """Whether ``quote`` stands in the segment at ``locator``."""
        held, wanted = self.runs.get(squeezed(locator), b""), _hashes(squeezed(quote))
        if not wanted or (len(squeezed(quote)) < RUN and wanted != held):
            return False
        at = held.find(wanted)
        while at >= 0 and at % _BYTES:
            at = held.find(wanted, at + 1)
        return at >= 0


def provable(quote: str) -> bool:
    """Whether a quote is long enough to be proved as a part of a segment."""
    return len(squeezed(quote)) >= RUN


def _hashes(letters: str) -> bytes:
    spans = [letters[at : at + RUN] for at in range(max(1, len(letters) - RUN + 1))] if letters else []
    return b"".join(hashlib.blake2b(span.encode(), digest_size=_BYTES).digest() for span in spans)


def fingerprint_of(segments: Sequence[Segment]) -> Fingerprint:
    """The fingerprint of a document's segments."""
    runs: dict[str, bytes] = {}
    for segment in segments:  # two segments of one name count as one place, and signs in it do not matter
        runs[squeezed(segment.locator)] = runs.get(squeezed(segment.locator), b"") + _hashes(squeezed(segment.text))
    return Fingerprint(runs, {squeezed(segment.locator): segment.locator for segment in segments})


def dump_fingerprint(fingerprint: Fingerprint) -> str:
    """The fingerprint as JSON."""
    return _written({fingerprint.names.get(place, place): runs for place, runs in fingerprint.runs.items()})


def load_fingerprint(text: str) -> Fingerprint:
    """Read it back; raises ValueError if it is broken, or of a format that this version does not read."""
    try:
        data = json.loads(text)
        if data["format"] != _FORMAT:
            raise ValueError(data["format"])
        runs: dict[str, bytes] = {}
        names: dict[str, str] = {}
        for locator, held in data["segments"].items():
            decoded = base64.b64decode(held, validate=True)
            if len(decoded) % _BYTES:
                raise ValueError(locator)
            # locators that differ in signs only are one place
            runs[squeezed(locator)] = runs.get(squeezed(locator), b"") + decoded
            names[squeezed(locator)] = locator
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("not a fingerprint") from error
    return Fingerprint(runs, names)


def write_fingerprint(segments: Sequence[Segment], path: Path) -> None:
    """Write the fingerprint of a document's segments to ``path`` as JSON; raises SourceError if that is not possible."""
    rows: dict[str, bytes] = {}
    for segment in segments:  # two segments of one name count as one place
        rows[segment.locator] = rows.get(segment.locator, b"") + _hashes(squeezed(segment.text))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_written(rows), encoding="utf-8")
    except OSError as error:
        raise SourceError(f"{path} cannot be written ({error.strerror}); check the folder's rights.") from error


def read_fingerprint(path: Path) -> Fingerprint:
    """The fingerprint at ``path``; raises SourceError if it is missing or broken."""
    try:
        return load_fingerprint(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SourceError(f"{path} is missing; make it with `tutorbot source add`.") from error
    except (OSError, ValueError) as error:
        raise SourceError(
            f"{path} is not a fingerprint that this version reads; make it anew with `tutorbot source add`."
        ) from error


def _written(rows: Mapping[str, bytes]) -> str:
    held = {locator: base64.b64encode(runs).decode() for locator, runs in rows.items()}
    return json.dumps({"format": _FORMAT, "segments": held}, indent=1, ensure_ascii=False) + "\n"
