"""Starting, ending and starting again."""

import json
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, expect

from .conftest import Launch
from .server import Playground
from .student import Student


def test_what_was_said_is_there_again_at_the_next_start_unless_it_starts_fresh(
    chromium: Browser, launch: Launch
) -> None:
    context = chromium.new_context()
    first = launch()
    ada = Student(context.new_page(), first.address, "Ada")
    ada.go("lounge")
    ada.say("Remember me")
    expect(ada.message("Remember me")).to_be_visible()
    assert first.stop() == 0
    second = launch()
    ada = Student(context.new_page(), second.address, "Ada")
    ada.go("lounge")
    expect(ada.message("Remember me")).to_be_visible()
    assert second.stop(signal.SIGTERM) == 0
    third = launch("--fresh")
    ada = Student(context.new_page(), third.address, "Ada")
    ada.go("lounge")
    expect(ada.page.get_by_text("This is the beginning of #lounge")).to_be_visible()
    expect(ada.messages).to_have_count(0)
    context.close()


def test_the_bot_ends_with_the_playground_even_if_that_is_killed(launch: Launch) -> None:
    playground = launch()
    children = _children(playground.process.pid)
    assert len(children) == 1
    playground.stop(signal.SIGKILL)
    end = time.monotonic() + 60
    while Path(f"/proc/{children[0]}").exists() and time.monotonic() < end:
        time.sleep(0.1)
    assert not Path(f"/proc/{children[0]}").exists()


def _children(process_id: int) -> list[int]:
    tasks = Path(f"/proc/{process_id}/task")
    return [int(one) for task in tasks.iterdir() for one in (task / "children").read_text().split()]


def test_a_taken_port_is_told_and_another_one_taken(playground: Playground, launch: Launch) -> None:
    port = re.sub(r".*:", "", playground.address)
    second = launch("--port", port)
    assert f"Port {port} is taken" in second.printed
    assert second.address != playground.address


def test_no_key_is_needed_and_none_is_served(playground: Playground) -> None:
    with urllib.request.urlopen(playground.address) as answer:
        text = answer.read().decode()
    assert "token" not in text.lower()


def test_questions_from_another_program_are_still_answered_one_a_line() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tutorbot", "run"], input=b"what is an entente?\n", capture_output=True, check=True
    )
    assert b"Entente" in done.stdout


def test_the_page_tells_that_the_bot_is_still_starting(chromium: Browser, launch: Launch) -> None:
    context = chromium.new_context()
    playground = launch()
    ada = Student(context.new_page(), playground.address, "Ada")
    expect(ada.page.get_by_text("The bot is starting")).to_be_visible()
    assert json.loads(ada.page.evaluate("JSON.stringify(window.localStorage)")) == {}
    context.close()
