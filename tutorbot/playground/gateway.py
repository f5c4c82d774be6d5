"""Discord's gateway: sessions, what each of them is told, and how they are lost and found again."""

import asyncio
import json
import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from tutorbot.playground.discretion import as_seen
from tutorbot.playground.faults import Faults
from tutorbot.playground.flags import PRIVILEGED, Intent
from tutorbot.playground.model import Json
from tutorbot.playground.render import member_json, user_json
from tutorbot.playground.sights import PlaceChanged
from tutorbot.playground.world import Event, World

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, VOICE, RESUME, RECONNECT, MEMBERS, INVALID, HELLO, ACK = (
    0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11,
)  # fmt: skip
BAD_TOKEN, NOT_AUTHENTICATED, ALREADY_AUTHENTICATED, BAD_SHARD, DISALLOWED_INTENTS = (
    4004,
    4003,
    4005,
    4010,
    4014,
)
UNKNOWN_OPCODE, DECODE_ERROR = 4001, 4002
REMEMBERED = 1000
"""How many dispatches a session keeps for a RESUME."""
ACKNOWLEDGES_AFTER = 0.02
"""Seconds after which a heartbeat is answered. discord.py notes when it sent one only after it was sent, and takes an
answer that comes at once for that to the one before."""
RESUMABLE = 180.0
"""Seconds for which a session without a connection is kept."""


@dataclass(eq=False)
class Session:
    """What a client identified as. It outlives its connection, so that the client may resume it."""

    id: str
    intents: Intent
    shard: tuple[int, int]
    sequence: int = 0
    sent: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    socket: web.WebSocketResponse | None = None
    lost_at: float = 0.0
    outbox: asyncio.Queue[str] = field(default_factory=asyncio.Queue)

    def wants(self, event: Event) -> bool:
        """Whether an event is for this session."""
        if event.intent and not event.intent & self.intents:
            return False
        index, count = self.shard
        return ((event.guild_id or 0) >> 22) % count == index

    @property
    def connected(self) -> bool:
        """Whether a client is on the line."""
        return self.socket is not None and not self.socket.closed


