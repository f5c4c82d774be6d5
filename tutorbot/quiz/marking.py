"""Marking what players type, off the event loop."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from tutorbot.quiz.card import Card, Mode
from tutorbot.quiz.grading import Grader

_OTHER_NAMES = 3
"""So many other names of an item are tried."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Whether a typed answer is ``correct``, or which items of a list (numbers from 0) it names; ``reason`` says why."""

    correct: bool = False
    credited: tuple[int, ...] = ()
    reason: str = ""


class Marking:
    """Marks typed answers. ``open_grader`` is called once, in a thread, when the first answer comes: it loads the encoder."""

    def __init__(self, open_grader: Callable[[], Grader]) -> None:
        self._open = open_grader
        self._grader: Grader | None = None
        self._opening = asyncio.Lock()

    async def warm(self) -> None:
        """Open the grader now, so that the first player need not wait."""
        async with self._opening:
            if self._grader is None:
                self._grader = await asyncio.to_thread(self._open)

    async def mark(self, card: Card, text: str) -> Marked:
        """Mark an answer to a card that is typed or a list."""
        await self.warm()
        assert self._grader is not None
        return await asyncio.to_thread(_marked, self._grader, card, text)


def _marked(grader: Grader, card: Card, text: str) -> Marked:
    if card.mode is Mode.TYPED:
        key, *others = card.accept
        verdict = grader.grade(card.prompt, key, text, accepted=others, rivals=card.rivals)
        return Marked(verdict.correct, reason=verdict.reason)
    rows = [[item.text for item in card.items]]
    most = min(_OTHER_NAMES, max(len(item.names) for item in card.items))
    rows += [[item.names[at] if at < len(item.names) else item.text for item in card.items] for at in range(most)]
    found = {number for row in rows for number in grader.credit(card.prompt, row, text).credited}
    return Marked(credited=tuple(sorted(found)))
