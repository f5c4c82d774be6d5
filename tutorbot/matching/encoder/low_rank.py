"""Low-rank changes to the encoder's weights: trained in minutes, a megabyte in size, merged into the weights before the ONNX export, so
that encoding costs nothing more. Hu et al., LoRA: Low-Rank Adaptation of Large Language Models (2021).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import torch
from safetensors.torch import load_file, save_file
from torch import nn
from torch.nn import functional

from tutorbot.errors import ModelError

RANK, SCALE = 16, 2.0
_RATE, _DECAY, _STEEPEST, _WARM_UP, _LEAST = 1e-3, 0.01, 1.0, 0.1, 0.02

Tokenize = Callable[[list[str]], Mapping[str, torch.Tensor]]
Progress = Callable[[str], None]
Batch = TypeVar("Batch")


class LowRank(nn.Module):
    """Adds to what a layer gives: its input through two thin matrices."""

    def __init__(self, rows: int, columns: int, generator: torch.Generator) -> None:
        super().__init__()
        self.down = nn.Parameter(torch.randn(RANK, columns, generator=generator) / columns**0.5)
        self.up = nn.Parameter(torch.zeros(rows, RANK))

    def after(self, _layer: nn.Module, inputs: tuple[torch.Tensor], output: torch.Tensor) -> torch.Tensor:
        """The layer's output, changed: a forward hook, so that the frozen weights need no gradients."""
        thin = functional.linear(inputs[0], self.down.to(inputs[0].dtype))
        return output + SCALE * functional.linear(thin, self.up.to(thin.dtype))


def attach(model: nn.Module, seed: int) -> dict[str, LowRank]:
    """Freeze ``model`` and put a change that is still none after each linear layer of its encoder; the changes by the layer's name."""
    generator = torch.Generator().manual_seed(seed)
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    changes = {}
    for name, layer in model.named_modules():
        if isinstance(layer, nn.Linear) and name.startswith("encoder."):
            changes[name] = LowRank(layer.out_features, layer.in_features, generator)
            layer.register_forward_hook(changes[name].after)
    return changes


def fit(
    model: nn.Module,
    changes: Mapping[str, LowRank],
    others: Sequence[tuple[nn.Parameter, float]],
    batches: Callable[[], Sequence[Batch]],
    loss_of: Callable[[Batch], torch.Tensor],
    epochs: int,
    progress: Progress,
) -> None:
    """Lower ``loss_of`` over ``batches`` (drawn anew each epoch) by AdamW; ``others`` are more parameters, each with its rate."""
    own = [part for change in changes.values() for part in change.parameters()]
    groups = [{"params": own, "lr": _RATE}, *({"params": [part], "lr": rate} for part, rate in others)]
    optimizer = torch.optim.AdamW(groups, weight_decay=_DECAY)
    steps = epochs * len(batches())
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, step / (_WARM_UP * steps + 1)) * max(_LEAST, 1 - step / steps)
    )
    model.train()
    for epoch in range(epochs):
        total, drawn = 0.0, batches()
        for batch in drawn:
            loss = loss_of(batch)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(own, _STEEPEST)
            optimizer.step()
            schedule.step()
            total += loss.item()
        progress(f"Epoch {epoch + 1} of {epochs}: loss {total / len(drawn):.3f}")


def save_adapter(changes: Mapping[str, LowRank], file: Path, base: str) -> None:
    """Write the changes; ``base`` is the SHA-256 of the weights that they belong to."""
    parts = {
        f"{name}.{part}": value.detach().half().contiguous()
        for name, change in changes.items()
        for part, value in change.named_parameters()
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    save_file(parts, file, metadata={"base": base})
    file.chmod(0o644)  # it is made for its owner alone, yet is to be shipped


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


def embed(model: nn.Module, inputs: Mapping[str, torch.Tensor]) -> torch.Tensor:
    """Unit vectors (texts, dimensions): the mean over word pieces, as the encoder pools."""
    # Halves the time where the processor multiplies such numbers; elsewhere it would take longer.
    quick = torch.is_grad_enabled() and torch.ops.mkldnn._is_mkldnn_bf16_supported()
    with torch.autocast("cpu", torch.bfloat16, enabled=quick):
        hidden = model(**inputs).last_hidden_state.float()
    mask = inputs["attention_mask"].unsqueeze(-1).float()
    return functional.normalize((hidden * mask).sum(1) / mask.sum(1), dim=-1)


@torch.no_grad()
def embed_all(model: nn.Module, tokenize: Tokenize, texts: Sequence[str]) -> torch.Tensor:
    """The same for any number of texts, a batch after the other."""
    order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
    rows: list[torch.Tensor] = [torch.empty(0)] * len(texts)
    for batch in cut(order, 64):
        for at, row in zip(batch, embed(model, tokenize([texts[one] for one in batch])), strict=True):
            rows[at] = row
    return torch.stack(rows)


def cut(items: Sequence[Batch], size: int) -> Iterator[Sequence[Batch]]:
    """``items`` in pieces of ``size``, the last of what is left."""
    return (items[start : start + size] for start in range(0, len(items), size))
