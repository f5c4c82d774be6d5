"""The application commands that the bot has registered."""

from tutorbot.playground.errors import ApiError, Refusal
from tutorbot.playground.snowflake import Snowflakes

CHAT_INPUT, ON_USER, ON_MESSAGE = 1, 2, 3
SUBCOMMAND, SUBCOMMAND_GROUP = 1, 2

Scope = int | None
"""A guild's id, or None for commands that exist everywhere."""


class CommandBook:
    """Commands by scope. A command that is registered again under its name and type keeps its id."""

    def __init__(self, application_id: int, snowflakes: Snowflakes) -> None:
        self._application_id = application_id
        self._snowflakes = snowflakes
        self._commands: dict[Scope, list[dict[str, object]]] = {}

    def all(self, scope: Scope) -> list[dict[str, object]]:
        """The commands registered in one scope."""
        return self._commands.setdefault(scope, [])

    def usable_in(self, guild_id: Scope) -> list[dict[str, object]]:
        """The commands that people in a guild (or, for None, in direct messages) are offered."""
        return ([] if guild_id is None else self.all(guild_id)) + self.all(None)

    def replace(self, scope: Scope, bodies: list[dict[str, object]]) -> list[dict[str, object]]:
        """Register exactly these."""
        self._commands[scope] = [self._stored(scope, body) for body in bodies]
        return self._commands[scope]

    def add(self, scope: Scope, body: dict[str, object]) -> dict[str, object]:
        """Register one, in place of one with the same name and type."""
        stored = self._stored(scope, body)
        self._commands[scope] = [other for other in self.all(scope) if other["id"] != stored["id"]] + [stored]
        return stored

    def edit(self, scope: Scope, command_id: str, changes: dict[str, object]) -> dict[str, object]:
        """Change one.

        Raises:
            ApiError: 10063.
        """
        command = self.get(scope, command_id)
        command.update(changes, version=str(self._snowflakes.next()))
        return command

    def remove(self, scope: Scope, command_id: str) -> None:
        """Forget one.

        Raises:
            ApiError: 10063.
        """
        self.all(scope).remove(self.get(scope, command_id))

    def get(self, scope: Scope, command_id: str) -> dict[str, object]:
        """One by its id.

        Raises:
            ApiError: 10063.
        """
        for command in self.all(scope):
            if command["id"] == command_id:
                return command
        raise ApiError(Refusal.UNKNOWN_COMMAND)

    def _stored(self, scope: Scope, body: dict[str, object]) -> dict[str, object]:
        kind = body.get("type") or CHAT_INPUT
        same = [old for old in self.all(scope) if (old["name"], old["type"]) == (body["name"], kind)]
        permissions = body.get("default_member_permissions")
        stored: dict[str, object] = {
            "name_localizations": None,
            "description_localizations": None,
            "options": [],
            "dm_permission": True,
            "contexts": None,
            "integration_types": [0],
            "nsfw": False,
            **{key: value for key, value in body.items() if value is not None},
            "id": same[0]["id"] if same else str(self._snowflakes.next()),
            "application_id": str(self._application_id),
            "version": str(self._snowflakes.next()),
            "type": kind,
            "description": body.get("description") or "",
            "default_member_permissions": None if permissions is None else str(permissions),
        }
        if scope is not None:
            stored["guild_id"] = str(scope)
        return stored
