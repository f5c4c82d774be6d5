"""The built package carries the courses and the templates and finds them from anywhere."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

FIND = """
import json
from tutorbot.settings import read_settings
from tutorbot.knowledge import list_courses, load_course
from tutorbot.wording import Wording
settings = read_settings()
courses = [load_course(folder).course.id for folder in list_courses(settings.knowledge)]
problems = list(Wording(settings.prompts, settings.language).problems())
print(json.dumps([str(settings.knowledge), str(settings.prompts), courses, problems]))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's wheel, built new."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("tutorbot-*.whl")
    return built


def test_the_wheel_holds_every_course_and_template_and_no_tests(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("knowledge", "prompts"):
        files = [path for path in (ROOT / folder).rglob("*") if path.is_file() and not path.name.startswith(".")]
        assert {f"tutorbot/_shipped/{path.relative_to(ROOT).as_posix()}" for path in files} - names == set()
    assert "tutorbot/py.typed" in names
    assert "tutorbot/playground/page/built/page.js" in names
    assert not any("node_modules" in name for name in names)
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"tutorbot"}


def test_the_unpacked_wheel_finds_what_it_carries_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "unpacked")
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("TUTORBOT_")}
    surroundings["PYTHONPATH"] = str(tmp_path / "unpacked")
    (tmp_path / "elsewhere").mkdir()
    command = [sys.executable, "-c", FIND]
    done = subprocess.run(
        command, cwd=tmp_path / "elsewhere", env=surroundings, check=True, capture_output=True, text=True
    )
    knowledge, prompts, courses, problems = json.loads(done.stdout)
    shipped = tmp_path / "unpacked" / "tutorbot" / "_shipped"
    assert (Path(knowledge), Path(prompts)) == (shipped / "knowledge", shipped / "prompts")
    assert courses == sorted(path.parent.name for path in (ROOT / "knowledge").glob("*/course.yaml"))
    assert problems == []
