"""One open tab: a WebSocket on which a person acts and sees what happens."""

import asyncio
import json
import logging
from typing import Any

from aiohttp import WSMsgType, web
from pydantic import ValidationError

from tutorbot.playground.errors import ApiError, ImpossibleError, PlaygroundError
from tutorbot.playground.flags import Permission
from tutorbot.playground.model import Json, Message
from tutorbot.playground.page import asks
from tutorbot.playground.page.acts import Acts
from tutorbot.playground.page.room import Room
from tutorbot.playground.page.shown import place_json, shown_json
from tutorbot.playground.people import Person
from tutorbot.playground.sights import Fate, MessageSeen, PlaceChanged, Sight, TypingSeen

_log = logging.getLogger(__name__)

NAP = 0.03
"""Seconds in which several changes of the place are told as one."""


class Tab:
    """Speaks with one tab until it is closed."""

    def __init__(self, room: Room, socket: web.WebSocketResponse) -> None:
        self._room = room
        self._socket = socket
        self._person: Person = room.somebody()
        self._acts = Acts(room.guild, self._person, room.uploads)
        self._outbox: asyncio.Queue[str] = asyncio.Queue()
        self._tasks: set[asyncio.Task[None]] = set()
        self._place_due = False

    async def serve(self) -> None:
        """Until it is closed."""
        world = self._room.guild.world
        writing = asyncio.create_task(self._write())
        world.watchers.append(self._saw)
        self._room.status.watchers.append(self._tell_status)
        self._tell({"t": "hello", "people": place_json(self._room.guild, self._person, self._room.simulated)["people"]})
        self._tell_status()
        try:
            async for frame in self._socket:
                if frame.type is WSMsgType.TEXT:
                    self._start(self._heard(frame.data))
        finally:
            world.watchers.remove(self._saw)
            self._room.status.watchers.remove(self._tell_status)
            for task in (writing, *self._tasks):
                task.cancel()
            await asyncio.gather(writing, *self._tasks, return_exceptions=True)

    def _start(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _heard(self, text: str) -> None:
        try:
            ask = asks.ASK.validate_json(text)
        except ValidationError as error:
            self._tell({"t": "answer", "n": _number_in(text), "refused": _said(error)})
            return
        try:
            answer = await self._done(ask)
        except (PlaygroundError, ApiError) as error:
            self._tell({"t": "answer", "n": ask.n, "refused": str(error)})
        except Exception:
            _log.exception("a tab's wish could not be carried out")
            self._tell({"t": "answer", "n": ask.n, "refused": "The playground failed; its terminal says why."})
        else:
            self._tell({"t": "answer", "n": ask.n, "ok": answer})

    async def _done(self, ask: asks.Ask) -> Json:
        match ask:
            case asks.Be():
                return self._be(self._room.person(int(ask.person)))
            case asks.Join():
                return self._be(self._room.join(ask.name, moderator=ask.moderator))
            case asks.Players():
                return {"players": self._room.crowd(int(ask.channel), ask.count)}
            case asks.Restart():
                if self._room.status.restart is None:
                    raise ImpossibleError("This playground cannot restart the bot.")
                self._room.status.restart()
                return {}
        return await self._acts.do(ask)

    def _be(self, person: Person) -> Json:
        self._person = person
        self._acts = Acts(self._room.guild, person, self._room.uploads)
        return place_json(self._room.guild, person, self._room.simulated)

    def _saw(self, sight: Sight) -> None:
        match sight:
            case MessageSeen(message, fate):
                self._saw_message(message, fate)
            case TypingSeen(channel, user):
                if self._sees_channel(channel) and user is not self._person.user:
                    self._tell({"t": "typing", "channel": str(channel.id), "person": str(user.id)})
            case PlaceChanged():
                if not self._place_due:
                    self._place_due = True
                    self._start(self._tell_place())

    def _saw_message(self, message: Message, fate: Fate) -> None:
        if message.seen_only_by not in (None, self._person.id) or not self._sees_channel(message.channel):
            return
        told: Json = {"t": "message", "fate": fate.value, "channel": str(message.channel.id), "id": str(message.id)}
        if fate is not Fate.GONE:
            told["message"] = shown_json(message, self._person)
        self._tell(told)

    def _sees_channel(self, channel: Any) -> bool:
        return bool(self._room.guild.world.permissions(self._person.user, channel) & Permission.VIEW_CHANNEL)

    async def _tell_place(self) -> None:
        await asyncio.sleep(NAP)
        self._place_due = False
        self._tell({"t": "place", **place_json(self._room.guild, self._person, self._room.simulated)})
        self._tell_status()

    def _tell_status(self) -> None:
        status = self._room.status
        self._tell(
            {
                "t": "status",
                "online": self._room.online(),
                "phase": status.phase,
                "problems": status.problems,
                "news": status.news,
                "restartable": status.restart is not None,
            }
        )

    def _tell(self, told: Json) -> None:
        # Files are served by the page itself: the bot's own address for them is another origin.
        text = json.dumps(told).replace(self._room.guild.world.files_url, "")
        self._outbox.put_nowait(text)

    async def _write(self) -> None:
        while not self._socket.closed:
            text = await self._outbox.get()
            try:
                await self._socket.send_str(text)
            except ConnectionError:
                return


def _number_in(text: str) -> int | None:
    try:
        number = json.loads(text)["n"]
    except (ValueError, KeyError, TypeError):
        return None
    return number if isinstance(number, int) else None


def _said(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(map(str, first['loc'])) or 'The message'}: {first['msg']}."
