"""State as the JSON that Discord sends."""

from datetime import UTC, datetime

from tutorbot.playground.flags import Permission
from tutorbot.playground.model import (
    DM,
    Attachment,
    Channel,
    Guild,
    Json,
    Member,
    Message,
    Origin,
    Overwrite,
    Role,
    Thread,
    User,
)


def iso(seconds: float) -> str:
    """Unix seconds as an ISO 8601 time in UTC."""
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def user_json(user: User) -> Json:
    """A user object."""
    return {
        "id": str(user.id),
        "username": user.name.lower().replace(" ", "_"),
        "global_name": None if user.bot else user.name,
        "discriminator": "0000" if user.bot else "0",
        "avatar": None,
        "bot": user.bot,
        "system": False,
        "public_flags": 0,
        "flags": 0,
        "banner": None,
        "accent_color": None,
    }


def role_json(role: Role) -> Json:
    """A role object."""
    return {
        "id": str(role.id),
        "name": role.name,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "icon": None,
        "unicode_emoji": None,
        "position": role.position,
        "permissions": str(int(role.permissions)),
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }


def member_json(member: Member, *, with_user: bool = True) -> Json:
    """A guild member object; a message's `member` leaves the user out."""
    shown: Json = {
        "nick": None,
        "avatar": None,
        "banner": None,
        "roles": [str(role_id) for role_id in member.role_ids],
        "joined_at": iso(member.joined_at),
        "premium_since": None,
        "communication_disabled_until": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
    }
    if with_user:
        shown["user"] = user_json(member.user)
    return shown


def _overwrite_json(target: int, overwrite: Overwrite, guild: Guild) -> Json:
    return {
        "id": str(target),
        "type": 0 if target in guild.roles else 1,
        "allow": str(int(overwrite.allow)),
        "deny": str(int(overwrite.deny)),
    }


def channel_json(channel: Channel, permissions: Permission | None = None) -> Json:
    """A channel or thread object; `permissions` are added where an interaction names a channel."""
    last = channel.last_message_id
    shown: Json = {
        "id": str(channel.id),
        "type": channel.kind,
        "flags": 0,
        "last_message_id": None if last is None else str(last),
    }
    if channel.kind == DM:
        return {**shown, "recipients": [user_json(user) for user in channel.recipients]}
    assert channel.guild is not None
    shown |= {
        "guild_id": str(channel.guild.id),
        "name": channel.name,
        "rate_limit_per_user": 0,
        "parent_id": None,
        "last_pin_timestamp": None,
    }
    if permissions is not None:
        shown["permissions"] = str(int(permissions))
    if isinstance(channel, Thread):
        return shown | _thread_part(channel)
    return shown | {
        "topic": channel.topic,
        "nsfw": False,
        "position": 0,
        "default_auto_archive_duration": 1440,
        "permission_overwrites": [
            _overwrite_json(target, overwrite, channel.guild) for target, overwrite in channel.overwrites.items()
        ],
    }


def _thread_part(thread: Thread) -> Json:
    assert thread.parent is not None
    return {
        "parent_id": str(thread.parent.id),
        "owner_id": str(thread.owner_id),
        "message_count": len(thread.by_id),
        "total_message_sent": len(thread.by_id),
        "member_count": len(thread.member_ids),
        "thread_metadata": {
            "archived": thread.archived,
            "locked": thread.locked,
            "auto_archive_duration": thread.archive_minutes,
            "archive_timestamp": iso(thread.changed_at),
            "create_timestamp": iso(thread.changed_at),
            "invitable": True,
        },
    }


def thread_member_json(thread: Thread, user_id: int) -> Json:
    """A thread member object."""
    return {
        "id": str(thread.id),
        "user_id": str(user_id),
        "join_timestamp": iso(thread.changed_at),
        "flags": 0,
    }


def guild_json(guild: Guild) -> Json:
    """A guild object without its members and channels, as GET answers it."""
    return {
        "id": str(guild.id),
        "name": guild.name,
        "icon": None,
        "splash": None,
        "discovery_splash": None,
        "description": None,
        "owner_id": str(guild.owner_id),
        "afk_channel_id": None,
        "afk_timeout": 300,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "roles": [role_json(role) for role in guild.roles.values()],
        "emojis": [],
        "stickers": [],
        "features": [],
        "mfa_level": 0,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "rules_channel_id": None,
        "public_updates_channel_id": None,
        "safety_alerts_channel_id": None,
        "max_presences": None,
        "max_members": 500_000,
        "vanity_url_code": None,
        "banner": None,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "premium_progress_bar_enabled": False,
        "preferred_locale": "en-US",
        "nsfw_level": 0,
    }


