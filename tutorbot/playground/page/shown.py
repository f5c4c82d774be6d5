"""The local Discord as one person sees it, as JSON for their tab."""

from tutorbot.playground.flags import Permission
from tutorbot.playground.guild import LocalGuild
from tutorbot.playground.modal import Modal
from tutorbot.playground.model import DM, Channel, Json, Message, Thread, User
from tutorbot.playground.people import Person
from tutorbot.playground.render import message_json
from tutorbot.playground.snowflake import time_of

PAGE = 50
"""Messages that are shown at first, and at each look further back."""

_COMMAND_KEYS = ("id", "name", "type", "description", "options")


def place_json(guild: LocalGuild, person: Person, simulated: frozenset[int]) -> Json:
    """The server with its people and the channels that this person sees."""
    world = guild.world
    channels = [*guild.state.channels.values(), person.dm]
    return {
        "server": guild.name,
        "me": str(person.id),
        "bot": str(world.bot.id),
        "people": [_person_json(guild, member.user, simulated) for member in guild.state.members.values()],
        "roles": [{"id": str(role.id), "name": role.name} for role in guild.state.roles.values()],
        "channels": [_channel_json(one, person) for one in channels if _may(person, one, Permission.VIEW_CHANNEL)],
    }


def _person_json(guild: LocalGuild, user: User, simulated: frozenset[int]) -> Json:
    member = guild.state.members[user.id]
    may = guild.world.guild_permissions(guild.state, member)
    return {
        "id": str(user.id),
        "name": user.name,
        "bot": user.bot,
        "moderator": not user.bot and bool(may & Permission.MANAGE_MESSAGES),
        "owner": user.id == guild.state.owner_id,
        "simulated": user.id in simulated,
    }


def _channel_json(channel: Channel, person: Person) -> Json:
    in_thread = isinstance(channel, Thread)
    sends = Permission.SEND_MESSAGES_IN_THREADS if in_thread else Permission.SEND_MESSAGES
    return {
        "id": str(channel.id),
        "name": channel.name,
        "topic": channel.topic or "",
        "private": channel.kind == DM,
        "parent": str(channel.parent.id) if isinstance(channel, Thread) and channel.parent else None,
        "writable": _may(person, channel, sends),
        "last": str(channel.last_message_id or 0),
    }


def _may(person: Person, channel: Channel, permission: Permission) -> bool:
    return not permission & ~person.world.permissions(person.user, channel)


def shown_json(message: Message, person: Person) -> Json:
    """A message as this person sees it; a reply's target has only who said what."""
    shown = message_json(message, person.user)
    target = message.reply_to
    if shown.get("referenced_message") and target is not None:
        readable = target.seen_only_by in (None, person.id)
        shown["referenced_message"] = {
            "id": str(target.id),
            "author": str(target.author.id),
            "text": target.text if readable else "",
        }
    shown["author"] = {"id": str(message.author.id), "name": message.author.name, "bot": message.author.bot}
    shown["created"] = time_of(message.id)
    shown["pings_me"] = person.mention in message.pings or bool(message.pings & {"@everyone", "@here"})
    shown["used"] = None
    if message.origin is not None and message.origin.kind == 2:
        shown["used"] = {"person": str(message.origin.user.id), "name": message.origin.name}
    for key in ("interaction_metadata", "application_id", "webhook_id", "mentions"):
        shown.pop(key, None)
    return shown


def command_json(command: Json) -> Json:
    """A command or menu entry as the picker needs it."""
    return {key: command.get(key) for key in _COMMAND_KEYS}


def form_json(modal: Modal) -> Json:
    """A form that the bot opened."""
    return {"form": str(modal.interaction.id), "title": modal.title, "components": list(modal.components)}
