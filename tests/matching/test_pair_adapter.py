"""The adapter that tells texts that say the same from those that only sound alike."""

import re
from pathlib import Path

import pytest

from tutorbot.matching.encoder import SentenceEncoder
from tutorbot.matching.encoder.exporting import train_pair_adapter
from tutorbot.matching.encoder.pairs import BOUNDARY, SHARPNESS, Pairs, same_logit

pytestmark = pytest.mark.usefixtures("exporting", "one_thread")

SAME = {
    "dough rises": "the dough goes up",
    "salt slows yeast": "yeast is slowed by salt",
    "water is hot": "the water has heat",
}
OTHER = {"dough rises": "dough sinks", "salt slows yeast": "salt speeds yeast", "water is hot": "water is cold"}


def test_training_parts_what_says_the_same_from_what_sounds_alike(tiny_model: Path, tmp_path: Path) -> None:
    pairs = [Pairs(text, {SAME[text]: True, OTHER[text]: False}) for text in SAME] * 20
    told: list[str] = []
    train_pair_adapter(pairs, tmp_path / "pairs.safetensors", longest=32, model=str(tiny_model), progress=told.append)
    losses = [float(found[1]) for line in told if (found := re.search(r"loss ([\d.]+)", line))]
    assert losses[-1] < losses[0]

    def gap(adapter: Path | None) -> float:
        encoder = SentenceEncoder(str(tiny_model), cache=tmp_path, adapter=adapter)
        keys, same, other = (encoder.encode(list(some)) for some in (SAME, SAME.values(), OTHER.values()))
        return float(((keys * same).sum(axis=1) - (keys * other).sum(axis=1)).mean())

    assert gap(tmp_path / "pairs.safetensors") > gap(None)


def test_the_chance_is_even_at_the_boundary_and_rises_with_the_cosine() -> None:
    assert same_logit(BOUNDARY) == 0
    assert same_logit(BOUNDARY + 0.1) == pytest.approx(SHARPNESS * 0.1)
