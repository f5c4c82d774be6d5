"""Questions that were asked, in a database."""

import json
from collections.abc import Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from tutorbot.store.questions import RETENTION_DAYS, AskedQuestion, Outcome
from tutorbot.store.sql_unanswered import drop_empty_groups
from tutorbot.store.tables import feedback, questions
from tutorbot.store.transactions import reading, writing

_DAY = 86_400.0


class SqlQuestions:
    """A QuestionStore in the database of ``engine``."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def log(self, question: AskedQuestion) -> None:
        """See QuestionStore."""
        row = {
            "guild": question.guild,
            "channel": question.channel,
            "message": question.message,
            "person": question.person,
            "course": question.course,
            "text": question.text,
            "outcome": question.outcome.value,
            "entries": json.dumps(question.entries),
            "confidence": question.confidence,
            "at": question.at,
        }
        async with writing(self._engine) as connection:
            await connection.execute(insert(questions).values(row))

    async def asked(self, guild: int, since: float = 0.0) -> Sequence[AskedQuestion]:
        """See QuestionStore."""
        held = questions.c
        wanted = select(questions).where((held.guild == guild) & (held.at >= since)).order_by(held.at, held.id)
        async with reading(self._engine) as connection:
            rows = (await connection.execute(wanted)).mappings().all()
        return [
            AskedQuestion(
                course=row["course"],
                text=row["text"],
                outcome=Outcome(row["outcome"]),
                entries=tuple(json.loads(row["entries"])),
                confidence=row["confidence"],
                at=row["at"],
                guild=row["guild"],
                channel=row["channel"],
                message=row["message"],
                person=row["person"],
            )
            for row in rows
        ]

    async def purge(self, now: float, days: int = RETENTION_DAYS) -> int:
        """See QuestionStore."""
        before = now - days * _DAY
        removed = 0
        async with writing(self._engine) as connection:
            for table in (questions, feedback):
                removed += (await connection.execute(delete(table).where(table.c.at < before))).rowcount
            await drop_empty_groups(connection)
        return removed
