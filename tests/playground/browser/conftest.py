"""The whole of it: the launcher, the bot's process, the page, and Chromium."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tutorbot.settings import Settings

from .server import Playground
from .student import Student

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

Enter = Callable[[str], Student]
Launch = Callable[..., Playground]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """These tests share one playground, and are skipped without Chromium."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))
            item.add_marker(pytest.mark.timeout(240))
            if CHROMIUM is None:
                reason = "Chromium is not installed (apt-get install chromium): nothing was tried in a browser."
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def shipped() -> Settings:
    """The settings as shipped."""
    return Settings(_env_file=None)


@pytest.fixture(scope="package")
def playground(tmp_path_factory: pytest.TempPathFactory, shipped: Settings) -> Iterator[Playground]:
    """A playground on copies of the courses and the templates, which tests may edit."""
    home = tmp_path_factory.mktemp("home")
    knowledge = shutil.copytree(shipped.knowledge, home / "knowledge")
    prompts = shutil.copytree(shipped.prompts, home / "prompts")
    playground = Playground(home, knowledge=knowledge, prompts=prompts)
    playground.ready()
    yield playground
    playground.stop()


@pytest.fixture
def launch(tmp_path: Path) -> Iterator[Launch]:
    """Starts playgrounds on a home of their own, and ends those that still run."""
    launched: list[Playground] = []

    def start(*options: str) -> Playground:
        launched.append(Playground(tmp_path, *options))
        return launched[-1]

    yield start
    for playground in launched:
        playground.stop()


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium. It does not outlive these tests: others have event loops of their own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """One browser with its tabs."""
    context = chromium.new_context(viewport={"width": 1180, "height": 800}, reduced_motion="reduce")
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def enter(playground: Playground, context: BrowserContext) -> Iterator[Enter]:
    """Opens a tab as somebody. At the end no tab may have met an error or broken its content policy."""
    people: list[Student] = []

    def as_somebody(name: str) -> Student:
        people.append(Student(context.new_page(), playground.address, name))
        return people[-1]

    yield as_somebody
    assert [error for person in people for error in person.errors] == []
