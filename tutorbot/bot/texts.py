"""What the bot writes, as Discord markdown. A blank line begins a new block, ``---`` is a dividing line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from tutorbot.answering.answer import Answer, Passage, Quote
from tutorbot.bot.spoken import one_line
from tutorbot.errors import Trouble
from tutorbot.wording import Wording, clipped

MESSAGE_ROOM = 3_500
"""Characters for the text of one message: Discord's 4,000 less what stands around it."""

_LENGTHS = (2_000, 900, 500, 300, 150, 80)
"""To how many characters each statement and item is cut, until all fit into one message."""

_PLACES = 2
"""Lines for the places of one passage; the rest is under a button."""

_QUESTION_ROOM = 200
_LABEL_ROOM = 80
_CHOICE_ROOM = 100


@dataclass(frozen=True, slots=True)
class Part:
    """A passage with one quote for each place shown under it, and how many ``more`` places there are."""

    passage: Passage
    places: tuple[Quote, ...]
    more: int

    @classmethod
    def of(cls, passage: Passage) -> "Part":
        """The passage with its first places."""
        by_place = {(quote.title, quote.locator, quote.work): quote for quote in passage.citations}
        places = list(by_place.values())
        return cls(passage, tuple(places[:_PLACES]), max(0, len(places) - _PLACES))


class Texts:
    """Every text of the front end, from the templates in ``discord/``."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def _render(self, name: str, **values: Any) -> str:
        return self._wording.render(f"discord/{name}.md", **values)

    def question(self, question: str) -> str:
        """The question in a small line, to stand above its answer."""
        return self._render("question", question=clipped(one_line(question), _QUESTION_ROOM))

    def answer(self, answer: Answer) -> str:
        """What the notes say."""
        text, parts = "", _parts(answer)
        left = [clipped(one_line(question), _QUESTION_ROOM) for question in answer.left]
        for length in _LENGTHS:
            text = self._render("answer", parts=parts, credit=answer.credit, left=left, length=length)
            if len(text) <= MESSAGE_ROOM:
                return text
        return clipped(text, MESSAGE_ROOM)

    def clarify(self) -> str:
        """Leads the terms that may have been meant."""
        return self._render("clarify")

    def abstained(self, course: str, *, choices: bool, in_server: bool, passed_on: bool) -> str:
        """The notes of the course of that title do not answer it; ``choices``: the nearest terms follow; ``passed_on``: somebody will see it."""
        return self._render("abstained", course=course, choices=choices, in_server=in_server, passed_on=passed_on)

    def unknown(self, typed: str, *, choices: bool) -> str:
        """There is no such term; ``choices``: similar ones follow."""
        shown = clipped(one_line(typed), _QUESTION_ROOM)
        return self._render("unknown", typed=shown, choices=choices)

    def sources(self, quotes: Sequence[Quote]) -> list[str]:
        """Every quote with its place, in as many messages as they need."""
        pages: list[str] = []
        for quote in quotes:
            block = clipped(self._render("source", quote=quote), MESSAGE_ROOM)
            if pages and len(pages[-1]) + len(block) + 2 <= MESSAGE_ROOM:
                pages[-1] += f"\n\n{block}"
            else:
                pages.append(block)
        return pages

    def related(self, term: str) -> str:
        """Leads the terms related to ``term``."""
        return self._render("related", term=term)

    def help(self, course: str) -> str:
        """How to ask about the course of that title."""
        return self._render("help", course=course)

    def unreadable(self) -> str:
        """The message that was pointed at cannot be read."""
        return self._render("unreadable")

    def same_twice(self) -> str:
        """A term was to be compared with itself."""
        return self._render("same_twice")

    def gone(self) -> str:
        """What a button led to is no longer there."""
        return self._render("gone")

    def thanks(self, *, first: bool, in_server: bool) -> str:
        """An answer was marked as not helpful; ``first``: not marked by this person before."""
        return self._render("thanks", first=first, in_server=in_server)

    def cooldown(self, until: int) -> str:
        """A person has asked enough until then (unix seconds)."""
        return self._render("cooldown", until=until)

    def error(self, reference: str, trouble: Trouble | None = None) -> str:
        """Something failed and was logged under ``reference``; ``trouble`` is what the database has, if that is it."""
        return self._render("error", reference=reference, trouble=trouble)

    def outdated(self) -> str:
        """A command was used that is no longer like this."""
        return self._render("outdated")

    def button(self, name: str) -> str:
        """The label of a button that has no term to show."""
        return clipped(self._render("button", which=name), _LABEL_ROOM)

    def command(self, name: str) -> str:
        """What a command or (``ask.question``) one of its options is for."""
        return clipped(self._render("command", which=name), _CHOICE_ROOM)


def _parts(answer: Answer) -> list[Part]:
    """The passages; those that all stand in the same places name them once, at the end."""
    parts = [Part.of(passage) for passage in answer.passages]
    places = {tuple((quote.title, quote.locator, quote.work) for quote in part.places) for part in parts}
    if len(places) > 1:
        return parts
    return [replace(part, places=(), more=0) for part in parts[:-1]] + parts[-1:]


def label(term: str) -> str:
    """A term as a button's label."""
    return clipped(one_line(term), _LABEL_ROOM)


def suggestion(term: str) -> str:
    """A term as a suggestion while somebody types."""
    return clipped(one_line(term), _CHOICE_ROOM)
