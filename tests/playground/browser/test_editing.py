"""What an author sees who edits the course or a template while the playground runs."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import expect

from tutorbot.knowledge import list_courses, load_course

from .conftest import Enter
from .server import Playground
from .student import SOON, Student


def _glossed(knowledge: Path) -> tuple[str, str, Path]:
    """A term, a line of its gloss as it stands in its file, and the file."""
    folder = list_courses(knowledge)[0]
    for entry in load_course(folder).course.entries:
        for file in (folder / "entries").rglob("*.yaml"):
            line = f"gloss: {entry.gloss}"
            if entry.gloss and file.read_text(encoding="utf-8").count(line) == 1:
                return entry.term, line, file
    raise AssertionError("no entry has a gloss in one line")


def _defined(student: Student, term: str) -> str:
    before = student.messages.count()
    student.command("define", term=term)
    expect(student.messages.nth(before).get_by_role("button", name="Sources")).to_be_visible(timeout=SOON)
    return student.messages.nth(before).inner_text()


@contextmanager
def _edited(file: Path, text: str) -> Iterator[None]:
    before = file.read_text(encoding="utf-8")
    file.write_text(text, encoding="utf-8")
    try:
        yield
    finally:
        file.write_text(before, encoding="utf-8")


def _wait_until_defined(student: Student, term: str, text: str) -> float:
    """Ask until the answer holds a text; gives the seconds that it took."""
    begun = time.monotonic()
    while text not in _defined(student, term):
        assert time.monotonic() - begun < 20
    return time.monotonic() - begun


def test_an_edited_entry_is_answered_with_at_once(enter: Enter, playground: Playground) -> None:
    ada = enter("Ada")
    ada.go("lounge")
    term, line, file = _glossed(playground.home / "knowledge")
    with _edited(file, file.read_text(encoding="utf-8").replace(line, "gloss: An edited gloss.")):
        seconds = _wait_until_defined(ada, term, "An edited gloss.")
        print(f"An edit of the knowledge was answered with after {seconds:.1f} s.")
        expect(ada.page.get_by_text("Your edit was taken up.").first).to_be_visible(timeout=SOON)
    _wait_until_defined(ada, term, line.removeprefix("gloss: "))


def test_an_unsound_edit_is_shown_with_its_line_and_changes_nothing(enter: Enter, playground: Playground) -> None:
    ada = enter("Ada")
    ada.go("lounge")
    term, line, file = _glossed(playground.home / "knowledge")
    banner = ada.page.get_by_role("alert").filter(has_text="needs a correction")
    with _edited(file, file.read_text(encoding="utf-8").replace(line, "gloss: Not sound.\n  colour: blue")):
        expect(banner).to_contain_text(re.compile(rf"{file.name}:\d+"), timeout=SOON)
        ada.page.wait_for_timeout(1500)
        assert line.removeprefix("gloss: ") in _defined(ada, term)
    expect(banner).to_be_hidden(timeout=SOON)


def test_an_edited_template_is_used_at_once(enter: Enter, playground: Playground) -> None:
    ada = enter("Ada")
    ada.go("lounge")
    file = playground.home / "prompts" / "en" / "discord" / "answer.md.j2"
    before = file.read_text(encoding="utf-8")
    with _edited(file, before + "\nEdited by the author.\n"):
        assert "Edited by the author." in _defined(ada, "Entente")
    banner = ada.page.get_by_role("alert").filter(has_text="needs a correction")
    with _edited(file, before + "\n{{ nothing_of_the_kind }}\n"):
        expect(banner).to_contain_text(re.compile(r"answer\.md\.j2:\d+"), timeout=SOON)
    expect(banner).to_be_hidden(timeout=SOON)
