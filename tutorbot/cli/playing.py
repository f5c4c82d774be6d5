"""`tutorbot run --playground`: the local Discord, the bot connected to it, and the page for people."""

import asyncio
import logging
import os
import secrets
import shutil
import signal
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, contextmanager, suppress
from pathlib import Path
from random import SystemRandom

from rich.console import Console
from rich.markup import escape
from sqlalchemy.engine import make_url
from watchfiles import awatch

from tutorbot.cli.bot_process import BotProcess
from tutorbot.cli.courses import look_over
from tutorbot.errors import TutorbotError
from tutorbot.playground import Intent, LocalDiscord, PlaygroundError
from tutorbot.playground.page import BotStatus, Crowd, Room, Site, open_study_server
from tutorbot.playground.saving import SavedFile
from tutorbot.playground.sights import PlaceChanged, Sight
from tutorbot.settings import Settings, default_data_folder
from tutorbot.wording import Wording

CALM = 100
"""Milliseconds without a change after which files count as written."""
MOST_PROBLEMS = 10


class PlayingError(TutorbotError):
    """The playground cannot be opened."""


def play(settings: Settings, wording: Wording, *, port: int, fresh: bool, since: float) -> None:
    """Run the playground until Ctrl-C. ``since`` is the start, by ``time.monotonic``, from which its times are told."""
    logging.getLogger("watchfiles").setLevel(logging.WARNING)
    folder = playground_folder(settings)
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
    try:
        asyncio.run(Playing(settings, wording, folder, since).run(port))
    except PlaygroundError as error:
        raise PlayingError(str(error)) from error


def playground_folder(settings: Settings) -> Path:
    """Where the playground keeps its state: beside the bot's database."""
    address = make_url(settings.database)
    beside = address.get_backend_name() == "sqlite" and address.database not in (None, "", ":memory:")
    home = Path(address.database or "").parent if beside else default_data_folder()
    return home / "playground"


class Playing:
    """One run of the playground."""

    def __init__(self, settings: Settings, wording: Wording, folder: Path, since: float) -> None:
        self._settings = settings
        self._wording = wording
        self._folder = folder
        self._since = since
        self._status = BotStatus()
        self._console = Console(highlight=False, soft_wrap=True)
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self, port: int) -> None:
        """Until it is stopped by Ctrl-C or SIGTERM."""
        stopped = asyncio.Event()
        with _signals(stopped.set):
            async with AsyncExitStack() as stack:
                saved = await stack.enter_async_context(SavedFile(self._folder / "discord.sqlite3"))
                local = await stack.enter_async_context(
                    LocalDiscord(
                        granted=Intent.MESSAGE_CONTENT, token=secrets.token_urlsafe(24), accounts=await saved.accounts()
                    )
                )
                guild = await saved.restore(local) or open_study_server(local)
                saved.follow(local, guild)
                players = Crowd(guild, SystemRandom())
                stack.push_async_callback(players.close)
                room = Room(guild, self._status, lambda: local.gateway.connected, players)
                site = await stack.enter_async_context(Site(room, port))
                if port not in (0, site.port):
                    self._say("taken", wanted=port, port=site.port)
                self._say("open", address=site.address, seconds=self._passed)
                bot = BotProcess(self._environment(local), self._lost)
                stack.push_async_callback(bot.stop)
                self._status.restart = lambda: self._restart(bot)
                local.world.watchers.append(self._awaited(local))
                stack.push_async_callback(self._watching(bot))
                await bot.start()
                await stopped.wait()
                self._status.tell(phase="stopped")
        self._say("ended", folder=str(self._folder))

    def _environment(self, local: LocalDiscord) -> dict[str, str]:
        settings = self._settings
        told = {
            "DISCORD_TOKEN": local.token,
            "DISCORD_API": local.api_url,
            "DISCORD_GATEWAY": local.gateway_url,
            "DATABASE": f"sqlite+aiosqlite:///{self._folder / 'tutorbot.sqlite3'}",
            "KNOWLEDGE": str(settings.knowledge),
            "PROMPTS": str(settings.prompts),
            "COURSE": settings.course or "",
            # What the libraries tell about themselves would hide what matters here.
            "LOG_LEVEL": settings.log_level if "log_level" in settings.model_fields_set else "WARNING",
        }
        return {f"TUTORBOT_{name}": value for name, value in told.items()}

    def _restart(self, bot: BotProcess) -> None:
        async def restart() -> None:
            self._since = time.monotonic()
            self._status.tell(phase="starting", problems=())
            await bot.start()

        task = asyncio.get_running_loop().create_task(restart())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _watching(self, bot: BotProcess) -> Callable[[], Awaitable[None]]:
        """Watch the knowledge and the templates from now on; gives what ends it."""
        watching = asyncio.get_running_loop().create_task(self._watch(bot))

        async def end() -> None:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)

        return end

    async def _watch(self, bot: BotProcess) -> None:
        folders = (self._settings.knowledge, self._settings.prompts)
        async for _ in awatch(*folders, debounce=CALM, step=CALM // 2):
            bot.renew()  # which checks for itself, and takes up nothing unsound
            problems = await asyncio.to_thread(self._problems)
            if self._status.phase == "stopped" and not problems:
                self._restart(bot)
            else:
                news = "" if problems else self._wording.render("playground.txt", event="renewed")
                self._status.tell(problems=problems, news=news)

    def _problems(self) -> tuple[str, ...]:
        wording = Wording(self._settings.prompts, self._settings.language)
        beside = f"{Path.cwd()}{os.sep}"
        found = look_over(self._settings, wording).problems[:MOST_PROBLEMS]
        return tuple(problem.replace(beside, "") for problem in found)

    def _awaited(self, local: LocalDiscord) -> Callable[[Sight], None]:
        def saw(sight: Sight) -> None:
            if isinstance(sight, PlaceChanged) and self._status.phase == "starting" and local.gateway.connected:
                self._status.tell(phase="running")
                self._say("ready", seconds=self._passed)

        return saw

    def _lost(self, code: int, last: tuple[str, ...]) -> None:
        self._status.tell(phase="stopped", problems=last[-1:])
        self._say("lost", code=code)

    @property
    def _passed(self) -> float:
        return time.monotonic() - self._since

    def _say(self, event: str, **values: object) -> None:
        self._console.print(escape(self._wording.render("playground.txt", event=event, **values)))


@contextmanager
def _signals(stop: Callable[[], None]) -> Iterator[None]:
    """Call ``stop`` at Ctrl-C or SIGTERM, where the event loop can."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(number, stop)
    try:
        yield
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            with suppress(NotImplementedError, RuntimeError, ValueError):
                loop.remove_signal_handler(number)
