"""A tab of the page as a browser keeps it, without a browser."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

Json = dict[str, Any]


class RefusedError(Exception):
    """The playground refused a wish."""


class Tab:
    """Asks and remembers the news."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.news: list[Json] = []
        self.place: Json = {}
        self._number = 0
        self._waiting: dict[int, asyncio.Future[Json]] = {}
        self._people: list[Json] = []
        self._greeted = asyncio.Event()
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for frame in self.socket:
            told = frame.json()
            if told["t"] == "answer":
                self._waiting.pop(told["n"]).set_result(told)
            elif told["t"] == "hello":
                self._people = told["people"]
                self._greeted.set()
            else:
                self.news.append(told)

    async def be(self, name: str) -> None:
        """Become somebody who is there already."""
        await self._greeted.wait()
        person = next(one["id"] for one in self._people if one["name"] == name)
        self.place = await self.ask("be", person=person)

    async def ask(self, wish: str, **more: object) -> Json:
        """Ask and give what came of it. Raises RefusedError."""
        self._number += 1
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[self._number] = answer
        await self.socket.send_json({"n": self._number, "do": wish, **more})
        told = await asyncio.wait_for(answer, 6)
        if "refused" in told:
            raise RefusedError(told["refused"])
        ok: Json = told["ok"]
        return ok

    def channel(self, name: str) -> str:
        """The id of a channel that this person sees."""
        return next(str(one["id"]) for one in self.place["channels"] if one["name"] == name)

    def person(self, name: str) -> str:
        """The id of a person."""
        return next(str(one["id"]) for one in self.place["people"] if one["name"] == name)

    async def messages(self, channel: str) -> list[Json]:
        """What stands in a channel."""
        looked = await self.ask("open", channel=self.channel(channel))
        found: list[Json] = looked["messages"]
        return found

    def seen(self, kind: str) -> list[Json]:
        """The news of one kind."""
        return [one for one in self.news if one["t"] == kind]

    async def close(self) -> None:
        """Close the tab."""
        await self.socket.close()
        await self._reading


OpenTab = Callable[[str], Awaitable[Tab]]
