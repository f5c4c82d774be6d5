"""What a quiz card is: one question, its key, and the proof of it. Data only; every sentence around it comes from templates."""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from tutorbot.knowledge import Citation
from tutorbot.knowledge.models import Model


class CardKind(StrEnum):
    """What a card asks for."""

    CHOOSE_TERM = "choose-term"
    CHOOSE_DEFINITION = "choose-definition"
    TYPE_TERM = "type-term"
    WHO_SAID_IT = "who-said-it"
    TRUE_OR_FALSE = "true-or-false"
    NAME_THEM_ALL = "name-them-all"
    AUTHORED = "authored"


class Mode(StrEnum):
    """How a card is answered."""

    CHOICE = "choice"
    TYPED = "typed"
    LIST = "list"


class Reason(StrEnum):
    """Why an option is wrong."""

    OPPOSITE = "opposite"
    """The course names the two as opposites."""
    CONTRASTED = "contrasted"
    """An entry of the course contrasts the two."""
    SIBLING = "sibling"
    """They are different items of the same list."""
    UNRELATED = "unrelated"
    """Nothing in the course connects the two, and their texts differ."""
    OTHER_AUTHOR = "other-author"
    """The lecture credits the statement to somebody else."""
    OWN_STATEMENT = "own-statement"
    """The statement is the entry's own, so "false" is wrong."""
    AUTHORED = "authored"
    """The course team wrote it as a wrong answer."""


TRUE, FALSE = "true", "false"
"""The texts of a true-or-false card's two options, in this order; people read a template's words for them."""

BLANK = "_____"
"""What stands in a prompt where the lecture's own words would give the key away."""


class Option(Model):
    """One choice. ``entry`` is the entry whose term or statement it is; ``wrong`` says why it is not the key."""

    text: str
    entry: str | None = None
    wrong: Reason | None = None


class ListItem(Model):
    """One item to be named. ``names`` are other ways to name it."""

    text: str
    names: tuple[str, ...] = ()


class Cited(Model):
    """A place where a card's text stands, as it is shown. ``work`` is the literature credited, rendered: ``Hooke (1665: 113)``."""

    title: str
    work: str | None = None


class Card(Model):
    """One quiz question, drawn from ``entry``.

    ``prompt`` is what is asked about (a term, or the lecture's words). A card has ``options`` (``key`` is the right one's number),
    ``accept`` (what is right when typed, the key first, ``rivals`` being the nearest wrong answers), or ``items``.
    ``explanation`` is the lecture's text, shown at the reveal with ``citations`` and ``errata``. ``term`` is what the entry is called,
    ``note`` says that it is a moderator's note, ``cited`` names each citation's source: as the server had them when it was drawn.
    """

    id: str
    kind: CardKind
    entry: str
    topic: str
    prompt: str
    options: tuple[Option, ...] = ()
    key: int | None = None
    accept: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    items: tuple[ListItem, ...] = ()
    explanation: str
    citations: tuple[Citation, ...] = Field(min_length=1)
    errata: tuple[str, ...] = ()
    term: str = ""
    note: bool = False
    cited: tuple[Cited, ...] = ()

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if sum(map(bool, (self.options, self.accept, self.items))) != 1:
            raise ValueError("a card has `options`, `accept` or `items`, exactly one of them")
        if (self.key is not None) != bool(self.options):
            raise ValueError("a card has a `key` if it has `options`")
        if self.key is not None and not 0 <= self.key < len(self.options):
            raise ValueError("`key` is the number of an option")
        return self

    @property
    def mode(self) -> Mode:
        """How the card is answered."""
        if self.options:
            return Mode.CHOICE
        return Mode.LIST if self.items else Mode.TYPED
