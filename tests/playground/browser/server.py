"""`tutorbot run --playground` as a process, as whoever tries the bot starts it."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

STARTS_IN = 120.0
"""Seconds in which the bot must be there; with a cold cache its model is prepared first."""


class Playground:
    """Runs in its own process; what it prints is kept in `printed`."""

    def __init__(self, home: Path, *options: str, knowledge: Path | None = None, prompts: Path | None = None) -> None:
        self.home = home
        environment = {key: value for key, value in os.environ.items() if key != "TUTORBOT_DISCORD_TOKEN"}
        environment |= {"XDG_DATA_HOME": str(home)}
        environment |= {"TUTORBOT_KNOWLEDGE": str(knowledge)} if knowledge else {}
        environment |= {"TUTORBOT_PROMPTS": str(prompts)} if prompts else {}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tutorbot", "run", "--playground", "--port", "0", *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment | {"PYTHONUNBUFFERED": "1"},
            text=True,
            start_new_session=True,
        )
        self.printed = ""
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self.address = self.wait_for(r"http://127\.0\.0\.1:\d+", 20)

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.printed += line

    def wait_for(self, pattern: str, seconds: float = STARTS_IN) -> str:
        """Wait until it has printed something, and give it."""
        end = time.monotonic() + seconds
        while not (found := re.search(pattern, self.printed)):
            assert self.process.poll() is None, self.printed
            assert time.monotonic() < end, self.printed
            time.sleep(0.02)
        return found[0]

    def ready(self) -> None:
        """Wait until the bot is there."""
        self.wait_for(r"TutorBot is there")

    def stop(self, number: int = signal.SIGINT) -> int:
        """Ctrl-C; gives the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            code = self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        self._reader.join()
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code
