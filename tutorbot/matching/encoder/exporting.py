"""What needs the libraries that train: exporting a model to ONNX, and training a course's adapter. Imported only when it is done."""

import contextlib
import gc
import json
import logging
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import onnx
import sentence_transformers
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.optimizer import optimize_model

from tutorbot.errors import ModelError
from tutorbot.matching.encoder.adapter import LONGEST, train_adapter
from tutorbot.matching.encoder.low_rank import Progress, Tokenize, merge_adapter
from tutorbot.matching.encoder.pair_adapter import train_pairs
from tutorbot.matching.encoder.pairs import Pairs
from tutorbot.matching.encoder.sentence import DEFAULT_MODEL, LIMITS, model_folder

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def export(folder: Path, adapter: Path | None, target: Path, *, in_bytes: bool = True) -> None:
    """Write the model in ``folder``, with the adapter merged, as an ONNX graph to the folder ``target``: whole or not at all.

    The weights are written ``in_bytes``, a scale for each column, or else as they are: a quarter of the size, several times as fast.
    Vectors have a cosine of 0.99 to those of the whole weights, and as many questions find their answer; see docs/matching.md. Raises ModelError if the model pools in another way than by the mean, and what the libraries raise.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch, _quiet():
        part = Path(scratch) / "model"
        shutil.copytree(folder, part)
        if adapter is not None:
            merge_adapter(part / "model.safetensors", adapter)
        exported: Any = sentence_transformers.SentenceTransformer(
            str(part),
            backend="onnx",
            local_files_only=True,
            model_kwargs={"provider": "CPUExecutionProvider", "export": True},
        )
        exported.save_pretrained(str(part))
        longest = int(exported.max_seq_length)
        del exported
        gc.collect()  # the library leaves its scratch folder to the collector, which would warn of it later, anywhere
        graph = part / "onnx" / "model.onnx"
        if not graph.is_file():
            raise ModelError("The model could not be exported to ONNX; reinstall the project.")
        if in_bytes:
            _into_bytes(graph)
        pooling = json.loads((part / "1_Pooling" / "config.json").read_text(encoding="utf-8"))
        if pooling.get("pooling_mode") != "mean":
            raise ModelError("The model does not pool by the mean; set TUTORBOT_MODEL to one that does.")
        (part / "model.safetensors").unlink()  # the graph holds the weights now
        (part / LIMITS).write_text(str(longest), encoding="ascii")
        if not (target / LIMITS).is_file():
            shutil.rmtree(target, ignore_errors=True)  # of an earlier version
        with contextlib.suppress(OSError):  # another process was faster: its folder is as good
            part.rename(target)


def _into_bytes(graph: Path) -> None:
    """Join each layer's attention into one operator, which spares the copies between its parts, and put the weights into bytes."""
    options = FusionOptions("bert")
    options.enable_skip_layer_norm = False  # see SentenceEncoder: slower than its parts
    optimize_model(str(graph), "bert", optimization_options=options, opt_level=0).save_model_to_file(str(graph))
    # Seven bits: with eight, older processors without VNNI overflow. The type is for what the joined operators give, which is not known there.
    quantize_dynamic(
        graph,
        graph,
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )


def train_course_adapter(
    texts: Sequence[str],
    labels: Sequence[int],
    file: Path,
    *,
    model: str = DEFAULT_MODEL,
    progress: Progress,
) -> None:
    """Train an adapter of ``model`` for a course and write it to ``file``; see `train_adapter`. Takes minutes."""
    transformer, tokenize, base = _trainable(model, LONGEST)
    train_adapter(transformer, tokenize, texts, labels, file, base=base, progress=progress)


def train_pair_adapter(
    pairs: Sequence[Pairs], file: Path, *, longest: int, model: str = DEFAULT_MODEL, progress: Progress
) -> None:
    """Train an adapter of ``model`` on pairs of texts and write it to ``file``; see `train_pairs`. ``longest`` counts word pieces."""
    transformer, tokenize, base = _trainable(model, longest)
    train_pairs(transformer, tokenize, pairs, file, base=base, progress=progress)


def _trainable(model: str, longest: int) -> tuple[Any, Tokenize, str]:
    """A model's transformer, what makes its inputs, and the SHA-256 of its weights."""
    folder, digest = model_folder(model)
    with _quiet():
        whole: Any = sentence_transformers.SentenceTransformer(
            str(folder), backend="torch", local_files_only=True, device="cpu"
        )

    def tokenize(texts: list[str]) -> Mapping[str, Any]:
        found: Mapping[str, Any] = whole.tokenizer(
            texts, padding=True, truncation=True, max_length=longest, return_tensors="pt"
        )
        return found

    return whole[0].auto_model, tokenize, digest


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """The libraries tell and warn much that is of no use to a person who only runs the bot."""
    names = ("sentence_transformers", "transformers", "optimum", "torch.onnx", "root")
    loggers = [logging.getLogger(name) for name in names]
    levels = [logger.level for logger in loggers]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for logger in loggers:
            logger.setLevel(logging.ERROR)
        try:
            yield
        finally:
            for logger, level in zip(loggers, levels, strict=True):
                logger.setLevel(level)
