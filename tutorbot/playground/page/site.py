"""The page's web server: the built page, files of messages, uploads and the WebSocket of each tab."""

import errno
from importlib import resources
from types import TracebackType
from typing import Self

from aiohttp import web

from tutorbot.playground.errors import PlaygroundError
from tutorbot.playground.page.guard import HEADERS, guard, policy
from tutorbot.playground.page.room import Room
from tutorbot.playground.page.tab import Tab
from tutorbot.playground.page.uploads import LARGEST

PORT = 8765
TRIES = 20
"""How many ports are tried, one after the other, before giving up."""
KINDS = {"html": "text/html", "js": "text/javascript", "css": "text/css", "woff2": "font/woff2", "svg": "image/svg+xml"}
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""What is shown in the page; any other file is handed over for saving only."""


class NoPortError(PlaygroundError):
    """All ports that were tried are taken."""


class Site:
    """Serves the page on 127.0.0.1, at `port` or the next one that is free (0: any)."""

    def __init__(self, room: Room, port: int = PORT) -> None:
        self._room = room
        self._wanted = port
        self._runner: web.AppRunner | None = None
        self._sockets: set[web.WebSocketResponse] = set()
        self._hosts: set[str] = set()
        self.port = 0

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def listens(self) -> list[tuple[str, int]]:
        """The addresses on which it listens."""
        return [] if self._runner is None else [(one[0], one[1]) for one in self._runner.addresses]

    async def __aenter__(self) -> Self:
        for port in [self._wanted] if self._wanted == 0 else range(self._wanted, min(self._wanted + TRIES, 65536)):
            try:
                await self._listen(port)
            except OSError as error:
                await self._stop()
                if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                    raise
            else:
                return self
        raise NoPortError(f"The ports from {self._wanted} on are taken; name another one with --port.")

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for socket in list(self._sockets):
            await socket.close(code=1001)
        await self._stop()

    async def _listen(self, port: int) -> None:
        hosts = self._hosts
        app = web.Application(client_max_size=LARGEST + 1024, middlewares=[guard(hosts)])
        app.router.add_get("/", self._page)
        app.router.add_get("/built/{name}", self._built)
        app.router.add_get("/attachments/{channel}/{attachment}/{filename}", self._file)
        app.router.add_post("/uploads", self._upload)
        app.router.add_get("/tab", self._tab)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        self.port = self._runner.addresses[0][1]
        hosts |= {f"127.0.0.1:{self.port}", f"localhost:{self.port}"}

    async def _stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _page(self, request: web.Request) -> web.Response:
        return self._asset("index.html", request.host)

    async def _built(self, request: web.Request) -> web.Response:
        return self._asset(request.match_info["name"], request.host)

    def _asset(self, name: str, host: str) -> web.Response:
        file = resources.files(__package__) / "built" / name
        kind = KINDS.get(name.rpartition(".")[2])
        if kind is None or "/" in name or "\\" in name or not file.is_file():
            return web.Response(status=404, headers=HEADERS)
        text = "; charset=utf-8" if kind.startswith(("text/", "image/svg")) else ""
        headers = HEADERS | {"Content-Type": kind + text, "Content-Security-Policy": policy(host)}
        return web.Response(body=file.read_bytes(), headers=headers)

    async def _file(self, request: web.Request) -> web.Response:
        asked = request.match_info["attachment"]
        attachment = self._room.guild.world.attachments.get(int(asked)) if asked.isdecimal() else None
        if attachment is None:
            return web.Response(status=404, headers=HEADERS)
        shown = attachment.content_type in PICTURES
        return web.Response(
            body=attachment.data,
            headers=HEADERS
            | {
                "Content-Type": attachment.content_type if shown else "application/octet-stream",
                "Content-Disposition": "inline" if shown else "attachment",
                "Content-Security-Policy": "default-src 'none'; sandbox",
            },
        )

    async def _upload(self, request: web.Request) -> web.Response:
        data = await request.read()
        if len(data) > LARGEST:
            raise web.HTTPRequestEntityTooLarge(LARGEST, len(data))
        key = self._room.uploads.keep(request.query.get("name", "file"), data)
        return web.json_response({"id": key}, headers=HEADERS)

    async def _tab(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse(heartbeat=20, max_msg_size=256 * 1024)
        if not socket.can_prepare(request).ok:
            return web.Response(status=400, text="This is for WebSockets.", headers=HEADERS)
        await socket.prepare(request)
        self._sockets.add(socket)
        try:
            await Tab(self._room, socket).serve()
        finally:
            self._sockets.discard(socket)
        return socket
