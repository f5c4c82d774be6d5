"""The local Discord: one object to start, fill with people and connect a bot to."""

import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from aiohttp import web
from aiohttp.typedefs import Handler

from tutorbot.playground.desk import Desk
from tutorbot.playground.errors import TooLateError
from tutorbot.playground.faults import Faults
from tutorbot.playground.flags import EVERYONE_MAY, NO_INTENT, Intent, Permission
from tutorbot.playground.gateway import Gateway
from tutorbot.playground.guild import LocalGuild
from tutorbot.playground.interaction import Interaction
from tutorbot.playground.model import User
from tutorbot.playground.posting import Post
from tutorbot.playground.rest.answers import AnswerRoutes
from tutorbot.playground.rest.application import ApplicationRoutes, application_flags
from tutorbot.playground.rest.door import Door, Request
from tutorbot.playground.rest.messages import MessageRoutes
from tutorbot.playground.rest.places import PlaceRoutes
from tutorbot.playground.rest.routing import Call
from tutorbot.playground.snowflake import Snowflakes
from tutorbot.playground.world import Application, World

if TYPE_CHECKING:
    from tutorbot.playground.description import Description

BOT_MAY = EVERYONE_MAY | Permission.MANAGE_MESSAGES | Permission.MANAGE_THREADS
"""What the bot's own role allows unless a guild says otherwise."""


