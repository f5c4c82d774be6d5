"""From a text and its buttons to a message."""

from collections.abc import Iterator, Sequence
from typing import Any

import discord
from discord import ui

QUESTION_ID = 1001
"""The component id of the line that repeats the question, by which it is found again in a message."""

ANSWERED = discord.Colour(0x5865F2)
UNSURE = discord.Colour(0xE0A526)
ABSTAINED = discord.Colour(0x80848E)

_ROW = 5
_BLOCKS = 24
"""Of the 40 components that a message may have; the rest is for buttons and what holds them."""


def notice(text: str) -> ui.LayoutView:
    """A message of text alone."""
    return _layout(*_blocks(text))


def card(
    text: str,
    buttons: Sequence[ui.Item[Any]] = (),
    *,
    colour: discord.Colour = ANSWERED,
    question: str = "",
) -> ui.LayoutView:
    """A framed message with buttons; ``question`` is a line above the frame."""
    rows = [ui.ActionRow[ui.LayoutView](*buttons[at : at + _ROW]) for at in range(0, len(buttons), _ROW)]
    frame = ui.Container[ui.LayoutView](*_blocks(text), *rows, accent_colour=colour)
    if not question:
        return _layout(frame)
    return _layout(ui.TextDisplay(question, id=QUESTION_ID), frame)


def _layout(*items: ui.Item[Any]) -> ui.LayoutView:
    view = ui.LayoutView(timeout=None)
    for item in items:
        view.add_item(item)
    return view


def _blocks(text: str) -> Iterator[ui.Item[Any]]:
    blocks = [block.strip() for block in text.split("\n\n") if block.strip()]
    blocks[_BLOCKS - 1 :] = ["\n".join(blocks[_BLOCKS - 1 :])] if len(blocks) >= _BLOCKS else []
    for block in blocks:
        yield ui.Separator() if block == "---" else ui.TextDisplay(block)
