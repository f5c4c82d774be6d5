"""What servers set: validated, kept beside what a later version may know, seen by every process."""

import asyncio
import json
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.store.entries import GUILD, MOD, NOW, OTHER
from tutorbot.errors import SettingsError
from tutorbot.quiz.card import CardKind
from tutorbot.quiz.round.settings import RoundSettings, Scoring
from tutorbot.store.audit import AuditEvent
from tutorbot.store.guilds import AnswerMode, GuildSettings
from tutorbot.store.sql_guilds import SqlAudit, SqlGuilds
from tutorbot.store.sql_knowledge import SqlKnowledge
from tutorbot.store.tables import guilds


@pytest.fixture
def store(engine: AsyncEngine) -> SqlGuilds:
    """An empty store."""
    return SqlGuilds(engine)


async def test_a_server_that_has_set_nothing_has_the_defaults(store: SqlGuilds) -> None:
    assert await store.settings(GUILD) == GuildSettings()
    assert GuildSettings().quiz.round_settings() == RoundSettings()


async def test_a_change_leaves_the_other_settings_and_the_other_servers(store: SqlGuilds) -> None:
    await store.change(GUILD, {"moderator_role": 2**62, "study_channels": [1, 2]}, who=MOD, at=NOW)
    changed = await store.change(GUILD, {"answers": AnswerMode.STUDY_CHANNELS, "quiz": {"cards": 5}}, who=MOD, at=NOW)
    changed = await store.change(GUILD, {"quiz": {"scoring": "relaxed", "kinds": ["type-term"]}}, who=MOD, at=NOW)
    assert changed == await store.settings(GUILD)
    assert (changed.moderator_role, changed.study_channels) == (2**62, (1, 2))
    assert changed.answers is AnswerMode.STUDY_CHANNELS
    expected = RoundSettings(cards=5, scoring=Scoring.RELAXED, kinds=(CardKind.TYPE_TERM,), seconds=20)
    assert changed.quiz.round_settings(seconds=20, cards=None) == expected
    assert await store.settings(OTHER) == GuildSettings()


async def test_two_changes_at_the_same_instant_are_both_kept(store: SqlGuilds, second: AsyncEngine) -> None:
    fields: tuple[dict[str, Any], ...] = (
        {"moderator_role": 5},
        {"moderator_channel": 6},
        {"audit_channel": 7},
        {"course": "a"},
    )
    stores = (store, SqlGuilds(second)) * 2
    await asyncio.gather(
        *(one.change(GUILD, field, who=MOD, at=NOW) for one, field in zip(stores, fields, strict=True))
    )
    held = await store.settings(GUILD)
    assert (held.moderator_role, held.moderator_channel, held.audit_channel, held.course) == (5, 6, 7, "a")


async def test_what_an_earlier_version_kept_of_courses_is_left_as_it_is(store: SqlGuilds, engine: AsyncEngine) -> None:
    await store.change(GUILD, {"moderator_role": 5}, who=MOD, at=NOW)
    async with engine.begin() as connection:
        await connection.execute(update(guilds).values(settings='{"courses": ["sea", "land"], "moderator_role": 5}'))
    held = await store.settings(GUILD)
    assert (held.course, held.moderator_role) == (None, 5)
    assert (await store.change(GUILD, {"course": "sea"}, who=MOD, at=NOW)).course == "sea"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"quiz": {"cards": 500}}, r"The setting `quiz\.cards` cannot be used: .*50"),
        ({"answers": "everywhere"}, r"The setting `answers` cannot be used"),
        ({"course": "../elsewhere"}, r"The setting `course` cannot be used"),
        ({"colour": "red"}, r"There is no setting `colour`"),
        ({"quiz": {"colour": "red"}}, r"There is no setting `quiz\.colour`"),
    ],
)
async def test_a_setting_that_does_not_fit_is_one_sentence_and_changes_nothing(
    store: SqlGuilds, fields: dict[str, object], said: str
) -> None:
    with pytest.raises(SettingsError, match=said):
        await store.change(GUILD, {"moderator_role": 5, **fields}, who=MOD, at=NOW)
    assert await store.settings(GUILD) == GuildSettings()


async def test_what_a_later_version_has_set_is_kept_and_what_does_not_fit_has_its_default(
    store: SqlGuilds, engine: AsyncEngine
) -> None:
    await store.change(GUILD, {"moderator_role": 5}, who=MOD, at=NOW)
    later = {"moderator_role": 5, "colour": "red", "quiz": {"cards": 7, "music": True}, "answers": "by-telepathy"}
    async with engine.begin() as connection:
        await connection.execute(update(guilds).values(settings=json.dumps(later)))
    held = await store.settings(GUILD)
    assert (held.moderator_role, held.quiz.cards, held.answers) == (5, 7, AnswerMode.MENTION)
    assert held.quiz.round_settings().cards == 7
    await store.change(GUILD, {"quiz": {"cards": 8}}, who=MOD, at=NOW)
    async with engine.connect() as connection:
        kept = json.loads(await connection.scalar(select(guilds.c.settings)) or "")
    assert kept == {**later, "quiz": {"cards": 8, "music": True}}


async def test_a_change_raises_the_servers_revision_and_is_audited(store: SqlGuilds, engine: AsyncEngine) -> None:
    await store.change(GUILD, {"moderator_role": 5}, who=MOD, at=NOW)
    first = await SqlKnowledge(engine).revisions()
    await store.change(GUILD, {"moderator_role": None}, who=MOD, at=NOW + 1)
    assert (await SqlKnowledge(engine).revisions())[GUILD] > first[GUILD]
    refused = AuditEvent(GUILD, MOD + 1, "refused", "/knowledge add", NOW + 2)
    audit = SqlAudit(engine)
    await audit.add(refused)
    assert await audit.recent(GUILD) == [
        refused,
        AuditEvent(GUILD, MOD, "settings", '{"moderator_role": null}', NOW + 1),
        AuditEvent(GUILD, MOD, "settings", '{"moderator_role": 5}', NOW),
    ]
    assert await audit.recent(OTHER) == []
