"""Buttons and menus of the moderators' side: what they do and to what stands in the custom_id, so that they work after a restart."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self, cast

import discord
from discord import ui

if TYPE_CHECKING:
    from tutorbot.bot.client import TutorBot

Button = ui.Button[ui.LayoutView]
Click = discord.Interaction[Any]

_STYLES = {
    "save": discord.ButtonStyle.primary,
    "merge": discord.ButtonStyle.primary,
    "mend": discord.ButtonStyle.primary,
    "answer": discord.ButtonStyle.primary,
    "accept": discord.ButtonStyle.success,
    "ready": discord.ButtonStyle.primary,
    "remove": discord.ButtonStyle.danger,
    "forget": discord.ButtonStyle.danger,
}
"""The buttons that are not grey."""


class Act(ui.DynamicItem[Button], template=r"kn:([a-z]+)((?::[^:]*)*)"):
    """A button: its verb, and what the verb is about."""

    def __init__(self, label: str, verb: str, *about: str) -> None:
        style = _STYLES.get(verb, discord.ButtonStyle.secondary)
        super().__init__(Button(label=label, style=style, custom_id=":".join(("kn", verb, *about))))
        self.verb = verb
        self.about = about

    @classmethod
    def of(cls, label: str, verb: str, *about: object) -> Self:
        """The button that does ``verb`` to something; the custom_id has room for about 90 characters of it."""
        return cls(label, verb, *map(str, about))

    @classmethod
    async def from_custom_id(
        cls,
        interaction: Click,  # noqa: ARG003 - the library's signature
        item: ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        """The button that was clicked."""
        return cls(cast(Button, item).label or "", match[1], *match[2].split(":")[1:])

    async def callback(self, interaction: Click) -> None:
        """Hand the click to the desk."""
        client = cast("TutorBot", interaction.client)
        if client.curation is not None and client.once.first(interaction.id):
            await client.curation.act(interaction, self.verb, self.about)


AnyMenu = ui.Select[ui.LayoutView] | ui.ChannelSelect[ui.LayoutView] | ui.RoleSelect[ui.LayoutView]


class Pick(ui.DynamicItem[Any], template=r"kn-pick:([a-z_]+)"):
    """A menu that sets something."""

    def __init__(self, menu: AnyMenu, name: str) -> None:
        super().__init__(menu)
        self.name = name

    @classmethod
    async def from_custom_id(
        cls,
        interaction: Click,  # noqa: ARG003 - the library's signature
        item: ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        """The menu that was used."""
        return cls(cast(AnyMenu, item), match[1])

    async def callback(self, interaction: Click) -> None:
        """Hand the choice to the desk."""
        client = cast("TutorBot", interaction.client)
        data: dict[str, Any] = dict(interaction.data or {})
        chosen: Sequence[str] = data.get("values") or []
        if client.curation is not None and client.once.first(interaction.id):
            await client.curation.settings.pick(interaction, self.name, chosen)


def menu_id(name: str) -> str:
    """The custom_id of the menu that sets ``name``."""
    return f"kn-pick:{name}"


CURATION_ITEMS: tuple[type[ui.DynamicItem[Any]], ...] = (Act, Pick)
