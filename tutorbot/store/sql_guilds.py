"""Servers' settings and their audit events, in a database."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError
from sqlalchemy import Select, insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from tutorbot.errors import SettingsError
from tutorbot.store.audit import AuditEvent
from tutorbot.store.guilds import GuildSettings, QuizDefaults, read_guild_settings
from tutorbot.store.tables import audit_events, guilds
from tutorbot.store.transactions import reading, writing
from tutorbot.store.upserting import raise_revision


class SqlGuilds:
    """A GuildStore in the database of ``engine``."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def settings(self, guild: int) -> GuildSettings:
        """See GuildStore."""
        async with reading(self._engine) as connection:
            held = await connection.scalar(_held(guild))
        return read_guild_settings(json.loads(held or "{}"))

    async def change(self, guild: int, fields: Mapping[str, Any], *, who: int, at: float) -> GuildSettings:
        """See GuildStore. The change is kept as an audit event, too."""
        plain = {name: _plain(value) for name, value in fields.items()}
        _check_names("", plain, GuildSettings)
        _check_names("quiz.", plain.get("quiz") or {}, QuizDefaults)
        async with writing(self._engine) as connection:
            await raise_revision(connection, guild)  # first: it makes others wait
            held = json.loads(await connection.scalar(_held(guild)) or "{}")
            changed = {**held, **plain}
            if "quiz" in plain:
                changed["quiz"] = {**held.get("quiz", {}), **plain["quiz"]}
            try:
                GuildSettings.model_validate({name: changed[name] for name in plain})
            except ValidationError as error:
                raise _unusable(error) from error
            await connection.execute(
                update(guilds).where(guilds.c.guild == guild).values(settings=json.dumps(changed, ensure_ascii=False))
            )
            detail = json.dumps(plain, ensure_ascii=False)
            await connection.execute(
                insert(audit_events).values(guild=guild, who=who, what="settings", detail=detail, at=at)
            )
        return read_guild_settings(changed)


class SqlAudit:
    """An AuditLog in the database of ``engine``."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def add(self, event: AuditEvent) -> None:
        """See AuditLog."""
        row = {"guild": event.guild, "who": event.who, "what": event.what, "detail": event.detail, "at": event.at}
        async with writing(self._engine) as connection:
            await connection.execute(insert(audit_events).values(row))

    async def recent(self, guild: int, limit: int = 50) -> Sequence[AuditEvent]:
        """See AuditLog."""
        held = audit_events.c
        wanted = select(held.guild, held.who, held.what, held.detail, held.at).where(held.guild == guild)
        async with reading(self._engine) as connection:
            rows = (await connection.execute(wanted.order_by(held.id.desc()).limit(limit))).all()
        return [AuditEvent(*row) for row in rows]


def _held(guild: int) -> Select[Any]:
    return select(guilds.c.settings).where(guilds.c.guild == guild)


def _plain(value: Any) -> Any:
    """The value as JSON has it."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_unset=True)
    return json.loads(json.dumps(value))


def _check_names(prefix: str, fields: Mapping[str, Any], model: type[BaseModel]) -> None:
    for name in fields:
        if name not in model.model_fields:
            raise SettingsError(f"There is no setting `{prefix}{name}`; check its spelling.")


def _unusable(error: ValidationError) -> SettingsError:
    first = error.errors(include_url=False, include_input=False)[0]
    name = ".".join(str(part) for part in first["loc"])
    said = first["msg"][0].lower() + first["msg"][1:]
    return SettingsError(f"The setting `{name}` cannot be used: {said}.")
