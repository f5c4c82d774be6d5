"""Reading a text for grading: its words, what each is worth, which are negated, and where its clauses end."""

import re
import unicodedata
from dataclasses import dataclass

from tutorbot.quiz.grading.stemming import stem
from tutorbot.quiz.grading.vocabulary import (
    CHATTER,
    ENDS_SCOPE,
    LIGHT,
    NEGATORS,
    PHRASAL_VERBS,
    SOFT_NEGATORS,
    STOP_WORDS,
)

_LIGHT_WORTH, _NUMBER_WORTH = 0.6, 1.5
_SCOPE = 3  # content words that a negation reaches
_PHRASAL = {
    (stem(verb), particle): word for both, word in PHRASAL_VERBS.items() for verb, _, particle in [both.partition("-")]
}
_SMALL = frozenset(["a", "an", "the", "of", "to", "in", "on", "at", "by"])
_SIGNS = (
    (re.compile(r"[’‘`´]"), "'"),
    (re.compile(r"%"), " percent "),
    (re.compile(r"°\s*c\b|(?<=\d)\s*c\b|\bdegrees?\s+c\b", re.I), " degrees celsius "),
    (re.compile(r"°\s*f\b|(?<=\d)\s*f\b|\bdegrees?\s+f\b", re.I), " degrees fahrenheit "),
    (re.compile(r"(?<=\d),(?=\d{3}\b)"), ""),
    (re.compile(r"(?<=\d)[.](?=\d)"), "point"),
    (
        re.compile(r"\b(can|do|does|did|is|are|was|were|has|have|had|would|should|could|will|must)n'?t\b", re.I),
        r"\1 not",
    ),
    (re.compile(r"\bcan\s*not\b|\bcan'?t\b", re.I), "can not"),
    (re.compile(r"\bwon'?t\b", re.I), "will not"),
    (re.compile(r"\bnot only\b", re.I), ""),
    (re.compile(r"\b(?:rather than|instead of|anyone but|anything but|as opposed to)\b", re.I), " , not "),
    (re.compile(r"(?<=\w)'s?(?!\w)"), ""),
    (re.compile(r"\bw/o\b", re.I), "without"),
    (re.compile(r"\bnon[- ]?(?!etheless|sense|ethical)(?=[a-z]{5})", re.I), "non "),
    (re.compile(r"\b(e\.\s?g\.|i\.\s?e\.)", re.I), lambda found: found[0].replace(".", "").replace(" ", "")),
    (re.compile(r"\bvs\.", re.I), "vs"),
)
_PIECE = re.compile(r"[^\W_]+|[.,;:!?()\n/|+&•–—]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word that carries meaning. ``worth`` is its weight (about 1); ``negated`` is None under a soft negation ("prevent", "lack")."""

    text: str
    stem: str
    worth: float
    negated: bool | None
    clause: int

    @property
    def is_number(self) -> bool:
        """Whether it holds a digit: then only the very same is a match."""
        return any(sign.isdigit() for sign in self.text)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it is graded: its content words in order, its clauses as text, the count of all its words, and of outright negations."""

    text: str
    words: tuple[Word, ...]
    clauses: tuple[str, ...]
    length: int
    negations: int


def read(text: str) -> Reading:
    """Read ``text``; words without content are dropped, negations are laid on the words after them up to the end of the clause."""
    found: list[Word] = []
    clauses: list[list[str]] = [[]]
    scope, soft, length, negations = 0, False, 0, 0
    for piece in _pieces(text):
        if not piece[0].isalnum():
            if piece not in "+&–—/":
                scope = 0
            if piece in ";:.!?\n,()" and clauses[-1]:
                clauses.append([])
            continue
        length += 1
        clauses[-1].append(piece)
        if piece in ENDS_SCOPE:
            scope = 0
        root = stem(piece)
        if piece in NEGATORS:
            scope, soft = 1 if piece == "non" else _SCOPE, False
            negations += piece != "non"
            continue
        if piece in STOP_WORDS or piece in CHATTER:
            continue
        found.append(
            Word(piece, root, _worth(piece, root), (None if soft else True) if scope else False, len(clauses) - 1)
        )
        scope = max(0, scope - 1)
        if root in _SOFT_STEMS and not scope:
            scope, soft = _SCOPE, True
    if not found:  # a text of such words alone ("no", "one", "it") means them
        found = [
            Word(piece, stem(piece), 1.0, False, at)
            for at, clause in enumerate(clauses)
            for piece in clause
            if piece not in _SMALL
        ]
    parts = tuple(" ".join(clause) for clause in clauses if clause)
    return Reading(text.strip(), tuple(found), parts, length, negations)


def _pieces(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text)
    for sign, meant in _SIGNS:
        plain = sign.sub(meant, plain)
    found: list[str] = []
    for piece in _PIECE.findall(plain.casefold()):
        verb = _PHRASAL.get((stem(found[-1]), piece)) if found else None
        if verb:
            found[-1] = verb
        else:
            found.append(piece)
    return found


def _worth(word: str, root: str) -> float:
    if any(sign.isdigit() for sign in word):
        return _NUMBER_WORTH
    return _LIGHT_WORTH if word in LIGHT or root in _LIGHT_STEMS else 1.0


_SOFT_STEMS = frozenset(map(stem, SOFT_NEGATORS))
_LIGHT_STEMS = frozenset(map(stem, LIGHT))
