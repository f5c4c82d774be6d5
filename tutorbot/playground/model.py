"""What there is: guilds, channels, people and messages, as state without behaviour."""

from dataclasses import dataclass, field
from typing import Any

from tutorbot.playground.components import Button, Select, buttons_in, selects_in, texts_in
from tutorbot.playground.flags import NO_FLAG, NO_PERMISSION, MessageFlag, Permission

Json = dict[str, Any]
"""An object of JSON as Discord sends and receives it."""

TEXT, DM, PUBLIC_THREAD, PRIVATE_THREAD = 0, 1, 11, 12
"""Kinds of channels."""


@dataclass(eq=False)
class User:
    """An account: a person's or the bot's."""

    id: int
    name: str
    bot: bool = False

    @property
    def mention(self) -> str:
        """`<@id>`: written into a message it pings."""
        return f"<@{self.id}>"


@dataclass(eq=False)
class Role:
    """A role of a guild and what it allows."""

    id: int
    name: str
    permissions: Permission
    position: int = 1

    @property
    def mention(self) -> str:
        """`<@&id>`: written into a message it pings."""
        return f"<@&{self.id}>"


@dataclass(eq=False)
class Member:
    """A user in a guild. `joined_at` is in unix seconds."""

    user: User
    joined_at: float
    role_ids: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Overwrite:
    """What a channel allows and denies to one role or member."""

    allow: Permission = NO_PERMISSION
    deny: Permission = NO_PERMISSION


@dataclass(eq=False, repr=False)
class Guild:
    """A Discord server."""

    id: int
    name: str
    owner_id: int
    joined_at: float
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, "Channel"] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<guild {self.name}>"


@dataclass(eq=False, repr=False)
class Channel:
    """A place for messages; `messages` holds those that still stand, oldest first, private ones included."""

    id: int
    name: str
    kind: int = TEXT
    guild: Guild | None = None
    topic: str | None = None
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    recipients: list[User] = field(default_factory=list)
    by_id: dict[int, "Message"] = field(default_factory=dict)
    last_message_id: int | None = None

    def __repr__(self) -> str:
        return f"<#{self.name}>"

    @property
    def mention(self) -> str:
        """`<#id>`."""
        return f"<#{self.id}>"

    @property
    def messages(self) -> "list[Message]":
        """The messages that still stand, oldest first, private ones included."""
        return list(self.by_id.values())


@dataclass(eq=False, repr=False)
class Thread(Channel):
    """A thread; `archive_minutes` is how long it stays open without messages."""

    parent: Channel | None = None
    owner_id: int = 0
    archived: bool = False
    locked: bool = False
    archive_minutes: int = 1440
    changed_at: float = 0.0
    member_ids: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Attachment:
    """A file with its bytes; fetched over http from `url`."""

    id: int
    filename: str
    data: bytes
    url: str
    content_type: str
    description: str | None = None
    title: str | None = None

    @property
    def text(self) -> str:
        """The file read as UTF-8."""
        return self.data.decode()


@dataclass(frozen=True)
class Origin:
    """The interaction that a message answers, as `interaction_metadata` tells it."""

    id: int
    kind: int
    user: User
    name: str
    guild_id: int | None
    target_message_id: int | None = None


@dataclass(eq=False, repr=False)
class Message:
    """A message as it stands now. Its text is in `text`, whether sent as content, embed or component."""

    id: int
    channel: Channel
    author: User
    created_at: float
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: MessageFlag = NO_FLAG
    kind: int = 0
    reply_to: "Message | None" = None
    refers_to: tuple[int, int] | None = None
    pings: frozenset[str] = frozenset()
    reactions: dict[str, list[int]] = field(default_factory=dict)
    nonce: str | int | None = None
    tts: bool = False
    edited_at: float | None = None
    deleted: bool = False
    seen_only_by: int | None = None
    origin: Origin | None = None
    thread: Thread | None = None
    earlier_components: list[list[Json]] = field(default_factory=list)

    def __repr__(self) -> str:
        return f"<{self.author.name} in {self.channel!r}: {self.text[:60]!r}>"

    @property
    def ephemeral(self) -> bool:
        """Whether only the person who caused it sees it."""
        return bool(self.flags & MessageFlag.EPHEMERAL)

    @property
    def loading(self) -> bool:
        """Whether it still says "thinking…"."""
        return bool(self.flags & MessageFlag.LOADING)

    @property
    def text(self) -> str:
        """All that can be read: content, embeds and text components, one piece a line."""
        pieces = [self.content]
        for embed in self.embeds:
            pieces += [embed.get("author", {}).get("name", ""), embed.get("title", "")]
            pieces.append(embed.get("description", ""))
            for row in embed.get("fields", []):
                pieces += [row["name"], row["value"]]
            pieces.append(embed.get("footer", {}).get("text", ""))
        pieces += texts_in(self.components)
        return "\n".join(piece for piece in pieces if piece)

    @property
    def buttons(self) -> list[Button]:
        """Its buttons, in reading order."""
        return buttons_in(self.components)

    @property
    def selects(self) -> list[Select]:
        """Its select menus, in reading order."""
        return selects_in(self.components)
