"""What is known about a person, and forgetting it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from tutorbot.store.rounds import Place

PersonalData = Mapping[str, Sequence[Mapping[str, Any]]]
"""For each kind of data its rows, as plain JSON values."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was done: rows ``removed`` because they were the person's alone, rows in which a number ``replaced`` them.

    ``playing``: rounds that still run; the person is taken out of them when they end.
    """

    removed: int
    replaced: int
    playing: tuple[Place, ...] = ()


class Privacy(Protocol):
    """Knows everything that is kept about people, in all servers."""

    async def data_of(self, person: int) -> PersonalData:
        """All that is kept about a person."""
        ...

    async def forget(self, person: int) -> Forgotten:
        """Remove a person everywhere. Totals of groups stay: there a negative number, different each time, stands for them."""
        ...
