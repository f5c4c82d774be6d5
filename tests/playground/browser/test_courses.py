"""A server chooses its course, in a browser."""

import shutil
from pathlib import Path

from playwright.sync_api import Browser, expect

from tutorbot.settings import Settings

from .conftest import Launch
from .student import SOON, Student

SECOND = Path(__file__).parents[2] / "courses" / "sourdough"


def test_a_course_is_chosen_in_the_settings_and_asked(
    chromium: Browser, launch: Launch, shipped: Settings, tmp_path: Path
) -> None:
    knowledge = shutil.copytree(shipped.knowledge, tmp_path / "knowledge")
    shutil.copytree(SECOND, knowledge / SECOND.name)
    playground = launch("--knowledge", str(knowledge))
    playground.ready()
    context = chromium.new_context(viewport={"width": 1180, "height": 900})
    morgan, ada = (Student(context.new_page(), playground.address, name) for name in ("Morgan", "Ada"))
    for person in (morgan, ada):
        person.go("questions")
    ada.say("@TutorBot what is a levain?")
    ada.message("Alliances, Coercion and Diplomacy")  # whose notes do not answer it
    morgan.command("tutor settings")
    page = morgan.message("What this server has set")
    expect(page).to_contain_text("Course: Alliances, Coercion and Diplomacy")
    page.get_by_role("combobox").first.click()
    page.get_by_role("option", name="Sourdough Baking at Home").click()
    expect(morgan.saying("Course: Sourdough Baking at Home")).to_be_visible(timeout=4 * SOON)
    expect(page.get_by_role("combobox").first).to_have_text("Sourdough Baking at Home")
    ada.say("@TutorBot what does levain mean?")
    ada.message("The portion of starter that is built up")
    context.close()
