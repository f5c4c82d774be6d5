"""Which commands a person is offered in a channel."""

from tutorbot.playground.flags import Permission
from tutorbot.playground.model import Channel, Json, User
from tutorbot.playground.world import World

USES = Permission.VIEW_CHANNEL | Permission.USE_APPLICATION_COMMANDS


def offered(world: World, user: User, channel: Channel) -> list[Json]:
    """The commands and menu entries that Discord shows this person in this channel."""
    if USES & ~world.permissions(user, channel):
        return []
    registered: list[Json] = world.commands.usable_in(channel.guild.id if channel.guild else None)
    return [command for command in registered if why_not(world, user, channel, command) is None]


def why_not(world: World, user: User, channel: Channel, command: Json) -> str | None:
    """Why a command is not offered, as the end of a sentence; None if it is."""
    contexts = command.get("contexts")
    here = 0 if channel.guild else 1
    if (contexts is not None and here not in contexts) or (here and command.get("dm_permission") is False):
        return "is not offered here"
    needs = command.get("default_member_permissions")
    if needs is not None and channel.guild is not None:
        may = world.permissions(user, channel)
        if not may & Permission.ADMINISTRATOR and (int(needs) & ~may or int(needs) == 0):
            return f"needs permissions that {user.name} does not have"
    return None
