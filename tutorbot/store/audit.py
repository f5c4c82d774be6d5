"""Who did what, for those who answer for a server: settings changed, commands refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """``what`` is a word or two ("settings", "refused"), ``detail`` the rest; ids are Discord's, ``at`` unix seconds."""

    guild: int
    who: int
    what: str
    detail: str
    at: float


class AuditLog(Protocol):
    """Keeps audit events. The versions of entries are kept by the KnowledgeStore and are not repeated here."""

    async def add(self, event: AuditEvent) -> None:
        """Keep an event."""
        ...

    async def recent(self, guild: int, limit: int = 50) -> Sequence[AuditEvent]:
        """The newest events of a server, the newest first."""
        ...
