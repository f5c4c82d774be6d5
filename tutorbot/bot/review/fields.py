"""Fields for typed answers that were sent: known by their custom_id, so that one opened before a restart still counts."""

import re
from typing import Any

import discord

from tutorbot.bot.once import Once
from tutorbot.bot.review.asked import ASKED, Asked
from tutorbot.bot.review.desk import FIELD, ReviewDesk

_FIELD_ID = re.compile(f"{FIELD}:{ASKED}")


async def review_field(interaction: discord.Interaction[Any], desk: ReviewDesk, once: Once) -> None:
    """Take the answer if the interaction is such a field, delivered for the first time."""
    data: dict[str, Any] = dict(interaction.data or {})
    match = _FIELD_ID.fullmatch(data.get("custom_id", ""))
    if match is not None and once.first(interaction.id):
        [label] = data["components"]
        await desk.typed(interaction, Asked.unpacked(*match.groups()), label["component"]["value"])
