"""The commands of the moderators' side, of settings and of privacy, described in the words of the templates."""

from typing import Any

import discord
from discord import app_commands

from tutorbot.bot.curation.desk import CurationDesk
from tutorbot.bot.curation.editing import EMPTY
from tutorbot.bot.texts import suggestion
from tutorbot.curation.form import Form
from tutorbot.errors import StoreError
from tutorbot.knowledge.exporting import FORMS

Interaction = discord.Interaction[Any]
Choices = list[app_commands.Choice[str]]
Command = app_commands.Group | app_commands.ContextMenu

MENU = "Add to knowledge"
_SUGGESTIONS = 25
_ID_ROOM = 64
_HERE = app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False)
_MODERATORS = discord.Permissions(manage_messages=True)
_MANAGERS = discord.Permissions(manage_guild=True)

Why = app_commands.Range[str, 1, 300]
Short = app_commands.Range[str, 1, 100]


def curation_commands(desk: CurationDesk) -> list[Command]:
    """``/knowledge``, ``/tutor``, ``/privacy`` and the entry in a message's "Apps" menu."""
    return [_knowledge(desk), _tutor(desk), _privacy(desk), _menu(desk)]


def _knowledge(desk: CurationDesk) -> app_commands.Group:
    about = desk.texts.command
    knowledge = app_commands.Group(
        name="knowledge",
        description=about("knowledge"),
        allowed_contexts=_HERE,
        default_permissions=_MODERATORS,
    )
    _growing(knowledge, desk)
    _looking(knowledge, desk)
    _exchanging(knowledge, desk)
    return knowledge


def _growing(knowledge: app_commands.Group, desk: CurationDesk) -> None:
    about = desk.texts.command

    @knowledge.command(name="add", description=about("add"))
    @app_commands.describe(term=about("add.term"), source=about("add.source"))
    async def add(interaction: Interaction, term: Short = "", source: Short = "") -> None:
        if await desk.parts.moderates(interaction):
            await desk.editing.add(interaction, Form(term, "", source, "", ""))

    @add.autocomplete("source")
    async def sources(interaction: Interaction, typed: str) -> Choices:
        titles = [source.title for source in desk.parts.course(interaction.guild_id or 0).sources]
        return [_choice(one, one) for one in titles if typed.casefold() in one.casefold()][:_SUGGESTIONS]

    @knowledge.command(name="edit", description=about("edit"))
    @app_commands.describe(entry=about("entry"), why=about("why"))
    async def edit(interaction: Interaction, entry: str, why: Why = "") -> None:
        if await desk.parts.moderates(interaction):
            found = desk.looking.find(interaction.guild_id or 0, entry)
            await desk.editing.edit(interaction, found or "", why=why)

    @knowledge.command(name="remove", description=about("remove"))
    @app_commands.describe(entry=about("entry"), why=about("why"))
    async def remove(interaction: Interaction, entry: str, why: Why = "") -> None:
        if await desk.parts.moderates(interaction):
            found = desk.looking.find(interaction.guild_id or 0, entry)
            await desk.undoing.ask_to_remove(interaction, found or "", why)

    @knowledge.command(name="restore", description=about("restore"))
    @app_commands.describe(entry=about("entry"), why=about("why"))
    async def restore(interaction: Interaction, entry: str, why: Why = "") -> None:
        if await desk.parts.moderates(interaction):
            found = await _found(desk, interaction, entry)
            if found is not None:
                await desk.undoing.restore_last(interaction, found, why)

    @edit.autocomplete("entry")
    @remove.autocomplete("entry")
    async def shown(interaction: Interaction, typed: str) -> Choices:
        return await _entries(desk, interaction, typed)

    @restore.autocomplete("entry")
    async def removed(interaction: Interaction, typed: str) -> Choices:
        return await _entries(desk, interaction, typed, removed=True)


def _looking(knowledge: app_commands.Group, desk: CurationDesk) -> None:
    about = desk.texts.command

    @knowledge.command(name="show", description=about("show"))
    @app_commands.describe(entry=about("entry"))
    async def show(interaction: Interaction, entry: str) -> None:
        if await desk.parts.moderates(interaction):
            found = await _found(desk, interaction, entry)
            if found is not None:
                await desk.looking.show(interaction, found)

    @knowledge.command(name="search", description=about("search"))
    @app_commands.describe(words=about("search.words"))
    async def search(interaction: Interaction, words: Short) -> None:
        if await desk.parts.moderates(interaction):
            await desk.looking.search(interaction, words)

    @knowledge.command(name="history", description=about("history"))
    @app_commands.describe(entry=about("history.entry"))
    async def history(interaction: Interaction, entry: str = "") -> None:
        if await desk.parts.moderates(interaction):
            found = await _found(desk, interaction, entry) if entry else ""
            if found is not None:
                await desk.undoing.history(interaction, found)

    @knowledge.command(name="unanswered", description=about("unanswered"))
    async def unanswered(interaction: Interaction) -> None:
        if await desk.parts.moderates(interaction):
            await desk.asked.show(interaction)

    @show.autocomplete("entry")
    @history.autocomplete("entry")
    async def any_entry(interaction: Interaction, typed: str) -> Choices:
        return await _entries(desk, interaction, typed, removed=True)


