"""The state of the local Discord: who and what there is, and the news of what changes."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tutorbot.playground.changes import Changes
from tutorbot.playground.commands import CommandBook
from tutorbot.playground.errors import ApiError, Refusal
from tutorbot.playground.flags import (
    ALL_PERMISSIONS,
    EVERYONE_MAY,
    NO_INTENT,
    NO_PERMISSION,
    Intent,
    MessageFlag,
    Permission,
)
from tutorbot.playground.model import (
    DM,
    PRIVATE_THREAD,
    PUBLIC_THREAD,
    TEXT,
    Attachment,
    Channel,
    Guild,
    Json,
    Member,
    Message,
    Overwrite,
    Role,
    Thread,
    User,
)
from tutorbot.playground.render import channel_json, guild_create_json, member_json, role_json, user_json
from tutorbot.playground.sights import PlaceChanged, Sight, Watcher
from tutorbot.playground.snowflake import Snowflakes


@dataclass(frozen=True)
class Event:
    """A dispatch to the bot, for sessions that asked for `intent` and whose shard holds the guild."""

    name: str
    payload: Json
    guild_id: int | None = None
    intent: Intent = NO_INTENT


@dataclass
class Application:
    """The bot's application: its account, its token, the privileged intents that Discord granted it."""

    user: User
    owner: User
    token: str
    granted: Intent

    @property
    def id(self) -> int:
        """Its id, which is also the id of its bot user."""
        return self.user.id


