"""Training the adapter by which `pairs` tells whether two texts say the same."""

import random
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional

from tutorbot.matching.encoder.low_rank import Progress, Tokenize, attach, embed, fit, save_adapter
from tutorbot.matching.encoder.pairs import BOUNDARY, SHARPNESS, Pairs

EPOCHS, BATCH, SMOOTHING = 4, 32, 0.05


@torch.random.fork_rng(devices=[])  # dropout draws from the global generator
def train_pairs(
    model: nn.Module,
    tokenize: Tokenize,
    pairs: Sequence[Pairs],
    file: Path,
    *,
    base: str = "",
    seed: int = 0,
    progress: Progress = lambda _line: None,
) -> None:
    """Train on ``pairs`` and write the adapter to ``file``; the rest as for `train_adapter`. The loss is the logistic one. Takes minutes."""
    torch.manual_seed(seed)
    order, held = random.Random(seed), list(pairs)  # noqa: S311  # not for secrets
    changes = attach(model, seed)

    def batches() -> list[list[Pairs]]:
        order.shuffle(held)
        found: list[list[Pairs]] = [[]]
        for one in held:
            if sum(len(some.others) for some in found[-1]) >= BATCH:
                found.append([])
            found[-1].append(one)
        return found

    def loss_of(batch: Sequence[Pairs]) -> torch.Tensor:
        others = [other for one in batch for other in one.others]
        vectors = embed(model, tokenize([one.text for one in batch] + others))
        own = torch.tensor([at for at, one in enumerate(batch) for _ in one.others])
        cosines = (vectors[own] * vectors[len(batch) :]).sum(dim=1)
        same = torch.tensor([float(is_same) for one in batch for is_same in one.others.values()])
        wanted = SMOOTHING + (1 - 2 * SMOOTHING) * same
        return functional.binary_cross_entropy_with_logits(SHARPNESS * (cosines - BOUNDARY), wanted)

    fit(model, changes, [], batches, loss_of, EPOCHS, progress)
    save_adapter(changes, file, base)
