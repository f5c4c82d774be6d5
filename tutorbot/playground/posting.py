"""Messages come, change and go; whom they ping."""

import mimetypes
import re
from dataclasses import dataclass, replace

from tutorbot.playground.components import numbered, texts_in
from tutorbot.playground.flags import NO_FLAG, Intent, MessageFlag, Permission
from tutorbot.playground.model import DM, Attachment, Channel, Json, Message, Origin, Thread, User
from tutorbot.playground.render import member_json, message_json
from tutorbot.playground.sights import Fate, MessageSeen, TypingSeen
from tutorbot.playground.world import Event, World

REPLY = 19
FATES = {"MESSAGE_CREATE": Fate.NEW, "MESSAGE_DELETE": Fate.GONE}
SETTABLE = (
    MessageFlag.SUPPRESS_EMBEDS
    | MessageFlag.EPHEMERAL
    | MessageFlag.SUPPRESS_NOTIFICATIONS
    | MessageFlag.COMPONENTS_V2
    | MessageFlag.LOADING
)
"""The flags that a draft may carry."""
STAYING = MessageFlag.EPHEMERAL | MessageFlag.HAS_THREAD | MessageFlag.COMPONENTS_V2
"""The flags that an edit cannot take off."""


@dataclass(frozen=True)
class Upload:
    """A file on its way to a message."""

    filename: str
    data: bytes
    description: str | None = None
    title: str | None = None


@dataclass(frozen=True)
class Draft:
    """A message before it is sent. `allowed_mentions` is Discord's object; None pings all that it names."""

    content: str = ""
    embeds: tuple[Json, ...] = ()
    components: tuple[Json, ...] = ()
    uploads: tuple[Upload, ...] = ()
    flags: MessageFlag = NO_FLAG
    reply_to: Message | None = None
    allowed_mentions: Json | None = None
    nonce: str | int | None = None
    tts: bool = False
    kind: int = 0
    origin: Origin | None = None
    seen_only_by: int | None = None


@dataclass(frozen=True)
class Edit:
    """An edit: None leaves a part as it is. `keep` are the ids of attachments that stay."""

    content: str | None = None
    embeds: tuple[Json, ...] | None = None
    components: tuple[Json, ...] | None = None
    keep: frozenset[int] | None = None
    uploads: tuple[Upload, ...] = ()
    flags: MessageFlag | None = None
    allowed_mentions: Json | None = None