class LocalDiscord:
    """Discord's REST API and gateway on 127.0.0.1, for one bot.

    Point discord.py at it before connecting, and make it start fast::

        async with LocalDiscord() as local:
            discord.http.Route.BASE = local.api_url
            discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(local.gateway_url)
            client = discord.Client(intents=discord.Intents.default(), guild_ready_timeout=0.05)
            await client.start(local.token)

    `guild_ready_timeout` is how many seconds discord.py waits after the last guild before `on_ready`;
    2 unless told.

    Args:
        granted: the privileged intents that the application may ask for; none by default.
        clock: unix seconds; the 3 s to answer and the 15 min of a token are measured by it.
        port: 0 takes any free port.
        heartbeat_seconds: how often clients are to send a heartbeat.
        shards: how many shards /gateway/bot recommends.
        description: Discord's OpenAPI file; every request is then checked against it, see `violations`. Needs
            jsonschema.
        token: the bot's token.
        bot_name: the name of the bot's account.
        accounts: the bot's account and its owner's, where they are known from before; new ones if None.
    """

    def __init__(
        self,
        *,
        granted: Intent = NO_INTENT,
        clock: Callable[[], float] = time.time,
        port: int = 0,
        heartbeat_seconds: float = 41.25,
        shards: int = 1,
        description: "Path | Description | None" = None,
        token: str = "local-token",  # noqa: S107 - opens nothing but this server
        bot_name: str = "TutorBot",
        accounts: tuple[User, User] | None = None,
    ) -> None:
        snowflakes = Snowflakes(clock)
        bot, owner = accounts or (User(snowflakes.next(), bot_name, bot=True), User(snowflakes.next(), "Owner"))
        self.world = World(clock, snowflakes, Application(bot, owner, token, granted))
        self.faults = Faults()
        self.requests: list[Request] = []
        """Everything that the bot asked over HTTP, oldest first."""
        self.violations: list[str] = []
        """Where requests break Discord's own description, as sentences; empty without `description`."""
        self.gateway = Gateway(self.world, self.faults, heartbeat_seconds, lambda: application_flags(self.world))
        self._description = _loaded(description)
        self._post = Post(self.world)
        self._desk = Desk(self.world, self._post)
        self._port = port
        self._shards = shards
        self._runner: web.AppRunner | None = None
        self._url = ""

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=64 * 1024 * 1024, middlewares=[_no_websites])
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        app.router.add_get("/gateway", self.gateway.handle)
        app.router.add_get("/gateway/", self.gateway.handle)
        app.router.add_get("/attachments/{channel}/{attachment}/{filename}", self._file)
        app.router.add_route("*", "/api/v10/{rest:.*}", self._handle)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        port = self._runner.addresses[0][1]
        self._url = self.world.files_url = f"http://127.0.0.1:{port}"
        self.gateway.url = self.gateway_url
        self._door = self._make_door()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._runner is not None
        await self.gateway.close(1001)
        await self._runner.cleanup()

    def _make_door(self) -> Door:
        routes = [
            *ApplicationRoutes(self.world, self.gateway_url, self._shards).routes(),
            *MessageRoutes(self.world, self._post).routes(),
            *PlaceRoutes(self.world, self._post).routes(),
            *AnswerRoutes(self.world, self._desk).routes(),
        ]
        return Door(routes, self.token, self.world.clock, faults=self.faults, check=self._check, record=self._record)

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        return await self._door.handle(request)

    async def _file(self, request: web.Request) -> web.Response:
        attachment = self.world.attachments.get(int(request.match_info["attachment"]))
        if attachment is None:
            return web.Response(status=404)
        return web.Response(body=attachment.data, headers={"Content-Type": attachment.content_type})

    def _check(self, call: Call) -> None:
        if self._description is not None:
            self.violations += self._description.violations(call.method, call.path, call.body)

    def _record(self, request: Request) -> None:
        self.requests.append(request)
        self.world.changes.notify()

    @property
    def api_url(self) -> str:
        """For `discord.http.Route.BASE`."""
        return f"{self._url}/api/v10"

    @property
    def gateway_url(self) -> str:
        """For `discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY`."""
        return f"ws{self._url.removeprefix('http')}/gateway"

    @property
    def token(self) -> str:
        """The bot's token."""
        return self.world.application.token

    @property
    def bot(self) -> User:
        """The bot's account."""
        return self.world.bot

    @property
    def commands(self) -> list[str]:
        """The names of the commands that are registered everywhere."""
        return [str(command["name"]) for command in self.world.commands.all(None)]

    @property
    def unknown_routes(self) -> list[Request]:
        """Requests for routes that the local Discord does not have."""
        return [request for request in self.requests if not request.known]

    @property
    def refused(self) -> list[Request]:
        """Requests that were answered with an error by Discord's rules, not by a fault."""
        return [request for request in self.requests if request.error and request.error != "trouble on demand"]

    @property
    def crashes(self) -> list[Request]:
        """Requests that the local Discord itself failed to carry out."""
        return [request for request in self.requests if request.error.startswith("crashed")]

    def add_guild(self, name: str, bot_may: Permission = BOT_MAY) -> LocalGuild:
        """A guild that the bot has joined, with a role that allows `bot_may`."""
        return LocalGuild(self.world.add_guild(name, bot_may), self.world, self._post, self._desk)

    def guild(self, guild_id: int) -> LocalGuild:
        """A guild that there is. Raises ApiError: 10004."""
        return LocalGuild(self.world.guild(guild_id), self.world, self._post, self._desk)

    def grant(self, intents: Intent) -> None:
        """Set which privileged intents the application may ask for from now on."""
        self.world.application.granted = intents

    def deliver_again(self, interaction: Interaction) -> None:
        """Send the bot an interaction that it got before."""
        self._desk.deliver(interaction)

    def connected(self, timeout: float = 30.0) -> Coroutine[Any, Any, None]:
        """Wait until a bot listens.

        Raises:
            TooLateError: after `timeout` seconds of real time.
        """
        return self._wait(lambda: self.gateway.connected, timeout)

    def wait_for(self, condition: Callable[[], object], timeout: float = 20.0) -> Coroutine[Any, Any, None]:
        """Wait until `condition()` is true, looking again after every change and at least every 10 ms.

        Raises:
            TooLateError: after `timeout` seconds of real time.
        """
        return self._wait(condition, timeout)

    async def _wait(self, condition: Callable[[], object], seconds: float) -> None:
        if not await self.world.changes.until(condition, seconds):
            last = ", ".join(f"{one.method} {one.path} {one.status}" for one in self.requests[-5:])
            raise TooLateError(f"waited {seconds:g} s in vain; the bot's last requests: {last or 'none'}")


@web.middleware
async def _no_websites(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Bots do not say that a website sent them; browsers always do."""
    if "Origin" in request.headers or request.headers.get("Sec-Fetch-Site", "none") != "none":
        return web.Response(status=403, text="This is for bots, not for websites.")
    return await handler(request)


def _loaded(description: "Path | Description | None") -> "Description | None":
    if not isinstance(description, Path):
        return description
    from tutorbot.playground.description import Description  # noqa: PLC0415 - jsonschema is for development only

    return Description.load(description)
