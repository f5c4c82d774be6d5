"""Importing a document: its proposals one by one, each accepted, mended or dropped. A session lasts as long as the process."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

import aiohttp
import discord
from discord.ui import LayoutView

from tutorbot.bot.curation.buttons import Act
from tutorbot.bot.curation.drafts import Held, Memory, key_of
from tutorbot.bot.curation.editing import Editing
from tutorbot.bot.curation.meaning import Likeness
from tutorbot.bot.curation.parts import Interaction, Parts
from tutorbot.bot.curation.proofs import Prints, is_proved
from tutorbot.bot.curation.saving import Saving
from tutorbot.bot.curation.sessions import Session
from tutorbot.bot.curation.versions import Versions
from tutorbot.bot.views.layout import ANSWERED, UNSURE, card, notice
from tutorbot.curation.drafting import Draft
from tutorbot.curation.form import form_of
from tutorbot.curation.versions import Action, Change, ConflictError, Version
from tutorbot.errors import SourceError, StoreError
from tutorbot.knowledge.documents import MAX_BYTES
from tutorbot.knowledge.fingerprint import Fingerprint, fingerprint_of
from tutorbot.knowledge.importing import IMPORTABLE, Doubt, Duplicate, Proposed, accepted
from tutorbot.knowledge.models import Entry
from tutorbot.knowledge.overlay import Laid
from tutorbot.knowledge.text import squeezed

_log = logging.getLogger(__name__)

_SESSIONS = 50
_MEGABYTE = 1_000_000
_WHY = 300


class Importing:
    """The imports that moderators are at."""

    def __init__(
        self, parts: Parts, versions: Versions, saving: Saving, editing: Editing, prints: Prints, likeness: Likeness
    ) -> None:
        self._parts = parts
        self._versions = versions
        self._saving = saving
        self._editing = editing
        self._prints = prints
        self._likeness = likeness
        self._sessions: Memory[Session] = Memory(_SESSIONS)
        editing.finished.append(self._mended)

    async def begin(self, interaction: Interaction, file: discord.Attachment | None, source: str | None) -> None:
        """Read a document and show its first proposal; without one, go on with the last import."""

        async def work() -> LayoutView:
            if file is None:
                return self._go_on(interaction)
            read = self._refused(file) or await self._read(interaction.guild_id or 0, file, source)
            if isinstance(read, str):
                return notice(read)
            key = key_of(interaction.id)
            self._sessions.put(key, interaction.user.id, read)
            return self._page(key, read)

        await self._parts.answer(interaction, work)

    async def _read(self, guild: int, file: discord.Attachment, source: str | None) -> Session | str:
        """A new session, or why there is none."""
        course = self._parts.course(guild)
        if source is not None and source not in course.sources_by_id:
            return self._parts.texts.notice("no_source")
        try:
            held = await file.read()
            proposed = await self._likeness.proposed(file.filename, held, self._parts.tutors.of(guild), source)
        except SourceError as error:
            return self._said("unreadable", sentence=str(error))
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            _log.warning("An attachment could not be fetched (%s).", error)
            return self._said("lost")
        if not proposed.proposals:
            return self._said("empty")
        prints = dict((await self._prints.of(guild, course)).prints)
        if proposed.source.id not in self._parts.shared(guild).sources_by_id:
            prints[proposed.source.id] = fingerprint_of(proposed.segments)
        proved = await asyncio.to_thread(_proved, proposed, prints)
        return Session(guild, course.id, proposed, proved, ["open"] * len(proposed.proposals))

    def _refused(self, file: discord.Attachment) -> str | None:
        """Why a file is not even fetched."""
        if file.size > MAX_BYTES:
            return self._said("too_large", megabytes=MAX_BYTES // _MEGABYTE)
        if PurePath(file.filename).suffix.lower() not in IMPORTABLE:
            return self._said("wrong_kind", suffixes=sorted(IMPORTABLE))
        return None

    def _go_on(self, interaction: Interaction) -> LayoutView:
        guild = interaction.guild_id or 0
        here = (guild, self._parts.course(guild).id)
        key = self._sessions.newest_of(interaction.user.id, lambda one: (one.guild, one.course) == here)
        session = self._sessions.get(key, interaction.user.id) if key else None
        if key is None or session is None:
            return notice(self._parts.texts.notice("no_import"))
        return self._page(key, session)

    async def act(self, click: Interaction, key: str, at: str, verb: str) -> None:
        """What a moderator does with a proposal: accept, mend, drop, look at another one; or accept all undoubted."""
        session = self._sessions.get(key, click.user.id)
        if session is None or session.guild != click.guild_id:
            await self._parts.tell(click, self._parts.texts.notice("import_gone"))
            return
        if session.course != self._parts.course(session.guild).id:
            await self._parts.tell(click, self._parts.texts.notice("other_course"))
            return
        number = int(at)
        if verb == "mend":
            await self._mend(click, key, session, number)
            return

        async def work() -> LayoutView:
            async with session.busy:
                session.at = number
                return await self._done(click, key, session, verb)

        await self._parts.answer(click, work)

    async def _done(self, click: Interaction, key: str, session: Session, verb: str) -> LayoutView:
        if verb == "drop" and session.states[session.at] == "open":
            session.states[session.at] = "dropped"
            return self._after(key, session)
        if verb in ("look", "drop"):
            return self._page(key, session)
        numbers = [session.at]
        if verb == "rest":
            numbers = [number for number in session.undoubted() if self._holder(session, number) is None]
        try:
            return await self._accept(click, key, session, numbers)
        except ConflictError:
            return self._page(key, session, self._said("taken"))
        except StoreError as error:
            return self._page(key, session, self._parts.texts.trouble(error.trouble, kept=True))

    async def _accept(self, click: Interaction, key: str, session: Session, numbers: Sequence[int]) -> LayoutView:
        """Save proposals, all or none. Raises ConflictError or StoreError."""
        guild = session.guild
        wanted = [number for number in numbers if session.states[number] == "open"]
        holder = next((one for one in (self._holder(session, number) for number in wanted) if one is not None), None)
        if holder is not None:
            return self._page(key, session, self._said("named", term=holder.term))
        if wanted:
            await self._keep_source(click, session)
            known = {*self._parts.course(guild).by_id, *(session.proposals[number].id for number in wanted)}
            changes = []
            for number in wanted:
                one = session.proposals[number]
                newest = await self._parts.knowledge.current(guild, session.course, one.id)
                laid = self._laid(session, number, known)
                changes.append(Change(one.id, laid, Action.ACCEPT, newest.number if newest else 0))
            await self._saving.save(guild, session.course, changes, who=click.user.id, why=session.proposed.name[:_WHY])
            for number in wanted:
                session.states[number] = "accepted"
        said = self._said("all", accepted=len(wanted), left=session.states.count("open"))
        return self._after(key, session, said if len(numbers) != 1 else "")

    def _holder(self, session: Session, number: int) -> Entry | None:
        """Another entry that is called like a proposal: two of one name could not be told apart."""
        one = session.proposals[number].entry
        names = {squeezed(name) for name in one.names}
        others = (entry for entry in self._parts.course(session.guild).entries if entry.id != one.id)
        return next((entry for entry in others if any(squeezed(name) in names for name in entry.names)), None)

    def _laid(self, session: Session, number: int, known: set[str]) -> Laid:
        """What an accepted proposal lays over its entry: it links to what is there, and credits its works."""
        one = session.proposals[number]
        held = accepted(replace(one, works=()), known)
        entry = Entry.model_validate({"topic": one.entry.topic, **held, "note": not session.proved[number]})
        cited = {citation.source for citation in entry.citations}
        course = self._parts.course(session.guild)
        own = () if session.proposed.source.id not in cited else (session.proposed.source,)
        sources = own if session.proposed.source.id not in course.sources_by_id else ()
        return Laid(entry=entry, sources=sources, works=one.works)

    async def _keep_source(self, click: Interaction, session: Session) -> None:
        """Keep the document's fingerprint, so that what is quoted from it can be proved from now on."""
        if session.source_kept or not session.proposed.segments:
            return
        source = session.proposed.source
        if source.id not in self._parts.shared(session.guild).sources_by_id:
            prints = await asyncio.to_thread(fingerprint_of, session.proposed.segments)
            at = self._parts.clock()
            await self._parts.knowledge.add_source(
                session.guild, session.course, source, prints, who=click.user.id, at=at
            )
        session.source_kept = True

    async def _mend(self, click: Interaction, key: str, session: Session, number: int) -> None:
        """Open the form on a proposal."""
        one = session.proposals[number]
        session.at = number
        try:
            await self._keep_source(click, session)
            course = self._parts.course(session.guild)
            newest = await self._parts.knowledge.current(session.guild, course.id, one.id)
        except StoreError as error:
            said = self._parts.texts.trouble(error.trouble, kept=True)
            await self._parts.answer(click, lambda: _shown(self._page(key, session, said)))
            return
        laid = self._laid(session, number, set(course.by_id))
        held = Held(
            click.user.id,
            session.guild,
            session.course,
            form_of(one.entry, course),
            expected=newest.number if newest else 0,
            editing=one.id if newest or one.id in course.by_id else None,
            why=session.proposed.name[:_WHY],
            proposal=(key, number),
            origin=laid,
        )
        await self._editing.open(click, held)

    async def _mended(self, interaction: Interaction, held: Held, _version: Version, _made: Draft) -> LayoutView | None:
        """A mended proposal was saved: on with the next."""
        if held.proposal is None:
            return None
        key, number = held.proposal
        session = self._sessions.get(key, interaction.user.id)
        if session is None:
            return None
        session.states[number] = "accepted"
        return self._after(key, session)

    def _after(self, key: str, session: Session, said: str = "") -> LayoutView:
        """The next open proposal, or what became of them all."""
        following = session.next_open(session.at)
        if following is None:
            counts = {"accepted": session.states.count("accepted"), "dropped": session.states.count("dropped")}
            return card(self._said("done", name=session.proposed.name, **counts), colour=ANSWERED)
        session.at = following
        return self._page(key, session, said)

    def _page(self, key: str, session: Session, said: str = "") -> LayoutView:
        at, texts, course = session.at, self._parts.texts, self._parts.course(session.guild)
        one = session.proposals[at]
        doubts: list[Doubt | Duplicate] = [*one.doubts, *([one.duplicate_of] if one.duplicate_of else [])]
        text = texts.proposal(
            course,
            one.entry,
            doubts,
            session.proposed.source,
            name=session.proposed.name,
            at=at,
            total=len(session.proposals),
            accepted=session.states.count("accepted"),
            dropped=session.states.count("dropped"),
            proved=session.proved[at],
            known=one.id in course.by_id,
            state=session.states[at],
            said=said,
        )
        return card(text, self._buttons(key, session, at), colour=UNSURE)

    def _buttons(self, key: str, session: Session, at: int) -> list[Act]:
        button = self._parts.texts.button
        verbs = ["accept", "mend", "drop"] if session.states[at] == "open" else []
        acts = [Act.of(button(verb), "import", key, at, verb) for verb in verbs]
        if at:
            acts.append(Act.of(button("back"), "import", key, at - 1, "look"))
        if at + 1 < len(session.proposals):
            acts.append(Act.of(button("next"), "import", key, at + 1, "look"))
        if len(session.undoubted()) > 1:
            acts.append(Act.of(button("rest"), "import", key, at, "rest"))
        return acts

    def _said(self, which: str, **values: object) -> str:
        return self._parts.texts.render("import", which=which, **values)


def _proved(proposed: Proposed, prints: Mapping[str, Fingerprint]) -> list[bool]:
    return [is_proved(one.entry, prints) for one in proposed.proposals]


async def _shown(view: LayoutView) -> LayoutView:
    return view