def guild_create_json(guild: Guild, bot: User, channels: list[Channel]) -> Json:
    """GUILD_CREATE as a bot without the presences intent gets it: of the members only the bot itself."""
    return {
        **guild_json(guild),
        "joined_at": iso(guild.joined_at),
        "large": False,
        "unavailable": False,
        "member_count": len(guild.members),
        "members": [member_json(guild.members[bot.id])],
        "channels": [channel_json(channel) for channel in channels if not isinstance(channel, Thread)],
        "threads": [
            {**channel_json(thread), "member": thread_member_json(thread, bot.id)}
            if bot.id in thread.member_ids
            else channel_json(thread)
            for thread in channels
            if isinstance(thread, Thread) and not thread.archived
        ],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def attachment_json(attachment: Attachment) -> Json:
    """An attachment object."""
    shown: Json = {
        "id": str(attachment.id),
        "filename": attachment.filename,
        "size": len(attachment.data),
        "url": attachment.url,
        "proxy_url": attachment.url,
        "content_type": attachment.content_type,
        "flags": 0,
    }
    for key in ("description", "title"):
        if getattr(attachment, key) is not None:
            shown[key] = getattr(attachment, key)
    return shown


def _origin_json(origin: Origin) -> Json:
    owners = {"0": "0"} if origin.guild_id is None else {"0": str(origin.guild_id)}
    shown: Json = {
        "id": str(origin.id),
        "type": origin.kind,
        "user": user_json(origin.user),
        "name": origin.name,
        "authorizing_integration_owners": owners,
    }
    if origin.target_message_id is not None:
        shown["interacted_message_id"] = str(origin.target_message_id)
    return shown


def message_json(message: Message, reader: User | None = None, *, nested: bool = False) -> Json:
    """A message object as `reader` sees it, own reactions marked; `nested` ones carry no further message."""
    pinged = message.pings
    guild = message.channel.guild
    people = [member.user for member in guild.members.values()] if guild else message.channel.recipients
    shown: Json = {
        "id": str(message.id),
        "type": message.kind,
        "channel_id": str(message.channel.id),
        "author": user_json(message.author),
        "content": message.content,
        "timestamp": iso(message.created_at),
        "edited_timestamp": None if message.edited_at is None else iso(message.edited_at),
        "tts": message.tts,
        "mention_everyone": "@everyone" in pinged or "@here" in pinged,
        "mentions": [user_json(user) for user in people if user.mention in pinged],
        "mention_roles": [str(role.id) for role in guild.roles.values() if role.mention in pinged] if guild else [],
        "attachments": [attachment_json(attachment) for attachment in message.attachments],
        "embeds": message.embeds,
        "components": message.components,
        "pinned": False,
        "flags": int(message.flags),
        "reactions": [
            {
                "emoji": {"id": None, "name": emoji},
                "count": len(who),
                "count_details": {"burst": 0, "normal": len(who)},
                "burst_colors": [],
                "me": reader is not None and reader.id in who,
                "me_burst": False,
            }
            for emoji, who in message.reactions.items()
        ],
    }
    if message.nonce is not None:
        shown["nonce"] = message.nonce
    if message.origin is not None and reader is not None:
        shown["interaction_metadata"] = _origin_json(message.origin)
        shown["application_id"] = shown["webhook_id"] = str(reader.id)
    if message.thread is not None and not nested:
        shown["thread"] = channel_json(message.thread)
    if message.refers_to is not None:
        channel_id, message_id = message.refers_to
        shown["message_reference"] = {"type": 0, "channel_id": str(channel_id), "message_id": str(message_id)}
        if guild is not None:
            shown["message_reference"]["guild_id"] = str(guild.id)
        if not nested:
            target = message.reply_to
            gone = target is None or target.deleted
            shown["referenced_message"] = None if gone or target is None else message_json(target, reader, nested=True)
    return shown
