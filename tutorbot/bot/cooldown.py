"""One person cannot keep the bot from the others."""

import math
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass

_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Wait:
    """A person has asked enough until then (unix seconds); ``first``: of the refusals in a row."""

    until: int
    first: bool


class Cooldown:
    """Lets each person ask ``times`` within any ``seconds``. ``clock`` gives unix seconds."""

    def __init__(self, clock: Callable[[], float], times: int = 10, seconds: float = 60.0) -> None:
        self._clock = clock
        self._times = times
        self._seconds = seconds
        self._asked: OrderedDict[int, deque[float]] = OrderedDict()
        self._refused: set[int] = set()

    def ask(self, person: int) -> Wait | None:
        """Count a question; None if the person may ask it."""
        now = self._clock()
        asked = self._asked.setdefault(person, deque())
        self._asked.move_to_end(person)
        while asked and asked[0] <= now - self._seconds:
            asked.popleft()
        if len(asked) >= self._times:
            first = person not in self._refused
            self._refused.add(person)
            return Wait(math.ceil(asked[0] + self._seconds), first)
        asked.append(now)
        self._refused.discard(person)
        self._forget()
        return None

    def _forget(self) -> None:
        while len(self._asked) > _REMEMBERED:
            person, _ = self._asked.popitem(last=False)
            self._refused.discard(person)
