"""What the bot answers, as values. Nothing here says how it looks: front ends render it."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """What became of a question."""

    ANSWERED = "answered"
    CLARIFY = "clarify"
    ABSTAINED = "abstained"


class QuestionKind(StrEnum):
    """What a question asks for."""

    DEFINITION = "definition"
    LIST = "list"
    COMPARISON = "comparison"
    ATTRIBUTION = "attribution"
    EXAMPLE = "example"
    WHY = "why"


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim quote with its place. ``work`` is the literature credited, rendered: ``Hooke (1665: 113)``."""

    source: str
    title: str
    locator: str
    quote: str
    work: str | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One item of a list: its text in the lecture's words, its entry if it has one, and whether the question was about it."""

    text: str
    entry: str | None = None
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """An entry as it is shown: the lecture's words, then what the course team adds to them.

    ``statement`` may be empty if there are ``points``. ``gloss`` is the course team's, ``errata`` what the lecture prints wrong.
    """

    entry: str
    term: str
    statement: str
    citations: tuple[Quote, ...]
    points: tuple[Point, ...] = ()
    gloss: str | None = None
    errata: tuple[str, ...] = ()
    note: bool = False
    """A moderator's note: no lecture document proves it."""
    alternative: bool = False
    """Shown in case that the passage before it is not what was meant."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry offered to the asker: by its id and its term."""

    entry: str
    term: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question.

    ``passages`` holds what is answered, best first: one entry, perhaps with an alternative, or the sides of a comparison followed by
    the authored contrast, or one for each of several questions asked at once. ``credit`` names the work or author that an attribution question asked for.
    ``left`` are questions of the same message that the notes do not answer.
    ``choices``: when ``clarify``, what may have been meant (at most 3); when ``abstained``, the nearest terms; when answered, empty.
    ``confidence`` is the probability (0..1) that the answer is right, ``elapsed_ms`` the time from question to answer.
    """

    question: str
    status: Status
    kind: QuestionKind
    passages: tuple[Passage, ...] = ()
    choices: tuple[Choice, ...] = ()
    credit: str | None = None
    left: tuple[str, ...] = ()
    confidence: float = 0.0
    elapsed_ms: float = 0.0

    @property
    def entries(self) -> tuple[str, ...]:
        """The ids of the entries answered, alternatives left out."""
        return tuple(passage.entry for passage in self.passages if not passage.alternative)

    @property
    def alternatives(self) -> tuple[str, ...]:
        """The ids of the entries that are shown as alternatives."""
        return tuple(passage.entry for passage in self.passages if passage.alternative)

    @property
    def citations(self) -> tuple[Quote, ...]:
        """All quotes of the passages, each once, in order."""
        return tuple(dict.fromkeys(quote for passage in self.passages for quote in passage.citations))
