"""The SQLite file of a local Discord with one server. Its schema carries a number."""

import asyncio
import logging
from pathlib import Path
from types import TracebackType
from typing import Self

import aiosqlite

from tutorbot.playground.errors import PlaygroundError
from tutorbot.playground.guild import LocalGuild
from tutorbot.playground.model import Guild, Thread, User
from tutorbot.playground.saving import rows
from tutorbot.playground.server import LocalDiscord
from tutorbot.playground.sights import Fate, MessageSeen, PlaceChanged, Sight

_log = logging.getLogger(__name__)

MIGRATIONS = (
    """
    CREATE TABLE server (id INTEGER PRIMARY KEY, name TEXT NOT NULL, bot_id INTEGER NOT NULL,
        owner_id INTEGER NOT NULL, made_at REAL NOT NULL, files_url TEXT NOT NULL);
    CREATE TABLE role (id INTEGER PRIMARY KEY, name TEXT NOT NULL, permissions INTEGER NOT NULL,
        position INTEGER NOT NULL);
    CREATE TABLE account (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE member (id INTEGER PRIMARY KEY, joined_at REAL NOT NULL, roles TEXT NOT NULL);
    CREATE TABLE channel (id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind INTEGER NOT NULL, topic TEXT,
        body TEXT NOT NULL);
    CREATE TABLE attachment (id INTEGER PRIMARY KEY, filename TEXT NOT NULL, url TEXT NOT NULL,
        content_type TEXT NOT NULL, description TEXT, title TEXT, data BLOB NOT NULL);
    CREATE TABLE message (id INTEGER PRIMARY KEY, channel_id INTEGER NOT NULL, body TEXT NOT NULL);
    """,
)
"""Each brings the file from the version of its place in this list to the next (`PRAGMA user_version`)."""

PAUSE = 0.1
"""Seconds in which changes are gathered before they are written."""


class SavedFileError(PlaygroundError):
    """The file cannot be used."""


