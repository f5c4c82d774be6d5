"""What a server has set."""

import logging
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Protocol

from pydantic import ConfigDict, Field, ValidationError

from tutorbot.knowledge.models import Model, Slug
from tutorbot.quiz.round.settings import RoundSettings

_log = logging.getLogger(__name__)


class AnswerMode(StrEnum):
    """Which messages are answered, besides commands."""

    MENTION = "mention"
    """Those that mention the bot or reply to it."""
    STUDY_CHANNELS = "study-channels"
    """Questions in study channels, too, shown to the asker alone."""


class QuizDefaults(RoundSettings):
    """What a round has unless its host chooses otherwise. Keys of a later version are kept as they are."""

    model_config = ConfigDict(extra="allow")

    def round_settings(self, **given: Any) -> RoundSettings:
        """The settings of a round; those that are given and not None come first. Raises pydantic's ValidationError."""
        own = {name: getattr(self, name) for name in RoundSettings.model_fields}
        return RoundSettings.model_validate(
            {**own, **{key: value for key, value in given.items() if value is not None}}
        )


class GuildSettings(Model):
    """A server's settings. Ids are Discord's. Keys of a later version are kept as they are."""

    model_config = ConfigDict(extra="allow")

    course: Slug | None = None
    """The id of the course that the server chose."""
    study_channels: tuple[int, ...] = ()
    moderator_role: int | None = None
    """The role that may change the knowledge, besides those who manage messages."""
    moderator_channel: int | None = None
    """Where questions asked in vain and appeals are shown."""
    audit_channel: int | None = None
    """Where every change of the knowledge is told."""
    answers: AnswerMode = AnswerMode.MENTION
    quiz: QuizDefaults = Field(default_factory=QuizDefaults)


def read_guild_settings(held: Mapping[str, Any]) -> GuildSettings:
    """The settings that were kept; what does not fit any more has its default."""
    held = dict(held)
    while True:
        try:
            return GuildSettings.model_validate(held)
        except ValidationError as error:
            for field in {str(one["loc"][0]) for one in error.errors()}:
                _log.warning("A server's setting that does not fit any more has its default (%s).", field)
                del held[field]


class GuildStore(Protocol):
    """Keeps the settings of servers."""

    async def settings(self, guild: int) -> GuildSettings:
        """A server's settings; the defaults if it has set nothing."""
        ...

    async def change(self, guild: int, fields: Mapping[str, Any], *, who: int, at: float) -> GuildSettings:
        """Set these fields and leave the others; all of them as they are then. Raises SettingsError if one does not fit."""
        ...
