"""All that lasts, in one database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Self

from sqlalchemy.ext.asyncio import AsyncEngine

from tutorbot.store.audit import AuditLog
from tutorbot.store.database import open_database
from tutorbot.store.guilds import GuildStore
from tutorbot.store.knowledge import KnowledgeStore
from tutorbot.store.privacy import Privacy
from tutorbot.store.questions import QuestionStore
from tutorbot.store.reviews import ReviewStore
from tutorbot.store.rounds import RoundStore
from tutorbot.store.sql_guilds import SqlAudit, SqlGuilds
from tutorbot.store.sql_knowledge import SqlKnowledge
from tutorbot.store.sql_privacy import SqlPrivacy
from tutorbot.store.sql_questions import SqlQuestions
from tutorbot.store.sql_reviews import SqlReviews
from tutorbot.store.sql_rounds import SqlRounds
from tutorbot.store.sql_unanswered import SqlUnanswered
from tutorbot.store.unanswered import UnansweredStore


@dataclass(frozen=True, slots=True)
class Stores:
    """What front ends keep and look up."""

    rounds: RoundStore
    knowledge: KnowledgeStore
    guilds: GuildStore
    audit: AuditLog
    questions: QuestionStore
    unanswered: UnansweredStore
    reviews: ReviewStore
    privacy: Privacy

    @classmethod
    def of(cls, engine: AsyncEngine) -> Self:
        """All of them in one database."""
        return cls(
            SqlRounds(engine),
            SqlKnowledge(engine),
            SqlGuilds(engine),
            SqlAudit(engine),
            SqlQuestions(engine),
            SqlUnanswered(engine),
            SqlReviews(engine),
            SqlPrivacy(engine),
        )


@asynccontextmanager
async def open_stores(url: str) -> AsyncIterator[Stores]:
    """The stores of the database at ``url``, brought up to date; closed at the end. Raises SettingsError if it cannot be opened."""
    engine = await open_database(url)
    try:
        yield Stores.of(engine)
    finally:
        await engine.dispose()
