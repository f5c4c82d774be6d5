"""From what a tab asks to what its person does."""

from collections.abc import Mapping
from typing import Any

from tutorbot.playground.commands import CHAT_INPUT
from tutorbot.playground.components import FILE_UPLOAD, SELECTS, STRING_SELECT, read_select
from tutorbot.playground.errors import ImpossibleError
from tutorbot.playground.guild import LocalGuild
from tutorbot.playground.interaction import Interaction
from tutorbot.playground.modal import REFERRING
from tutorbot.playground.model import Channel, Json, Message
from tutorbot.playground.offers import offered
from tutorbot.playground.options import ATTACHMENT, CHANNEL, MENTIONABLE, ROLE, USER, find_command
from tutorbot.playground.page import asks
from tutorbot.playground.page.shown import PAGE, command_json, form_json, shown_json
from tutorbot.playground.page.uploads import Uploads
from tutorbot.playground.parts import find_part
from tutorbot.playground.people import FIELD_TAKES, Person

FORMS = 20
"""Forms that are kept open for one person."""


class Acts:
    """What one person does, seen from a tab. What Discord would not let them do raises ImpossibleError."""

    def __init__(self, guild: LocalGuild, person: Person, uploads: Uploads) -> None:
        self._guild = guild
        self._person = person
        self._uploads = uploads
        self._forms: dict[str, Interaction] = {}

    async def do(self, ask: asks.Ask) -> Json:
        """Carry out what was asked and say what came of it."""
        match ask:
            case asks.Open():
                return self._look(ask)
            case asks.Say():
                return await self._say(ask)
            case asks.Edit():
                await self._person.edit(self._message(ask.channel, ask.message), ask.text)
            case asks.Delete():
                await self._delete(self._message(ask.channel, ask.message))
            case asks.React():
                message = self._message(ask.channel, ask.message)
                await (self._person.react if ask.on else self._person.unreact)(message, ask.emoji)
            case asks.Types():
                await self._person.types(self._channel(ask.channel))
            case asks.Complete():
                return await self._complete(ask)
            case _:
                return self._came_of(await self._interact(ask))
        return {}

    async def _interact(self, ask: asks.Ask) -> Interaction:
        match ask:
            case asks.Slash():
                channel = self._channel(ask.channel)
                options = self._options(channel, ask.command, ask.options)
                return await self._person.slash(channel, ask.command, **options)
            case asks.Click():
                message = self._message(ask.channel, ask.message)
                # The message may have changed while the click was on its way.
                return await self._person.click(message, ask.button, late=True)
            case asks.Select():
                return await self._select(ask)
            case asks.Menu():
                message = self._message(ask.channel, ask.message)
                return await self._person.context_menu(message, ask.command)
            case asks.Submit():
                return await self._submit(ask)
        raise ImpossibleError("That cannot be done here.")

    def _came_of(self, interaction: Interaction) -> Json:
        if interaction.acknowledged_at is None:
            return {"failed": True}
        if interaction.modal is None:
            return {}
        while len(self._forms) >= FORMS:
            del self._forms[next(iter(self._forms))]
        self._forms[str(interaction.id)] = interaction
        return form_json(interaction.modal)

    def _channel(self, channel_id: str) -> Channel:
        channel = self._guild.world.channels.get(int(channel_id))
        here = channel is not None and (channel.guild is self._guild.state or channel is self._person.dm)
        if channel is None or not here:
            raise ImpossibleError("There is no such channel.")
        return channel

    def _message(self, channel_id: str, message_id: str) -> Message:
        for message in self._person.sees(self._channel(channel_id)):
            if message.id == int(message_id):
                return message
        raise ImpossibleError("That message is no longer there.")

    def _look(self, ask: asks.Open) -> Json:
        channel = self._channel(ask.channel)
        seen = self._person.sees(channel)
        if ask.before is not None:
            seen = [message for message in seen if message.id < int(ask.before)]
        world = self._guild.world
        return {
            "messages": [shown_json(message, self._person) for message in seen[-PAGE:]],
            "more": len(seen) > PAGE,
            "commands": [command_json(one) for one in offered(world, self._person.user, channel)],
        }

    async def _say(self, ask: asks.Say) -> Json:
        channel = self._channel(ask.channel)
        target = None if ask.reply_to is None else self._message(ask.channel, ask.reply_to)
        files = [self._uploads.take(key) for key in ask.files]
        message = await self._person.say(channel, ask.text, reply_to=target, ping=ask.ping, files=files)
        return {"message": str(message.id)}

    async def _delete(self, message: Message) -> None:
        await (self._person.dismiss if message.ephemeral else self._person.delete)(message)

    async def _complete(self, ask: asks.Complete) -> Json:
        channel = self._channel(ask.channel)
        others = self._options(channel, ask.command, ask.options)
        choices = await self._person.autocomplete(channel, ask.command, ask.option, ask.typed, **others)
        return {"choices": [{"name": choice.name, "value": choice.value} for choice in choices]}

    def _options(self, channel: Channel, command: str, given: Mapping[str, Any]) -> dict[str, Any]:
        registered = offered(self._guild.world, self._person.user, channel)
        found, steps = find_command(registered, command, CHAT_INPUT)
        kinds = {spec["name"]: spec["type"] for spec in (steps or [found])[-1].get("options") or []}
        return {name: self._meant(kinds.get(name, 0), value) for name, value in given.items()}

    def _meant(self, kind: int, value: Any) -> Any:
        """The person, role, channel or file that an id stands for; other values as they are."""
        if kind == ATTACHMENT:
            return self._uploads.take(str(value))
        if kind not in (USER, ROLE, CHANNEL, MENTIONABLE):
            return value
        if not str(value).isdecimal():
            raise ImpossibleError("Choose one from the list.")
        key, state = int(value), self._guild.state
        if kind == CHANNEL:
            return self._channel(str(value))
        found: Any = state.roles.get(key) if kind in (ROLE, MENTIONABLE) else None
        if found is None and kind in (USER, MENTIONABLE) and key in state.members:
            found = state.members[key].user
        return found

    async def _select(self, ask: asks.Select) -> Interaction:
        message = self._message(ask.channel, ask.message)
        menu = read_select(find_part(message, ask.menu, SELECTS, late=True))
        values: list[Any] = list(ask.values)
        if menu.kind != STRING_SELECT:
            values = [self._meant(FIELD_TAKES[menu.kind], value) for value in values]
        return await self._person.select(message, ask.menu, values, late=True)

    async def _submit(self, ask: asks.Submit) -> Interaction:
        opened = self._forms.get(ask.form)
        if opened is None or opened.modal is None:
            raise ImpossibleError("That form is no longer open.")
        kinds = {field.custom_id: field.kind for field in opened.modal.fields}
        values = {name: self._filled(kinds.get(name, 0), value) for name, value in ask.values.items()}
        interaction = await self._person.submit(opened.modal, values)
        if interaction.acknowledged_at is not None:
            del self._forms[ask.form]
        return interaction

    def _filled(self, kind: int, value: Any) -> Any:
        if kind == FILE_UPLOAD:
            return [self._uploads.take(str(one)) for one in value or ()]
        if kind in REFERRING:
            return [self._meant(FIELD_TAKES[kind], one) for one in value or ()]
        return list(value) if isinstance(value, tuple) else value
