"""Files on their way into a message or a form."""

import re
import secrets

from tutorbot.playground.errors import ImpossibleError
from tutorbot.playground.posting import Upload

LARGEST = 10 * 1024 * 1024
"""Bytes of one file."""
MOST = 40
"""Files that wait at the same time; the oldest goes first."""


class Uploads:
    """Keeps files until they are sent."""

    def __init__(self) -> None:
        self._waiting: dict[str, Upload] = {}

    def keep(self, name: str, data: bytes) -> str:
        """Keep a file and return its id."""
        while len(self._waiting) >= MOST:
            del self._waiting[next(iter(self._waiting))]
        key = secrets.token_urlsafe(12)
        self._waiting[key] = Upload(re.sub(r"[^\w.-]+", "_", name)[-80:].lstrip(".") or "file", data)
        return key

    def take(self, key: str) -> Upload:
        """Take a file out.

        Raises:
            ImpossibleError: there is none of that id.
        """
        if key not in self._waiting:
            raise ImpossibleError("That file is gone; choose it again.")
        return self._waiting.pop(key)
