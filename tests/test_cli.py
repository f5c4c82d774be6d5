"""The command as it is installed, asked as a person or a program asks it."""

import json
import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.knowledge.small_course import write_small_course
from tutorbot.settings import Settings

COMMAND = str(Path(sys.executable).with_name("tutorbot"))
KEYS = {"id", "status", "kind", "answer", "citations", "entries", "choices", "confidence", "elapsed_ms"}
PROMPT = "\n\x1b[1m? "


@pytest.fixture(scope="module")
def environment(settings: Settings) -> dict[str, str]:
    """Nothing set but where the prepared model is."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TUTORBOT_")}
    return {**kept, "TUTORBOT_CACHE": str(settings.cache), "COLUMNS": "200", "OMP_NUM_THREADS": "1"}


def _run(
    environment: dict[str, str],
    *given: str,
    lines: bytes = b"",
    cwd: Path | None = None,
    more: dict[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [COMMAND, *given],
        input=lines,
        capture_output=True,
        env={**environment, **(more or {})},
        timeout=120,
        check=False,
        cwd=cwd,
    )


def _line(**given: object) -> bytes:
    return json.dumps(given).encode()


def test_lines_of_json_are_answered_in_order_whatever_stands_in_them(environment: dict[str, str]) -> None:
    ids = ["a", 7, None, 1.5, True, [1, {"x": None}], {"y": "ß"}, "\ud800", ""]
    asked = [_line(id=one, question="what is an entente") for one in ids]
    asked += [
        b"",
        b"  \t",
        _line(id="who", question="who said that?", context=["what is balance of interests"]),
        _line(id="no context", question="what is an entente", context=None),
        _line(id="nothing", question=""),
        b"not json",
        b"[1, 2]",
        b'"a string"',
        _line(id="x"),
        _line(id="x", question=7),
        _line(id="x", question="why", context="earlier"),
        _line(id="x", question="why", context=[1]),
        b'{"id": NaN, "question": "why"}',
        b"[" * 100_000,
        b'{"id": "bytes", "question": "entente \xff\xfe?"}\r',
        _line(id="last", question="who won the cup") + b" ",
    ]
    done = _run(environment, "ask", "--format", "jsonl", lines=b"\n".join(asked))
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr
    rows = [json.loads(line, parse_constant=pytest.fail) for line in done.stdout.splitlines()]
    assert [row["id"] for row in rows[: len(ids)]] == ids
    assert all(set(row) == KEYS and row["status"] == "answered" for row in rows[: len(ids)])
    rest = {row["id"]: row for row in rows[len(ids) :] if row["id"] is not None}
    assert list(rest) == ["who", "no context", "nothing", "bytes", "last"]
    assert rest["who"]["entries"][0] == "balance-of-interests"
    assert rest["who"]["citations"][0].keys() == {"source", "title", "locator", "quote", "work"}
    assert rest["nothing"]["status"] == rest["last"]["status"] == "abstained"
    wrong = [row for row in rows[len(ids) :] if row["id"] is None]
    assert len(wrong) == 9
    assert all(set(row) == {"id", "error"} for row in wrong)
    assert len(rows) == len(ids) + 5 + 9
    assert 0 <= rest["who"]["confidence"] <= 1
    assert rest["who"]["elapsed_ms"] > 0


def test_one_question_is_answered_as_json(environment: dict[str, str]) -> None:
    done = _run(environment, "ask", "--format", "json", "what is an entente?")
    assert done.returncode == 0
    answer = json.loads(done.stdout)
    assert set(answer) == KEYS
    assert answer["entries"] == ["entente"]
    assert answer["answer"].startswith("Entente\n")


def test_run_answers_each_line_of_its_input_and_ends(environment: dict[str, str]) -> None:
    done = _run(
        environment, "run", lines=b"what is an entente\n\n  \nwho won [bold]the cup[/bold] \xff\n\ndefine denial"
    )
    assert done.returncode == 0, done.stderr
    text = done.stdout.decode()
    assert text.count("? ") >= 3
    assert text.index("what is an entente") < text.index("who won [bold]the cup[/bold]") < text.index("define denial")
    assert "Kann (1976: 611)" in text
    # to its end, though the frame is narrower
    shown = " ".join("".join(line.strip("│ ") + " " for line in text.splitlines()).split())
    assert "will make sense" in shown
    assert "The notes do not answer this." in text
    assert b"Traceback" not in done.stderr


def test_whoever_stops_reading_gets_no_traceback(environment: dict[str, str]) -> None:
    lines = (_line(id=1, question="what is an entente") + b"\n") * 200
    with subprocess.Popen(
        [COMMAND, "ask", "--format", "jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(lines)
        process.stdin.close()
        assert json.loads(process.stdout.readline())["id"] == 1
        process.stdout.close()
        told = process.stderr.read()
        process.wait(60)
    assert b"Traceback" not in told
    assert b"Exception" not in told


@pytest.mark.parametrize(
    ("given", "more", "told"),
    [
        (["--course", "nothing"], {}, "There is no course `nothing`"),
        (["--knowledge", "/nowhere/at/all"], {}, "There is no folder /nowhere/at/all"),
        ([], {"TUTORBOT_MODEL": "/nowhere/at/all"}, "There is no model at /nowhere/at/all"),
    ],
)
def test_what_is_missing_is_told_in_one_sentence(
    environment: dict[str, str], given: list[str], more: dict[str, str], told: str
) -> None:
    done = _run(environment, "ask", "what is an entente", *given, more=more)
    assert done.returncode == 1
    assert done.stdout == b""
    sentence = done.stderr.decode().strip()
    assert sentence.startswith(told)
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_wrong_usage_ends_with_2(environment: dict[str, str]) -> None:
    done = _run(environment, "ask", "--formt", "json", "why")
    assert done.returncode == 2
    assert b"--formt" in done.stderr
    assert b"Traceback" not in done.stderr


def test_json_needs_a_question(environment: dict[str, str]) -> None:
    done = _run(environment, "ask", "--format", "json", lines=b"what is an entente\n")
    assert done.returncode == 2
    assert b"jsonl" in done.stderr


def test_a_broken_course_is_told_with_its_line(environment: dict[str, str], tmp_path: Path) -> None:
    course = write_small_course(tmp_path)
    course.change("entries/tides.yaml", "term: Slack", "trem: Slack")
    done = _run(environment, "ask", "--knowledge", str(tmp_path), "what is slack")
    assert done.returncode == 1
    assert done.stderr.decode().startswith(str(course.folder / "entries" / "tides.yaml") + ":")
    assert "`term` is missing" in done.stderr.decode()


class _Terminal:
    """A person at a terminal, with `tutorbot run` on it."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self._end, other = pty.openpty()
        self.process = subprocess.Popen(
            [COMMAND, "run", "--terminal"], stdin=other, stdout=other, stderr=other, cwd=folder, start_new_session=True,
            env={**environment, "TERM": "xterm"}, preexec_fn=_take_terminal,  # noqa: PLW1509  # no other threads run then
        )  # fmt: skip
        os.close(other)
        self.seen = ""

    def wait_for(self, text: str, after: int = 0, seconds: float = 90) -> None:
        """Read until ``text`` stands on the screen."""
        deadline = time.monotonic() + seconds
        while text not in self.seen[after:]:
            ready, _, _ = select.select([self._end], [], [], max(0.0, deadline - time.monotonic()))
            assert ready, self.seen
            self.seen += os.read(self._end, 65_536).decode("utf-8", "replace")

    def type(self, text: str) -> int:
        """Type; returns how much was on the screen before."""
        os.write(self._end, text.encode())
        return len(self.seen)

    def ended(self) -> int:
        """The exit code."""
        deadline = time.monotonic() + 30
        while self.process.poll() is None and time.monotonic() < deadline:
            ready, _, _ = select.select([self._end], [], [], 0.1)
            try:
                self.seen += os.read(self._end, 65_536).decode("utf-8", "replace") if ready else ""
            except OSError:  # the other end is closed
                break
        return self.process.wait(30)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
        os.close(self._end)


