"""From method and path to the function that answers."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from tutorbot.playground.errors import ApiError, Refusal
from tutorbot.playground.posting import Upload


@dataclass(frozen=True)
class Call:
    """A request: `body` is its JSON, `files` its uploads by number, `names` what the path's braces held."""

    method: str
    path: str
    query: Mapping[str, str]
    body: Any = None
    files: Mapping[int, Upload] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def id(self, name: str) -> int:
        """A snowflake from the path."""
        return int(self.names[name])

    @property
    def form(self) -> dict[str, Any]:
        """The body as an object.

        Raises:
            ApiError: 50109 when it is something else.
        """
        if self.body is None:
            return {}
        if not isinstance(self.body, dict):
            raise ApiError(Refusal.NOT_JSON)
        return self.body


@dataclass(frozen=True)
class Answer:
    """A status and its JSON; without JSON the answer is empty."""

    status: int = 200
    body: Any = None


NOTHING = Answer(204)

Handler = Callable[[Call], Answer]


@dataclass(frozen=True)
class Route:
    """A method and path with `{names}`; ids among them are digits. `open` ones need no bot token."""

    method: str
    template: str
    handler: Handler
    open: bool = False

    @property
    def pattern(self) -> re.Pattern[str]:
        """The template as a regular expression."""
        parts = re.split(r"\{(\w+)\}", self.template)
        pieces = [
            f"(?P<{part}>{r'[0-9]+' if part.endswith('_id') else '[^/]+'})" if odd % 2 else re.escape(part)
            for odd, part in enumerate(parts)
        ]
        return re.compile("".join(pieces))


class Router:
    """Finds the route of a path; literal ones come before those with names."""

    def __init__(self, routes: Iterable[Route]) -> None:
        ordered = sorted(routes, key=lambda route: route.template.count("{"))
        self._routes = [(route, route.pattern) for route in ordered]

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
        """The route and what its names stand for."""
        for route, pattern in self._routes:
            if route.method == method and (match := pattern.fullmatch(path)):
                return route, {name: unquote(value) for name, value in match.groupdict().items()}
        return None
