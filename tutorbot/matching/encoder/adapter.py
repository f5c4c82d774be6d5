"""A course's adapter: changes to the encoder that make its questions land by the entries that answer them.

Trained on the course's own sample questions and kept with the course.
"""

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from sklearn.cluster import KMeans
from torch import nn
from torch.nn import functional

from tutorbot.matching.encoder.low_rank import Progress, Tokenize, attach, cut, embed, embed_all, fit, save_adapter

EPOCHS, BATCH, PROTOTYPE_RATE = 4, 32, 3e-3
SHARPNESS, SMOOTHING = 20.0, 0.1
"""Rank, epochs and rates were compared on questions of writers left out of training; see docs/matching.md."""

OUTSIDE_PROTOTYPES, PER_PROTOTYPE = 64, 8
"""What the notes do not answer is of many kinds: it has several vectors, at most so many, each for at least so many questions."""

LONGEST = 64
"""Word pieces of a face that training looks at."""


@torch.random.fork_rng(devices=[])  # dropout draws from the global generator
def train_adapter(
    model: nn.Module,
    tokenize: Tokenize,
    texts: Sequence[str],
    labels: Sequence[int],
    file: Path,
    *,
    base: str = "",
    seed: int = 0,
    progress: Progress = lambda _line: None,
) -> None:
    """Train on ``texts`` with the entry number of each (-1: outside the notes) and write the adapter to ``file``.

    ``model`` is the transformer (what its layers give is changed), ``tokenize`` gives its inputs for a list of texts, ``base`` is
    the SHA-256 of its weights, written into the file. The loss is the cross-entropy of cosines to one learned vector an entry and
    several for "outside", whose odds add up. Takes minutes.
    """
    torch.manual_seed(seed)
    order, classes, known = random.Random(seed), max(labels) + 1, np.asarray(labels)  # noqa: S311  # not for secrets
    first = embed_all(model, tokenize, texts)
    means = torch.stack([first[known == at].mean(0) for at in range(classes)])
    prototypes = nn.Parameter(torch.cat([means, _centres(first[known < 0])]))
    changes = attach(model, seed)

    def loss_of(batch: Sequence[int]) -> torch.Tensor:
        vectors = embed(model, tokenize([texts[at] for at in batch]))
        odds = SHARPNESS * vectors @ functional.normalize(prototypes, dim=-1).T
        logits = torch.cat([odds[:, :classes], odds[:, classes:].logsumexp(dim=1, keepdim=True)], dim=1)
        wanted = torch.tensor([labels[at] if labels[at] >= 0 else classes for at in batch])
        return functional.cross_entropy(logits, wanted, label_smoothing=SMOOTHING)

    fit(model, changes, [(prototypes, PROTOTYPE_RATE)], lambda: _batches(texts, order), loss_of, EPOCHS, progress)
    save_adapter(changes, file, base)


def _centres(vectors: torch.Tensor) -> torch.Tensor:
    """The centres (at most OUTSIDE_PROTOTYPES, dimensions) of what is outside the notes; one, of nothing, if there is too little."""
    count = min(OUTSIDE_PROTOTYPES, len(vectors) // PER_PROTOTYPE)
    if not count:
        return vectors.sum(dim=0, keepdim=True)
    return torch.from_numpy(KMeans(count, n_init=1, random_state=0).fit(vectors.numpy()).cluster_centers_)


def _batches(texts: Sequence[str], order: random.Random) -> list[Sequence[int]]:
    """Shuffled batches of texts of like length, which pad little."""
    numbers = list(range(len(texts)))
    order.shuffle(numbers)
    chunks = [sorted(chunk, key=lambda at: len(texts[at])) for chunk in cut(numbers, 20 * BATCH)]
    found = [batch for chunk in chunks for batch in cut(chunk, BATCH)]
    order.shuffle(found)
    return found
