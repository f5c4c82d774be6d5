"""Guilds, their members and roles; channels and threads."""

from tutorbot.playground import limits
from tutorbot.playground.errors import ApiError, Refusal
from tutorbot.playground.flags import Permission
from tutorbot.playground.model import DM, PRIVATE_THREAD, Channel, Guild, Member, Thread
from tutorbot.playground.posting import Post
from tutorbot.playground.render import channel_json, guild_json, member_json, role_json, thread_member_json
from tutorbot.playground.rest.routing import NOTHING, Answer, Call, Route
from tutorbot.playground.world import World


class PlaceRoutes:
    """/guilds and /channels, but for messages."""

    def __init__(self, world: World, post: Post) -> None:
        self._world = world
        self._post = post

    def routes(self) -> list[Route]:
        """What is answered here."""
        guild, channel = "/guilds/{guild_id}", "/channels/{channel_id}"
        return [
            Route("GET", guild, self.get_guild),
            Route("GET", guild + "/channels", self.list_channels),
            Route("GET", guild + "/roles", self.list_roles),
            Route("GET", guild + "/members", self.list_members),
            Route("GET", guild + "/members/{user_id}", self.get_member),
            Route("PUT", guild + "/members/{user_id}/roles/{role_id}", self.give_role),
            Route("DELETE", guild + "/members/{user_id}/roles/{role_id}", self.take_role),
            Route("GET", guild + "/threads/active", self.active_threads),
            Route("DELETE", "/users/@me/guilds/{guild_id}", self.leave),
            Route("GET", channel, self.get_channel),
            Route("PATCH", channel, self.edit_channel),
            Route("DELETE", channel, self.delete_channel),
            Route("POST", channel + "/typing", self.typing),
            Route("POST", channel + "/threads", self.start_thread),
            Route("POST", channel + "/messages/{message_id}/threads", self.thread_on_message),
            Route("PUT", channel + "/thread-members/@me", self.join_thread),
            Route("DELETE", channel + "/thread-members/@me", self.leave_thread),
            Route("PUT", channel + "/thread-members/{user_id}", self.add_to_thread),
            Route("GET", channel + "/thread-members", self.thread_members),
        ]

    def _guild(self, call: Call) -> Guild:
        return self._world.guild(call.id("guild_id"))

    def _channel(self, call: Call) -> Channel:
        return self._world.channel(call.id("channel_id"))

    def _thread(self, call: Call) -> Thread:
        thread = self._channel(call)
        if not isinstance(thread, Thread):
            raise ApiError(Refusal.UNKNOWN_CHANNEL)
        return thread

    def _member(self, call: Call) -> Member:
        member = self._guild(call).members.get(call.id("user_id"))
        if member is None:
            raise ApiError(Refusal.UNKNOWN_MEMBER)
        return member

    def get_guild(self, call: Call) -> Answer:
        """A guild, with counts where `with_counts` asks for them."""
        guild = self._guild(call)
        shown = guild_json(guild)
        if call.query.get("with_counts") in ("true", "1"):
            count = len(guild.members)
            shown |= {"approximate_member_count": count, "approximate_presence_count": count}
        return Answer(body=shown)

    def list_channels(self, call: Call) -> Answer:
        """The channels of a guild, without threads."""
        channels = self._guild(call).channels.values()
        return Answer(body=[channel_json(one) for one in channels if not isinstance(one, Thread)])

    def list_roles(self, call: Call) -> Answer:
        """The roles of a guild."""
        return Answer(body=[role_json(role) for role in self._guild(call).roles.values()])

    def list_members(self, call: Call) -> Answer:
        """Members by id, `limit` (1 to 1000) of them after `after`."""
        after, limit = int(call.query.get("after", "0")), int(call.query.get("limit", "1"))
        members = sorted(self._guild(call).members.values(), key=lambda member: member.user.id)
        return Answer(body=[member_json(one) for one in members if one.user.id > after][:limit])

    def get_member(self, call: Call) -> Answer:
        """One member."""
        return Answer(body=member_json(self._member(call)))

    def _role_id(self, call: Call) -> int:
        guild = self._guild(call)
        if not self._world.guild_permissions(guild, guild.members[self._world.bot.id]) & (
            Permission.MANAGE_ROLES | Permission.ADMINISTRATOR
        ):
            raise ApiError(Refusal.MISSING_PERMISSIONS)
        if call.id("role_id") not in guild.roles:
            raise ApiError(Refusal.UNKNOWN_ROLE)
        return call.id("role_id")

    def give_role(self, call: Call) -> Answer:
        """Give a member a role."""
        member, role_id = self._member(call), self._role_id(call)
        others = [one for one in member.role_ids if one != role_id]
        self._world.set_roles(self._guild(call), member, [*others, role_id])
        return NOTHING

    def take_role(self, call: Call) -> Answer:
        """Take a role from a member."""
        member, role_id = self._member(call), self._role_id(call)
        self._world.set_roles(self._guild(call), member, [one for one in member.role_ids if one != role_id])
        return NOTHING

    def active_threads(self, call: Call) -> Answer:
        """The threads of a guild that are not archived."""
        threads = [one for one in self._guild(call).channels.values() if isinstance(one, Thread) and not one.archived]
        return Answer(body={"threads": [channel_json(one) for one in threads], "members": []})

    def leave(self, call: Call) -> Answer:
        """The bot leaves a guild."""
        self._world.remove_guild(self._guild(call))
        return NOTHING

    def get_channel(self, call: Call) -> Answer:
        """A channel or thread."""
        return Answer(body=channel_json(self._channel(call)))

    def edit_channel(self, call: Call) -> Answer:
        """Rename a channel or set its topic; archive, lock or open a thread."""
        channel = self._channel(call)
        if isinstance(channel, Thread):
            if channel.owner_id != self._world.bot.id or "locked" in call.form:
                self._world.need(channel, Permission.MANAGE_THREADS)
            channel.archived = bool(call.form.get("archived", channel.archived))
            channel.locked = bool(call.form.get("locked", channel.locked))
            channel.archive_minutes = call.form.get("auto_archive_duration") or channel.archive_minutes
            channel.changed_at = self._world.clock()
        else:
            self._world.need(channel, Permission.MANAGE_CHANNELS)
            channel.topic = call.form.get("topic", channel.topic)
        channel.name = call.form.get("name") or channel.name
        self._world.channel_news("THREAD_UPDATE" if isinstance(channel, Thread) else "CHANNEL_UPDATE", channel)
        return Answer(body=channel_json(channel))

    def delete_channel(self, call: Call) -> Answer:
        """Delete a channel or thread."""
        channel = self._channel(call)
        shown = channel_json(channel)
        if channel.kind != DM:
            in_thread = isinstance(channel, Thread)
            self._world.need(channel, Permission.MANAGE_THREADS if in_thread else Permission.MANAGE_CHANNELS)
            self._world.remove_channel(channel)
        return Answer(body=shown)

    def typing(self, call: Call) -> Answer:
        """The bot types."""
        channel = self._channel(call)
        self._world.need(channel, Permission.SEND_MESSAGES)
        self._post.typing(channel, self._world.bot)
        return NOTHING

    def start_thread(self, call: Call) -> Answer:
        """A thread without a message; private unless its type says otherwise."""
        channel = self._channel(call)
        private = call.form.get("type", PRIVATE_THREAD) == PRIVATE_THREAD
        self._world.need(channel, Permission.CREATE_PRIVATE_THREADS if private else Permission.CREATE_PUBLIC_THREADS)
        return self._started(call, self._world.add_thread(channel, self._name(call), self._world.bot, private=private))

    def thread_on_message(self, call: Call) -> Answer:
        """A thread on a message."""
        channel = self._channel(call)
        message = channel.by_id.get(call.id("message_id"))
        if message is None:
            raise ApiError(Refusal.UNKNOWN_MESSAGE)
        self._world.need(channel, Permission.CREATE_PUBLIC_THREADS)
        if message.thread is not None:
            raise ApiError(Refusal.THREAD_EXISTS)
        return self._started(call, self._world.add_thread(channel, self._name(call), self._world.bot, message=message))

    def _name(self, call: Call) -> str:
        name = call.form.get("name") or ""
        if not 1 <= len(name) <= 100:
            limits.refuse("name", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
        return str(name)

    def _started(self, call: Call, thread: Thread) -> Answer:
        thread.archive_minutes = call.form.get("auto_archive_duration") or thread.archive_minutes
        return Answer(201, {**channel_json(thread), "member": thread_member_json(thread, self._world.bot.id)})

    def join_thread(self, call: Call) -> Answer:
        """The bot joins a thread."""
        return self._added(self._thread(call), self._world.bot.id)

    def add_to_thread(self, call: Call) -> Answer:
        """Somebody is added to a thread."""
        return self._added(self._thread(call), call.id("user_id"))

    def _added(self, thread: Thread, user_id: int) -> Answer:
        if user_id not in thread.member_ids:
            thread.member_ids.append(user_id)
        self._world.changes.notify()
        return NOTHING

    def leave_thread(self, call: Call) -> Answer:
        """The bot leaves a thread."""
        thread = self._thread(call)
        thread.member_ids = [one for one in thread.member_ids if one != self._world.bot.id]
        return NOTHING

    def thread_members(self, call: Call) -> Answer:
        """Who is in a thread."""
        thread = self._thread(call)
        return Answer(body=[thread_member_json(thread, one) for one in thread.member_ids])
