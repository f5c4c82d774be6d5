"""The moderators' desk: its parts put together, and what each button leads to."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import discord

from tutorbot.bot.curation.asked import POINT, Asked
from tutorbot.bot.curation.buttons import Act
from tutorbot.bot.curation.cards import Cards
from tutorbot.bot.curation.editing import Editing
from tutorbot.bot.curation.forms import sent_form
from tutorbot.bot.curation.handing import Handing
from tutorbot.bot.curation.importing import Importing
from tutorbot.bot.curation.looking import Looking
from tutorbot.bot.curation.meaning import Likeness
from tutorbot.bot.curation.parts import Interaction, Parts
from tutorbot.bot.curation.proofs import Prints
from tutorbot.bot.curation.saving import Saving
from tutorbot.bot.curation.setting import Settings
from tutorbot.bot.curation.study import Study
from tutorbot.bot.curation.telling import Teller
from tutorbot.bot.curation.undoing import Undoing
from tutorbot.bot.curation.versions import Versions
from tutorbot.bot.desks import Desks
from tutorbot.bot.once import Once
from tutorbot.bot.responding import apologise
from tutorbot.bot.views import shown
from tutorbot.errors import StoreError

_log = logging.getLogger(__name__)

Handler = Callable[..., Awaitable[None]]

_POINT_ID = re.compile(rf"{POINT}:(\d+)")


@dataclass(frozen=True, slots=True)
class _Verb:
    """What a button does, and whether only moderators may do it."""

    handler: Handler
    moderators: bool = True


class CurationDesk:
    """What moderators do, and what concerns everybody's own data."""

    def __init__(
        self,
        parts: Parts,
        desks: Desks,
        label: Callable[[str], str],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """``desks`` answer questions, ``label`` words an export's labels, ``sleep`` waits for so many seconds."""
        self.parts = parts
        self.texts = parts.texts
        likeness = Likeness()
        versions, prints = Versions(parts), Prints(parts.knowledge)
        saving = Saving(parts, versions)
        self.editing = Editing(parts, versions, saving, prints, likeness)
        self.undoing = Undoing(parts, versions, saving)
        self.looking = Looking(parts, versions)
        self.cards = Cards(parts, sleep)
        self.teller = Teller(parts, desks)
        self.asked = Asked(parts, versions, saving, self.editing, self.cards, self.teller)
        self.importing = Importing(parts, versions, saving, self.editing, prints, likeness)
        self.handing = Handing(parts, self.cards, label)
        self.settings = Settings(parts, self.cards.changed)
        self.study = Study(parts, desks)
        self._verbs = self._make_verbs()
        self._keeping: asyncio.Task[None] | None = None

    def _make_verbs(self) -> Mapping[str, _Verb]:
        return {
            "mend": _Verb(self.editing.mend),
            "more": _Verb(self.editing.more),
            "save": _Verb(self.editing.save_anyway),
            "merge": _Verb(self.editing.merge),
            "edit": _Verb(self.editing.edit),
            "show": _Verb(self.looking.show),
            "remove": _Verb(self.undoing.remove),
            "undo": _Verb(self.undoing.undo),
            "restore": _Verb(self.undoing.restore),
            "history": _Verb(self.undoing.history),
            "unanswered": _Verb(self.asked.show),
            "answer": _Verb(self.asked.answer),
            "point": _Verb(self.asked.point),
            "dismiss": _Verb(self.asked.dismiss),
            "import": _Verb(self.importing.act),
            "keep": _Verb(self.undoing.keep, moderators=False),
            "see": _Verb(self.teller.see, moderators=False),
            "quiet": _Verb(self.teller.quiet, moderators=False),
            "forget": _Verb(self.handing.forget, moderators=False),
            "ready": _Verb(self.study.open, moderators=False),
        }

    async def act(self, click: Interaction, verb: str, about: Sequence[str]) -> None:
        """Do what a button is for."""
        known = self._verbs.get(verb)
        if known is None or (known.moderators and not await self.parts.moderates(click)):
            return
        try:
            await known.handler(click, *about)
        except Exception as error:  # a button of an earlier version, at worst
            await apologise(click, error)

    async def heard(self, interaction: Interaction, once: Once) -> None:
        """Take forms that were sent, and clicks that were on their way while their button was taken from the message."""
        if interaction.type is discord.InteractionType.component:
            await self._lost(interaction, once)
            return
        if interaction.type is not discord.InteractionType.modal_submit:
            return
        data: dict[str, Any] = dict(interaction.data or {})
        sent, pointed = sent_form(interaction), _POINT_ID.fullmatch(data.get("custom_id", ""))
        if (sent is None and pointed is None) or not once.first(interaction.id):
            return
        if not await self.parts.moderates(interaction):
            return
        if sent is not None:
            await self.editing.sent(interaction, sent)
        elif pointed is not None:
            await self.asked.pointed(interaction, pointed[1])

    async def _lost(self, click: Interaction, once: Once) -> None:
        """The library drops clicks on what a message no longer shows."""
        data: dict[str, Any] = dict(click.data or {})
        match = Act.__discord_ui_compiled_template__.fullmatch(data.get("custom_id", ""))
        if match is None or click.message is None:
            return
        if any(getattr(one, "custom_id", None) == match[0] for one in shown.components(click.message)):
            return
        if once.first(click.id):
            await self.act(click, match[1], match[2].split(":")[1:])

    def start(self, client: discord.Client) -> None:
        """Send through ``client`` from now on, as soon as it is connected."""
        self.parts.outlet.client = client
        self._keeping = asyncio.create_task(self._keep_up(client))

    async def close(self) -> None:
        """Send nothing any more."""
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.wait({self._keeping})

    async def _keep_up(self, client: discord.Client) -> None:
        """Tell and show what was left from before the last stop, then what comes."""
        await client.wait_until_ready()
        await self.teller.tell_all()
        for guild in self.parts.outlet.guilds:
            try:
                await self.cards.take_up(guild)
            except StoreError as error:
                _log.warning("What was asked in vain cannot be shown now (%s).", error)
        await self.cards.keep_up()
