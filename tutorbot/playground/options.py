"""From what a person types after a slash command to the interaction data that Discord sends."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tutorbot.playground.commands import SUBCOMMAND, SUBCOMMAND_GROUP
from tutorbot.playground.errors import ImpossibleError
from tutorbot.playground.model import Attachment, Channel, Guild, Json, Role, User
from tutorbot.playground.posting import Upload
from tutorbot.playground.render import attachment_json, channel_json, member_json, role_json, user_json
from tutorbot.playground.world import World

STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = 3, 4, 5, 6, 7, 8, 9, 10, 11


def find_command(commands: list[dict[str, Any]], path: str, kind: int) -> tuple[Json, list[Json]]:
    """A registered command by its words ("quiz start"), and the groups and subcommand on the way to it.

    Raises:
        ImpossibleError: there is no such command.
    """
    words = path.split() if kind == 1 else [path]
    offered = [command for command in commands if command["type"] == kind]
    command = next((one for one in offered if one["name"] == words[0]), None)
    if command is None:
        names = ", ".join(sorted(str(one["name"]) for one in offered)) or "none at all"
        raise ImpossibleError(f"There is no command {path!r}; there are: {names}.")
    steps: list[Json] = []
    inner: Json = command
    for word in words[1:]:
        below = [one for one in inner.get("options") or [] if one["type"] in (SUBCOMMAND, SUBCOMMAND_GROUP)]
        found = [one for one in below if one["name"] == word]
        if not found:
            names = ", ".join(one["name"] for one in below) or "none"
            raise ImpossibleError(f"{inner['name']!r} has no subcommand {word!r}; it has: {names}.")
        inner = found[0]
        steps.append(inner)
    if any(one["type"] in (SUBCOMMAND, SUBCOMMAND_GROUP) for one in inner.get("options") or []):
        raise ImpossibleError(f"{path!r} needs a subcommand.")
    return command, steps


@dataclass
class Filling:
    """Options being filled in: checks the values as Discord's input does and gathers what they refer to."""

    world: World
    guild: Guild | None
    upload: Any
    resolved: dict[str, Json] = field(default_factory=dict)

    def fill(self, specs: list[Json], given: Mapping[str, Any], focused: str | None = None) -> list[Json]:
        """The options with their values. While one is `focused`, required ones may be missing.

        Raises:
            ImpossibleError: unknown or missing options, values that Discord's input does not take.
        """
        names = {spec["name"] for spec in specs}
        for name in given:
            if name not in names:
                raise ImpossibleError(f"There is no option {name!r}; there are: {', '.join(sorted(names)) or 'none'}.")
        options = []
        for spec in specs:
            name = spec["name"]
            if name not in given:
                if spec.get("required") and focused is None:
                    raise ImpossibleError(f"The option {name!r} is required.")
                continue
            option = {"name": name, "type": spec["type"]}
            if name == focused:
                options.append({**option, "value": given[name], "focused": True})
            else:
                options.append({**option, "value": self._value(spec, given[name])})
        return options

    def _value(self, spec: Json, value: Any) -> Any:
        kind = spec["type"]
        if spec.get("choices"):
            return _choice(spec, value)
        if kind in (STRING, INTEGER, BOOLEAN, NUMBER):
            return _plain(spec, value)
        return self.reference(value, kind, spec["name"])

    def reference(self, value: Any, kind: int, name: str) -> str:
        """The id of a user, role, channel or file, whose object goes into `resolved`.

        Raises:
            ImpossibleError: it is something else than the option takes.
        """
        if isinstance(value, Upload) and kind == ATTACHMENT:
            attachment: Attachment = self.upload(0, value)
            return self._keep("attachments", attachment.id, attachment_json(attachment))
        if isinstance(value, Channel) and kind == CHANNEL:
            shown = channel_json(value, self.world.permissions(self.world.bot, value))
            return self._keep("channels", value.id, shown)
        if isinstance(value, Role) and kind in (ROLE, MENTIONABLE):
            return self._keep("roles", value.id, role_json(value))
        user = value if isinstance(value, User) else getattr(value, "user", None)
        if isinstance(user, User) and kind in (USER, MENTIONABLE):
            return self._user(user)
        raise ImpossibleError(f"The option {name!r} does not take {value!r}.")

    def _user(self, user: User) -> str:
        if self.guild is not None and user.id in self.guild.members:
            member = self.guild.members[user.id]
            may = self.world.guild_permissions(self.guild, member)
            shown = {**member_json(member, with_user=False), "permissions": str(int(may))}
            self._keep("members", user.id, shown)
        return self._keep("users", user.id, user_json(user))

    def _keep(self, group: str, key: int, shown: Json) -> str:
        self.resolved.setdefault(group, {})[str(key)] = shown
        return str(key)


def _choice(spec: Json, value: Any) -> Any:
    for choice in spec["choices"]:
        if value in (choice["value"], choice["name"]):
            return choice["value"]
    offered = ", ".join(repr(choice["name"]) for choice in spec["choices"])
    raise ImpossibleError(f"The option {spec['name']!r} offers {offered}, not {value!r}.")


def _plain(spec: Json, value: Any) -> Any:
    name = spec["name"]
    takes = {STRING: (str,), INTEGER: (int,), BOOLEAN: (bool,), NUMBER: (int, float)}[spec["type"]]
    if not isinstance(value, takes) or (isinstance(value, bool) and spec["type"] != BOOLEAN):
        raise ImpossibleError(f"The option {name!r} takes {takes[-1].__name__}, not {value!r}.")
    if isinstance(value, str):
        least, most = spec.get("min_length") or 0, spec.get("max_length") or 6000
        if not least <= len(value) <= most:
            raise ImpossibleError(f"The option {name!r} takes {least} to {most} characters, not {len(value)}.")
    elif not isinstance(value, bool):
        least, most = spec.get("min_value"), spec.get("max_value")
        if (least is not None and value < least) or (most is not None and value > most):
            raise ImpossibleError(f"The option {name!r} takes {least} to {most}, not {value}.")
    return value


def command_data(command: Json, steps: list[Json], options: list[Json], resolved: dict[str, Json]) -> Json:
    """The `data` of a slash command's interaction, its options inside its groups and subcommand."""
    for step in reversed(steps):
        options = [{"name": step["name"], "type": step["type"], "options": options}]
    return _about(command, resolved) | {"options": options}


def menu_data(command: Json, target: int, resolved: dict[str, Json]) -> Json:
    """The `data` of a context menu's interaction."""
    return _about(command, resolved) | {"target_id": str(target)}


def _about(command: Json, resolved: dict[str, Json]) -> Json:
    data: Json = {"id": command["id"], "name": command["name"], "type": command["type"]}
    if "guild_id" in command:
        data["guild_id"] = command["guild_id"]
    if resolved:
        data["resolved"] = resolved
    return data
