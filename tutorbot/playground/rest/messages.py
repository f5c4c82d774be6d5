"""/channels/{id}/messages and the reactions on them."""

from tutorbot.playground import limits
from tutorbot.playground.discretion import discreet
from tutorbot.playground.drafts import changes_from, draft_from
from tutorbot.playground.errors import ApiError, Refusal
from tutorbot.playground.flags import Permission
from tutorbot.playground.model import DM, Channel, Json, Message, Thread
from tutorbot.playground.posting import Post
from tutorbot.playground.render import message_json, user_json
from tutorbot.playground.rest.routing import NOTHING, Answer, Call, Route
from tutorbot.playground.world import World

NONCE_LASTS = 300.0
"""Seconds in which a repeated nonce finds the message that it sent."""


class MessageRoutes:
    """Sending, reading, changing and deleting messages as the bot."""

    def __init__(self, world: World, post: Post) -> None:
        self._world = world
        self._post = post

    def routes(self) -> list[Route]:
        """What is answered here."""
        many = "/channels/{channel_id}/messages"
        one = many + "/{message_id}"
        return [
            Route("GET", many, self.history),
            Route("POST", many, self.send),
            Route("POST", many + "/bulk-delete", self.delete_many),
            Route("GET", one, self.get),
            Route("PATCH", one, self.edit),
            Route("DELETE", one, self.delete),
            Route("GET", one + "/reactions/{emoji}", self.who_reacted),
            Route("PUT", one + "/reactions/{emoji}/@me", self.react),
            Route("DELETE", one + "/reactions/{emoji}/@me", self.unreact),
            Route("DELETE", one + "/reactions/{emoji}/{user_id}", self.unreact_other),
            Route("DELETE", one + "/reactions", self.clear_reactions),
        ]

    def _json(self, message: Message) -> Json:
        shown = message_json(message, self._world.bot)
        if message.channel.guild is None:
            return shown
        return discreet(shown, self._world.application.granted, self._world.bot.id)

    def _shown(self, message: Message) -> Answer:
        return Answer(body=self._json(message))

    def _message(self, call: Call) -> Message:
        channel = self._world.channel(call.id("channel_id"))
        message = channel.by_id.get(call.id("message_id"))
        if message is None or message.seen_only_by is not None:
            raise ApiError(Refusal.UNKNOWN_MESSAGE)
        return message

    def history(self, call: Call) -> Answer:
        """Messages, newest first: the last ones, or those before, after or around one."""
        channel = self._world.channel(call.id("channel_id"))
        limit = int(call.query.get("limit", "50"))
        if not 1 <= limit <= 100:
            limits.refuse("limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 100.")
        if not self._world.permissions(self._world.bot, channel) & Permission.READ_MESSAGE_HISTORY:
            return Answer(body=[])
        found = [message for message in channel.messages if message.seen_only_by is None]
        if "before" in call.query:
            found = [message for message in found if message.id < int(call.query["before"])]
        if "after" in call.query:
            found = [message for message in found if message.id > int(call.query["after"])][:limit]
        if "around" in call.query:
            earlier = sum(message.id < int(call.query["around"]) for message in found)
            found = found[max(0, earlier - limit // 2) :][:limit]
        return Answer(body=[self._json(message) for message in found[-limit:][::-1]])

    def send(self, call: Call) -> Answer:
        """A new message; a repeated nonce that is to be enforced finds the first one."""
        channel = self._world.channel(call.id("channel_id"))
        self._may_send(channel, call)
        reply_to = self._reply_to(channel, call)
        limits.check_message(call.form, len(call.files))
        return self._shown(
            self._sent_before(channel, call)
            or self._post.send(channel, self._world.bot, draft_from(call.form, call.files, reply_to))
        )

    def _may_send(self, channel: Channel, call: Call) -> None:
        if channel.kind == DM and not self._shares_a_guild(channel):
            raise ApiError(Refusal.CANNOT_MESSAGE_USER)
        in_thread = isinstance(channel, Thread)
        self._world.need(channel, Permission.SEND_MESSAGES_IN_THREADS if in_thread else Permission.SEND_MESSAGES)
        if isinstance(channel, Thread) and channel.archived and channel.locked:
            raise ApiError(Refusal.THREAD_ARCHIVED)
        if call.files:
            self._world.need(channel, Permission.ATTACH_FILES)
        if call.form.get("embeds"):
            self._world.need(channel, Permission.EMBED_LINKS)

    def _shares_a_guild(self, channel: Channel) -> bool:
        recipient = channel.recipients[0].id
        return any(recipient in guild.members for guild in self._world.guilds.values())

    def _reply_to(self, channel: Channel, call: Call) -> Message | None:
        reference = call.form.get("message_reference")
        if not reference:
            return None
        if not self._world.permissions(self._world.bot, channel) & Permission.READ_MESSAGE_HISTORY:
            raise ApiError(Refusal.CANNOT_REPLY)
        found = channel.by_id.get(int(reference["message_id"]))
        if found is None and reference.get("fail_if_not_exists", True):
            limits.refuse("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
        return found

    def _sent_before(self, channel: Channel, call: Call) -> Message | None:
        nonce = call.form.get("nonce")
        if nonce is None or not call.form.get("enforce_nonce"):
            return None
        since = self._world.clock() - NONCE_LASTS
        for message in reversed(channel.messages):
            if message.nonce == nonce and message.author is self._world.bot and message.created_at >= since:
                return message
        return None

    def get(self, call: Call) -> Answer:
        """One message."""
        message = self._message(call)
        if not self._world.permissions(self._world.bot, message.channel) & Permission.READ_MESSAGE_HISTORY:
            raise ApiError(Refusal.MISSING_ACCESS)
        return self._shown(message)

    def edit(self, call: Call) -> Answer:
        """Change one of the bot's messages; of others' only the flags, with the permission for it."""
        message = self._message(call)
        if message.author is not self._world.bot:
            if set(call.form) - {"flags"}:
                raise ApiError(Refusal.NOT_THE_AUTHOR)
            self._world.need(message.channel, Permission.MANAGE_MESSAGES)
        limits.check_edit(message, call.form, len(call.files))
        self._post.edit(message, changes_from(call.form, call.files))
        return self._shown(message)

    def delete(self, call: Call) -> Answer:
        """Take a message away."""
        message = self._message(call)
        if message.author is not self._world.bot:
            self._world.need(message.channel, Permission.MANAGE_MESSAGES)
        self._post.delete(message)
        return NOTHING

    def delete_many(self, call: Call) -> Answer:
        """Take 2 to 100 messages away at once."""
        channel = self._world.channel(call.id("channel_id"))
        self._world.need(channel, Permission.MANAGE_MESSAGES)
        wanted = call.form.get("messages") or []
        if not 2 <= len(wanted) <= 100:
            limits.refuse("messages", "BASE_TYPE_BAD_LENGTH", "Must be between 2 and 100 in length.")
        for message_id in wanted:
            if int(message_id) in channel.by_id:
                self._post.delete(channel.by_id[int(message_id)])
        return NOTHING

    def who_reacted(self, call: Call) -> Answer:
        """The users who reacted with an emoji."""
        who = self._message(call).reactions.get(call.names["emoji"], [])
        return Answer(body=[user_json(self._world.users[user_id]) for user_id in who])

    def react(self, call: Call) -> Answer:
        """React as the bot."""
        message, emoji = self._message(call), call.names["emoji"]
        self._world.need(message.channel, Permission.READ_MESSAGE_HISTORY)
        if emoji not in message.reactions:
            self._world.need(message.channel, Permission.ADD_REACTIONS)
        if emoji.isascii() and ":" not in emoji:
            raise ApiError(Refusal.UNKNOWN_EMOJI)
        self._post.react(message, self._world.bot, emoji)
        return NOTHING

    def unreact(self, call: Call) -> Answer:
        """Take the bot's reaction back."""
        self._post.unreact(self._message(call), self._world.bot, call.names["emoji"])
        return NOTHING

    def unreact_other(self, call: Call) -> Answer:
        """Take somebody else's reaction away."""
        message = self._message(call)
        self._world.need(message.channel, Permission.MANAGE_MESSAGES)
        user = self._world.users.get(call.id("user_id"))
        if user is None:
            raise ApiError(Refusal.UNKNOWN_USER)
        self._post.unreact(message, user, call.names["emoji"])
        return NOTHING

    def clear_reactions(self, call: Call) -> Answer:
        """Take all reactions away."""
        message = self._message(call)
        self._world.need(message.channel, Permission.MANAGE_MESSAGES)
        for emoji, who in list(message.reactions.items()):
            for user_id in list(who):
                self._post.unreact(message, self._world.users[user_id], emoji)
        return NOTHING
