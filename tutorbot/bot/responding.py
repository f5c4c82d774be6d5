"""Answering an interaction: "thinking…" at once, then the message; whatever fails is told to the person."""

import logging
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import aiohttp
import discord
from discord.ui import LayoutView

from tutorbot.bot.views.layout import notice
from tutorbot.errors import StoreError, Trouble

if TYPE_CHECKING:
    from tutorbot.bot.client import TutorBot

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Page:
    """A message with files that belong to it."""

    view: LayoutView
    files: tuple[discord.File, ...]


Pages = LayoutView | Page | Sequence[LayoutView]
"""One message or several."""

_UNKNOWN_MESSAGE, _UNKNOWN_WEBHOOK, _UNKNOWN_INTERACTION, _ACKNOWLEDGED = 10008, 10015, 10062, 40060
_NOBODY_WAITS = frozenset({_UNKNOWN_MESSAGE, _UNKNOWN_WEBHOOK, _UNKNOWN_INTERACTION})


async def respond(
    interaction: discord.Interaction[Any],
    work: Callable[[], Awaitable[Pages]],
    *,
    private: bool,
    in_place: bool = False,
) -> None:
    """Answer with what ``work`` brings, ``in_place`` of the message that was clicked or as new messages."""
    try:
        await _defer(interaction, private=private, in_place=in_place)
        pages = await work()
        if isinstance(pages, Page):
            await interaction.edit_original_response(view=pages.view, attachments=pages.files)
            return
        first, *rest = [pages] if isinstance(pages, LayoutView) else pages
        await interaction.edit_original_response(view=first)
        for page in rest:
            await interaction.followup.send(view=page, ephemeral=private)
    except Exception as error:
        if isinstance(error, discord.HTTPException) and error.code in _NOBODY_WAITS:
            _log.warning("An answer came too late or its message is gone (%s).", error)
            return
        await apologise(interaction, error, public=not (private or in_place))


async def _defer(interaction: discord.Interaction[Any], *, private: bool, in_place: bool) -> None:
    try:
        if in_place:
            await interaction.response.defer()
        else:
            await interaction.response.defer(thinking=True, ephemeral=private)
    except discord.HTTPException as error:
        if error.code != _ACKNOWLEDGED:
            raise
        _log.info("A deferral was repeated: the first try went through, though its answer was lost.")
    except (aiohttp.ClientError, OSError):
        _log.info("The answer to a deferral was lost; going on as if it went through.")


async def apologise(interaction: discord.Interaction[Any], error: Exception, *, public: bool = False) -> None:
    """Log an error and tell the person privately; ``public``: "thinking…" stands there for all to see."""
    view = notice(cast("TutorBot", interaction.client).desks.texts.error(logged(error), _trouble(error)))
    try:
        if not interaction.response.is_done():
            await interaction.response.send_message(view=view, ephemeral=True)
            return
        if public:
            await interaction.delete_original_response()
        await interaction.followup.send(view=view, ephemeral=True)
    except (discord.HTTPException, aiohttp.ClientError, OSError) as unsaid:
        _log.warning("The person could not be told (%s).", unsaid)


def _trouble(error: BaseException) -> Trouble | None:
    return error.trouble if isinstance(error, StoreError) else None


def logged(error: BaseException) -> str:
    """Log an error with its traceback; returns the id that it is found by."""
    reference = secrets.token_hex(3)
    _log.error("An answer failed (id %s).", reference, exc_info=error)
    return reference
