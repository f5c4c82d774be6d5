"""What a server has set, as a message of menus; each choice counts at once."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import discord
from discord import ui
from discord.ui import LayoutView

from tutorbot.bot.curation.buttons import Pick, menu_id
from tutorbot.bot.curation.parts import Interaction, Parts
from tutorbot.bot.texts import suggestion
from tutorbot.bot.views.layout import card
from tutorbot.errors import SettingsError, StoreError
from tutorbot.store.guilds import AnswerMode, GuildSettings

_CHANNELS = [discord.ChannelType.text, discord.ChannelType.public_thread, discord.ChannelType.forum]
_WRITABLE = [discord.ChannelType.text, discord.ChannelType.private_thread, discord.ChannelType.public_thread]
_MOST = 25


class Settings:
    """Shows the settings and takes choices; ``changed`` is told of every server that changes some."""

    def __init__(self, parts: Parts, changed: Callable[[int], None]) -> None:
        self._parts = parts
        self._changed = changed

    async def show(self, interaction: Interaction) -> None:
        """The settings as they are."""
        if not await self._parts.manages(interaction):
            return

        async def work() -> LayoutView:
            return await self._page(await self._parts.guilds.settings(interaction.guild_id or 0), interaction)

        await self._parts.answer(interaction, work)

    async def pick(self, interaction: Interaction, name: str, chosen: Sequence[str]) -> None:
        """Set something to what was chosen in its menu."""
        if not await self._parts.manages(interaction):
            return
        guild = interaction.guild_id or 0

        async def work() -> LayoutView:
            texts = self._parts.texts
            try:
                at = self._parts.clock()
                changed = await self._parts.guilds.change(guild, _value(name, chosen), who=interaction.user.id, at=at)
            except SettingsError:
                return await self._page(await self._parts.guilds.settings(guild), interaction, texts.setting("bad"))
            except StoreError as error:
                said = texts.trouble(error.trouble, kept=False)
                return await self._page(self._parts.tutors.settings_of(guild), interaction, said)
            self._changed(guild)
            with suppress(StoreError):  # it is saved; the next look at the store finds it
                await self._parts.tutors.refresh()
            opening = self._parts.tutors.opening(guild)
            if opening is not None:  # it may take a minute
                await interaction.edit_original_response(view=await self._page(changed, interaction))
                await asyncio.wait({opening})
                changed = self._parts.tutors.settings_of(guild)  # somebody may have chosen again
            return await self._page(changed, interaction, texts.setting("changed"))

        await self._parts.answer(interaction, work)

    async def _page(self, held: GuildSettings, interaction: Interaction, said: str = "") -> LayoutView:
        texts, tutors = self._parts.texts, self._parts.tutors
        course = self._parts.course(interaction.guild_id or 0)
        installed = await asyncio.to_thread(tutors.courses.installed)
        if held.course not in (None, course.id):
            state = "gone" if held.course not in installed else "failed" if held.course in tutors.failed else "opening"
            wanted = installed.get(held.course, held.course)
            said = f"{said} {texts.render('course', state=state, wanted=wanted, course=course.title)}".strip()
        if held.answers is AnswerMode.STUDY_CHANNELS and not self._parts.outlet.reads_messages:
            said = f"{said} {texts.setting('no_intent')}".strip()
        view = card(texts.render("settings", course=course.title, said=said))
        for name, menu in [*self._courses(installed, held.course or course.id), *self._menus(held)]:
            view.add_item(ui.TextDisplay[LayoutView](texts.setting(name)))
            row = ui.ActionRow[LayoutView]()
            row.add_item(Pick(menu, name))
            view.add_item(row)
        return view

    def _courses(self, installed: Mapping[str, str], chosen: str) -> list[tuple[str, Any]]:
        """The menu of courses, if there is more than one."""
        if len(installed) < 2:
            return []
        options = [
            discord.SelectOption(label=suggestion(title), value=course, default=course == chosen)
            for course, title in list(installed.items())[:_MOST]
        ]
        menu = ui.Select[LayoutView](
            custom_id=menu_id("course"), options=options, placeholder=self._parts.texts.setting("none")
        )
        return [("course", menu)]

    def _menus(self, held: GuildSettings) -> list[tuple[str, Any]]:
        return [
            ("study_channels", self._channels("study_channels", held.study_channels, _CHANNELS, most=_MOST)),
            ("moderator_role", self._role(held.moderator_role)),
            ("moderator_channel", self._channels("moderator_channel", _one(held.moderator_channel), _WRITABLE)),
            ("audit_channel", self._channels("audit_channel", _one(held.audit_channel), _WRITABLE)),
            ("answers", self._answers(held.answers)),
        ]

    def _channels(
        self, name: str, chosen: Sequence[int], kinds: list[discord.ChannelType], most: int = 1
    ) -> ui.ChannelSelect[LayoutView]:
        defaults = [
            discord.SelectDefaultValue(id=one, type=discord.SelectDefaultValueType.channel) for one in chosen[:most]
        ]
        return ui.ChannelSelect(
            custom_id=menu_id(name),
            channel_types=kinds,
            min_values=0,
            max_values=most,
            default_values=defaults,
            placeholder=self._parts.texts.setting("none"),
        )

    def _role(self, chosen: int | None) -> ui.RoleSelect[LayoutView]:
        defaults = [
            discord.SelectDefaultValue(id=one, type=discord.SelectDefaultValueType.role) for one in _one(chosen)
        ]
        return ui.RoleSelect(
            custom_id=menu_id("moderator_role"),
            min_values=0,
            max_values=1,
            default_values=defaults,
            placeholder=self._parts.texts.setting("none"),
        )

    def _answers(self, chosen: AnswerMode) -> ui.Select[LayoutView]:
        options = [
            discord.SelectOption(label=self._parts.texts.setting(mode.value), value=mode.value, default=mode is chosen)
            for mode in AnswerMode
        ]
        return ui.Select(custom_id=menu_id("answers"), options=options)


def _one(chosen: int | None) -> list[int]:
    return [] if chosen is None else [chosen]


def _value(name: str, chosen: Sequence[str]) -> dict[str, Any]:
    """The field that a menu sets."""
    if name == "course":
        return {name: chosen[0] if chosen else None}
    if name == "answers":
        return {name: chosen[0] if chosen else AnswerMode.MENTION.value}
    ids = [int(one) for one in chosen]
    if name == "study_channels":
        return {name: ids}
    return {name: ids[0] if ids else None}
