"""Adding and mending entries: the form, what keeps it from being saved, and saving it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from discord.ui import LayoutView

from tutorbot.bot.curation.buttons import Act
from tutorbot.bot.curation.drafts import Held, Memory, key_of
from tutorbot.bot.curation.forms import Sent, TooLongError, form
from tutorbot.bot.curation.meaning import Likeness
from tutorbot.bot.curation.merging import merged
from tutorbot.bot.curation.parts import Interaction, Parts
from tutorbot.bot.curation.proofs import Prints
from tutorbot.bot.curation.saving import Saving
from tutorbot.bot.curation.versions import Seen, Versions
from tutorbot.bot.responding import apologise
from tutorbot.bot.views.layout import UNSURE, card
from tutorbot.curation.drafting import Draft, draft
from tutorbot.curation.duplicates import Duplicate
from tutorbot.curation.form import Form, Problem, form_of
from tutorbot.curation.versions import Action, Change, ConflictError, Version
from tutorbot.errors import StoreError
from tutorbot.knowledge.overlay import Laid

_OFFERED = 3
"""Near-duplicates that are offered to be edited instead."""

_LINE = 300

Finished = Callable[[Interaction, Held, Version, Draft], Awaitable[LayoutView | None]]
"""What follows from a saved form; the message to show instead of "saved", if there is one."""

EMPTY = Form("", "", "", "", "")


class Editing:
    """The forms. ``finished`` is told of every form that was saved; it is set by the desk."""

    def __init__(self, parts: Parts, versions: Versions, saving: Saving, prints: Prints, likeness: Likeness) -> None:
        self.drafts: Memory[Held] = Memory()
        self.finished: list[Finished] = []
        self._parts = parts
        self._versions = versions
        self._saving = saving
        self._prints = prints
        self._likeness = likeness

    async def open(self, interaction: Interaction, held: Held, *, more: bool = False, question: str = "") -> None:
        """Open the form for a draft."""
        key = key_of(interaction.id)
        self.drafts.put(key, held.owner, held)
        try:
            made = form(self._parts.texts, key, held, more=more, question=question)
        except TooLongError:
            await self._tell(interaction, "too_long")
            return
        try:
            await interaction.response.send_modal(made)
        except Exception as error:
            await apologise(interaction, error)

    async def add(self, interaction: Interaction, form: Form) -> None:
        """Open the form for a new entry."""
        assert interaction.guild_id is not None
        guild = interaction.guild_id
        await self.open(interaction, Held(interaction.user.id, guild, self._parts.course(guild).id, form))

    async def edit(self, interaction: Interaction, entry: str, *, why: str = "") -> None:
        """Open the form for an entry as it stands now."""
        assert interaction.guild_id is not None
        try:
            seen = await self._versions.seen(interaction.guild_id, entry)
        except StoreError as error:
            await self._parts.tell(interaction, self._parts.texts.trouble(error.trouble, kept=False))
            return
        course = self._parts.course(interaction.guild_id)
        if seen is None or entry not in course.by_id:
            await self._tell(interaction, "unknown_entry")
            return
        form = form_of(seen.entry, course)
        held = Held(interaction.user.id, interaction.guild_id, course.id, form, entry, seen.number, why=why)
        await self.open(interaction, held)

    async def mend(self, click: Interaction, key: str) -> None:
        """Open a draft's form again, with everything that was typed."""
        held = self._held(click, key)
        if held is None:
            await self._tell(click, "form_gone")
            return
        await self.open(click, held)

    async def more(self, click: Interaction, key: str) -> None:
        """Open the form for a draft's other names, topic, plain words, and why."""
        held = self._held(click, key)
        if held is None:
            await self._tell(click, "form_gone")
            return
        await self.open(click, held, more=True)

    async def save_anyway(self, click: Interaction, key: str) -> None:
        """Save a draft, whatever it looks like."""
        held = self._held(click, key)
        if held is None:
            await self._tell(click, "form_gone")
            return
        await self._parts.answer(click, lambda: self._take(click, key, held, agreed=True))

    async def merge(self, click: Interaction, key: str) -> None:
        """Open a draft's form on the version that somebody else saved meanwhile: what was changed in it is kept."""
        held = self._held(click, key)
        if held is None or held.editing is None:
            await self._tell(click, "form_gone")
            return
        course = self._parts.course(held.guild)
        if held.course != course.id:
            await self._parts.answer(click, lambda: self._waits("merge", key))
            return
        try:
            seen = await self._versions.seen(held.guild, held.editing)
            before = await self._versions.at(held.guild, held.editing, held.expected)
        except StoreError as error:
            await self._parts.tell(click, self._parts.texts.trouble(error.trouble, kept=True))
            return
        if seen is None:
            await self._tell(click, "unknown_entry")
            return
        base = form_of(before.entry, course) if before and before.entry else EMPTY
        newest = merged(base, held.form, form_of(seen.entry, course))
        await self.open(click, replace(held, form=newest, expected=seen.number))

    async def sent(self, interaction: Interaction, sent: Sent) -> None:
        """A form was sent: save it, or say what keeps it from being saved."""

        async def work() -> LayoutView:
            assert interaction.guild_id is not None
            held = self._held(interaction, sent.key)
            if held is None:
                held = await self._again(interaction.user.id, interaction.guild_id, sent)
            held = held.typed(sent.fields)
            key = key_of(interaction.id)
            self.drafts.put(key, held.owner, held)
            return await self._take(interaction, key, held)

        await self._parts.answer(interaction, work)

    def _held(self, interaction: Interaction, key: str) -> Held | None:
        """The draft, if it is this person's, of this server."""
        held = self.drafts.get(key, interaction.user.id)
        return held if held is not None and held.guild == interaction.guild_id else None

    async def _again(self, owner: int, guild: int, sent: Sent) -> Held:
        """What the form held that was opened before a restart: the entry as it was then."""
        before = await self._versions.at(guild, sent.editing, sent.expected) if sent.editing else None
        entry, course = before.entry if before else None, self._parts.course(guild)
        form = form_of(entry, course) if entry else EMPTY
        return Held(owner, guild, course.id, form, sent.editing if entry else None, sent.expected, sent.group)

    async def _take(self, interaction: Interaction, key: str, held: Held, *, agreed: bool = False) -> LayoutView:
        texts, course = self._parts.texts, self._parts.course(held.guild)
        if held.course != course.id:
            return await self._waits("mend", key)
        mend = Act.of(texts.button("mend"), "mend", key)
        try:
            seen = await self._versions.seen(held.guild, held.editing) if held.editing else None
            origin = seen.entry if seen else held.origin.entry if held.origin else None
            proofs = await self._prints.of(held.guild, course)
            laid = (await self._parts.knowledge.overlay(held.guild, course.id)).laid
            made = await asyncio.to_thread(
                draft,
                held.form,
                course,
                proofs.prints,
                editing=origin,
                sources=proofs.sources,
                taken={*laid, *self._parts.shared(held.guild).by_id},
            )
            if isinstance(made, tuple):
                return card(texts.problems(made), [mend, *self._instead(key, held, made)], colour=UNSURE)
            if not agreed:
                duplicates = (
                    await self._likeness.duplicates(made.entry, self._parts.tutors.of(held.guild))
                    if held.editing is None and held.proposal is None
                    else ()
                )
                if duplicates or (made.unproved and not (seen and seen.entry.note)):
                    return self._doubts(key, made, duplicates)
            return await self._save(interaction, key, held, made, seen)
        except ConflictError as conflict:
            return await self._conflict(key, held, conflict.theirs)
        except StoreError as error:
            again = Act.of(texts.button("again"), "mend", key)
            retry = Act.of(texts.button("retry"), "save", key)
            return card(texts.trouble(error.trouble, kept=True), [again, retry], colour=UNSURE)

    async def _waits(self, verb: str, key: str) -> LayoutView:
        """A draft is of another course than the server has now; the button goes on with it when that is chosen again."""
        texts = self._parts.texts
        return card(texts.notice("other_course"), [Act.of(texts.button(verb), verb, key)], colour=UNSURE)

    def _instead(self, key: str, held: Held, problems: Sequence[Problem]) -> list[Act]:
        """Other ways out of problems: the other fields, and the entries whose names were taken."""
        texts, tutor = self._parts.texts, self._parts.tutors.of(held.guild)
        found = [tutor.find(one.words) for one in problems if one.kind == "taken"]
        taken = list(dict.fromkeys(one for one in found if one is not None and one in tutor.course.by_id))
        edit = [
            Act.of(texts.button_of("edit", term=tutor.course.by_id[one].term), "edit", one) for one in taken[:_OFFERED]
        ]
        return [Act.of(texts.button("more"), "more", key), *edit]

    def _doubts(self, key: str, made: Draft, duplicates: Sequence[Duplicate]) -> LayoutView:
        texts = self._parts.texts
        edit = [Act.of(texts.button_of("edit", term=one.term), "edit", one.entry) for one in duplicates[:_OFFERED]]
        rest = [Act.of(texts.button("save"), "save", key), Act.of(texts.button("mend"), "mend", key)]
        return card(texts.doubts(made.entry.term, duplicates, made.unproved), [*edit, *rest], colour=UNSURE)

    async def _save(self, interaction: Interaction, key: str, held: Held, made: Draft, seen: Seen | None) -> LayoutView:
        laid = made.laid(seen.laid if seen else held.origin)
        if held.group is not None:
            laid = with_questions(laid, await self._asked(held))
        action = Action.ACCEPT if held.proposal else Action.EDIT if held.editing is not None else Action.ADD
        change = Change(made.entry.id, laid, action, held.expected)
        [version] = await self._saving.save(held.guild, held.course, [change], who=held.owner, why=held.why)
        saved = replace(held, editing=made.entry.id, expected=version.number, group=None, why="")
        self.drafts.put(key, held.owner, saved)
        for finished in self.finished:
            instead = await finished(interaction, held, version, made)
            if instead is not None:
                return instead
        return self.saved(version, made, key)

    async def _asked(self, held: Held) -> Sequence[str]:
        group = await self._parts.unanswered.group(held.guild, held.group or 0)
        return group.questions if group else ()

    def saved(self, version: Version, made: Draft, key: str, tells: int = 0) -> LayoutView:
        """A form was saved: what it looks like now, and how to go on."""
        texts, course = self._parts.texts, self._parts.course(version.guild)
        text = texts.saved(course, made.entry, version, tells=tells)
        more = Act.of(texts.button("more"), "more", key)
        return card(text, [more, *undo(self._parts, version)])

    async def _conflict(self, key: str, held: Held, theirs: Version) -> LayoutView:
        """Somebody was quicker; from now on the draft mends what they saved, but was typed on what was there before."""
        self.drafts.put(key, held.owner, replace(held, editing=theirs.entry))
        before = await self._versions.at(held.guild, theirs.entry, held.expected)
        after = self._versions.full(held.guild, theirs.entry, theirs.laid)
        [term] = await self._versions.named([theirs])
        texts = self._parts.texts
        buttons = [Act.of(texts.button("merge"), "merge", key), history_button(self._parts, theirs.entry)]
        return card(texts.conflict(term, theirs, before, after), buttons, colour=UNSURE)

    async def _tell(self, interaction: Interaction, which: str) -> None:
        await self._parts.tell(interaction, self._parts.texts.notice(which))


def with_questions(laid: Laid, questions: Sequence[str]) -> Laid:
    """With more sample questions; each stands there once."""
    asked = (" ".join(question.split())[:_LINE].strip() for question in questions)
    return laid.model_copy(update={"questions": tuple(dict.fromkeys([*laid.questions, *filter(None, asked)]))})


def undo(parts: Parts, version: Version) -> list[Act]:
    """The buttons that take a version back, and show what there was before."""
    about = (version.entry, version.number - 1, version.number)
    return [Act.of(parts.texts.button("undo"), "undo", *about), history_button(parts, version.entry)]


def history_button(parts: Parts, entry: str) -> Act:
    """The button that shows what became of an entry."""
    return Act.of(parts.texts.button("history"), "history", entry, 0)