def _exchanging(knowledge: app_commands.Group, desk: CurationDesk) -> None:
    about = desk.texts.command

    @knowledge.command(name="import", description=about("import"))
    @app_commands.describe(file=about("import.file"), source=about("import.source"))
    async def import_(
        interaction: Interaction, file: discord.Attachment | None = None, source: str | None = None
    ) -> None:
        if await desk.parts.moderates(interaction):
            await desk.importing.begin(interaction, file, source)

    @import_.autocomplete("source")
    async def sources(interaction: Interaction, typed: str) -> Choices:
        known = desk.parts.course(interaction.guild_id or 0).sources
        return [_choice(one.title, one.id) for one in known if typed.casefold() in one.title.casefold()][:_SUGGESTIONS]

    @knowledge.command(name="export", description=about("export"))
    @app_commands.describe(form=about("export.form"))
    @app_commands.choices(form=[app_commands.Choice(name=about(form), value=form) for form in FORMS])
    async def export(interaction: Interaction, form: str = FORMS[0]) -> None:
        if await desk.parts.moderates(interaction):
            await desk.handing.export(interaction, next(one for one in FORMS if one == form))


def _tutor(desk: CurationDesk) -> app_commands.Group:
    about = desk.texts.command
    tutor = app_commands.Group(
        name="tutor", description=about("tutor"), allowed_contexts=_HERE, default_permissions=_MANAGERS
    )

    @tutor.command(name="settings", description=about("settings"))
    async def settings(interaction: Interaction) -> None:
        await desk.settings.show(interaction)

    return tutor


def _privacy(desk: CurationDesk) -> app_commands.Group:
    about = desk.texts.command
    privacy = app_commands.Group(name="privacy", description=about("privacy"))

    @privacy.command(name="show", description=about("privacy.show"))
    async def show(interaction: Interaction) -> None:
        await desk.handing.show(interaction)

    @privacy.command(name="export", description=about("privacy.export"))
    async def export(interaction: Interaction) -> None:
        await desk.handing.hand_over(interaction)

    @privacy.command(name="delete", description=about("privacy.delete"))
    async def delete(interaction: Interaction) -> None:
        await desk.handing.ask_to_forget(interaction)

    @privacy.command(name="notices", description=about("privacy.notices"))
    @app_commands.describe(state=about("privacy.notices.on"))
    @app_commands.choices(state=[app_commands.Choice(name=about(one), value=one) for one in ("on", "off")])
    async def notices(interaction: Interaction, state: str) -> None:
        await desk.handing.notices(interaction, state == "on")

    return privacy


def _menu(desk: CurationDesk) -> app_commands.ContextMenu:
    @app_commands.context_menu(name=MENU)
    @app_commands.default_permissions(_MODERATORS)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    async def add_message(interaction: Interaction, message: discord.Message) -> None:
        if not await desk.parts.moderates(interaction):
            return
        where = getattr(message.channel, "name", "")
        source = desk.texts.render("link", author=message.author.display_name, channel=where)
        text = message.content
        form = Form(EMPTY.term, text[:2_000], source[:300], message.jump_url, text[:2_000])
        await desk.editing.add(interaction, form)

    return add_message


async def _found(desk: CurationDesk, interaction: Interaction, typed: str) -> str | None:
    """The id of the entry that was meant, removed ones included, else what was typed; None if that cannot be told now."""
    try:
        return await desk.looking.find_any(interaction.guild_id or 0, typed) or typed[:_ID_ROOM]
    except StoreError as error:
        await desk.parts.tell(interaction, desk.texts.trouble(error.trouble, kept=False))
        return None


async def _entries(desk: CurationDesk, interaction: Interaction, typed: str, *, removed: bool = False) -> Choices:
    """Entries to choose from; none for those who may not change the notes."""
    if interaction.guild_id is None or not desk.parts.may_moderate(interaction):
        return []
    found = await desk.looking.suggest(interaction.guild_id, typed, removed=removed)
    return [_choice(term, entry) for entry, term in found]


def _choice(name: str, value: str) -> app_commands.Choice[str]:
    return app_commands.Choice(name=suggestion(name), value=value[:100])
