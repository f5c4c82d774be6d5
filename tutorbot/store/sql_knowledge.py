"""What servers lay over courses, in a database."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import ValidationError
from sqlalchemy import RowMapping, Select, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from tutorbot.curation.versions import Action, Change, ConflictError, Version
from tutorbot.knowledge.fingerprint import Fingerprint, dump_fingerprint, load_fingerprint
from tutorbot.knowledge.models import Source
from tutorbot.knowledge.overlay import Laid, Overlay
from tutorbot.store.tables import guilds, knowledge_sources, knowledge_versions
from tutorbot.store.transactions import reading, writing
from tutorbot.store.upserting import put, raise_revision

_log = logging.getLogger(__name__)

_held = knowledge_versions.c


class SqlKnowledge:
    """A KnowledgeStore in the database of ``engine``."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def overlay(self, guild: int, course: str) -> Overlay:
        """See KnowledgeStore."""
        newest = (
            select(_held.entry, func.max(_held.number).label("number"), func.min(_held.at).label("first"))
            .where((_held.guild == guild) & (_held.course == course))
            .group_by(_held.entry)
            .subquery()
        )
        wanted = (
            select(knowledge_versions)
            .join(newest, (_held.entry == newest.c.entry) & (_held.number == newest.c.number))
            .where((_held.guild == guild) & (_held.course == course))
            .order_by(newest.c.first, _held.entry)
        )
        async with reading(self._engine) as connection:
            versions = [_version(row) for row in (await connection.execute(wanted)).mappings()]
        return Overlay({one.entry: one.laid for one in versions})

    async def save(
        self, guild: int, course: str, changes: Sequence[Change], *, who: int, at: float, why: str = ""
    ) -> Sequence[Version]:
        """See KnowledgeStore."""
        async with writing(self._engine) as connection:
            await raise_revision(connection, guild)  # first: it makes others wait, so that the numbers stay true
            return await _saved(
                connection, guild, course, changes, Version(guild, course, "", 0, Action.ADD, Laid(), who, at, why)
            )

    async def restore(
        self, guild: int, course: str, entry: str, number: int, *, who: int, at: float, expected: int, why: str = ""
    ) -> Version:
        """See KnowledgeStore."""
        like = Version(guild, course, entry, 0, Action.RESTORE, Laid(), who, at, why)
        async with writing(self._engine) as connection:
            await raise_revision(connection, guild)
            laid = Laid()
            if number:
                wanted = _of(guild, course, [entry]).where(_held.number == number)
                row = (await connection.execute(wanted)).mappings().first()
                if row is None:
                    raise LookupError(number)
                laid = _version(row).laid
            change = Change(entry, laid, Action.RESTORE, expected)
            return (await _saved(connection, guild, course, [change], like))[0]

    async def current(self, guild: int, course: str, entry: str) -> Version | None:
        """See KnowledgeStore."""
        return next(iter(await self.history(guild, course, entry, limit=1)), None)

    async def history(self, guild: int, course: str, entry: str | None = None, limit: int = 50) -> Sequence[Version]:
        """See KnowledgeStore."""
        wanted = select(knowledge_versions).where((_held.guild == guild) & (_held.course == course))
        if entry is None:
            wanted = wanted.order_by(_held.at.desc(), _held.number.desc(), _held.entry)
        else:
            wanted = wanted.where(_held.entry == entry).order_by(_held.number.desc())
        async with reading(self._engine) as connection:
            return [_version(row) for row in (await connection.execute(wanted.limit(limit))).mappings()]

    async def add_source(
        self, guild: int, course: str, source: Source, fingerprint: Fingerprint, *, who: int, at: float
    ) -> None:
        """See KnowledgeStore."""
        row = {
            "guild": guild,
            "course": course,
            "source": source.id,
            "held": source.model_dump_json(),
            "fingerprint": dump_fingerprint(fingerprint),
            "who": who,
            "at": at,
        }
        async with writing(self._engine) as connection:
            await raise_revision(connection, guild)
            await put(connection, knowledge_sources, row)

    async def sources(self, guild: int, course: str) -> Mapping[str, tuple[Source, Fingerprint]]:
        """See KnowledgeStore."""
        held = knowledge_sources.c
        wanted = select(knowledge_sources).where((held.guild == guild) & (held.course == course)).order_by(held.at)
        async with reading(self._engine) as connection:
            rows = (await connection.execute(wanted)).mappings().all()
        return {
            row["source"]: (Source.model_validate_json(row["held"]), load_fingerprint(row["fingerprint"]))
            for row in rows
        }

    async def revisions(self) -> Mapping[int, int]:
        """See KnowledgeStore."""
        async with reading(self._engine) as connection:
            return {
                row.guild: row.revision for row in await connection.execute(select(guilds.c.guild, guilds.c.revision))
            }


def _of(guild: int, course: str, entries: Iterable[str]) -> Select[Any]:
    return select(knowledge_versions).where(
        (_held.guild == guild) & (_held.course == course) & _held.entry.in_(list(entries))
    )


async def _saved(
    connection: AsyncConnection, guild: int, course: str, changes: Sequence[Change], like: Version
) -> Sequence[Version]:
    """The changes as new versions, kept; who, when and why are those of ``like``."""
    wanted = _of(guild, course, {change.entry for change in changes}).order_by(_held.number)
    newest = {row["entry"]: row for row in (await connection.execute(wanted)).mappings()}
    numbers = {entry: row["number"] for entry, row in newest.items()}
    versions = []
    for change in changes:
        number = numbers.get(change.entry, 0)
        if number != change.expected:
            raise ConflictError(
                _version(newest[change.entry]) if change.entry in newest else replace(like, entry=change.entry)
            )
        numbers[change.entry] = number + 1
        versions.append(replace(like, entry=change.entry, number=number + 1, action=change.action, laid=change.laid))
    if versions:
        await connection.execute(insert(knowledge_versions), [_row(version) for version in versions])
    return versions


def _row(version: Version) -> dict[str, object]:
    return {
        "guild": version.guild,
        "course": version.course,
        "entry": version.entry,
        "number": version.number,
        "action": version.action.value,
        "laid": version.laid.model_dump_json(exclude_defaults=True),
        "who": version.who,
        "at": version.at,
        "why": version.why,
    }


def _version(row: RowMapping) -> Version:
    try:
        laid = Laid.model_validate_json(row["laid"])
    except (
        ValidationError
    ):  # written by another version of the bot: the rest of the server's knowledge must not go with it
        _log.exception("A version cannot be read (server %d, `%s`, %d).", row["guild"], row["entry"], row["number"])
        laid = Laid()
    return Version(
        row["guild"],
        row["course"],
        row["entry"],
        row["number"],
        Action(row["action"]),
        laid,
        row["who"],
        row["at"],
        row["why"],
    )