class Gateway:
    """Keeps the sessions and speaks with their clients."""

    def __init__(self, world: World, faults: Faults, heartbeat_seconds: float, flags: Callable[[], int]) -> None:
        self._world = world
        self._faults = faults
        self.heartbeat_seconds = heartbeat_seconds
        """How often the next clients are to send a heartbeat."""
        self._flags = flags
        self._lines: set[_Line] = set()
        self.sessions: list[Session] = []
        self.identified: list[Json] = []
        """What clients sent to identify, without their token, oldest first."""
        self.resumed = 0
        """How often a session was taken up again."""
        self.url = ""
        world.listeners.append(self.dispatch)

    @property
    def connected(self) -> bool:
        """Whether a bot is listening."""
        return any(session.connected for session in self.sessions)

    def dispatch(self, event: Event) -> None:
        """Tell an event to every session that wants it, as often as the faults say."""
        copies = self._faults.take_event(event.name)
        self._forget_the_lost()
        for session in self.sessions:
            if session.wants(event):
                for _ in range(copies):
                    self._tell(session, event)

    def _forget_the_lost(self) -> None:
        since = self._world.clock() - RESUMABLE
        self.sessions = [one for one in self.sessions if one.connected or one.lost_at >= since]

    def _tell(self, session: Session, event: Event) -> None:
        session.sequence += 1
        payload = as_seen(event, session.intents, self._world.bot.id)
        text = json.dumps({"op": DISPATCH, "t": event.name, "s": session.sequence, "d": payload})
        session.sent.append((session.sequence, text))
        if session.connected:
            session.outbox.put_nowait(text)

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one connection."""
        socket = web.WebSocketResponse(heartbeat=None)
        await socket.prepare(request)
        line = _Line(socket, request)
        self._lines.add(line)
        try:
            await line.say(HELLO, {"heartbeat_interval": int(self.heartbeat_seconds * 1000)})
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    await self._heard(line, frame.data)
        finally:
            self._lines.discard(line)
            self._hung_up(line)
        return socket

    def _hung_up(self, line: "_Line") -> None:
        session = line.session
        if line.writer is not None:
            line.writer.cancel()
        if session is not None and session.socket is line.socket:
            self._let_go(line)
            ended = line.socket.close_code in (WSCloseCode.OK, WSCloseCode.GOING_AWAY)
            if ended and not line.closed_here and session in self.sessions:
                self.sessions.remove(session)
        self._world.show(PlaceChanged())
        self._world.changes.notify()

    def _let_go(self, line: "_Line") -> None:
        if line.session is not None:
            line.session.socket = None
            line.session.lost_at = self._world.clock()

    async def _heard(self, line: "_Line", text: str) -> None:
        try:
            frame = json.loads(text)
            op, data = frame["op"], frame.get("d")
        except (ValueError, KeyError):
            await line.close(DECODE_ERROR)
            return
        if op == HEARTBEAT:
            if not self._faults.ignore_heartbeats:
                await asyncio.sleep(ACKNOWLEDGES_AFTER)
                await line.say(ACK, None)
        elif op == IDENTIFY:
            await self._identify(line, data)
        elif op == RESUME:
            await self._resume(line, data)
        elif line.session is None:
            await line.close(NOT_AUTHENTICATED)
        elif op == MEMBERS:
            self._send_members(line.session, data)
        elif op not in (PRESENCE, VOICE):
            await line.close(UNKNOWN_OPCODE)

    async def _identify(self, line: "_Line", data: Json) -> None:
        if line.session is not None:
            await line.close(ALREADY_AUTHENTICATED)
            return
        if data.get("token") != self._world.application.token:
            await line.close(BAD_TOKEN)
            return
        intents = Intent(data.get("intents", 0))
        if intents & PRIVILEGED & ~self._world.application.granted:
            await line.close(DISALLOWED_INTENTS)
            return
        index, count = data.get("shard") or (0, 1)
        if not 0 <= index < count:
            await line.close(BAD_SHARD)
            return
        session = Session(secrets.token_hex(16), intents, (index, count))
        self.identified.append({key: value for key, value in data.items() if key != "token"})
        self.sessions.append(session)
        self._put_through(line, session)
        self._welcome(session)
        self._world.show(PlaceChanged())
        self._world.changes.notify()

    def _welcome(self, session: Session) -> None:
        world = self._world
        guilds = [guild for guild in world.guilds.values() if (guild.id >> 22) % session.shard[1] == session.shard[0]]
        ready: Json = {
            "v": 10,
            "user": user_json(world.bot),
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": list(session.shard),
            "application": {"id": str(world.application.id), "flags": self._flags()},
            "private_channels": [],
            "relationships": [],
        }
        self._tell(session, Event("READY", ready))
        if session.intents & Intent.GUILDS:
            for guild in guilds:
                self._tell(session, Event("GUILD_CREATE", world.guild_payload(guild), guild.id))

    async def _resume(self, line: "_Line", data: Json) -> None:
        if data.get("token") != self._world.application.token:
            await line.close(BAD_TOKEN)
            return
        self._forget_the_lost()
        known = [session for session in self.sessions if session.id == data.get("session_id")]
        heard = int(data.get("seq") or 0)
        missed = known[0].sequence - heard if known else 0
        if self._faults.refuse_resumes or not known or not 0 <= missed <= len(known[0].sent):
            self._faults.refuse_resumes = max(0, self._faults.refuse_resumes - 1)
            self.sessions = [session for session in self.sessions if session not in known]
            await line.say(INVALID, False)
            return
        session = known[0]
        again = [text for sequence, text in session.sent if sequence > heard]
        session.outbox = asyncio.Queue()
        for text in again:
            session.outbox.put_nowait(text)
        self._put_through(line, session)
        self.resumed += 1
        self._tell(session, Event("RESUMED", {}))
        self._world.show(PlaceChanged())
        self._world.changes.notify()

    def _put_through(self, line: "_Line", session: Session) -> None:
        session.socket, line.session = line.socket, session
        line.writer = asyncio.get_running_loop().create_task(_write(line.socket, session.outbox))

    def _send_members(self, session: Session, data: Json) -> None:
        wanted = data.get("guild_id")
        guild = self._world.guilds.get(int((wanted[0] if isinstance(wanted, list) else wanted) or 0))
        if guild is None:
            return
        members = list(guild.members.values())
        ids = data.get("user_ids")
        missing: list[str] = []
        if ids is not None:
            asked = [str(one) for one in (ids if isinstance(ids, list) else [ids])]
            members = [member for member in members if str(member.user.id) in asked]
            missing = [one for one in asked if int(one) not in guild.members]
        else:
            start = (data.get("query") or "").casefold()
            members = [member for member in members if member.user.name.casefold().startswith(start)]
            members = members[: data.get("limit") or None]
        chunk: Json = {
            "guild_id": str(guild.id),
            "members": [member_json(member) for member in members],
            "chunk_index": 0,
            "chunk_count": 1,
            "not_found": missing,
        }
        if data.get("nonce") is not None:
            chunk["nonce"] = data["nonce"]
        self._tell(session, Event("GUILD_MEMBERS_CHUNK", chunk, guild.id))

    async def close(self, code: int = 4000) -> None:
        """Close every connection with a code; sessions stay, so that clients may resume."""
        for line in list(self._lines):
            self._let_go(line)
            await line.close(code)

    def cut(self) -> None:
        """Cut every connection without a word, as a network does; sessions stay."""
        for line in list(self._lines):
            self._let_go(line)
            if line.request.transport is not None:
                line.request.transport.abort()

    async def ask_to_reconnect(self) -> None:
        """Op 7: clients come back and resume."""
        await self._say_to_all(RECONNECT, None)

    async def invalidate(self, *, resumable: bool = False) -> None:
        """Op 9: clients must identify anew (discord.py waits 5 s before), or may resume."""
        if not resumable:
            ended, self.sessions = self.sessions, []
        else:
            ended = self.sessions
        for session in ended:
            if session.socket is not None:
                await session.socket.send_str(json.dumps({"op": INVALID, "d": resumable}))

    async def _say_to_all(self, op: int, data: object) -> None:
        for session in self.sessions:
            if session.socket is not None:
                await session.socket.send_str(json.dumps({"op": op, "d": data}))


@dataclass(eq=False)
class _Line:
    """One connection and the session it speaks for."""

    socket: web.WebSocketResponse
    request: web.Request
    session: Session | None = None
    writer: asyncio.Task[None] | None = None
    closed_here: bool = False

    async def say(self, op: int, data: Any) -> None:
        await self.socket.send_str(json.dumps({"op": op, "d": data, "s": None, "t": None}))

    async def close(self, code: int) -> None:
        self.closed_here = True
        await self.socket.close(code=code)


async def _write(socket: web.WebSocketResponse, outbox: asyncio.Queue[str]) -> None:
    while not socket.closed:
        text = await outbox.get()
        try:
            await socket.send_str(text)
        except ConnectionError:
            return
