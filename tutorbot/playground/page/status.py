"""What whoever started the playground tells the page about the bot, and what the page may ask of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

Phase = Literal["starting", "running", "stopped"]


@dataclass
class BotStatus:
    """How the bot's process is. `problems` are what a check of its files found, as sentences."""

    phase: Phase = "starting"
    problems: tuple[str, ...] = ()
    news: str = ""
    restart: Callable[[], None] | None = None
    watchers: list[Callable[[], None]] = field(default_factory=list)

    def tell(
        self, *, phase: Phase | None = None, problems: tuple[str, ...] | None = None, news: str | None = None
    ) -> None:
        """Change what is told; None leaves a part as it is."""
        self.phase = self.phase if phase is None else phase
        self.problems = self.problems if problems is None else problems
        self.news = self.news if news is None else news
        for watcher in list(self.watchers):
            watcher()
        self.news = ""