def _take_terminal() -> None:
    import fcntl  # noqa: PLC0415
    import termios  # noqa: PLC0415

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def test_a_person_asks_follows_up_and_leaves_with_ctrl_d(environment: dict[str, str], tmp_path: Path) -> None:
    terminal = _Terminal(environment, tmp_path)
    try:
        terminal.wait_for("Ctrl-D ends")
        terminal.wait_for(PROMPT)
        before = terminal.type("what is chain-ganging\n")
        terminal.wait_for("Chain-ganging", before)
        terminal.wait_for(PROMPT, before)
        before = terminal.type("and the other one?\n")
        terminal.wait_for("Buck-passing", before)
        terminal.wait_for(PROMPT, before)
        terminal.type("\x04")
        assert terminal.ended() == 0
        assert "Traceback" not in terminal.seen
        assert "DEBUG" not in terminal.seen
    finally:
        terminal.close()


def test_a_person_leaves_with_ctrl_c(environment: dict[str, str], tmp_path: Path) -> None:
    terminal = _Terminal(environment, tmp_path)
    try:
        terminal.wait_for("Ctrl-D ends")
        terminal.wait_for(PROMPT)
        terminal.type("\x03")
        assert terminal.ended() == -signal.SIGINT
        assert "Traceback" not in terminal.seen
    finally:
        terminal.close()


def test_the_command_is_installed() -> None:
    assert shutil.which(COMMAND)
