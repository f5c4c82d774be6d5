"""A course's adapter: low-rank changes to the encoder that make its questions land by the entries that answer them.

Trained on the course's own sample questions, a megabyte in size, kept with the course and merged into the model's weights before
the ONNX export, so that encoding costs nothing more. Hu et al., LoRA: Low-Rank Adaptation of Large Language Models (2021).
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from sklearn.cluster import KMeans
from torch import nn
from torch.nn import functional

from tutorbot.errors import ModelError

RANK, SCALE = 16, 2.0
EPOCHS, BATCH, RATE, PROTOTYPE_RATE = 4, 32, 1e-3, 3e-3
SHARPNESS, SMOOTHING = 20.0, 0.1
"""Rank, epochs and rates were compared on questions of writers left out of training; see docs/matching.md."""

OUTSIDE_PROTOTYPES, PER_PROTOTYPE = 64, 8
"""What the notes do not answer is of many kinds: it has several vectors, at most so many, each for at least so many questions."""

LONGEST = 64
"""Word pieces of a face that training looks at."""


class _LowRank(nn.Module):
    """Adds to what a layer gives: its input through two thin matrices."""

    def __init__(self, rows: int, columns: int, generator: torch.Generator) -> None:
        super().__init__()
        self.down = nn.Parameter(torch.randn(RANK, columns, generator=generator) / columns**0.5)
        self.up = nn.Parameter(torch.zeros(rows, RANK))

    def after(self, _layer: nn.Module, inputs: tuple[torch.Tensor], output: torch.Tensor) -> torch.Tensor:
        """The layer's output, changed: a forward hook, so that the frozen weights need no gradients."""
        thin = functional.linear(inputs[0], self.down.to(inputs[0].dtype))
        return output + SCALE * functional.linear(thin, self.up.to(thin.dtype))


