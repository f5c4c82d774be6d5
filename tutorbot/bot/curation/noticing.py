"""The log of questions asked in vain, watched: moderators see them as they come."""

from collections.abc import Callable, Sequence

from tutorbot.store import Feedback, FeedbackLog


class Noticed:
    """A FeedbackLog that hands on to ``log`` and tells of every server that something new was kept for."""

    def __init__(self, log: FeedbackLog) -> None:
        self._log = log
        self._tell: list[Callable[[int], None]] = []

    def watch(self, tell: Callable[[int], None]) -> None:
        """Have a server's id told whenever something new is kept for it."""
        self._tell.append(tell)

    async def add(self, feedback: Feedback) -> bool:
        """See FeedbackLog."""
        first = await self._log.add(feedback)
        if first and feedback.guild is not None:
            for tell in self._tell:
                tell(feedback.guild)
        return first

    async def all(self, guild: int | None) -> Sequence[Feedback]:
        """See FeedbackLog."""
        return await self._log.all(guild)
