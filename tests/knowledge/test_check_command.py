"""`tutorbot check` as it is run: what it prints and what it ends with. It needs no model."""

import re
import subprocess
import sys
from pathlib import Path

from .conftest import ROOT
from .small_course import SmallCourse


def check(knowledge: Path, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder that has no settings."""
    command = [sys.executable, "-c", "from tutorbot.cli import main; main()", "check", "--knowledge", str(knowledge)]
    # without a cache or a home a model could not be prepared
    surroundings = {"PATH": "", "HOME": str(tmp_path / "home"), "TUTORBOT_PROMPTS": str(ROOT / "prompts")}
    return subprocess.run(command, cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=False)


def test_sound_courses_end_with_0_and_are_counted(small: SmallCourse, tmp_path: Path) -> None:
    done = check(small.folder.parent, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "1 course, 5 entries, 6 quotes proved: no problems.\n"
    assert not (tmp_path / "home").exists()


def test_problems_of_all_courses_are_told_with_file_and_line_and_end_with_1(small: SmallCourse, tmp_path: Path) -> None:
    second = small.folder.parent / "broken"
    second.mkdir()
    (second / "course.yaml").write_text("id: [broken\n", encoding="utf-8")
    small.change("entries/tides.yaml", 'quote: "Tides are the rise', 'quote: "Tides are the rice')
    small.change("entries/tides.yaml", "term: Slack", "term: Tide")
    done = check(small.folder.parent, tmp_path)
    lines = done.stdout.splitlines()
    assert done.returncode == 1
    assert [line for line in lines if not re.match(r"/\S+\.yaml:\d+: .*[;(]", line)] == []
    assert f"{second / 'course.yaml'}:2: this is not YAML" in lines[0]
    assert any("does not stand at “slide 2: Tides at Sea”" in line for line in lines)
    assert done.stderr == f"{len(lines)} problems.\n"


def test_a_folder_without_courses_ends_with_1(tmp_path: Path) -> None:
    done = check(tmp_path, tmp_path)
    assert done.returncode == 1
    assert done.stdout.endswith(": there is no course here; a course is a folder with a course.yaml.\n")
