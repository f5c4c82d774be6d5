"""A clock that a test can put forward."""

import time


class Clock:
    """Real time plus what was skipped; calling it gives unix seconds."""

    def __init__(self) -> None:
        self._skipped = 0.0

    def __call__(self) -> float:
        return time.time() + self._skipped

    def forward(self, seconds: float) -> None:
        """Let time pass at once: an interaction fails, a token ends."""
        self._skipped += seconds
