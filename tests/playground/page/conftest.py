"""The page's server without a browser: a study server, a small real bot, and tabs as WebSockets."""

from collections.abc import AsyncIterator
from random import Random

import aiohttp
import discord
import pytest
from discord import app_commands, ui

from tests.playground.client import Bot, Connect
from tests.playground.fixtures import clock, connect, description, local_discord
from tutorbot.playground import LocalDiscord, LocalGuild
from tutorbot.playground.page import BotStatus, Crowd, Room, Site, open_study_server

from .tabs import OpenTab, Tab

__all__ = ["clock", "connect", "description", "local_discord"]


@pytest.fixture
def study(local_discord: LocalDiscord) -> LocalGuild:
    """The study server as at the first start."""
    return open_study_server(local_discord)


@pytest.fixture
async def crowd(study: LocalGuild) -> AsyncIterator[Crowd]:
    """Simulated players who wait for nothing."""
    crowd = Crowd(study, Random(7), pace=0.0)
    yield crowd
    await crowd.close()


@pytest.fixture
def room(local_discord: LocalDiscord, study: LocalGuild, crowd: Crowd) -> Room:
    """What all tabs share."""
    return Room(study, BotStatus("running"), lambda: local_discord.gateway.connected, crowd)


@pytest.fixture
async def site(room: Room) -> AsyncIterator[Site]:
    """The page's server, at any port."""
    async with Site(room, 0) as site:
        yield site


@pytest.fixture
async def open_tab(site: Site) -> AsyncIterator[OpenTab]:
    """Opens tabs as a browser does, and closes them at the end."""
    async with aiohttp.ClientSession() as session:
        opened: list[Tab] = []

        async def open_as(name: str) -> Tab:
            socket = await session.ws_connect(f"{site.address}/tab", headers={"Origin": site.address})
            tab = Tab(socket)
            opened.append(tab)
            await tab.be(name)
            return tab

        yield open_as
        for tab in opened:
            await tab.close()


class Parrot(Bot):
    """A bot with one command of each kind."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents.default())
        tree = self.tree

        @tree.command(name="say", description="Says it again")
        @app_commands.describe(text="What", private="Only to you")
        async def say(interaction: discord.Interaction, text: str, private: bool = False) -> None:
            await interaction.response.send_message(text, ephemeral=private)

        @say.autocomplete("text")
        async def suggest(_: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
            return [app_commands.Choice(name=f"{typed}{end}", value=f"{typed}{end}") for end in "ab"]

        @tree.command(name="form", description="Opens a form")
        async def form(interaction: discord.Interaction) -> None:
            await interaction.response.send_modal(_Form())

        @tree.command(name="buttons", description="Shows buttons and a menu")
        async def buttons(interaction: discord.Interaction) -> None:
            await interaction.response.send_message(view=_Buttons())

        @tree.command(name="ban", description="For moderators")
        @app_commands.default_permissions(manage_guild=True)
        async def ban(interaction: discord.Interaction, who: discord.Member) -> None:
            await interaction.response.send_message(f"{who.id} is banned")

        @tree.context_menu(name="Repeat")
        async def repeat(interaction: discord.Interaction, message: discord.Message) -> None:
            await interaction.response.send_message(message.content, ephemeral=True)


class _Form(ui.Modal, title="A form"):
    answer: ui.Label["_Form"] = ui.Label(text="Answer", component=ui.TextInput(custom_id="answer", max_length=10))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        assert isinstance(self.answer.component, ui.TextInput)
        await interaction.response.send_message(f"You wrote {self.answer.component.value}", ephemeral=True)


class _Buttons(ui.LayoutView):
    row: ui.ActionRow["_Buttons"] = ui.ActionRow()
    menus: ui.ActionRow["_Buttons"] = ui.ActionRow()

    @row.button(label="Press", custom_id="press")
    async def press(self, interaction: discord.Interaction, _button: ui.Button["_Buttons"]) -> None:
        await interaction.response.send_message("Pressed", ephemeral=True)

    @menus.select(
        placeholder="Pick",
        custom_id="pick",
        options=[discord.SelectOption(label="One"), discord.SelectOption(label="Two")],
    )
    async def pick(self, interaction: discord.Interaction, select: ui.Select["_Buttons"]) -> None:
        await interaction.response.send_message(f"Picked {select.values[0]}", ephemeral=True)


@pytest.fixture
async def parrot(study: LocalGuild, connect: Connect) -> Bot:
    """The small bot, connected."""
    return await connect(Parrot())
