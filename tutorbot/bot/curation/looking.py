"""Looking into the notes as a server has them: all of an entry, words in all entries, names to choose from."""

import asyncio
from collections.abc import Sequence
from typing import Any

from discord.ui import LayoutView

from tutorbot.bot.curation.buttons import Act
from tutorbot.bot.curation.editing import history_button
from tutorbot.bot.curation.parts import Interaction, Parts
from tutorbot.bot.curation.versions import Versions
from tutorbot.bot.views.layout import card, notice
from tutorbot.curation.form import item_text
from tutorbot.knowledge import Course
from tutorbot.knowledge.models import Entry
from tutorbot.knowledge.text import squeezed

_FOUND = 8
_SUGGESTIONS = 25
_TYPED_ROOM = 300


class Looking:
    """What moderators look at."""

    def __init__(self, parts: Parts, versions: Versions) -> None:
        self._parts = parts
        self._versions = versions

    async def show(self, interaction: Interaction, entry: str) -> None:
        """All that an entry holds, removed or not."""
        guild = interaction.guild_id or 0

        async def work() -> LayoutView:
            texts, course = self._parts.texts, self._parts.course(guild)
            seen = await self._versions.seen(guild, entry)
            if seen is None:
                return notice(texts.notice("unknown_entry"))
            questions = [one.text for one in course.questions if one.entry == entry and one.writer == "moderators"]
            questions = list(dict.fromkeys([*seen.entry.questions, *questions]))
            text = texts.entry(course, seen.entry, seen.laid, seen.number, questions)
            edit = Act.of(texts.button_of("edit", term=seen.entry.term), "edit", entry)
            history = history_button(self._parts, entry)
            return card(text, [edit, history] if entry in course.by_id else [history])

        await self._parts.answer(interaction, work)

    async def search(self, interaction: Interaction, words: str) -> None:
        """The entries that have these words in a name or a text, removed ones included."""
        guild = interaction.guild_id or 0

        async def work() -> LayoutView:
            course, removed = self._parts.course(guild), await self._removed(guild)
            rows = await asyncio.to_thread(_having, words, course, removed)
            text = self._parts.texts.render("search", words=words, rows=rows[:_FOUND], total=len(rows))
            buttons = [
                Act.of(self._parts.texts.button_of("show", term=row["entry"].term), "show", row["entry"].id)
                for row in rows[:_FOUND]
            ]
            return card(text, buttons)

        await self._parts.answer(interaction, work)

    def find(self, guild: int, typed: str) -> str | None:
        """The id of the entry that is shown and was meant."""
        return self._parts.tutors.of(guild).find(typed[:_TYPED_ROOM])

    async def find_any(self, guild: int, typed: str) -> str | None:
        """The id of the entry that was meant, removed ones included."""
        removed = {
            squeezed(name): entry.id for entry in await self._removed(guild) for name in (entry.id, *entry.names)
        }
        return removed.get(squeezed(typed)) or self.find(guild, typed)

    async def suggest(self, guild: int, typed: str, *, removed: bool = False) -> Sequence[tuple[str, str]]:
        """Entries to choose from (id, term) while somebody types; with ``removed`` those that were removed come first."""
        gone = await self._removed(guild) if removed else []
        fitting = [(entry.id, entry.term) for entry in gone if squeezed(typed) in squeezed(entry.term)]
        found = await asyncio.to_thread(self._parts.tutors.of(guild).suggest, typed, _SUGGESTIONS)
        shown = [(one.entry, one.term) for one in found]
        return list(dict.fromkeys([*fitting, *shown]))[:_SUGGESTIONS]

    async def _removed(self, guild: int) -> list[Entry]:
        """The entries that the server has taken out."""
        course = self._parts.course(guild)
        overlay = await self._parts.knowledge.overlay(guild, course.id)
        full = (self._versions.full(guild, entry, laid) for entry, laid in overlay.laid.items() if laid.hidden)
        return [one.entry for one in full if one is not None and one.entry is not None]


def _having(words: str, course: Course, removed: Sequence[Entry]) -> list[dict[str, Any]]:
    """The entries that have all the words; those that have one in a name come first."""
    wanted = [squeezed(word) for word in words.split() if squeezed(word)]
    gone = {entry.id for entry in removed}
    found: list[tuple[int, dict[str, Any]]] = []
    for entry in (*course.entries, *removed):
        said = _said(entry, course)
        text = squeezed(" ".join([*entry.names, said, *(one.quote for one in entry.citations)]))
        if wanted and all(word in text for word in wanted):
            named = any(word in squeezed(name) for name in entry.names for word in wanted)
            found.append((0 if named else 1, {"entry": entry, "said": said, "hidden": entry.id in gone}))
    return [row for _, row in sorted(found, key=lambda one: one[0])]


def _said(entry: Entry, course: Course) -> str:
    return " ".join([entry.statement or "", *(item_text(item, course) for item in entry.items)]).strip()
