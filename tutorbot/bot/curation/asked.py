"""What was asked in vain: grouped by meaning, shown to moderators, dealt with by them."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import discord
from discord import ui
from discord.ui import LayoutView

from tutorbot.bot.curation.buttons import Act
from tutorbot.bot.curation.cards import Cards
from tutorbot.bot.curation.drafts import Held
from tutorbot.bot.curation.editing import EMPTY, Editing, undo, with_questions
from tutorbot.bot.curation.forms import typed_values
from tutorbot.bot.curation.parts import Interaction, Parts
from tutorbot.bot.curation.saving import Saving
from tutorbot.bot.curation.telling import Teller
from tutorbot.bot.curation.versions import Versions
from tutorbot.bot.responding import apologise
from tutorbot.bot.texts import suggestion
from tutorbot.bot.views.layout import ANSWERED, UNSURE, card, notice
from tutorbot.curation.drafting import Draft
from tutorbot.curation.versions import Action, Change, ConflictError, Version
from tutorbot.errors import StoreError
from tutorbot.knowledge.overlay import Laid
from tutorbot.store.unanswered import Group, GroupStatus

POINT = "kn-point"
_PAGE = 4
"""Groups on a page; each has three buttons."""
_NEAREST = 25
_A_MOMENT = 1.5
"""Seconds in which the nearest entries must be found: a form must be open after three."""
_FIELD_ROOM = 300


class Asked:
    """Questions asked in vain, as moderators deal with them."""

    def __init__(
        self, parts: Parts, versions: Versions, saving: Saving, editing: Editing, cards: Cards, teller: Teller
    ) -> None:
        self._parts = parts
        self._versions = versions
        self._saving = saving
        self._editing = editing
        self._cards = cards
        self._teller = teller
        editing.finished.append(self._answered)

    async def show(self, interaction: Interaction, page: str = "0") -> None:
        """The open groups, those of most people first."""
        guild, at = interaction.guild_id or 0, int(page)

        async def work() -> list[LayoutView]:
            texts = self._parts.texts
            groups = await self._cards.together(guild)
            if not groups:
                return [notice(texts.notice("no_unanswered"))]
            first = min(at * _PAGE, (len(groups) - 1) // _PAGE * _PAGE)
            view = card(texts.render("unanswered", total=len(groups)), colour=UNSURE)
            for number, group in enumerate(groups[first : first + _PAGE], first + 1):
                view.add_item(ui.TextDisplay[LayoutView](texts.group(group, number=number)))
                view.add_item(_row(self._cards.buttons(group)))
            pages = [Act.of(texts.button("back"), "unanswered", at - 1)] if first else []
            if first + _PAGE < len(groups):
                pages.append(Act.of(texts.button("next"), "unanswered", at + 1))
            if pages:
                view.add_item(_row(pages))
            return [view]

        await self._parts.answer(interaction, work)

    async def answer(self, click: Interaction, group: str) -> None:
        """Open the form for an entry that answers a group."""
        found = await self._open(click, group)
        if found is not None:
            held = Held(click.user.id, found.guild, found.course, EMPTY, group=found.id)
            await self._editing.open(click, held, question=found.question)

    async def point(self, click: Interaction, group: str) -> None:
        """Open the form in which an entry is chosen that answers a group."""
        found = await self._open(click, group)
        if found is None:
            return
        texts = self._parts.texts
        form = ui.Modal(title=texts.field("title.point"), custom_id=f"{POINT}:{found.id}", timeout=3_600)
        nearest = await self._nearest(found)
        if nearest:
            options = [discord.SelectOption(label=suggestion(term), value=entry) for entry, term in nearest]
            menu = ui.Select[ui.Modal](custom_id="entry", options=options, required=False, min_values=0)
            about = texts.field_for(found.question)
            form.add_item(ui.Label[ui.Modal](text=texts.field("entry"), description=about, component=menu))
        text = ui.TextInput[ui.Modal](custom_id="typed", required=False, max_length=_FIELD_ROOM)
        form.add_item(ui.Label[ui.Modal](text=texts.field("typed"), component=text))
        try:
            await click.response.send_modal(form)
        except Exception as error:
            await apologise(click, error)

    async def pointed(self, submitted: Interaction, group: str) -> None:
        """An entry was chosen: the group's questions become sample questions of it."""
        guild = submitted.guild_id or 0
        typed = dict(typed_values(dict(submitted.data or {})))

        async def work() -> LayoutView:
            texts, tutor = self._parts.texts, self._parts.tutors.of(guild)
            name = typed.get("typed", "").strip()
            entry = tutor.find(name) if name else typed.get("entry")
            if not entry:
                return notice(texts.notice("unknown_entry" if name else "nobody_to_point"))
            found = await self._parts.unanswered.group(guild, int(group))
            if found is None or found.status is not GroupStatus.OPEN:
                return notice(texts.notice("settled"))
            if found.course != tutor.course.id:
                return notice(texts.notice("other_course"))
            seen = await self._versions.seen(guild, entry)
            if seen is None or entry not in tutor.course.by_id:
                return notice(texts.notice("unknown_entry"))
            laid = with_questions(seen.laid or Laid(), found.questions)
            change = Change(entry, laid, Action.POINT, seen.number)
            try:
                [version] = await self._saving.save(
                    guild, found.course, [change], who=submitted.user.id, why=found.question[:300]
                )
            except ConflictError as conflict:
                after = self._versions.full(guild, entry, conflict.theirs.laid)
                before = self._versions.full(guild, entry, seen.laid)
                text = texts.conflict(seen.entry.term, conflict.theirs, before, after, form=False)
                return card(text, self._cards.buttons(found), colour=UNSURE)
            tells = await self._settle(found, GroupStatus.POINTED, submitted.user.id, entry)
            text = texts.saved(tutor.course, seen.entry, version, shown=False, tells=tells)
            return card(text, undo(self._parts, version))

        await self._parts.answer(submitted, work)

    async def dismiss(self, click: Interaction, group: str) -> None:
        """Leave a group unanswered."""

        async def work() -> LayoutView:
            found = await self._parts.unanswered.group(click.guild_id or 0, int(group))
            if found is None or found.status is not GroupStatus.OPEN:
                return notice(self._parts.texts.notice("settled"))
            await self._settle(found, GroupStatus.DISMISSED, click.user.id)
            return card(self._parts.texts.render("dismissed", group=found), colour=ANSWERED)

        await self._parts.answer(click, work)

    async def _open(self, click: Interaction, group: str) -> Group | None:
        """The group, if it is still open and asked of the server's course; else the moderator is told."""
        texts = self._parts.texts
        try:
            found = await self._parts.unanswered.group(click.guild_id or 0, int(group))
        except StoreError as error:
            await self._parts.tell(click, texts.trouble(error.trouble, kept=False))
            return None
        if found is None or found.status is not GroupStatus.OPEN:
            await self._parts.tell(click, texts.notice("settled"))
            return None
        if found.course != self._parts.course(found.guild).id:
            await self._parts.tell(click, texts.notice("other_course"))
            return None
        return found

    async def _nearest(self, group: Group) -> Sequence[tuple[str, str]]:
        """The entries that a group may mean (id, term), the likeliest first."""
        tutor = self._parts.tutors.of(group.guild)
        found: list[tuple[str, str]] = []
        with suppress(TimeoutError):
            answer = await asyncio.wait_for(tutor.ask(group.question), _A_MOMENT)
            found += [(one, tutor.course.by_id[one].term) for one in answer.entries if one in tutor.course.by_id]
            found += [(choice.entry, choice.term) for choice in answer.choices]
        found += [(choice.entry, choice.term) for choice in tutor.suggest(group.question, _NEAREST)]
        return list(dict.fromkeys(found))[:_NEAREST]

    async def _answered(self, interaction: Interaction, held: Held, version: Version, made: Draft) -> LayoutView | None:
        """A form was saved that answers a group."""
        if held.group is None:
            return None
        group = await self._parts.unanswered.group(held.guild, held.group)
        tells = 0
        if group is not None:
            tells = await self._settle(group, GroupStatus.ANSWERED, interaction.user.id, version.entry)
        text = self._parts.texts.saved(self._parts.course(held.guild), made.entry, version, tells=tells)
        return card(text, undo(self._parts, version))

    async def _settle(self, group: Group, status: GroupStatus, who: int, entry: str | None = None) -> int:
        """Deal with a group and show it on its card; how many people are told."""
        at = self._parts.clock()
        settled = await self._parts.unanswered.settle(group.guild, group.id, status, entry=entry, who=who, at=at)
        if settled is None:
            return 0
        await self._cards.settled(settled)
        return await self._teller.tell(group.guild)


def _row(buttons: Sequence[Act]) -> ui.ActionRow[LayoutView]:
    row = ui.ActionRow[LayoutView]()
    for button in buttons:
        row.add_item(button)
    return row
