"""What texts mean, by the course's own encoder; a whole course's texts are encoded once and kept with the other vectors."""

from collections.abc import Sequence

from tutorbot.curation.duplicates import Encode, Vectors
from tutorbot.matching.vectors import encode_cached
from tutorbot.tutor import Tutor

_FEW = 24
"""Texts that are encoded as they come; more are likely a course."""


def encode_by(tutor: Tutor) -> Encode:
    """The encoder of a tutor. It takes a while: call it in a thread."""
    encoder, course = tutor.opened.encoder, tutor.course.id
    file = tutor.opened.cache / "vectors" / f"{course}-said-{encoder.name}.npz"

    def encode(texts: Sequence[str]) -> Vectors:
        return encoder.encode(texts) if len(texts) < _FEW else encode_cached(texts, encoder, file)

    return encode
