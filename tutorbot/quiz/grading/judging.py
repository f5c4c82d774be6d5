"""How likely an answer says what a wording of the key says: two judges who err in different ways, heard together."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tutorbot.matching.encoder import Encoder, SentenceEncoder, plain_encoder
from tutorbot.matching.encoder.pairs import same_logit
from tutorbot.quiz.grading.features import Comparison, compare
from tutorbot.quiz.grading.forest import fitted
from tutorbot.quiz.grading.reading import Reading
from tutorbot.quiz.grading.vectors import VectorCache

ADAPTER = Path(__file__).with_name("adapter.safetensors")
"""Trained by `fitting` on graded answers."""

PAIR_WEIGHT = 0.4
"""What the trained vectors' logit counts beside the forest's. On answers by writers whom neither had seen (area under the ROC curve, macro-F1):
the forest alone .789/.699 and .819/.736, the vectors alone .786/.711 and .759/.678, both with .3 .832/.747 and .844/.768, with .5 .836/.753 and
.842/.759, with 1 .830/.745 and .827/.750."""

_LEAST = 0.01  # chance at which the forest's logit is cut


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found in an answer, and the chance (0..1) that it says what the key does."""

    comparison: Comparison
    chance: float


class Judge:
    """Compares answers with keys. Safe to use from several threads."""

    def __init__(self, plain: Encoder, paired: Encoder) -> None:
        """``plain`` is the sentence encoder as it is: one adapted to a course's questions blurs what tells answers apart. ``paired`` is the
        one with ADAPTER."""
        self.vectors = VectorCache(plain)
        self._paired = VectorCache(paired)

    @classmethod
    def open(cls, model: str, cache: Path, progress: Callable[[str], None] = lambda _line: None) -> "Judge":
        """With the encoders loaded; takes seconds, the first time half a minute. Raises ModelError."""
        plain = plain_encoder(model, cache, progress)
        return cls(plain, SentenceEncoder(model, cache=cache, adapter=ADAPTER, progress=progress))

    def judge(self, question: Reading, expected: Reading, given: Reading) -> Judged:
        """Lay ``given`` beside ``expected``."""
        comparison = compare(question, expected, given, self.vectors)
        key, answer = self._paired.of([f"{question.text} {one.text}" for one in (expected, given)])
        forest = min(max(fitted().probability(comparison.features.row()), _LEAST), 1 - _LEAST)
        logit = np.log(forest / (1 - forest)) + PAIR_WEIGHT * same_logit(float(key @ answer))
        return Judged(comparison, float(1 / (1 + np.exp(-logit))))
