"""Removing entries, looking at what became of them, and bringing them back."""

import asyncio
from collections.abc import Mapping, Sequence

from discord.ui import LayoutView

from tutorbot.bot.curation.buttons import Act
from tutorbot.bot.curation.drafts import Memory, key_of
from tutorbot.bot.curation.editing import history_button, undo
from tutorbot.bot.curation.parts import Interaction, Parts
from tutorbot.bot.curation.saving import Saving
from tutorbot.bot.curation.texts import Row
from tutorbot.bot.curation.versions import Versions
from tutorbot.bot.views.layout import UNSURE, card, notice
from tutorbot.curation.versions import Action, Change, ConflictError, Version
from tutorbot.errors import CourseError
from tutorbot.knowledge.overlay import Laid, Overlay, laid_over

_PAGE = 4
"""Versions on a page, each with a button to restore it."""

_FAR = 10_000


class Undoing:
    """Removal, history, restoring."""

    def __init__(self, parts: Parts, versions: Versions, saving: Saving) -> None:
        self._parts = parts
        self._versions = versions
        self._saving = saving
        self._whys: Memory[str] = Memory()

    async def ask_to_remove(self, interaction: Interaction, entry: str, why: str) -> None:
        """Ask once."""
        guild = _guild(interaction)

        async def work() -> LayoutView:
            texts, course = self._parts.texts, self._parts.course(guild)
            seen = await self._versions.seen(guild, entry)
            if seen is None or entry not in course.by_id:
                return notice(texts.notice("unknown_entry"))
            key = key_of(interaction.id)
            self._whys.put(key, interaction.user.id, why)
            lists = [one.term for one in course.lists_of.get(entry, ())]
            buttons = [
                Act.of(texts.button("remove"), "remove", entry, seen.number, key),
                Act.of(texts.button("keep"), "keep"),
            ]
            return card(texts.remove(seen.entry.term, lists), buttons, colour=UNSURE)

        await self._parts.answer(interaction, work)

    async def remove(self, click: Interaction, entry: str, expected: str, key: str) -> None:
        """Remove it."""
        guild = _guild(click)

        async def work() -> LayoutView:
            texts, course = self._parts.texts, self._parts.course(guild)
            seen = await self._versions.seen(guild, entry)
            if seen is None:
                return notice(texts.notice("unknown_entry"))
            laid = (seen.laid or Laid()).model_copy(update={"hidden": True})
            if await self._leaves_nothing(guild, entry, laid):
                return notice(texts.notice("last_entry"))
            change = Change(entry, laid, Action.REMOVE, int(expected))
            why = self._whys.get(key, click.user.id) or ""
            try:
                [version] = await self._saving.save(guild, course.id, [change], who=click.user.id, why=why)
            except ConflictError as conflict:
                return await self._conflict(conflict.theirs, int(expected))
            text = texts.saved(self._parts.course(guild), seen.entry, version, shown=False)
            return card(text, undo(self._parts, version))

        await self._parts.answer(click, work)

    async def _leaves_nothing(self, guild: int, entry: str, laid: Laid) -> bool:
        shared = self._parts.shared(guild)
        before: Mapping[str, Laid] = (await self._parts.knowledge.overlay(guild, shared.id)).laid
        try:
            await asyncio.to_thread(laid_over, shared, Overlay({**before, entry: laid}))
        except CourseError:
            return True
        return False

    async def keep(self, click: Interaction) -> None:
        """Leave it as it is."""

        async def work() -> LayoutView:
            return notice(self._parts.texts.notice("kept"))

        await self._parts.answer(click, work)

    async def restore_last(self, interaction: Interaction, entry: str, why: str) -> None:
        """Take the last change of an entry back."""
        guild = _guild(interaction)

        async def work() -> LayoutView:
            newest = await self._parts.knowledge.current(guild, self._parts.course(guild).id, entry)
            if newest is None:
                return notice(self._parts.texts.notice("nothing_to_restore"))
            return await self._restore(interaction, entry, newest.number - 1, newest.number, why=why)

        await self._parts.answer(interaction, work)

    async def restore(self, click: Interaction, entry: str, number: str, expected: str) -> None:
        """Bring a version of an entry back."""
        await self._parts.answer(click, lambda: self._restore(click, entry, int(number), int(expected)))

    async def undo(self, click: Interaction, entry: str, number: str, expected: str) -> None:
        """Take a change back that was just made."""
        await self._parts.answer(click, lambda: self._restore(click, entry, int(number), int(expected), undone=True))

    async def _restore(
        self, interaction: Interaction, entry: str, number: int, expected: int, *, why: str = "", undone: bool = False
    ) -> LayoutView:
        texts, guild = self._parts.texts, _guild(interaction)
        course = self._parts.course(guild).id
        before = await self._versions.last_text(guild, entry)
        if before is None:  # a change of another course is to be taken back
            return notice(texts.notice("unknown_entry"))
        laid = await self._versions.at(guild, entry, number) or Laid(hidden=True)
        if await self._leaves_nothing(guild, entry, laid):
            return notice(texts.notice("last_entry"))
        try:
            version = await self._saving.restore(
                guild, course, entry, number, expected=expected, who=interaction.user.id, why=why
            )
        except ConflictError as conflict:
            return await self._conflict(conflict.theirs, expected)
        except LookupError:
            return notice(texts.notice("unknown_entry"))
        after = self._parts.course(guild)
        now = after.by_id.get(entry)
        text = texts.saved(after, now or before, version, shown=now is not None, undone=undone)
        return card(text, undo(self._parts, version))

    async def _conflict(self, theirs: Version, expected: int) -> LayoutView:
        before = await self._versions.at(theirs.guild, theirs.entry, expected)
        after = self._versions.full(theirs.guild, theirs.entry, theirs.laid)
        [term] = await self._versions.named([theirs])
        text = self._parts.texts.conflict(term, theirs, before, after, form=False)
        return card(text, [history_button(self._parts, theirs.entry)], colour=UNSURE)

    async def history(self, interaction: Interaction, entry: str, page: str = "0") -> None:
        """The versions of an entry, or of all ("")."""
        guild = _guild(interaction)
        at = int(page)

        async def work() -> LayoutView:
            texts, course = self._parts.texts, self._parts.course(guild)
            found = await self._parts.knowledge.history(guild, course.id, entry or None, _FAR)
            if not found:
                return notice(texts.notice("nothing_to_restore" if entry else "no_history"))
            shown = found[at * _PAGE : (at + 1) * _PAGE] or found[:_PAGE]
            terms = await self._versions.named(shown)
            rows = [
                Row(
                    version,
                    term,
                    await self._versions.before(version),
                    self._versions.full(guild, version.entry, version.laid),
                )
                for version, term in zip(shown, terms, strict=True)
            ]
            last = (at + 1) * _PAGE >= len(found)
            beginning = "" if not entry or not last else "own" if self._versions.is_shared(guild, entry) else "none"
            text = texts.history(terms[0] if entry else "", rows, beginning=beginning)
            return card(text, [*self._restoring(entry, found[0], shown, last=last), *self._pages(entry, at, last)])

        await self._parts.answer(interaction, work)

    def _restoring(self, entry: str, newest: Version, shown: Sequence[Version], *, last: bool) -> list[Act]:
        if not entry:
            return []
        numbers = [version.number for version in shown if version.number != newest.number] + ([0] if last else [])
        label = self._parts.texts.button_of
        return [Act.of(label("restore", number=number), "restore", entry, number, newest.number) for number in numbers]

    def _pages(self, entry: str, at: int, last: bool) -> list[Act]:
        button = self._parts.texts.button
        pages = [Act.of(button("newer"), "history", entry, at - 1)] if at else []
        return pages if last else [*pages, Act.of(button("older"), "history", entry, at + 1)]


def _guild(interaction: Interaction) -> int:
    assert interaction.guild_id is not None  # these are offered on servers only
    return interaction.guild_id
