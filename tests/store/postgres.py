"""A PostgreSQL of our own, made of Debian's binaries, that listens on a socket in a folder and goes with the tests."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path

_QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "16MB"}


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL that is installed."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(found, key=lambda path: int(path.parent.name)) if found else None


class Cluster:
    """A running server. Its databases are made anew for each test and go with the server."""

    def __init__(self, programs: Path, socket: Path, user: Sequence[str]) -> None:
        self._programs = programs
        self._socket = socket
        self._user = user
        self._numbers = count(1)

    def url(self, name: str) -> str:
        """The address of a database."""
        return f"postgresql+asyncpg://owner@/{name}?host={self._socket}"

    def database(self, template: str = "template1") -> str:
        """The name of a new database, like ``template``, which nobody may use meanwhile."""
        name = f"test_{next(self._numbers)}"
        self.run("createdb", "-h", str(self._socket), "-U", "owner", "-T", template, name)
        return name

    def dump(self, url: str) -> str:
        """All that a database holds, as text."""
        name = url.split("@/")[1].split("?", maxsplit=1)[0]
        return self.run("pg_dump", "-h", str(self._socket), "-U", "owner", "--inserts", name)

    def sql(self, statement: str) -> None:
        """Carry out a statement from outside of the databases that are tested."""
        self.run("psql", "-h", str(self._socket), "-U", "owner", "-d", "template1", "-c", statement)

    def run(self, program: str, *arguments: str) -> str:
        """Run one of PostgreSQL's programs; what it printed."""
        command = [*self._user, str(self._programs / program), *arguments]
        # not into a pipe: the server would hold it open
        with tempfile.TemporaryFile("w+") as out:
            done = subprocess.run(command, check=False, cwd="/", stdout=out, stderr=subprocess.STDOUT)
            out.seek(0)
            said = out.read()
        assert done.returncode == 0, said
        return said


@contextmanager
def running(programs: Path) -> Iterator[Cluster]:
    """Start a server, and stop it at the end. It does not run as root, so root lends it a user."""
    user = "postgres" if shutil.which("runuser") and _exists("postgres") else "nobody"
    as_user = ["runuser", "-u", user, "--"] if os.geteuid() == 0 else []
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # a socket's path may have 107 bytes
    try:
        if as_user:
            shutil.chown(folder, user)
        data = folder / "data"
        cluster = Cluster(programs, folder, as_user)
        cluster.run(
            "initdb", "-D", str(data), "-U", "owner", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"
        )
        options = " ".join(f"-c {key}={value}" for key, value in _QUICK.items())
        options += f" -c listen_addresses= -c unix_socket_directories={folder}"
        cluster.run("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield cluster
        finally:
            cluster.run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder)


def _exists(user: str) -> bool:
    return subprocess.run(["id", user], check=False, capture_output=True).returncode == 0
