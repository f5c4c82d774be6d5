"""What each part of the pipeline gives: the course is calibrated anew without it and measured again."""

from collections.abc import Mapping, Sequence

from tutorbot.answering.answerer import Answerer
from tutorbot.answering.calibration import Calibration
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
    """For each step, the figures on ``measured_on`` after fitting on ``fitted_on``: the steps at first sight, then all with a second look,
    then that without the mending of spelling.
    """

    def measured(seen: CourseIndex, speller: Speller, fitted: Calibration) -> Summary:
        return summarise(evaluate(Answerer(seen, speller, fitted), encoder, measured_on, threshold))

    found = {}
    first = index.at_first_sight()
    for name, kept in STEPS.items():
        fitted = calibrate(first, speller, encoder, fitted_on, without=set(FEATURES) - kept)
        found[name] = measured(first, speller, fitted)
    fitted = calibrate(index, speller, encoder, fitted_on)
    if index.second is not None:
        found["all, with a second look"] = measured(index, speller, fitted)
    found["the same, spelling not mended"] = measured(index, Speller((), lambda _word: True), fitted)
    return found
