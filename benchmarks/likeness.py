"""From which cosine do two texts mean the same? Shows what the thresholds of `tutorbot.curation` are chosen from.

    python benchmarks/likeness.py knowledge/alliances tests/courses/sourdough

Grouping: questions that no lecture answers, each asked by several people (same_questions.yaml), with the bare encoder: a course's
adapter brings all that is outside of the course together. Duplicates: an entry's plain-words gloss finds the entry itself (a
duplicate) or others (which all differ), with the course's own encoder.
"""

import sys
from itertools import combinations
from pathlib import Path

import numpy as np
import yaml

from tutorbot.curation.duplicates import Encode, Vectors, text_of
from tutorbot.curation.grouping import grouped
from tutorbot.knowledge import Course, load_course
from tutorbot.matching.encoder import SentenceEncoder
from tutorbot.settings import Settings


def pairs(groups: object) -> set[tuple[int, int]]:
    """All pairs of numbers that are in one group."""
    assert isinstance(groups, list | tuple)
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def grouping(owners: list[int], vectors: Vectors) -> None:
    """How pairs in the groups that are found agree with pairs of one meaning."""
    wanted = {pair for pair in combinations(range(len(owners)), 2) if owners[pair[0]] == owners[pair[1]]}
    for threshold in np.arange(0.30, 0.81, 0.05):
        found = pairs(grouped(vectors, float(threshold)))
        right = len(found & wanted)
        print(
            f"  grouping {threshold:.2f}: precision {right / max(1, len(found)):.2f}, recall {right / len(wanted):.2f}"
        )


def duplicates(course: Course, encode: Encode) -> None:
    """How often a gloss finds its own entry, and others."""
    glossed = [at for at, entry in enumerate(course.entries) if entry.gloss]
    if not glossed:
        return
    held = encode([text_of(entry, course) for entry in course.entries])
    written = encode([f"{course.entries[at].term}: {course.entries[at].gloss}" for at in glossed])
    scores = written @ held.T
    own = scores[range(len(glossed)), glossed]
    others = scores.copy()
    others[range(len(glossed)), glossed] = -1
    for threshold in np.arange(0.5, 0.96, 0.05):
        print(
            f"  duplicates {threshold:.2f}: {(own >= threshold).mean():.2f} of {len(own)} found,"
            f" {(others >= threshold).sum() / len(own):.2f} others shown with each"
        )


def main(folders: list[str]) -> None:
    """Print the figures of each course."""
    settings = Settings()
    questions = yaml.safe_load((Path(__file__).parent / "same_questions.yaml").read_text(encoding="utf-8"))
    owners = [number for number, texts in enumerate(questions) for _text in texts]
    bare = SentenceEncoder(settings.model, cache=settings.cache)
    grouping(owners, bare.encode([text for texts in questions for text in texts]))
    for folder in folders:
        course = load_course(Path(folder)).course
        print(course.title)
        encoder = SentenceEncoder(settings.model, cache=settings.cache, adapter=course.folder / "adapter.safetensors")
        duplicates(course, encoder.encode)


if __name__ == "__main__":
    main(sys.argv[1:])
