"""From the state of one server to rows of text, and back."""

import json
from typing import Any

from tutorbot.playground.flags import MessageFlag, Permission
from tutorbot.playground.model import Attachment, Channel, Guild, Member, Message, Origin, Overwrite, Role, Thread, User
from tutorbot.playground.world import World

Row = tuple[Any, ...]


def role_row(role: Role) -> Row:
    """id, name, permissions, position."""
    return role.id, role.name, int(role.permissions), role.position


def role_from(row: Row) -> Role:
    """The role of a `role_row`."""
    return Role(row[0], row[1], Permission(row[2]), row[3])


def account_row(user: User) -> Row:
    """id, name."""
    return user.id, user.name


def account_from(row: Row, *, bot: bool = False) -> User:
    """The user of an `account_row`."""
    return User(row[0], row[1], bot=bot)


def member_row(member: Member) -> Row:
    """User's id, joined_at, ids of roles."""
    return member.user.id, member.joined_at, json.dumps(member.role_ids)


def member_from(row: Row, world: World) -> Member:
    """The member of a `member_row`; the account must be in the world already."""
    return Member(world.users[row[0]], row[1], json.loads(row[2]))


def channel_row(channel: Channel) -> Row:
    """id, name, kind, topic, the rest as JSON."""
    more: dict[str, Any] = {
        "overwrites": {str(target): [int(one.allow), int(one.deny)] for target, one in channel.overwrites.items()},
        "recipients": [user.id for user in channel.recipients],
        "last": channel.last_message_id,
    }
    if isinstance(channel, Thread):
        more["thread"] = {
            "parent": channel.parent.id if channel.parent else None,
            "owner_id": channel.owner_id,
            "archived": channel.archived,
            "locked": channel.locked,
            "archive_minutes": channel.archive_minutes,
            "changed_at": channel.changed_at,
            "member_ids": channel.member_ids,
        }
    return channel.id, channel.name, channel.kind, channel.topic, json.dumps(more)


def channel_from(row: Row, guild: Guild, world: World) -> Channel:
    """The channel of a `channel_row`, without messages; a thread's parent must be in the world already."""
    channel_id, name, kind, topic, text = row
    more = json.loads(text)
    recipients = [world.users[user_id] for user_id in more["recipients"]]
    home = None if recipients else guild
    if "thread" in more:
        told = more["thread"]
        parent = world.channels.get(told.pop("parent"))
        channel: Channel = Thread(channel_id, name, kind, home, topic, parent=parent, **told)
    else:
        channel = Channel(channel_id, name, kind, home, topic, recipients=recipients)
    channel.overwrites = {
        int(target): Overwrite(Permission(allow), Permission(deny))
        for target, (allow, deny) in more["overwrites"].items()
    }
    channel.last_message_id = more["last"]
    return channel


def message_row(message: Message) -> Row:
    """id, channel's id, the rest as JSON."""
    origin = message.origin
    body = {
        "author": message.author.id,
        "created_at": message.created_at,
        "content": message.content,
        "embeds": message.embeds,
        "components": message.components,
        "attachments": [attachment.id for attachment in message.attachments],
        "flags": int(message.flags),
        "kind": message.kind,
        "reply_to": message.reply_to.id if message.reply_to else None,
        "refers_to": message.refers_to,
        "pings": sorted(message.pings),
        "reactions": message.reactions,
        "edited_at": message.edited_at,
        "seen_only_by": message.seen_only_by,
        "origin": origin
        and [origin.id, origin.kind, origin.user.id, origin.name, origin.guild_id, origin.target_message_id],
        "thread": message.thread.id if message.thread else None,
    }
    return message.id, message.channel.id, json.dumps(body)


def message_from(row: Row, world: World) -> Message:
    """The message of a `message_row`; what it replies to must be in the world already, or is gone."""
    message_id, channel_id, text = row
    body = json.loads(text)
    channel = world.channels[channel_id]
    message = Message(message_id, channel, world.users[body["author"]], body["created_at"], body["content"])
    message.embeds, message.components = body["embeds"], body["components"]
    message.attachments = [world.attachments[one] for one in body["attachments"] if one in world.attachments]
    message.flags, message.kind = MessageFlag(body["flags"]), body["kind"]
    message.refers_to = tuple(body["refers_to"]) if body["refers_to"] else None
    if message.refers_to is not None and message.refers_to[0] in world.channels:
        message.reply_to = world.channels[message.refers_to[0]].by_id.get(body["reply_to"])
    message.pings, message.reactions = frozenset(body["pings"]), body["reactions"]
    message.edited_at, message.seen_only_by = body["edited_at"], body["seen_only_by"]
    if body["origin"]:
        origin_id, kind, user_id, name, guild_id, target = body["origin"]
        message.origin = Origin(origin_id, kind, world.users[user_id], name, guild_id, target)
    thread = world.channels.get(body["thread"])
    message.thread = thread if isinstance(thread, Thread) else None
    return message


def attachment_row(attachment: Attachment) -> Row:
    """id, filename, address, content type, description, title, bytes."""
    return (
        attachment.id,
        attachment.filename,
        attachment.url,
        attachment.content_type,
        attachment.description,
        attachment.title,
        attachment.data,
    )


def attachment_from(row: Row) -> Attachment:
    """The file of an `attachment_row`."""
    attachment_id, filename, url, content_type, description, title, data = row
    return Attachment(attachment_id, filename, data, url, content_type, description, title)
