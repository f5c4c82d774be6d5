"""A person in front of the page. What they look for, they find as a screen reader would: by role and name."""

import re

from playwright.sync_api import Locator, Page, expect

SOON = 15_000
"""Milliseconds for an answer of the bot on a busy machine."""


class Student:
    """Acts in one tab."""

    def __init__(self, page: Page, address: str, name: str) -> None:
        self.page = page
        self.name = name
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda line: self.errors.append(line.text) if line.type == "error" else None)
        page.goto(address)
        page.get_by_role("dialog", name="Who are you?").get_by_role("button", name=re.compile(f"^{name}")).click()
        expect(self.field).to_be_visible()

    @property
    def field(self) -> Locator:
        """Where messages are written."""
        return self.page.get_by_role("combobox", name=re.compile("^Message "))

    @property
    def messages(self) -> Locator:
        """All that stands in the channel."""
        return self.page.get_by_role("log").locator("> li")

    def saying(self, *texts: str | re.Pattern[str]) -> Locator:
        """The newest message in which all of these stand: in it, not in what it replies to."""
        found = self.messages
        for text in texts:
            found = found.filter(has=self.page.locator(".body").filter(has_text=text))
        return found.last

    def open_round(self, **options: str) -> str:
        """Open a quiz round in the channel; gives the id of its lobby."""
        lobbies = self.messages.filter(has=self.page.locator(".body").filter(has_text="opened by"))
        before = lobbies.count()
        self.command("quiz start", **options)
        expect(lobbies).to_have_count(before + 1, timeout=SOON)
        return lobbies.nth(before).get_attribute("data-id") or ""

    def lobby(self, round_id: str) -> Locator:
        """The lobby of a round."""
        return self.page.locator(f"li[data-id='{round_id}']")

    def in_round(self, round_id: str, *texts: str | re.Pattern[str]) -> Locator:
        """The newest message since a round was opened in which all of these stand."""
        found = self.page.locator(f"li[data-id='{round_id}'] ~ li")
        for text in texts:
            found = found.filter(has=self.page.locator(".body").filter(has_text=text))
        return found.last

    def message(self, *texts: str | re.Pattern[str]) -> Locator:
        """`saying`, once there is one."""
        found = self.saying(*texts)
        expect(found).to_be_visible(timeout=SOON)
        return found

    def go(self, channel: str) -> None:
        """Look into a channel."""
        self.page.get_by_role("navigation").get_by_role("button", name=re.compile(f"^{channel}")).click()
        expect(self.page.get_by_role("heading", level=1, name=channel)).to_be_visible()
        expect(self.page.get_by_role("log")).to_have_attribute("aria-busy", "false", timeout=SOON)

    def say(self, text: str) -> None:
        """Write a message."""
        self.field.fill(text)
        self.field.press("Enter")

    def command(self, words: str, **options: str) -> None:
        """Use a slash command with options, by the keyboard."""
        self.field.fill(f"/{words}")
        self.page.get_by_role("option", name=f"/{words}").first.wait_for(timeout=SOON)
        self.field.press("Enter")
        form = self.page.get_by_role("form")
        for name, value in options.items():
            field = form.get_by_label(re.compile(f"^{name}: "))
            if field.count() == 0:
                form.get_by_role("button", name=f"+ {name}").click()
            field.fill(value)
        form.get_by_role("button", name="Send").click()
