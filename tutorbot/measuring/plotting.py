"""A picture of how far confidence can be trusted: risk over coverage, and reliability."""

from collections.abc import Sequence
from pathlib import Path

from matplotlib.figure import Figure

from tutorbot.measuring.evaluating import Outcome, reliability, risk_curve, summarise


def plot_confidence(outcomes: Sequence[Outcome], file: Path, *, threshold: float) -> None:
    """Write a PNG with both curves to ``file``; ``threshold`` (0..1) is marked where answers begin."""
    figure = Figure(figsize=(10, 4.5), layout="constrained")
    left, right = figure.subplots(1, 2)
    coverage, risk = risk_curve(outcomes)
    answered = sum(one.chance >= threshold for one in outcomes) / max(1, len(outcomes))
    left.plot(coverage, risk, color="#2563eb")
    left.axvline(answered, color="#6b7280", linestyle="--", label=f"answered at {threshold:.2f}")
    left.set(xlabel="share of questions answered", ylabel="share of them wrong", xlim=(0, 1), ylim=(0, None))
    left.set_title(f"Risk over coverage (area {summarise(outcomes).risk_area:.3f})")
    left.legend(frameon=False)
    bins = reliability(outcomes)
    right.plot([0, 1], [0, 1], color="#6b7280", linestyle="--", label="perfect")
    right.scatter(
        [said for said, _, _ in bins], [true for _, true, _ in bins], s=[20 + 800 * share for *_, share in bins],
        color="#2563eb", alpha=0.7, label="questions (area: how many)",
    )  # fmt: skip
    right.set(xlabel="confidence", ylabel="share right", xlim=(0, 1), ylim=(0, 1.02))
    right.set_title("Reliability")
    right.legend(frameon=False, loc="upper left")
    figure.savefig(file, dpi=120)