@torch.random.fork_rng(devices=[])  # dropout draws from the global generator
def train_adapter(
    model: nn.Module,
    tokenize: Callable[[list[str]], Mapping[str, torch.Tensor]],
    texts: Sequence[str],
    labels: Sequence[int],
    file: Path,
    *,
    base: str = "",
    seed: int = 0,
    progress: Callable[[str], None] = lambda _line: None,
) -> None:
    """Train on ``texts`` with the entry number of each (-1: outside the notes) and write the adapter to ``file``.

    ``model`` is the transformer (its linear layers are changed in place), ``tokenize`` gives its inputs for a list of texts, ``base`` is
    the SHA-256 of its weights, written into the file. The loss is the cross-entropy of cosines to one learned vector an entry and
    several for "outside", whose odds add up. Takes minutes.
    """
    torch.manual_seed(seed)
    order, generator = random.Random(seed), torch.Generator().manual_seed(seed)  # noqa: S311  # not for secrets
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    adapters = {name: _LowRank(layer.out_features, layer.in_features, generator) for name, layer in _layers(model)}
    classes = max(labels) + 1
    with torch.no_grad():
        first = _embed_all(model, tokenize, texts)
    known = np.asarray(labels)
    prototypes = nn.Parameter(
        torch.cat([torch.stack([first[known == at].mean(0) for at in range(classes)]), _centres(first[known < 0])])
    )
    # Halves the time where the processor multiplies such numbers; elsewhere it would take longer.
    halved = torch.autocast("cpu", torch.bfloat16, enabled=torch.ops.mkldnn._is_mkldnn_bf16_supported())
    for name, layer in _layers(model):
        layer.register_forward_hook(adapters[name].after)
    optimizer = torch.optim.AdamW(
        [
            {"params": [part for adapter in adapters.values() for part in adapter.parameters()], "lr": RATE},
            {"params": [prototypes], "lr": PROTOTYPE_RATE},
        ],
        weight_decay=0.01,
    )
    steps = EPOCHS * -(-len(texts) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, step / (0.1 * steps + 1)) * max(0.02, 1 - step / steps)
    )
    model.train()
    for epoch in range(EPOCHS):
        total = 0.0
        batches = list(_batches(texts, order))
        for batch in batches:
            with halved:
                vectors = _embed(model, tokenize([texts[at] for at in batch]))
            odds = SHARPNESS * vectors.float() @ functional.normalize(prototypes, dim=-1).T
            logits = torch.cat([odds[:, :classes], odds[:, classes:].logsumexp(dim=1, keepdim=True)], dim=1)
            wanted = torch.tensor([labels[at] if labels[at] >= 0 else classes for at in batch])
            loss = functional.cross_entropy(logits, wanted, label_smoothing=SMOOTHING)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(
                [part for adapter in adapters.values() for part in adapter.parameters()], 1.0
            )
            optimizer.step()
            schedule.step()
            total += loss.item()
        progress(f"Epoch {epoch + 1} of {EPOCHS}: loss {total / len(batches):.3f}")
    parts = {
        f"{name}.{part}": value.detach().half().contiguous()
        for name, adapter in adapters.items()
        for part, value in adapter.named_parameters()
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    save_file(parts, file, metadata={"base": base})
    file.chmod(0o644)  # it is made for its owner alone, yet ships with the course


def merge_adapter(weights: Path, adapter: Path) -> None:
    """Add the adapter's changes to the model's weights file, in place; raises ModelError if it does not fit."""
    merged, parts = load_file(weights), load_file(adapter)
    for name in sorted({key.rpartition(".")[0] for key in parts}):
        target = f"{name}.weight"
        change = SCALE * parts[f"{name}.up"].float() @ parts[f"{name}.down"].float()
        if target not in merged or merged[target].shape != change.shape:
            raise ModelError(f"The adapter {adapter} was made for another model; make it anew with `tutorbot adapt`.")
        merged[target] = merged[target] + change
    save_file(merged, weights, metadata={"format": "pt"})


def _layers(model: nn.Module) -> Iterator[tuple[str, nn.Linear]]:
    for name, module in model.named_modules():
        if isinstance(module, nn.Linear) and name.startswith("encoder."):
            yield name, module


def _centres(vectors: torch.Tensor) -> torch.Tensor:
    """The centres (at most OUTSIDE_PROTOTYPES, dimensions) of what is outside the notes; one, of nothing, if there is none."""
    count = min(OUTSIDE_PROTOTYPES, len(vectors) // PER_PROTOTYPE)
    if not count:
        return vectors.sum(dim=0, keepdim=True)
    return torch.from_numpy(KMeans(count, n_init=1, random_state=0).fit(vectors.numpy()).cluster_centers_)


def _embed(model: nn.Module, inputs: Mapping[str, torch.Tensor]) -> torch.Tensor:
    """Unit vectors (texts, dimensions): the mean over word pieces, as the encoder pools."""
    hidden = model(**inputs).last_hidden_state
    mask = inputs["attention_mask"].unsqueeze(-1).float()
    return functional.normalize((hidden * mask).sum(1) / mask.sum(1), dim=-1)


def _embed_all(
    model: nn.Module, tokenize: Callable[[list[str]], Mapping[str, torch.Tensor]], texts: Sequence[str]
) -> torch.Tensor:
    order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
    rows: list[torch.Tensor] = [torch.empty(0)] * len(texts)
    for start in range(0, len(order), 64):
        batch = order[start : start + 64]
        for at, row in zip(batch, _embed(model, tokenize([texts[one] for one in batch])), strict=True):
            rows[at] = row
    return torch.stack(rows)


def _batches(texts: Sequence[str], order: random.Random) -> Iterator[list[int]]:
    """Shuffled batches of texts of like length, which pad little."""
    numbers = list(range(len(texts)))
    order.shuffle(numbers)
    found = []
    for start in range(0, len(numbers), 20 * BATCH):
        chunk = sorted(numbers[start : start + 20 * BATCH], key=lambda at: len(texts[at]))
        found += [chunk[at : at + BATCH] for at in range(0, len(chunk), BATCH)]
    order.shuffle(found)
    yield from found
