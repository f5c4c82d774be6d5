"""Limits on application commands and on what autocomplete suggests."""

import re
from collections import Counter

from tutorbot.playground.commands import CHAT_INPUT, SUBCOMMAND, SUBCOMMAND_GROUP
from tutorbot.playground.limits.problems import Path, Problems
from tutorbot.playground.model import Json

MOST = {CHAT_INPUT: 100, 2: 15, 3: 15}
"""Commands of each type in one scope: slash commands, user menus, message menus."""

TOGETHER = 8000
"""Characters of names, descriptions and choice values in one slash command."""

NAME = re.compile(r"^[-_'\w]{1,32}$")


def check_commands(commands: list[Json]) -> None:
    """Refuse a list of commands that Discord would not register.

    Raises:
        ApiError: 50035.
    """
    problems = Problems()
    kinds = Counter(command.get("type") or CHAT_INPUT for command in commands)
    for kind, count in kinds.items():
        if count > MOST.get(kind, 1):
            problems.add((), "APPLICATION_COMMAND_TOO_MANY", f"At most {MOST.get(kind, 1)} of type {kind}.")
    seen: set[tuple[object, object]] = set()
    for index, command in enumerate(commands):
        key = (command.get("name"), command.get("type") or CHAT_INPUT)
        if key in seen:
            problems.add((index,), "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
        seen.add(key)
        _check_command(problems, (index,), command)
    problems.settle()


def check_command(command: Json) -> None:
    """Refuse one command that Discord would not register.

    Raises:
        ApiError: 50035.
    """
    problems = Problems()
    _check_command(problems, (), command)
    problems.settle()


def _check_command(problems: Problems, path: Path, command: Json) -> None:
    name = command.get("name")
    if (command.get("type") or CHAT_INPUT) != CHAT_INPUT:
        problems.longer_than((*path, "name"), name, 32, 1)
        if command.get("description"):
            problems.add((*path, "description"), "BASE_TYPE_MAX_LENGTH", "Menus have no description.")
        return
    _check_name(problems, path, name)
    problems.longer_than((*path, "description"), command.get("description"), 100, 1)
    _check_options(problems, path, command.get("options") or [])
    if _size(command) > TOGETHER:
        problems.add(path, "APPLICATION_COMMAND_TOO_LARGE", f"Command exceeds maximum size ({TOGETHER})")


def _check_name(problems: Problems, path: Path, name: object) -> None:
    if not isinstance(name, str) or not NAME.match(name) or name != name.lower():
        problems.add(
            (*path, "name"),
            "APPLICATION_COMMAND_INVALID_NAME",
            "Command name is invalid: 1 to 32 lower-case letters, digits, - or _",
        )


def _check_options(problems: Problems, path: Path, options: list[Json]) -> None:
    problems.more_than((*path, "options"), options, 25)
    names = Counter(option.get("name") for option in options)
    optional_came = False
    for index, option in enumerate(options):
        place = (*path, "options", index)
        _check_name(problems, place, option.get("name"))
        problems.longer_than((*place, "description"), option.get("description"), 100, 1)
        if names[option.get("name")] > 1:
            problems.add((*place, "name"), "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", "Option names must be unique")
        if option.get("type") in (SUBCOMMAND, SUBCOMMAND_GROUP):
            _check_options(problems, place, option.get("options") or [])
            continue
        if option.get("required") and optional_came:
            problems.add(
                place,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            )
        optional_came = optional_came or not option.get("required")
        _check_values(problems, place, option)


def _check_values(problems: Problems, place: Path, option: Json) -> None:
    choices = option.get("choices") or []
    if choices and option.get("autocomplete"):
        problems.add(place, "APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE", "Either choices or autocomplete")
    _note_choices(problems, (*place, "choices"), choices)


def _note_choices(problems: Problems, path: Path, choices: list[Json]) -> None:
    problems.more_than(path, choices, 25)
    for index, choice in enumerate(choices):
        problems.longer_than((*path, index, "name"), choice.get("name"), 100, 1)
        if isinstance(choice.get("value"), str):
            problems.longer_than((*path, index, "value"), choice["value"], 100)


def check_choices(choices: object) -> None:
    """Refuse suggestions that Discord would not show.

    Raises:
        ApiError: 50035.
    """
    problems = Problems(("data",))
    if not isinstance(choices, list):
        problems.add(("choices",), "BASE_TYPE_REQUIRED", "This field is required")
    else:
        _note_choices(problems, ("choices",), choices)
    problems.settle()


def _size(part: Json) -> int:
    size = len(part.get("name") or "") + len(part.get("description") or "")
    for choice in part.get("choices") or []:
        size += len(choice["name"]) + len(str(choice["value"]))
    return size + sum(_size(option) for option in part.get("options") or [])
