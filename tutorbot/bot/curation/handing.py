"""Files and personal data, handed over privately."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO

import discord
from discord.ui import LayoutView

from tutorbot.bot.curation.buttons import Act
from tutorbot.bot.curation.cards import Cards
from tutorbot.bot.curation.parts import Interaction, Parts
from tutorbot.bot.views.layout import UNSURE, card, notice
from tutorbot.knowledge.exporting import SUFFIX, Form, Labels, exported
from tutorbot.store.questions import RETENTION_DAYS


class Handing:
    """Exports the notes; shows, hands over and deletes what is kept about a person. ``label`` words an export's labels."""

    def __init__(self, parts: Parts, cards: Cards, label: Callable[[str], str]) -> None:
        self._parts = parts
        self._cards = cards
        self._labels = Labels(gloss=label("gloss"), erratum=label("erratum"), note=label("note"))

    async def export(self, interaction: Interaction, form: Form) -> None:
        """The notes as the server has them, as a file."""

        async def work() -> LayoutView:
            course = self._parts.course(interaction.guild_id or 0)
            now = datetime.fromtimestamp(self._parts.clock(), UTC)
            made = await asyncio.to_thread(exported, course, form, self._labels, now=now)
            if len(made) > interaction.filesize_limit:
                return notice(self._parts.texts.notice("export_too_large"))
            await self._hand(interaction, made, f"{course.id}{SUFFIX[form]}")
            return notice(self._parts.texts.notice("exported"))

        await self._parts.answer(interaction, work)

    async def show(self, interaction: Interaction) -> None:
        """How much is kept about the person."""

        async def work() -> LayoutView:
            person = interaction.user.id
            data = await self._parts.privacy.data_of(person)
            quiet = await self._parts.unanswered.opted_out(person)
            counts = {kind: len(rows) for kind, rows in data.items()}
            return notice(
                self._parts.texts.render("privacy", which="show", counts=counts, quiet=quiet, days=RETENTION_DAYS)
            )

        await self._parts.answer(interaction, work)

    async def hand_over(self, interaction: Interaction) -> None:
        """All that is kept about the person, as a file."""

        async def work() -> LayoutView:
            data = await self._parts.privacy.data_of(interaction.user.id)
            held = json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")
            await self._hand(interaction, held, "tutorbot-privacy.json")
            return notice(self._parts.texts.notice("privacy_file"))

        await self._parts.answer(interaction, work)

    async def ask_to_forget(self, interaction: Interaction) -> None:
        """Ask once."""

        async def work() -> LayoutView:
            button = self._parts.texts.button
            buttons = [
                Act.of(button("forget"), "forget", interaction.user.id),
                Act.of(button("keep"), "keep"),
            ]
            return card(self._parts.texts.render("privacy", which="ask"), buttons, colour=UNSURE)

        await self._parts.answer(interaction, work)

    async def forget(self, click: Interaction, person: str) -> None:
        """Delete what is kept about the person who clicks."""

        async def work() -> LayoutView:
            if click.user.id != int(person):
                return notice(self._parts.texts.notice("not_yours"))
            async with self._cards.swept():
                done = await self._parts.privacy.forget(click.user.id)
            return notice(
                self._parts.texts.render(
                    "privacy",
                    which="done",
                    removed=done.removed,
                    replaced=done.replaced,
                    playing=bool(done.playing),
                )
            )

        await self._parts.answer(click, work)

    async def notices(self, interaction: Interaction, on: bool) -> None:
        """Whether the person is told when a question is answered."""

        async def work() -> LayoutView:
            await self._parts.unanswered.opt_out(interaction.user.id, not on)
            return notice(self._parts.texts.notice("notices_on" if on else "notices_off"))

        await self._parts.answer(interaction, work)

    async def _hand(self, interaction: Interaction, data: bytes, name: str) -> None:
        await interaction.followup.send(file=discord.File(BytesIO(data), name), ephemeral=True)
