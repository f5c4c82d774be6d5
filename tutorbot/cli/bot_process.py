"""The bot as a process of its own, as the playground runs it."""

import asyncio
import os
import sys
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress

PATIENCE = 10.0
"""Seconds that a bot may take to end before it is killed."""
TOLD = 3
"""The last lines of a bot that ended which are told on."""


class BotProcess:
    """Starts the bot's process, stops it and starts it again.

    ``environment`` goes on top of this process's own; ``lost`` is told the exit code and the last lines when the bot
    ends without having been asked to.
    """

    def __init__(self, environment: Mapping[str, str], lost: Callable[[int, tuple[str, ...]], None]) -> None:
        self._environment = environment
        self._lost = lost
        self._process: asyncio.subprocess.Process | None = None
        self._watching: asyncio.Task[None] | None = None
        self._turn = asyncio.Lock()

    async def start(self) -> None:
        """Start the bot, after stopping the one that runs."""
        async with self._turn:
            await self._stop()
            command = [sys.executable, "-m", "tutorbot", "run", "--obey"]
            # In a session of its own: Ctrl-C reaches the playground, which then ends the bot. If the playground is
            # killed, its end of the pipe closes, and the bot ends too.
            self._process = await asyncio.create_subprocess_exec(
                *command,
                stdin=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                env=os.environ | self._environment,
                start_new_session=True,
            )
            self._watching = asyncio.create_task(self._watch(self._process))

    def renew(self) -> None:
        """Let the bot take its course's files up anew."""
        if self._watching is not None and self._process is not None and self._process.stdin is not None:
            with suppress(ConnectionError):
                self._process.stdin.write(b"renew\n")

    async def stop(self) -> None:
        """Stop the bot; it may first say what it has to."""
        async with self._turn:
            await self._stop()

    async def _stop(self) -> None:
        if self._watching is not None:
            watching, self._watching = self._watching, None
            assert self._process is not None
            with suppress(ProcessLookupError):
                self._process.terminate()
            try:
                await asyncio.wait_for(asyncio.shield(watching), PATIENCE)
            except TimeoutError:
                with suppress(ProcessLookupError):
                    self._process.kill()
                await watching

    async def _watch(self, process: asyncio.subprocess.Process) -> None:
        last: deque[str] = deque(maxlen=TOLD)
        assert process.stderr is not None
        async for line in process.stderr:
            sys.stderr.buffer.write(line)
            sys.stderr.buffer.flush()
            if text := line.decode("utf-8", "replace").strip():
                last.append(text)
        code = await process.wait()
        if self._watching is not None:
            self._watching = None
            self._lost(code, tuple(last))
