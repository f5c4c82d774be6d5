"""What each part of the pipeline gives: the course is calibrated anew without it and measured again."""

from collections.abc import Mapping, Sequence

from tutorbot.answering.answerer import Answerer
from tutorbot.matching.encoder import Encoder
from tutorbot.matching.index import FEATURES, CourseIndex
from tutorbot.matching.spelling import Speller
from tutorbot.measuring.calibrating import calibrate
from tutorbot.measuring.evaluating import Summary, evaluate, summarise
from tutorbot.measuring.labelled import Labelled

_OUTSIDE = {"outside", "outside_head", "outside_nearest"}

STEPS: Mapping[str, frozenset[str]] = {
    "nearest face alone": frozenset({"nearest"} | _OUTSIDE),
    "words (BM25) alone": frozenset({"words"} | _OUTSIDE),
    "head alone": frozenset({"head", "log_head"} | _OUTSIDE),
    "head + words": frozenset({"head", "log_head", "words"} | _OUTSIDE),
    "head + words + names": frozenset({"head", "log_head", "words", "named", "named_share", "scholar"} | _OUTSIDE),
    "all": frozenset(FEATURES),
}
"""The evidence that each step keeps."""


def ablate(
    index: CourseIndex,
    speller: Speller,
    encoder: Encoder,
    *,
    fitted_on: Sequence[Labelled],
    measured_on: Sequence[Labelled],
    threshold: float,
) -> dict[str, Summary]:
    """For each step, the figures on ``measured_on`` after fitting on ``fitted_on``; the last row leaves out the mending of spelling."""
    found = {}
    unmended = Speller((), lambda _word: True)
    for name, kept in STEPS.items():
        without = set(FEATURES) - kept
        fitted = calibrate(index, speller, encoder, fitted_on, without=without)
        found[name] = summarise(evaluate(Answerer(index, speller, fitted), encoder, measured_on, threshold))
        if kept == set(FEATURES):
            plain = summarise(evaluate(Answerer(index, unmended, fitted), encoder, measured_on, threshold))
            found["all, spelling not mended"] = plain
    return found
