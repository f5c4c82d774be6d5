"""Wrong answers that are near in meaning and certainly not right."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tutorbot.knowledge import Course, Entry
from tutorbot.knowledge.text import squeezed
from tutorbot.quiz.card import Reason
from tutorbot.quiz.telling_apart import TellingApart
from tutorbot.quiz.typeable import typeable

_KNOWN_APART = frozenset({Reason.OPPOSITE, Reason.CONTRASTED, Reason.SIBLING})


@dataclass(frozen=True, slots=True)
class Distractor:
    """A wrong answer: the text of another entry, and why it is wrong."""

    entry: Entry
    text: str
    reason: Reason


class Distractors:
    """Finds wrong answers within one course."""

    def __init__(self, course: Course, apart: TellingApart) -> None:
        self._course = course
        self._apart = apart
        self._is_term = {entry.id: typeable(entry) for entry in course.entries}
        self._known: dict[tuple[str, Callable[[Entry], str | None]], list[Distractor]] = {}

    def of(self, entry: Entry, text_of: Callable[[Entry], str | None], rng: Random, count: int = 3) -> list[Distractor]:
        """At most ``count`` wrong answers to a question about ``entry``, no two with the same text.

        Entries that the course itself tells apart come first, then those of the same form (terms for a term) that are nearest
        in meaning; among twice as many as needed chance decides, so that a card is not the same each time. ``text_of`` gives
        what would be shown of an entry, None if it will not do.
        """
        found = self._known.get((entry.id, text_of))
        if found is None:
            found = self._known[entry.id, text_of] = self._found(entry, text_of)
        known = [one for one in found if one.reason in _KNOWN_APART]
        chosen = rng.sample(known, min(count, len(known)))
        missing = count - len(chosen)
        others = [one for one in found if one.reason not in _KNOWN_APART][: 2 * missing]
        return chosen + rng.sample(others, min(missing, len(others)))

    def _found(self, entry: Entry, text_of: Callable[[Entry], str | None]) -> list[Distractor]:
        """All of them, the best first."""
        form, near = self._is_term, self._apart.nearness
        found: dict[str, Distractor] = {}
        for other in sorted(
            (one for one in self._course.entries if self._apart.reason(entry, one) is not None),
            key=lambda one: (form[one.id] != form[entry.id], -near(entry.id, one.id), one.id),
        ):
            text, reason = text_of(other), self._apart.reason(entry, other)
            if text is not None and reason is not None:
                found.setdefault(squeezed(text), Distractor(other, text, reason))
        found.pop(squeezed(text_of(entry) or ""), None)
        return list(found.values())
