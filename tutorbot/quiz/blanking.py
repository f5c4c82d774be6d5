"""Taking out of a statement what would give its term away."""

import re
from collections import Counter

from tutorbot.knowledge import Course, Entry
from tutorbot.knowledge.text import words
from tutorbot.matching.names import stem
from tutorbot.quiz.card import BLANK
from tutorbot.quiz.telling_apart import bare_name

_WORD = re.compile(r"[^\W_]+")
_BLANKS = re.compile(rf"{BLANK}(?:[\s\-–/]*{BLANK})+")

# A word of a term that stands in more terms than this does not give one of them away ("costs", "cell").
_COMMON = 2
# The prompt must keep this many words and this share of them, and may keep less than this share of the term.
_WORDS_LEFT = 3
_SHARE_LEFT = 0.6
_TERM_LEFT = 0.6
# Word forms share their beginning: at least so many letters, and all but so many of the shorter word.
_STEM_LETTERS = 5
_ENDING_LETTERS = 2


def alike(one: str, other: str) -> bool:
    """Whether two words (case-folded) are forms of one word, by their beginnings: inhibit, inhibition. Errs towards yes."""
    if stem(one) == stem(other):
        return True
    needed = max(_STEM_LETTERS, min(len(one), len(other)) - _ENDING_LETTERS)
    return one[:needed] == other[:needed] and min(len(one), len(other)) >= needed


class Blanking:
    """Blanks terms out of statements; knows which words many terms of the course share."""

    def __init__(self, course: Course) -> None:
        self._held = Counter(stem(word) for entry in course.entries for word in set(words(entry.term)))

    def without_term(self, entry: Entry) -> str | None:
        """The statement with its term blanked out; None if there is none or too little is left to ask about."""
        if entry.statement is None:
            return None
        term = words(bare_name(entry.term))
        telling = [word for word in term if len(word) >= 3 and self._held[stem(word)] <= _COMMON]
        return without(entry.statement, term, telling)


def without(text: str, name: list[str], telling: list[str]) -> str | None:
    """``text`` with ``name`` (a run of words) and every form of the ``telling`` words blanked out; None if that leaves too little,
    or if most of the name can still be read."""
    found = list(_WORD.finditer(text))
    spoken = [match.group().casefold() for match in found]
    blank = {at for at, word in enumerate(spoken) if any(alike(word, one) for one in telling)}
    for at in range(len(spoken) - len(name) + 1):
        if name and all(alike(word, one) for word, one in zip(spoken[at:], name, strict=False)):
            blank.update(range(at, at + len(name)))
    left = [word for at, word in enumerate(spoken) if at not in blank]
    long = [word for word in name if len(word) >= 4] or name
    kept = [one for one in long if any(alike(word, one) for word in left)]
    if len(left) < _WORDS_LEFT or len(left) < _SHARE_LEFT * len(spoken) or len(kept) >= _TERM_LEFT * max(1, len(long)):
        return None
    for at in sorted(blank, reverse=True):
        text = text[: found[at].start()] + BLANK + text[found[at].end() :]
    return _BLANKS.sub(BLANK, text)
