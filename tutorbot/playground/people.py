"""What people do on Discord, and what they see of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tutorbot.playground.commands import CHAT_INPUT, ON_MESSAGE, ON_USER
from tutorbot.playground.components import BUTTON, SELECTS, STRING_SELECT, read_select
from tutorbot.playground.desk import Desk
from tutorbot.playground.errors import ImpossibleError
from tutorbot.playground.flags import MessageFlag, Permission
from tutorbot.playground.interaction import (
    AUTOCOMPLETE,
    COMMAND,
    COMPONENT,
    MODAL_SUBMIT,
    Choice,
    Interaction,
)
from tutorbot.playground.modal import Modal
from tutorbot.playground.model import Channel, Guild, Json, Message, Role, Thread, User
from tutorbot.playground.offers import USES, why_not
from tutorbot.playground.options import Filling, command_data, find_command, menu_data
from tutorbot.playground.parts import BUTTONS, find_part, pick_option
from tutorbot.playground.posting import Draft, Edit, Post, Upload
from tutorbot.playground.render import message_json
from tutorbot.playground.world import World

FIELD_TAKES = {5: 6, 6: 8, 7: 9, 8: 7, 19: 11}
"""The kind of option whose values each kind of menu or file field takes."""


@dataclass(frozen=True, eq=False, repr=False)
class Person:
    """A member of a guild. What cannot be done on Discord raises ImpossibleError.

    Methods that start an interaction return once the bot has acknowledged it or 3 s have passed;
    with `wait=False` they return at once.
    """

    user: User
    guild: Guild
    world: World
    post: Post
    desk: Desk

    def __repr__(self) -> str:
        return f"<{self.name}>"

    @property
    def id(self) -> int:
        """The user's id."""
        return self.user.id

    @property
    def name(self) -> str:
        """The user's name."""
        return self.user.name

    @property
    def mention(self) -> str:
        """`<@id>`."""
        return self.user.mention

    @property
    def dm(self) -> Channel:
        """Direct messages with the bot."""
        return self.world.dm_with(self.user)

    def sees(self, channel: Channel) -> list[Message]:
        """The messages of a channel that this person can read, oldest first."""
        if not self._may(channel, Permission.VIEW_CHANNEL):
            return []
        return [message for message in channel.messages if message.seen_only_by in (None, self.id)]

    def _may(self, channel: Channel, permission: Permission) -> bool:
        return not permission & ~self.world.permissions(self.user, channel)

    def _need(self, channel: Channel, permission: Permission) -> None:
        if not self._may(channel, permission):
            raise ImpossibleError(f"{self.name} has no permission for {permission.name} in #{channel.name}.")

    def begin_slash(self, channel: Channel, command: str, /, **options: Any) -> Interaction:
        """`slash` without waiting for an answer."""
        found, steps = self._command(channel, command, CHAT_INPUT)
        filling = Filling(self.world, channel.guild, self.post.upload)
        filled = filling.fill((steps or [found])[-1].get("options") or [], options)
        data = command_data(found, steps, filled, filling.resolved)
        return self.desk.open(COMMAND, command, self.user, channel, data=data)

    async def slash(self, channel: Channel, command: str, /, **options: Any) -> Interaction:
        """Use a slash command: `alice.slash(channel, "quiz start", rounds=3)`.

        Options are given by name: text, numbers, booleans, people, roles, channels, `Upload` for a file; one
        of several choices by its name or value.
        """
        return await _acknowledged(self.begin_slash(channel, command, **options))

    async def autocomplete(
        self, channel: Channel, command: str, option: str, typed: str, /, **others: Any
    ) -> list[Choice]:
        """Type into an option and see what is suggested; `others` are options already filled in.

        Raises:
            TooLateError: nothing was suggested within 3 s.
        """
        found, steps = self._command(channel, command, CHAT_INPUT)
        specs = (steps or [found])[-1].get("options") or []
        if not any(spec["name"] == option and spec.get("autocomplete") for spec in specs):
            raise ImpossibleError(f"The option {option!r} of {command!r} has no autocomplete.")
        filling = Filling(self.world, channel.guild, self.post.upload)
        filled = filling.fill(specs, {**others, option: typed}, focused=option)
        data = command_data(found, steps, filled, {})
        interaction = self.desk.open(AUTOCOMPLETE, command, self.user, channel, data=data)
        await interaction.answered()
        return interaction.choices or []

    async def context_menu(
        self,
        target: "Message | Person",
        command: str,
        *,
        channel: Channel | None = None,
        wait: bool = True,
    ) -> Interaction:
        """Use an entry of the "Apps" menu on a message, or on a person seen in `channel` (else the first)."""
        if isinstance(target, Message):
            self._insist_on_seeing(target)
            found, _ = self._command(target.channel, command, ON_MESSAGE)
            shown = {"messages": {str(target.id): message_json(target, self.world.bot)}}
            data = menu_data(found, target.id, shown)
            interaction = self.desk.open(COMMAND, command, self.user, target.channel, data=data, on_message=target)
        else:
            channel = channel or next(iter(self.guild.channels.values()))
            found, _ = self._command(channel, command, ON_USER)
            filling = Filling(self.world, self.guild, self.post.upload)
            filling.reference(target, 6, command)
            data = menu_data(found, target.id, filling.resolved)
            interaction = self.desk.open(COMMAND, command, self.user, channel, data=data)
        return await _acknowledged(interaction) if wait else interaction

    def _command(self, channel: Channel, path: str, kind: int) -> tuple[Json, list[Json]]:
        self._need(channel, USES)
        guild_id = channel.guild.id if channel.guild else None
        found, steps = find_command(self.world.commands.usable_in(guild_id), path, kind)
        reason = why_not(self.world, self.user, channel, found)
        if reason is not None:
            raise ImpossibleError(f"The command {path!r} {reason}.")
        return found, steps

    async def click(self, message: Message, button: str, *, late: bool = False, wait: bool = True) -> Interaction:
        """Click a button, named by its label or custom_id.

        With `late`, a button counts that the message showed before its last edits, or that is disabled now:
        the click was on its way when the message changed.
        """
        part = self._part(message, button, BUTTONS, late)
        if part.get("custom_id") is None:
            raise ImpossibleError(f"The button {button!r} is a link.")
        data = {"custom_id": part["custom_id"], "component_type": BUTTON, "id": part["id"]}
        interaction = self.desk.open(COMPONENT, button, self.user, message.channel, data=data, on_message=message)
        return await _acknowledged(interaction) if wait else interaction

    async def select(
        self,
        message: Message,
        menu: str,
        values: "str | Sequence[str | Person | Role | Channel]",
        *,
        late: bool = False,
        wait: bool = True,
    ) -> Interaction:
        """Choose in a menu, named by its placeholder or custom_id: labels, people, roles or channels."""
        part = self._part(message, menu, SELECTS, late)
        wanted = [values] if isinstance(values, str) else list(values)
        seen = read_select(part)
        if not seen.min_values <= len(wanted) <= seen.max_values:
            raise ImpossibleError(f"The menu {menu!r} takes {seen.min_values} to {seen.max_values} values.")
        filling = Filling(self.world, message.channel.guild, self.post.upload)
        if seen.kind == STRING_SELECT:
            chosen = [pick_option(menu, seen.options, str(one)) for one in wanted]
        else:
            chosen = [filling.reference(one, FIELD_TAKES[seen.kind], menu) for one in wanted]
        data: Json = {
            "custom_id": seen.custom_id,
            "component_type": seen.kind,
            "id": part["id"],
            "values": chosen,
        }
        if filling.resolved:
            data["resolved"] = filling.resolved
        interaction = self.desk.open(COMPONENT, menu, self.user, message.channel, data=data, on_message=message)
        return await _acknowledged(interaction) if wait else interaction

    def _part(self, message: Message, wanted: str, kinds: frozenset[int], late: bool) -> Json:
        if not late or message.seen_only_by not in (None, self.id):
            self._insist_on_seeing(message)
        return find_part(message, wanted, kinds, late=late)

    def _insist_on_seeing(self, message: Message) -> None:
        if message.deleted or message not in self.sees(message.channel):
            raise ImpossibleError(f"{self.name} does not see that message.")

    async def submit(self, modal: Modal, values: dict[str, Any], *, wait: bool = True) -> Interaction:
        """Fill in a modal, by labels or custom_ids, and send it."""
        opened = modal.interaction
        if opened.user is not self.user:
            raise ImpossibleError(f"The modal {modal.title!r} was opened for {opened.user.name}.")
        filling = Filling(self.world, opened.channel.guild, self.post.upload)
        data = modal.filled_in(values, lambda value, kind, name: filling.reference(value, FIELD_TAKES[kind], name))
        if filling.resolved:
            data["resolved"] = filling.resolved
        on_message = opened.on_message if opened.kind == COMPONENT else None
        interaction = self.desk.open(
            MODAL_SUBMIT, modal.title, self.user, opened.channel, data=data, on_message=on_message
        )
        return await _acknowledged(interaction) if wait else interaction

    async def say(
        self,
        channel: Channel,
        text: str,
        *,
        reply_to: Message | None = None,
        ping: bool = True,
        files: Sequence[Upload] = (),
    ) -> Message:
        """Write a message; `<@id>` in it pings, and so does a reply unless `ping` is false."""
        in_thread = isinstance(channel, Thread)
        self._need(channel, Permission.SEND_MESSAGES_IN_THREADS if in_thread else Permission.SEND_MESSAGES)
        if isinstance(channel, Thread) and channel.locked and not self._may(channel, Permission.MANAGE_THREADS):
            raise ImpossibleError(f"The thread {channel.name!r} is locked.")
        if reply_to is not None:
            self._insist_on_seeing(reply_to)
        if not 1 <= len(text) + len(files) <= 2000:
            raise ImpossibleError("A message has 1 to 2000 characters.")
        allowed = None if ping else {"parse": ["users", "roles", "everyone"], "replied_user": False}
        return self.post.send(
            channel,
            self.user,
            Draft(content=text, reply_to=reply_to, allowed_mentions=allowed, uploads=tuple(files)),
        )

    async def edit(self, message: Message, text: str) -> None:
        """Change an own message."""
        self._insist_on_own(message)
        self.post.edit(message, Edit(content=text))

    async def delete(self, message: Message) -> None:
        """Delete an own message, or anybody's with the permission to manage messages."""
        if not self._may(message.channel, Permission.MANAGE_MESSAGES):
            self._insist_on_own(message)
        self.post.delete(message)

    def _insist_on_own(self, message: Message) -> None:
        if message.author is not self.user:
            raise ImpossibleError(f"The message is {message.author.name}'s, not {self.name}'s.")

    async def dismiss(self, message: Message) -> None:
        """Dismiss a private message; the bot hears nothing of it."""
        if message.seen_only_by != self.id or not message.flags & MessageFlag.EPHEMERAL:
            raise ImpossibleError("Only private messages can be dismissed.")
        self.post.delete(message)

    async def react(self, message: Message, emoji: str) -> None:
        """React to a message."""
        self._insist_on_seeing(message)
        if emoji not in message.reactions:
            self._need(message.channel, Permission.ADD_REACTIONS)
        self.post.react(message, self.user, emoji)

    async def unreact(self, message: Message, emoji: str) -> None:
        """Take a reaction back."""
        self.post.unreact(message, self.user, emoji)

    async def types(self, channel: Channel) -> None:
        """Begin to type."""
        self._need(channel, Permission.SEND_MESSAGES)
        self.post.typing(channel, self.user)

    async def start_thread(self, place: Channel | Message, name: str) -> Thread:
        """Start a thread in a channel or on a message."""
        message = place if isinstance(place, Message) else None
        channel = place.channel if isinstance(place, Message) else place
        self._need(channel, Permission.CREATE_PUBLIC_THREADS)
        return self.world.add_thread(channel, name, self.user, message=message)

    async def leave(self) -> None:
        """Leave the guild."""
        self.world.remove_member(self.guild, self.user)


async def _acknowledged(interaction: Interaction) -> Interaction:
    await interaction.changes.until(lambda: interaction.acknowledged_at is not None or interaction.failed, 3.5)
    return interaction