@dataclass
class World:
    """Everything that lasts while bots come and go. The clock gives unix seconds."""

    clock: Callable[[], float]
    snowflakes: Snowflakes
    application: Application
    changes: Changes = field(default_factory=Changes)
    commands: CommandBook = field(init=False)
    guilds: dict[int, Guild] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    users: dict[int, User] = field(default_factory=dict)
    attachments: dict[int, Attachment] = field(default_factory=dict)
    listeners: list[Callable[[Event], None]] = field(default_factory=list)
    watchers: list[Watcher] = field(default_factory=list)
    files_url: str = ""

    def __post_init__(self) -> None:
        self.commands = CommandBook(self.application.id, self.snowflakes)
        for user in (self.application.user, self.application.owner):
            self.users[user.id] = user

    @property
    def bot(self) -> User:
        """The bot's account."""
        return self.application.user

    def announce(self, event: Event) -> None:
        """Tell the sessions of the bot, and wake whoever waits for a change."""
        for listener in self.listeners:
            listener(event)
        if event.name.startswith(("GUILD_", "CHANNEL_", "THREAD_")):
            self.show(PlaceChanged())
        self.changes.notify()

    def show(self, sight: Sight) -> None:
        """Tell those who watch."""
        for watcher in list(self.watchers):
            watcher(sight)

    def add_user(self, name: str) -> User:
        """A new account."""
        user = User(self.snowflakes.next(), name)
        self.users[user.id] = user
        return user

    def add_guild(self, name: str, bot_may: Permission) -> Guild:
        """A new guild that the bot has joined with a role of its own."""
        guild_id = self.snowflakes.next()
        guild = Guild(guild_id, name, self.application.owner.id, self.clock())
        guild.roles[guild_id] = Role(guild_id, "@everyone", EVERYONE_MAY, position=0)
        bot_role = Role(self.snowflakes.next(), self.bot.name, bot_may)
        guild.roles[bot_role.id] = bot_role
        guild.members[self.bot.id] = Member(self.bot, self.clock(), [bot_role.id])
        guild.members[guild.owner_id] = Member(self.application.owner, self.clock())
        self.guilds[guild_id] = guild
        self.announce(Event("GUILD_CREATE", self.guild_payload(guild), guild_id, Intent.GUILDS))
        return guild

    def remove_guild(self, guild: Guild) -> None:
        """The bot is thrown out of a guild."""
        del self.guilds[guild.id]
        for channel_id in guild.channels:
            del self.channels[channel_id]
        self.announce(Event("GUILD_DELETE", {"id": str(guild.id)}, guild.id, Intent.GUILDS))

    def guild_payload(self, guild: Guild) -> Json:
        """GUILD_CREATE: all channels, as bots get them, but only the threads that the bot may see."""
        told = [channel for channel in guild.channels.values() if self._bot_knows(channel)]
        return guild_create_json(guild, self.bot, told)

    def _bot_knows(self, channel: Channel) -> bool:
        in_view = self.permissions(self.bot, channel) & Permission.VIEW_CHANNEL
        return bool(in_view) or not isinstance(channel, Thread)

    def add_role(self, guild: Guild, name: str, permissions: Permission) -> Role:
        """A new role."""
        role = Role(self.snowflakes.next(), name, permissions, position=len(guild.roles))
        guild.roles[role.id] = role
        self._role_news("GUILD_ROLE_CREATE", guild, role)
        return role

    def set_role(self, guild: Guild, role: Role, permissions: Permission) -> None:
        """Change what a role allows."""
        role.permissions = permissions
        self._role_news("GUILD_ROLE_UPDATE", guild, role)

    def _role_news(self, name: str, guild: Guild, role: Role) -> None:
        payload = {"guild_id": str(guild.id), "role": role_json(role)}
        self.announce(Event(name, payload, guild.id, Intent.GUILDS))

    def add_member(self, guild: Guild, user: User, roles: list[Role]) -> Member:
        """A user joins a guild."""
        member = Member(user, self.clock(), [role.id for role in roles])
        guild.members[user.id] = member
        self._member_news("GUILD_MEMBER_ADD", guild, member)
        return member

    def set_roles(self, guild: Guild, member: Member, role_ids: list[int]) -> None:
        """Give a member exactly these roles."""
        member.role_ids = role_ids
        self._member_news("GUILD_MEMBER_UPDATE", guild, member)

    def _member_news(self, name: str, guild: Guild, member: Member) -> None:
        payload = {**member_json(member), "guild_id": str(guild.id)}
        intent = NO_INTENT if member.user is self.bot else Intent.GUILD_MEMBERS
        self.announce(Event(name, payload, guild.id, intent))

    def remove_member(self, guild: Guild, user: User) -> None:
        """A member leaves."""
        del guild.members[user.id]
        payload = {"guild_id": str(guild.id), "user": user_json(user)}
        self.announce(Event("GUILD_MEMBER_REMOVE", payload, guild.id, Intent.GUILD_MEMBERS))

    def add_channel(self, guild: Guild, name: str, topic: str | None = None) -> Channel:
        """A new text channel."""
        channel = Channel(self.snowflakes.next(), name, TEXT, guild, topic)
        self._keep(channel, "CHANNEL_CREATE")
        return channel

    def dm_with(self, user: User) -> Channel:
        """The bot's direct messages with a user, made at first use."""
        for channel in self.channels.values():
            if channel.kind == DM and user in channel.recipients:
                return channel
        channel = Channel(self.snowflakes.next(), "", DM, recipients=[user])
        self.channels[channel.id] = channel
        self.show(PlaceChanged())
        return channel

    def add_thread(
        self,
        parent: Channel,
        name: str,
        owner: User,
        *,
        message: Message | None = None,
        private: bool = False,
    ) -> Thread:
        """A new thread, on a message (whose id it takes) or on its own."""
        thread = Thread(
            message.id if message else self.snowflakes.next(),
            name,
            PRIVATE_THREAD if private else PUBLIC_THREAD,
            parent.guild,
            parent=parent,
            owner_id=owner.id,
            changed_at=self.clock(),
            member_ids=[owner.id],
        )
        if message is not None:
            message.thread = thread
            message.flags |= MessageFlag.HAS_THREAD
        self._keep(thread, "THREAD_CREATE", newly_created=True)
        return thread

    def _keep(self, channel: Channel, news: str, **more: bool) -> None:
        assert channel.guild is not None
        self.channels[channel.id] = channel
        channel.guild.channels[channel.id] = channel
        self.channel_news(news, channel, **more)

    def channel_news(self, name: str, channel: Channel, **more: bool) -> None:
        """Announce that a guild channel or thread was made, changed or deleted."""
        assert channel.guild is not None
        if not self._bot_knows(channel):
            self.show(PlaceChanged())
            self.changes.notify()
            return
        payload = {**channel_json(channel), **more}
        self.announce(Event(name, payload, channel.guild.id, Intent.GUILDS))

    def remove_channel(self, channel: Channel) -> None:
        """Delete a guild channel or thread."""
        assert channel.guild is not None
        del self.channels[channel.id]
        del channel.guild.channels[channel.id]
        self.channel_news("THREAD_DELETE" if isinstance(channel, Thread) else "CHANNEL_DELETE", channel)

    def overwrite(self, channel: Channel, target: int, allow: Permission, deny: Permission) -> None:
        """Allow and deny something in a channel to a role or member, on top of what was set before."""
        before = channel.overwrites.get(target, Overwrite())
        channel.overwrites[target] = Overwrite((before.allow | allow) & ~deny, (before.deny | deny) & ~allow)
        self.channel_news("CHANNEL_UPDATE", channel)

    def permissions(self, user: User, channel: Channel) -> Permission:
        """What a user may do in a channel; nothing for those who are not in its guild."""
        guild = channel.guild
        if guild is None:
            member_of = user is self.bot or user in channel.recipients
            return EVERYONE_MAY if member_of else NO_PERMISSION
        member = guild.members.get(user.id)
        if member is None:
            return NO_PERMISSION
        may = self.guild_permissions(guild, member)
        if user.id == guild.owner_id or may & Permission.ADMINISTRATOR:
            return ALL_PERMISSIONS
        place = channel.parent if isinstance(channel, Thread) else channel
        assert place is not None
        everyone = place.overwrites.get(guild.id, Overwrite())
        may = (may & ~everyone.deny) | everyone.allow
        of_roles = [place.overwrites[role_id] for role_id in member.role_ids if role_id in place.overwrites]
        for overwrite in of_roles:
            may &= ~overwrite.deny
        for overwrite in of_roles:
            may |= overwrite.allow
        own = place.overwrites.get(user.id, Overwrite())
        may = (may & ~own.deny) | own.allow
        if not may & Permission.VIEW_CHANNEL:  # which takes everything else with it
            return NO_PERMISSION
        private = isinstance(channel, Thread) and channel.kind == PRIVATE_THREAD
        outside = isinstance(channel, Thread) and user.id not in channel.member_ids
        return NO_PERMISSION if private and outside and not may & Permission.MANAGE_THREADS else may

    def guild_permissions(self, guild: Guild, member: Member) -> Permission:
        """What a member's roles allow, before a channel's overwrites."""
        may = guild.roles[guild.id].permissions
        for role_id in member.role_ids:
            may |= guild.roles[role_id].permissions
        return may

    def guild(self, guild_id: int) -> Guild:
        """A guild that the bot is in.

        Raises:
            ApiError: 10004.
        """
        if guild_id not in self.guilds:
            raise ApiError(Refusal.UNKNOWN_GUILD)
        return self.guilds[guild_id]

    def channel(self, channel_id: int) -> Channel:
        """A channel that the bot may see.

        Raises:
            ApiError: 10003 where there is none, 50001 where the bot may not look.
        """
        if channel_id not in self.channels:
            raise ApiError(Refusal.UNKNOWN_CHANNEL)
        channel = self.channels[channel_id]
        if not self.permissions(self.bot, channel) & Permission.VIEW_CHANNEL:
            raise ApiError(Refusal.MISSING_ACCESS)
        return channel

    def need(self, channel: Channel, permission: Permission) -> None:
        """Insist that the bot may do something in a channel.

        Raises:
            ApiError: 50013.
        """
        if permission & ~self.permissions(self.bot, channel):
            raise ApiError(Refusal.MISSING_PERMISSIONS)
