"""An import under way: what is proposed, and what became of it so far."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from tutorbot.knowledge.importing import Proposal, Proposed

State = Literal["open", "accepted", "dropped"]


@dataclass(slots=True)
class Session:
    """An import under way into a server's ``course``; ``states`` say what became of each proposal."""

    guild: int
    course: str
    proposed: Proposed
    proved: Sequence[bool]
    states: list[State] = field(default_factory=list)
    source_kept: bool = False
    at: int = 0
    busy: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while a click is carried out: a second one is to see what the first did."""

    @property
    def proposals(self) -> Sequence[Proposal]:
        """What is proposed."""
        return self.proposed.proposals

    def undoubted(self) -> list[int]:
        """The numbers of the open proposals that nothing speaks against."""
        return [
            at
            for at, (one, proved, state) in enumerate(zip(self.proposals, self.proved, self.states, strict=True))
            if state == "open" and proved and not one.doubts and one.duplicate_of is None
        ]

    def next_open(self, at: int) -> int | None:
        """The number of the open proposal that comes next."""
        order = [*range(at, len(self.states)), *range(at)]
        return next((one for one in order if self.states[one] == "open"), None)
