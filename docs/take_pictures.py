"""Take the README's pictures from the playground: `.venv/bin/python docs/take_pictures.py` (needs Chromium)."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
SOON = 60_000
"""Milliseconds."""
QUESTION = "@TutorBot what is the difference between entrapment and abandonment?"
CARDS = 4
ADDED = {
    "What it is called": "Wedge strategy",
    "What it says": "A state tries to split an alliance that stands against it, by offering one of its members more than the others can.",
    "Source": "Seminar of 12 May",
    "Place in the source": "second hour",
    "Quote": "split an alliance that stands against it",
}


@contextmanager
def playground() -> Iterator[str]:
    """A playground of its own; gives its address once the bot is there."""
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "tutorbot", "run", "--playground", "--port", "0"]
        environment = os.environ | {"XDG_DATA_HOME": home, "PYTHONUNBUFFERED": "1"}
        for name in ("knowledge", "prompts"):  # copies: an edit meanwhile would be told in the picture
            environment[f"TUTORBOT_{name.upper()}"] = str(shutil.copytree(ROOT / name, Path(home) / name))
        process = subprocess.Popen(  # noqa: S603 - the command stands above
            command, env=environment, stdout=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL
        )
        address = ""
        assert process.stdout is not None
        for line in process.stdout:
            address = (re.findall(r"http://127\.0\.0\.1:\d+", line) or [address])[0]
            if "TutorBot is there" in line:
                break
        yield address
        process.send_signal(signal.SIGINT)
        process.wait()


def enter(browser: Browser, address: str, name: str, scheme: str = "dark", size: tuple[int, int] = (1020, 660)) -> Page:
    """Open the page as somebody, in a window of a size in CSS pixels, at twice the pixels."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        device_scale_factor=2,
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="Europe/Berlin",
    )
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name=re.compile(f"^{name}")).click()
    page.get_by_role("combobox", name=re.compile("^Message ")).wait_for()
    return page


def go(page: Page, channel: str) -> None:
    """Look into a channel."""
    page.get_by_role("navigation").get_by_role("button", name=channel).click()
    page.get_by_role("heading", level=1, name=channel).wait_for()


def say(page: Page, text: str) -> None:
    """Write a message."""
    field = page.get_by_role("combobox", name=re.compile("^Message "))
    field.fill(text)
    field.press("Enter")


def command(page: Page, words: str, **options: str) -> None:
    """Use a slash command."""
    page.get_by_role("combobox", name=re.compile("^Message ")).fill(f"/{words}")
    page.get_by_role("option", name=f"/{words}").first.wait_for(timeout=SOON)
    page.keyboard.press("Enter")
    form = page.get_by_role("form")
    for name, value in options.items():
        if form.get_by_label(f"{name}: ").count() == 0:
            form.get_by_role("button", name=f"+ {name}").click()
        form.get_by_label(f"{name}: ").fill(value)
    form.get_by_role("button", name="Send").click()


def message(page: Page, text: str) -> Locator:
    """The newest message in which a text stands."""
    found = page.get_by_role("log").locator("> li").filter(has=page.locator(".body").filter(has_text=text)).last
    expect(found).to_be_visible(timeout=SOON)
    return found


def tidy(page: Page) -> None:
    """Nothing pointed at, no private notices in the way, the newest message in view."""
    for dismiss in page.get_by_role("button", name="Dismiss message").all()[::-1]:
        dismiss.click()
    rest(page)
    page.wait_for_timeout(5500)  # until the last notice is gone
    page.locator(".log").evaluate("log => { log.scrollTop = log.scrollHeight; }")


def rest(page: Page) -> None:
    """Point at nothing, focus nothing."""
    page.mouse.move(5, 300)
    page.evaluate("document.activeElement.blur()")


def take_answer(browser: Browser, address: str) -> None:
    """A comparison with its citations."""
    page = enter(browser, address, "Ada", size=(1020, 640))
    go(page, "questions")
    say(page, QUESTION)
    message(page, "Sources")
    tidy(page)
    page.screenshot(path=PICTURES / "answer.png")


def take_round(browser: Browser, address: str) -> None:
    """An open card with its clock, then the podium."""
    page = enter(browser, address, "Ada", size=(1020, 720))
    go(page, "quiz")
    page.get_by_role("button", name="Add simulated players").click()
    command(page, "quiz start", cards=str(CARDS), seconds="20", kinds="Buttons: choose the right answer")
    lobby = message(page, "opened by")
    expect(lobby).to_contain_text("Joined (3)", timeout=SOON)
    lobby.get_by_role("button", name="Join").click()
    lobby.get_by_role("button", name="Start").click()
    best = (0, 0.0)
    for number in range(1, CARDS + 1):
        card = message(page, f"Card {number} of {CARDS}")
        options = card.locator(".button")
        options.nth(number % options.count()).click(timeout=SOON)
        box = card.bounding_box()
        looks = (options.count(), -(box["height"] if box else 0.0))
        if looks > best or number == 1:  # more to choose from, in fewer words
            best = looks
            expect(message(page, "noted")).to_be_visible(timeout=SOON)
            for dismiss in page.get_by_role("button", name="Dismiss message").all()[-2::-1]:
                dismiss.click()
            rest(page)
            page.locator(".log").evaluate("log => { log.scrollTop = log.scrollHeight; }")
            page.screenshot(path=PICTURES / "round.png")
        expect(message(page, f"Card {number} of {CARDS}")).to_contain_text("Standing", timeout=SOON)
        command(page, "quiz next")
    expect(message(page, "The quiz is over").get_by_role("img")).to_be_visible(timeout=SOON)
    page.set_viewport_size({"width": 1020, "height": 800})
    tidy(page)
    page.screenshot(path=PICTURES / "podium.png")


def take_moderator(browser: Browser, address: str) -> None:
    """The form with which a moderator adds an entry."""
    page = enter(browser, address, "Morgan", scheme="light", size=(1020, 860))
    go(page, "questions")
    command(page, "knowledge add")
    form = page.get_by_role("dialog")
    for label, text in ADDED.items():
        form.get_by_label(label).first.fill(text)
    page.wait_for_timeout(300)
    page.screenshot(path=PICTURES / "moderator.png")


def main() -> None:
    """All four."""
    PICTURES.mkdir(exist_ok=True)
    with playground() as address, sync_playwright() as playwright:
        chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for take in (take_answer, take_round, take_moderator):
            take(browser, address)
        browser.close()


if __name__ == "__main__":
    main()
