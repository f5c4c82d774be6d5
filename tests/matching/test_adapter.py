"""A course's adapter: what training changes, and what merging does."""

import hashlib
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from tutorbot.errors import ModelError
from tutorbot.matching.encoder import SentenceEncoder
from tutorbot.matching.encoder.exporting import train_course_adapter
from tutorbot.matching.encoder.low_rank import RANK, SCALE, merge_adapter
from tutorbot.matching.encoder.sentence import adapter_base

pytestmark = pytest.mark.usefixtures("exporting", "one_thread")


ENTRIES = ["flour", "water", "salt", "yeast", "oven", "crust"]
FRAMES = ["what is {}", "define {}", "{} please", "tell me of {}", "why {}", "how is {} used", "a word on {}", "{}?"]
HELD_OUT = ["what does {} mean", "explain {} to me"]


def _texts(frames: list[str]) -> tuple[list[str], list[int]]:
    rows = [(frame.format(entry), at) for at, entry in enumerate(ENTRIES) for frame in frames]
    return [text for text, _ in rows], [at for _, at in rows]


@pytest.fixture(scope="module")
def trained(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """An adapter for six entries, and what its training told."""
    file = tmp_path_factory.mktemp("adapter") / "deep" / "adapter.safetensors"
    told: list[str] = []
    texts, labels = _texts(FRAMES * 4)
    train_course_adapter([*texts, "who won the cup"], [*labels, -1], file, model=str(tiny_model), progress=told.append)
    return file, told


def _margin(encoder: SentenceEncoder) -> float:
    """How much nearer held-out questions are to the questions of their own entry than to those of the others."""
    texts, labels = _texts(FRAMES)
    asked, wanted = _texts(HELD_OUT)
    cosines = encoder.encode(asked) @ encoder.encode(texts).T
    own = np.equal.outer(wanted, labels)
    return float(cosines[own].mean() - cosines[~own].mean())


def test_training_lowers_the_loss(trained: tuple[Path, list[str]]) -> None:
    losses = [float(found[1]) for line in trained[1] if (found := re.search(r"loss ([\d.]+)", line))]
    assert len(losses) == len(trained[1]) > 1
    assert losses[-1] < losses[0]


def test_training_brings_held_out_questions_nearer_to_their_entries(
    trained: tuple[Path, list[str]], tiny_model: Path, tmp_path: Path
) -> None:
    plain = SentenceEncoder(str(tiny_model), cache=tmp_path)
    adapted = SentenceEncoder(str(tiny_model), cache=tmp_path, adapter=trained[0])
    assert adapted.name.startswith(plain.name + "-")
    assert _margin(adapted) > _margin(plain)


def test_training_again_gives_the_same_adapter(tiny_model: Path, tmp_path: Path) -> None:
    files = [tmp_path / "one", tmp_path / "two"]
    texts, labels = _texts(FRAMES[:2])
    for file in files:
        train_course_adapter(texts, labels, file, model=str(tiny_model), progress=lambda _line: None)
    first, second = map(load_file, files)
    assert first.keys() == second.keys()
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_an_adapter_names_the_weights_that_it_was_made_for(trained: tuple[Path, list[str]], tiny_model: Path) -> None:
    assert adapter_base(trained[0]) == hashlib.sha256((tiny_model / "model.safetensors").read_bytes()).hexdigest()


def test_merging_changes_the_layers_that_the_adapter_names_and_nothing_else(
    trained: tuple[Path, list[str]], tiny_model: Path, tmp_path: Path
) -> None:
    weights = tmp_path / "model.safetensors"
    shutil.copy(tiny_model / "model.safetensors", weights)
    merge_adapter(weights, trained[0])
    before, after, parts = load_file(tiny_model / "model.safetensors"), load_file(weights), load_file(trained[0])
    named = {f"{name.rpartition('.')[0]}.weight" for name in parts}
    assert before.keys() == after.keys() > named
    assert {name for name in before if not torch.equal(before[name], after[name])} == named
    for name in named:
        layer = name.removesuffix(".weight")
        up, down = parts[f"{layer}.up"].float(), parts[f"{layer}.down"].float()
        assert up.shape[1] == down.shape[0] == RANK
        assert torch.allclose(after[name] - before[name], SCALE * up @ down, atol=1e-6)


def test_an_adapter_for_other_weights_is_not_used(
    trained: tuple[Path, list[str]], tiny_model: Path, tmp_path: Path
) -> None:
    other = tmp_path / "adapter.safetensors"
    save_file(load_file(trained[0]), other, metadata={"base": "0" * 64})
    plain = SentenceEncoder(str(tiny_model), cache=tmp_path / "cache")
    assert SentenceEncoder(str(tiny_model), cache=tmp_path / "cache", adapter=other).name == plain.name
    assert len(list((tmp_path / "cache" / "models").iterdir())) == 1


@pytest.mark.parametrize("content", [b"", b"none", b"\xff" * 400])
def test_a_broken_adapter_file_is_told_in_one_sentence(tiny_model: Path, tmp_path: Path, content: bytes) -> None:
    broken = tmp_path / "adapter.safetensors"
    broken.write_bytes(content)
    with pytest.raises(ModelError, match=r"adapter\.safetensors cannot be read; make it anew") as caught:
        SentenceEncoder(str(tiny_model), cache=tmp_path / "cache", adapter=broken)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "parts",
    [
        {
            "encoder.layer.9.output.dense.up": torch.zeros(32, 8),
            "encoder.layer.9.output.dense.down": torch.zeros(8, 64),
        },
        {"encoder.layer.0.output.dense.up": torch.zeros(7, 8), "encoder.layer.0.output.dense.down": torch.zeros(8, 9)},
        {"encoder.layer.0.output.dense.up": torch.zeros(32, 8)},
    ],
    ids=["no such layer", "another shape", "half missing"],
)
def test_an_adapter_that_does_not_fit_is_told_and_nothing_is_kept(
    tiny_model: Path, tmp_path: Path, parts: dict[str, torch.Tensor]
) -> None:
    base = hashlib.sha256((tiny_model / "model.safetensors").read_bytes()).hexdigest()
    save_file(parts, tmp_path / "adapter.safetensors", metadata={"base": base})
    with pytest.raises(ModelError):
        SentenceEncoder(str(tiny_model), cache=tmp_path / "cache", adapter=tmp_path / "adapter.safetensors")
    assert list((tmp_path / "cache" / "models").iterdir()) == []