class Post:
    """Sends, edits and deletes messages, and tells the bot about each."""

    def __init__(self, world: World) -> None:
        self._world = world

    def send(self, channel: Channel, author: User, draft: Draft) -> Message:
        """Put a message into a channel."""
        world = self._world
        message = Message(world.snowflakes.next(), channel, author, world.clock(), draft.content, kind=draft.kind)
        message.flags = draft.flags & SETTABLE
        message.nonce, message.tts = draft.nonce, draft.tts
        message.origin, message.seen_only_by = draft.origin, draft.seen_only_by
        if draft.reply_to is not None:
            message.kind = message.kind or REPLY
            message.reply_to = draft.reply_to
            message.refers_to = (draft.reply_to.channel.id, draft.reply_to.id)
        self._attach(message, draft.uploads)
        message.embeds = [_linked(_rich(embed), message.attachments) for embed in draft.embeds]
        message.components = [_linked(part, message.attachments) for part in numbered(list(draft.components))]
        message.pings = self.pings_of(message, draft.allowed_mentions)
        channel.by_id[message.id] = message
        channel.last_message_id = message.id
        if isinstance(channel, Thread) and channel.archived:
            channel.archived = False
            world.channel_news("THREAD_UPDATE", channel)
        self._news("MESSAGE_CREATE", message, self.payload(message))
        return message

    def edit(self, message: Message, edit: Edit) -> None:
        """Change a message; it keeps its earlier components, so that a late click can still be tried."""
        was_loading = message.loading
        if edit.content is not None:
            message.content = edit.content
        if edit.keep is not None:
            message.attachments = [kept for kept in message.attachments if kept.id in edit.keep]
        self._attach(message, edit.uploads)
        if edit.embeds is not None:
            message.embeds = [_linked(_rich(embed), message.attachments) for embed in edit.embeds]
        if edit.components is not None:
            message.earlier_components.append(message.components)
            message.components = [_linked(part, message.attachments) for part in numbered(list(edit.components))]
        if edit.flags is not None:
            fixed = message.flags & STAYING
            message.flags = (edit.flags & SETTABLE & ~MessageFlag.EPHEMERAL) | fixed
        message.flags &= ~MessageFlag.LOADING
        if was_loading:
            message.pings = self.pings_of(message, edit.allowed_mentions)
        else:
            message.edited_at = self._world.clock()
        self._news("MESSAGE_UPDATE", message, self.payload(message))

    def delete(self, message: Message) -> None:
        """Take a message away."""
        del message.channel.by_id[message.id]
        message.deleted = True
        gone: Json = {"id": str(message.id), "channel_id": str(message.channel.id)}
        if message.channel.guild is not None:
            gone["guild_id"] = str(message.channel.guild.id)
        self._news("MESSAGE_DELETE", message, gone)

    def react(self, message: Message, user: User, emoji: str) -> None:
        """Add a reaction; a second one of the same kind by the same user changes nothing."""
        who = message.reactions.setdefault(emoji, [])
        if user.id not in who:
            who.append(user.id)
            self._reaction_news("MESSAGE_REACTION_ADD", message, user, emoji)

    def unreact(self, message: Message, user: User, emoji: str) -> None:
        """Take a reaction back."""
        who = message.reactions.get(emoji, [])
        if user.id in who:
            who.remove(user.id)
            if not who:
                del message.reactions[emoji]
            self._reaction_news("MESSAGE_REACTION_REMOVE", message, user, emoji)

    def _reaction_news(self, name: str, message: Message, user: User, emoji: str) -> None:
        guild = message.channel.guild
        payload: Json = {
            "user_id": str(user.id),
            "channel_id": str(message.channel.id),
            "message_id": str(message.id),
            "emoji": {"id": None, "name": emoji},
            "burst": False,
            "type": 0,
        }
        if guild is not None:
            payload["guild_id"] = str(guild.id)
            payload["message_author_id"] = str(message.author.id)
            if name == "MESSAGE_REACTION_ADD":
                payload["member"] = member_json(guild.members[user.id])
        self._news(name, message, payload, reaction=True)

    def typing(self, channel: Channel, user: User) -> None:
        """Somebody types."""
        payload: Json = {
            "channel_id": str(channel.id),
            "user_id": str(user.id),
            "timestamp": int(self._world.clock()),
        }
        intent, guild_id = Intent.DIRECT_MESSAGE_TYPING, None
        if channel.guild is not None:
            intent, guild_id = Intent.GUILD_MESSAGE_TYPING, channel.guild.id
            payload |= {"guild_id": str(guild_id), "member": member_json(channel.guild.members[user.id])}
        self._world.show(TypingSeen(channel, user))
        self._world.announce(Event("TYPING_START", payload, guild_id, intent))

    def upload(self, channel_id: int, upload: Upload) -> Attachment:
        """Store a file; it is served over http from then on."""
        attachment_id = self._world.snowflakes.next()
        attachment = Attachment(
            attachment_id,
            upload.filename,
            upload.data,
            f"{self._world.files_url}/attachments/{channel_id}/{attachment_id}/{upload.filename}",
            mimetypes.guess_type(upload.filename)[0] or "application/octet-stream",
            upload.description,
            upload.title,
        )
        self._world.attachments[attachment_id] = attachment
        return attachment

    def _attach(self, message: Message, uploads: tuple[Upload, ...]) -> None:
        message.attachments += [self.upload(message.channel.id, upload) for upload in uploads]

    def payload(self, message: Message) -> Json:
        """A message as the gateway sends it: with guild and member."""
        shown = message_json(message, self._world.bot)
        guild = message.channel.guild
        if guild is not None:
            shown["guild_id"] = str(guild.id)
            if message.author.id in guild.members:
                shown["member"] = member_json(guild.members[message.author.id], with_user=False)
            for mentioned in shown["mentions"]:
                mentioned["member"] = member_json(guild.members[int(mentioned["id"])], with_user=False)
        return shown

    def _news(self, name: str, message: Message, payload: Json, *, reaction: bool = False) -> None:
        self._world.show(MessageSeen(message, FATES.get(name, Fate.CHANGED)))
        if message.seen_only_by is not None:
            self._world.changes.notify()
            return
        channel = message.channel
        if channel.kind == DM:
            intent = Intent.DIRECT_MESSAGE_REACTIONS if reaction else Intent.DIRECT_MESSAGES
        else:
            intent = Intent.GUILD_MESSAGE_REACTIONS if reaction else Intent.GUILD_MESSAGES
        if not self._world.permissions(self._world.bot, channel) & Permission.VIEW_CHANNEL:
            self._world.changes.notify()
            return
        guild_id = channel.guild.id if channel.guild else None
        self._world.announce(Event(name, payload, guild_id, intent))

    def pings_of(self, message: Message, allowed: Json | None) -> frozenset[str]:
        """The mentions that reach somebody, as written: `<@id>`, `<@&id>`, `@everyone`, `@here`."""
        if message.ephemeral:
            return frozenset()
        channel = message.channel
        text = "\n".join([message.content, *texts_in(message.components)])
        users = {int(found) for found in re.findall(r"<@!?(\d+)>", text)}
        roles = {int(found) for found in re.findall(r"<@&(\d+)>", text)}
        crowds = set(re.findall(r"@everyone|@here", text))
        if not self._world.permissions(message.author, channel) & Permission.MENTION_EVERYONE:
            crowds, roles = set(), set()
        if allowed is not None:
            parse = allowed.get("parse") or []
            users = users if "users" in parse else users & {int(one) for one in allowed.get("users") or []}
            roles = roles if "roles" in parse else roles & {int(one) for one in allowed.get("roles") or []}
            crowds = crowds if "everyone" in parse else set()
        target = message.reply_to
        pings_author = allowed is None or bool(allowed.get("replied_user"))
        if target is not None and pings_author and target.author is not message.author:
            users.add(target.author.id)
        return frozenset(self._reached(channel, users, roles) | crowds)

    def _reached(self, channel: Channel, users: set[int], roles: set[int]) -> set[str]:
        guild = channel.guild
        if guild is None:
            here = {user.id for user in channel.recipients} | {self._world.bot.id}
            return {f"<@{one}>" for one in users & here}
        return {f"<@{one}>" for one in users & guild.members.keys()} | {
            f"<@&{one}>" for one in roles & guild.roles.keys() if one != guild.id
        }


def _rich(embed: Json) -> Json:
    return {"type": "rich", **embed}


def _linked(part: Json, attachments: list[Attachment]) -> Json:
    """A copy in which `attachment://name` is the attachment's address."""
    urls = {f"attachment://{attachment.filename}": attachment for attachment in attachments}

    def copy(value: object) -> object:
        if isinstance(value, dict):
            made = {key: copy(inner) for key, inner in value.items()}
            if value.get("url") in urls:
                attachment = urls[value["url"]]
                made |= {
                    "url": attachment.url,
                    "proxy_url": attachment.url,
                    "content_type": attachment.content_type,
                }
            return made
        if isinstance(value, list):
            return [copy(inner) for inner in value]
        return value

    linked = copy(part)
    assert isinstance(linked, dict)
    return linked


def as_deferred(draft: Draft) -> Draft:
    """The "thinking…" placeholder for a draft: its flags, and nothing to read."""
    return replace(draft, content="", embeds=(), components=(), flags=draft.flags | MessageFlag.LOADING)
