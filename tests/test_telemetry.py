"""Nothing that the bot stands on may report on whoever runs it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tutorbot.settings import Settings
from tutorbot.tutor import Opened

# the runtime is silent by itself where it thinks that it is being tested
SILENCING = {
    "CI",
    "ORT_DISABLE_TELEMETRY",
    "ORT_RUNNING_UNIT_TESTS",
    "GITHUB_ACTIONS",
    "TF_BUILD",
    "PYTEST_CURRENT_TEST",
}
ENCODES = """
import sys
from pathlib import Path
from tutorbot.matching.encoder import SentenceEncoder
SentenceEncoder(cache=Path(sys.argv[1])).encode(["What is a tide?"])
"""
RUNS = """
import sys
import onnxruntime
onnxruntime.InferenceSession(sys.argv[1], providers=["CPUExecutionProvider"])
"""


def _left_by(program: str, argument: Path, home: Path) -> set[str]:
    """The names of what ``program`` leaves in an empty home."""
    home.mkdir()
    environment = {name: value for name, value in os.environ.items() if name not in SILENCING}
    environment |= {"HOME": str(home), "XDG_CACHE_HOME": str(home)}
    subprocess.run([sys.executable, "-c", program, str(argument)], env=environment, check=True)
    return {file.name for file in home.rglob("*")}


@pytest.mark.skipif(sys.platform != "linux", reason="where the runtime keeps its name for a machine differs")
def test_the_runtime_keeps_no_name_for_this_machine_and_reports_nothing(
    opened: Opened, settings: Settings, tmp_path: Path
) -> None:
    from_another = _left_by(
        RUNS, settings.cache / "models" / opened.encoder.name / "onnx" / "model.onnx", tmp_path / "a"
    )
    assert "deviceid" in from_another  # else this test says nothing
    assert _left_by(ENCODES, settings.cache, tmp_path / "b") == set()
