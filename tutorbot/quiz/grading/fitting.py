"""Fit both judges on graded answers: `python -m tutorbot.quiz.grading.fitting tests/quiz/data/graded` (about 20 minutes on two cores).

Rows marked `held-out` are left out of the fit and measured by the tests; nothing else is ever trained on. With `--forest` only the forest
is fitted.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import ExtraTreesClassifier

from tutorbot.matching.encoder import SentenceEncoder
from tutorbot.matching.encoder.pairs import Pairs
from tutorbot.quiz.grading.features import compare
from tutorbot.quiz.grading.judging import ADAPTER
from tutorbot.quiz.grading.reading import read
from tutorbot.quiz.grading.terms import rule
from tutorbot.quiz.grading.vectors import VectorCache
from tutorbot.quiz.grading.wordings import is_term, wordings
from tutorbot.settings import read_settings

Row = Mapping[str, Any]

TREES, LEAST_IN_LEAF, FEATURES_TRIED = 300, 8, 0.6
"""Leaving out one file of answers after the other, such trees have a mean macro-F1 of .703 (leaves of 4: .707, twice the size), boosting
.694, a support vector machine .712, logistic regression .67."""

LONGEST = 96
"""Word pieces of a question with an answer that training looks at."""


def graded_rows(folder: Path, part: str = "train") -> list[Row]:
    """The graded answers of a folder that belong to ``part``."""
    rows = [
        json.loads(line) for file in sorted(folder.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()
    ]
    return [row for row in rows if row["part"] == part]


def fit_pairs(rows: Sequence[Row], target: Path) -> None:
    """Train the adapter and write it to ``target``."""
    from tutorbot.matching.encoder.exporting import train_pair_adapter  # noqa: PLC0415  # what trains is large

    answers: dict[str, dict[str, bool]] = {}
    for row in rows:
        key, given = (f"{row['question']} {row[name]}" for name in ("expected", "given"))
        answers.setdefault(key, {})[given] = row["correct"]
    train_pair_adapter([Pairs(*one) for one in answers.items()], target, longest=LONGEST, progress=print)


def fit_forest(rows: Sequence[Row], target: Path, vectors: VectorCache) -> None:
    """Fit the forest on the rows that no rule decides and write it to ``target`` (.npz)."""
    judged = [row for row in rows if not is_term(row["expected"]) or _rule(row, vectors) is None]
    inputs = np.stack(
        [
            compare(
                read(row["question"]), read(wordings(row["expected"])[0]), read(row["given"]), vectors
            ).features.row()
            for row in judged
        ]
    )
    model = ExtraTreesClassifier(
        TREES, min_samples_leaf=LEAST_IN_LEAF, max_features=FEATURES_TRIED, class_weight="balanced", random_state=0
    )
    model.fit(inputs, [row["correct"] for row in judged])
    trees = [one.tree_ for one in model.estimators_]
    starts = np.cumsum([0, *(tree.node_count for tree in trees)])[:-1]
    shares = [tree.value[:, 0, 1] / tree.value[:, 0].sum(axis=1) for tree in trees]
    np.savez_compressed(
        target,
        roots=starts.astype(np.int32),
        feature=np.concatenate([np.maximum(tree.feature, -1) for tree in trees]).astype(np.int8),
        threshold=np.concatenate([tree.threshold for tree in trees]).astype(np.float16),
        left=np.concatenate([tree.children_left + at for tree, at in zip(trees, starts, strict=True)]).astype(np.int32),
        right=np.concatenate([tree.children_right + at for tree, at in zip(trees, starts, strict=True)]).astype(
            np.int32
        ),
        value=np.concatenate(shares).astype(np.float16),
    )


def _rule(row: Row, vectors: VectorCache) -> object:
    return rule(row["question"], row["expected"], row["given"], vectors)


def main() -> None:
    """Fit."""
    given = graded_rows(Path(sys.argv[1]))
    if "--forest" not in sys.argv:
        fit_pairs(given, ADAPTER)
    fit_forest(given, Path(__file__).with_name("forest.npz"), VectorCache(SentenceEncoder(cache=read_settings().cache)))


if __name__ == "__main__":
    main()
