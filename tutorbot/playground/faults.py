"""Things that go wrong on demand."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass
class RestFault:
    """What happens to the next `times` requests that match; None means for good."""

    method: str
    path: re.Pattern[str]
    times: int | None
    status: int | None = None
    body: dict[str, Any] | None = None
    retry_after: float | None = None
    everywhere: bool = False
    delay: float = 0.0
    lose_request: bool = False
    lose_answer: bool = False
    exhausted_for: float | None = None
    when: Callable[[Any], bool] | None = None


@dataclass
class EventFault:
    """How often the next `times` dispatches of a name are sent: 0 for lost, 2 for doubled."""

    name: str
    times: int
    copies: int


class Faults:
    """A list of troubles to come, each used up as often as it says."""

    def __init__(self) -> None:
        self._rest: list[RestFault] = []
        self._events: list[EventFault] = []
        self.refuse_resumes = 0
        """How many RESUMEs will be answered with op 9."""
        self.ignore_heartbeats = False
        """Whether heartbeats go unanswered; clients then drop the connection and resume."""

    def next(
        self,
        method: str,
        path: str,
        *,
        times: int | None = 1,
        status: int | None = None,
        body: dict[str, Any] | None = None,
        retry_after: float | None = None,
        everywhere: bool = False,
        delay: float = 0.0,
        lose_request: bool = False,
        lose_answer: bool = False,
        exhausted_for: float | None = None,
        when: Callable[[Any], bool] | None = None,
    ) -> None:
        """Trouble for the next requests of a method (`"*"` for any) whose whole path, without /api/v10, fits.

        Args:
            times: how many requests; None for all from now on.
            status: answer with this and do nothing. 429 comes with Discord's headers and body.
            body: the JSON to answer with instead of the usual one.
            retry_after: seconds that a 429 asks to wait (default 0.05).
            everywhere: the 429 is a global one.
            delay: seconds before anything else happens.
            lose_request: drop the connection without carrying the request out.
            lose_answer: carry the request out, then drop the connection instead of answering.
            exhausted_for: carry it out and say that this bucket is empty for that many seconds.
            when: only requests whose JSON body this accepts.
        """
        if retry_after is not None and status is None:
            status = 429
        self._rest.append(
            RestFault(
                method.upper(),
                re.compile(path),
                times,
                status=status,
                body=body,
                retry_after=retry_after,
                everywhere=everywhere,
                delay=delay,
                lose_request=lose_request,
                lose_answer=lose_answer,
                exhausted_for=exhausted_for,
                when=when,
            )
        )

    def lose_event(self, name: str, times: int = 1) -> None:
        """The next dispatches of this name never reach the bot."""
        self._events.append(EventFault(name, times, 0))

    def double_event(self, name: str, times: int = 1) -> None:
        """The next dispatches of this name reach the bot twice."""
        self._events.append(EventFault(name, times, 2))

    def clear(self) -> None:
        """No more trouble."""
        self._rest.clear()
        self._events.clear()
        self.refuse_resumes = 0
        self.ignore_heartbeats = False

    def take_rest(self, method: str, path: str, body: object) -> RestFault | None:
        """The trouble waiting for this request, counted as used."""
        for fault in self._rest:
            fits = fault.method in ("*", method) and fault.path.fullmatch(path)
            if not fits or fault.times == 0 or (fault.when is not None and not fault.when(body)):
                continue
            if fault.times is not None:
                fault.times -= 1
            return fault
        return None

    def take_event(self, name: str) -> int:
        """How many times to send this dispatch."""
        for fault in self._events:
            if fault.name == name and fault.times:
                fault.times -= 1
                return fault.copies
        return 1
