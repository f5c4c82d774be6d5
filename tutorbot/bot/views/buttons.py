"""Buttons that carry their state in their custom_id, so that they work after a restart."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast

import discord
from discord import ui

from tutorbot.bot.asker import Asker
from tutorbot.bot.entry_keys import EntryKeys
from tutorbot.bot.responding import Pages, respond
from tutorbot.bot.views import shown

if TYPE_CHECKING:
    from tutorbot.bot.client import TutorBot
    from tutorbot.bot.desk import Desk

ANYONE = 0
"""In place of a person's id: whoever clicks is answered privately."""

_ROOM = 100
_KEYS = r"([a-z2-7.]+)"

Button = ui.Button[ui.LayoutView]
Click = discord.Interaction[Any]


class _EntryButton(ui.DynamicItem[Button], template=r"nothing"):
    """A button about entries. What a click brings is in ``work``; errors are told to whoever clicked."""

    name: ClassVar[str]

    def __init__(self, label: str, *state: str) -> None:
        custom_id = ":".join((self.name, *state))
        super().__init__(Button(label=label, style=discord.ButtonStyle.secondary, custom_id=custom_id))
        self.state = state

    @classmethod
    def to(cls, label: str, keys: EntryKeys, entries: Sequence[str], *state: str) -> Self:
        """The button for as many of the entries as fit."""
        return cls(label, keys.pack(entries, _ROOM - len(":".join((cls.name, "", *state)))), *state)

    @classmethod
    async def from_custom_id(
        cls,
        interaction: Click,  # noqa: ARG003 - the library's signature
        item: ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        """The button that was clicked."""
        return cls(cast(Button, item).label or "", *match.groups())

    async def interaction_check(self, interaction: Click, /) -> bool:
        """Whether this click was not delivered before."""
        return cast("TutorBot", interaction.client).once.first(interaction.id)

    def in_place(self, person: int) -> bool:  # noqa: ARG002 - for buttons that tell people apart
        """Whether the answer takes the place of the message for this person; else it comes privately."""
        return False

    async def callback(self, interaction: Click) -> None:
        """Answer with what ``work`` brings."""
        desk = cast("TutorBot", interaction.client).desks.of(interaction.guild_id)
        entries = desk.keys.unpack(self.state[0])
        in_place = self.in_place(interaction.user.id)
        await respond(interaction, lambda: self.work(desk, entries, interaction), private=True, in_place=in_place)

    async def work(self, desk: "Desk", entries: tuple[str, ...], click: Click) -> Pages:
        """What the click asks for."""
        raise NotImplementedError


class SourcesButton(_EntryButton, template=f"sources:{_KEYS}"):
    """Shows every quote with its place. By this button a message's entries are found again."""

    name = "sources"

    async def work(self, desk: "Desk", entries: tuple[str, ...], click: Click) -> Pages:  # noqa: ARG002
        """The quotes."""
        return await desk.sources(entries)


class RelatedButton(_EntryButton, template=f"related:{_KEYS}"):
    """Shows the related terms."""

    name = "related"

    async def work(self, desk: "Desk", entries: tuple[str, ...], click: Click) -> Pages:  # noqa: ARG002
        """The terms as buttons."""
        return desk.related(entries)


class UnhelpfulButton(_EntryButton, template=f"unhelpful:{_KEYS}"):
    """Puts a question and its answer before the moderators."""

    name = "unhelpful"

    async def work(self, desk: "Desk", entries: tuple[str, ...], click: Click) -> Pages:
        """Thanks."""
        question = await shown.question(click.message) if click.message else ""
        return await desk.not_helpful(question, entries, Asker.of(click))


class ChoiceButton(_EntryButton, template=rf"choice:{_KEYS}:(\d+)"):
    """Leads to an entry, or to several compared; the second part of its state is who is to choose."""

    name = "choice"

    def in_place(self, person: int) -> bool:
        """In place for the person who is to choose."""
        return person == int(self.state[1])

    async def work(self, desk: "Desk", entries: tuple[str, ...], click: Click) -> Pages:
        """The answer; its question stays above it where it stood."""
        question = shown.repeated_question(click.message) if click.message else ""
        return await desk.show(entries, Asker.of(click), question)


BUTTONS: tuple[type[_EntryButton], ...] = (SourcesButton, RelatedButton, UnhelpfulButton, ChoiceButton)


def lost(click: Click) -> _EntryButton | None:
    """The button that was clicked, if the message no longer shows it: the library drops such clicks."""
    if click.type is not discord.InteractionType.component or click.message is None:
        return None
    custom_id = cast(dict[str, Any], click.data)["custom_id"]
    if any(getattr(component, "custom_id", None) == custom_id for component in shown.components(click.message)):
        return None
    for button in BUTTONS:
        match = button.__discord_ui_compiled_template__.fullmatch(custom_id)
        if match is not None:
            return button("", *match.groups())
    return None
