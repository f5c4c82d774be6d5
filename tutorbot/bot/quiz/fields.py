"""Fields for typed answers that were sent: known by their custom_id, so that one opened before a restart still counts."""

import re
from collections.abc import Iterator
from typing import Any

import discord

from tutorbot.bot.once import Once
from tutorbot.bot.quiz.answers import FIELD
from tutorbot.bot.quiz.desk import QuizDesk

_FIELD_ID = re.compile(rf"{FIELD}:(\d+):(\d+):(\d+)")


async def answer_field(interaction: discord.Interaction[Any], desk: QuizDesk, once: Once) -> None:
    """Take the answer if the interaction is such a field, delivered for the first time."""
    data: dict[str, Any] = dict(interaction.data or {})
    match = _FIELD_ID.fullmatch(data.get("custom_id", ""))
    if match is None or not once.first(interaction.id):
        return
    round_id, card, showing = map(int, match.groups())
    await desk.answers.typed(interaction, round_id, card, showing, "\n".join(_values(data.get("components", []))))


def _values(components: list[dict[str, Any]]) -> Iterator[str]:
    for component in components:
        yield from _values(component.get("components", []))
        yield from _values([component["component"]] if "component" in component else [])
        if isinstance(component.get("value"), str):
            yield component["value"]
