"""A second look at a question, by the encoder without the course's adapter.

The adapter was trained on the course's own questions: it brings together all that one entry answers, and all that is outside of the
notes, so a question of a new kind may land by an entry that it only resembles. Without it texts lie by what they say alone.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tutorbot.matching.encoder import Encoder, Vectors
from tutorbot.matching.overlaid import overlaid
from tutorbot.matching.space import Space


@dataclass(frozen=True, slots=True)
class SecondLook:
    """The course's faces as the ``encoder`` without its adapter sees them; ``space`` has no head. Safe to use from several threads."""

    encoder: Encoder
    space: Space

    def margins(self, texts: Sequence[str], entries: Sequence[Collection[int]]) -> list[float]:
        """How much nearer (a difference of cosines) each (mended) text is to its ``entries``, given by number, than to what is outside of the
        notes. Encodes the texts.
        """
        own = [np.unique(np.fromiter(some, np.intp)) for some in entries]
        likenesses = self.space.likenesses(self.encoder.encode(texts), own)
        return [
            float(one.closest[np.isin(one.entries, some)].max(initial=-1.0)) - one.outside_nearest
            for one, some in zip(likenesses, own, strict=True)
        ]

    def overlaid(
        self, renumbered: Sequence[int], owners: Sequence[int], vectors: Vectors, without: NDArray[np.intp]
    ) -> "SecondLook":
        """The same for the course with what a server added and hid; see `matching.overlaid`. What is overruled is told at first sight."""
        return SecondLook(self.encoder, overlaid(self.space, renumbered, owners, vectors, without))
