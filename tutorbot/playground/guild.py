"""A guild as a test sets it up."""

from collections.abc import Sequence
from dataclasses import dataclass

from tutorbot.playground.desk import Desk
from tutorbot.playground.flags import NO_PERMISSION, Permission
from tutorbot.playground.model import Channel, Guild, Role, User
from tutorbot.playground.people import Person
from tutorbot.playground.posting import Post
from tutorbot.playground.world import World

MODERATOR_MAY = (
    Permission.MANAGE_GUILD
    | Permission.MANAGE_MESSAGES
    | Permission.MANAGE_THREADS
    | Permission.KICK_MEMBERS
    | Permission.MODERATE_MEMBERS
    | Permission.MENTION_EVERYONE
)
"""What a moderator may do beyond @everyone."""


@dataclass(frozen=True, eq=False)
class LocalGuild:
    """A guild of the local Discord. Its changes reach a connected bot at once."""

    state: Guild
    world: World
    post: Post
    desk: Desk

    @property
    def id(self) -> int:
        """The guild's id."""
        return self.state.id

    @property
    def name(self) -> str:
        """The guild's name."""
        return self.state.name

    @property
    def everyone(self) -> Role:
        """The role that all members have."""
        return self.state.roles[self.state.id]

    @property
    def bot_role(self) -> Role:
        """The bot's own role."""
        return self.state.roles[self.state.members[self.world.bot.id].role_ids[0]]

    @property
    def owner(self) -> Person:
        """The owner, who may do everything."""
        owner = self.state.members[self.state.owner_id].user
        return Person(owner, self.state, self.world, self.post, self.desk)

    @property
    def people(self) -> list[Person]:
        """The members, in the order in which they joined; without the bot and the owner."""
        absent = (self.world.bot.id, self.state.owner_id)
        return [self._person(one.user) for one in self.state.members.values() if one.user.id not in absent]

    def _person(self, user: User) -> Person:
        return Person(user, self.state, self.world, self.post, self.desk)

    def add_text_channel(self, name: str, topic: str | None = None) -> Channel:
        """A new text channel, open to all."""
        return self.world.add_channel(self.state, name, topic)

    def remove_channel(self, channel: Channel) -> None:
        """Delete a channel or thread."""
        self.world.remove_channel(channel)

    def add_role(self, name: str, permissions: Permission = NO_PERMISSION) -> Role:
        """A new role, allowing something on top of @everyone."""
        return self.world.add_role(self.state, name, permissions)

    def add_member(self, name: str, roles: Sequence[Role] = ()) -> Person:
        """A new account that joins the guild."""
        return self.join(self.world.add_user(name), roles)

    def add_moderator(self, name: str, permissions: Permission = MODERATOR_MAY) -> Person:
        """A new member with a role "Moderator" that allows `permissions`."""
        named = [role for role in self.state.roles.values() if role.name == "Moderator"]
        role = named[0] if named else self.add_role("Moderator", permissions)
        return self.add_member(name, [role])

    def join(self, user: User, roles: Sequence[Role] = ()) -> Person:
        """An account that exists already joins the guild."""
        self.world.add_member(self.state, user, list(roles))
        return self._person(user)

    def give(self, person: Person, role: Role) -> None:
        """Give somebody a role."""
        member = self.state.members[person.id]
        self.world.set_roles(self.state, member, [*member.role_ids, role.id])

    def take(self, person: Person, role: Role) -> None:
        """Take a role from somebody."""
        member = self.state.members[person.id]
        self.world.set_roles(self.state, member, [one for one in member.role_ids if one != role.id])

    def set_permissions(self, role: Role, permissions: Permission) -> None:
        """Change what a role allows everywhere; `guild.bot_role` is the bot's."""
        self.world.set_role(self.state, role, permissions)

    def deny(self, channel: Channel, who: Role | Person | User, permission: Permission) -> None:
        """Forbid something in one channel; `discord.bot` is the bot."""
        self.world.overwrite(channel, who.id, NO_PERMISSION, permission)

    def allow(self, channel: Channel, who: Role | Person | User, permission: Permission) -> None:
        """Allow something in one channel."""
        self.world.overwrite(channel, who.id, permission, NO_PERMISSION)

    def remove_bot(self) -> None:
        """Throw the bot out."""
        self.world.remove_guild(self.state)
