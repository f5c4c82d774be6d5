"""The wordings in which a key may be given: what its brackets, its second half and its alternatives leave optional."""

import re

from tutorbot.quiz.grading.features import SHORT
from tutorbot.quiz.grading.reading import read

BRACKETS = re.compile(r"(?:^|\s)\(([^()]*)\)")
_EXAMPLES = re.compile(r"[,;(]?\s*\b(?:e\.\s?g\.|for example|for instance|such as|including)\b.*", re.I | re.S)
_ALTERNATIVE = re.compile(r"^(.*\S)\s+(?:and/or|or)\s+((?:\S+\s*){1,4})$", re.S)
_LONGEST_TERM = 6  # words of every kind


def is_term(expected: str) -> bool:
    """Whether a key is a term, a name or a number rather than an explanation."""
    core = read(without_brackets(expected))
    return len(core.words) <= SHORT and core.length <= _LONGEST_TERM


def without_brackets(text: str) -> str:
    """``text`` without its bracketed parts, if anything is left then."""
    return BRACKETS.sub(" ", text).strip() or text


def wordings(expected: str) -> list[str]:
    """The key without brackets and examples, its first half if a semicolon parts it, and what stands before a last "or"."""
    core = _EXAMPLES.sub("", without_brackets(expected)).strip() or expected
    found = [core]
    half = core.split(";")[0].strip()
    found.append(half)
    alternative = _ALTERNATIVE.match(core)
    if alternative:
        found.append(alternative[1])
    return [core] + [part for part in dict.fromkeys(found[1:]) if part != core and len(read(part).words) > SHORT]