class SavedFile:
    """Writes what happens into a file shortly after, and all of it when it is closed.

    async with SavedFile(path) as saved:
        async with LocalDiscord(accounts=await saved.accounts()) as local:
            guild = await saved.restore(local) or a new one
            saved.follow(local, guild)
            ...
            await saved.flush()
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._dirty: dict[int, MessageSeen] = {}
        self._place_dirty = False
        self._written_files: set[int] = set()
        self._guild: LocalGuild | None = None
        self._local: LocalDiscord | None = None
        self._writer: asyncio.Task[None] | None = None
        self._news = asyncio.Event()
        self._closing = False
        self._flushing = asyncio.Lock()

    async def __aenter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._db = await aiosqlite.connect(self._path)
        try:
            await self._migrate()
        except aiosqlite.DatabaseError as error:
            await self._db.close()
            raise SavedFileError(f"{self._path} cannot be read ({error}); start with --fresh.") from error
        except SavedFileError:
            await self._db.close()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._local is not None:
            self._local.world.watchers.remove(self._saw)
        self._closing = True
        self._news.set()
        if self._writer is not None:
            await self._writer  # never cut off: what it holds would be lost
        await self.flush()
        await self._db.close()

    async def _migrate(self) -> None:
        await self._db.execute("PRAGMA journal_mode = WAL")
        async with self._db.execute("PRAGMA user_version") as cursor:
            row = await cursor.fetchone()
        version = row[0] if row else 0
        if version > len(MIGRATIONS):
            raise SavedFileError(f"{self._path} was written by a newer version; update, or start with --fresh.")
        for number, statements in enumerate(MIGRATIONS[version:], version + 1):
            await self._db.executescript(f"BEGIN; {statements} PRAGMA user_version = {number}; COMMIT;")

    async def accounts(self) -> tuple[User, User] | None:
        """The bot's and the owner's account as they were; None if nothing was saved yet."""
        found = await self._all("SELECT bot_id, owner_id FROM server")
        if not found:
            return None
        known = {row[0]: row for row in await self._all("SELECT id, name FROM account")}
        return rows.account_from(known[found[0][0]], bot=True), rows.account_from(known[found[0][1]])

    async def restore(self, local: LocalDiscord) -> LocalGuild | None:
        """Put what was saved into a local Discord that has `accounts()` and no server yet; None if nothing was."""
        found = await self._all("SELECT id, name, owner_id, made_at, files_url FROM server")
        if not found:
            return None
        guild_id, name, owner_id, made_at, files_url = found[0]
        world = local.world
        guild = Guild(guild_id, name, owner_id, made_at)
        for row in await self._all("SELECT id, name, permissions, position FROM role"):
            guild.roles[row[0]] = rows.role_from(row)
        for row in await self._all("SELECT id, name FROM account"):
            world.users.setdefault(row[0], rows.account_from(row))
        for row in await self._all("SELECT id, joined_at, roles FROM member ORDER BY joined_at, id"):
            guild.members[row[0]] = rows.member_from(row, world)
        world.guilds[guild.id] = guild
        for row in await self._all("SELECT id, name, kind, topic, body FROM channel ORDER BY id"):
            channel = rows.channel_from(row, guild, world)
            world.channels[channel.id] = channel
            if channel.guild is not None:
                guild.channels[channel.id] = channel
        await self._restore_messages(local, files_url)
        return local.guild(guild.id)

    async def _restore_messages(self, local: LocalDiscord, files_url: str) -> None:
        world = local.world
        for row in await self._all("SELECT id, filename, url, content_type, description, title, data FROM attachment"):
            moved = (row[0], row[1], row[2].replace(files_url, world.files_url), *row[3:])
            world.attachments[row[0]] = rows.attachment_from(moved)
            self._written_files.add(row[0])
        for row in await self._all("SELECT id, channel_id, body FROM message ORDER BY id"):
            if row[1] not in world.channels:
                continue
            moved = (row[0], row[1], row[2].replace(files_url, world.files_url))
            message = rows.message_from(moved, world)
            if not message.loading:  # whoever was thinking is gone
                message.channel.by_id[message.id] = message

    async def _all(self, query: str) -> list[rows.Row]:
        async with self._db.execute(query) as cursor:
            return [tuple(row) for row in await cursor.fetchall()]

    def follow(self, local: LocalDiscord, guild: LocalGuild) -> None:
        """Keep what happens from now on, and all that there is already."""
        self._local, self._guild = local, guild
        self._place_dirty = True
        for channel in local.world.channels.values():
            for message in channel.messages:
                self._dirty[message.id] = MessageSeen(message, Fate.NEW)
        local.world.watchers.append(self._saw)
        self._news.set()
        self._writer = asyncio.create_task(self._write())

    def _saw(self, sight: Sight) -> None:
        if isinstance(sight, MessageSeen):
            self._dirty[sight.message.id] = sight
        elif isinstance(sight, PlaceChanged):
            self._place_dirty = True
        self._news.set()

    async def _write(self) -> None:
        while not self._closing:
            await self._news.wait()
            if not self._closing:
                await asyncio.sleep(PAUSE)
            self._news.clear()
            try:
                await self.flush()
            except aiosqlite.Error as error:
                _log.error("What was said cannot be kept now: %s", error)

    async def flush(self) -> None:
        """Write what has changed, in one transaction; what could not be written is tried again the next time."""
        async with self._flushing:
            seen, self._dirty = self._dirty, {}
            place, self._place_dirty = self._place_dirty, False
            try:
                await self._write_down(seen, place=place)
            except aiosqlite.Error:
                self._dirty = {**seen, **self._dirty}
                self._place_dirty |= place
                await self._db.rollback()
                raise

    async def _write_down(self, seen: dict[int, MessageSeen], *, place: bool) -> None:
        if self._local is None or self._guild is None or not (seen or place):
            return
        # A channel's newest message stands with the channel.
        if place or any(one.fate is Fate.NEW for one in seen.values()):
            await self._write_place(self._local, self._guild.state)
        gone = [(key,) for key, one in seen.items() if one.fate is Fate.GONE]
        stand = [one.message for one in seen.values() if one.fate is not Fate.GONE]
        files = {file.id: file for message in stand for file in message.attachments}
        new = [rows.attachment_row(file) for key, file in files.items() if key not in self._written_files]
        await self._db.executemany("INSERT OR REPLACE INTO attachment VALUES (?, ?, ?, ?, ?, ?, ?)", new)
        await self._db.executemany(
            "INSERT OR REPLACE INTO message VALUES (?, ?, ?)", [rows.message_row(message) for message in stand]
        )
        await self._db.executemany("DELETE FROM message WHERE id = ?", gone)
        await self._db.commit()
        self._written_files |= files.keys()

    async def _write_place(self, local: LocalDiscord, guild: Guild) -> None:
        world = local.world
        server = (guild.id, guild.name, world.bot.id, guild.owner_id, guild.joined_at, world.files_url)
        # Parents come before their threads: a thread on a message is younger than its channel.
        channels = sorted(world.channels.values(), key=lambda one: (isinstance(one, Thread), one.id))
        tables = {
            "server": [server],
            "account": [rows.account_row(user) for user in world.users.values()],
            "role": [rows.role_row(role) for role in guild.roles.values()],
            "member": [rows.member_row(member) for member in guild.members.values()],
            "channel": [rows.channel_row(channel) for channel in channels],
        }
        for table, filled in tables.items():
            await self._db.execute(f"DELETE FROM {table}")  # noqa: S608 - the names stand above
            marks = ", ".join("?" * len(filled[0]))
            await self._db.executemany(f"INSERT INTO {table} VALUES ({marks})", filled)  # noqa: S608
