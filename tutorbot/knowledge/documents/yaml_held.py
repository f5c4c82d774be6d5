"""YAML that is held in memory, read with the line of every part."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tutorbot.errors import CourseError, SourceError
from tutorbot.knowledge.yaml_lines import MAX_FILE_BYTES, Lines, read_yaml


def read_yaml_held(name: str, held: bytes) -> tuple[Any, Lines]:
    """The data of a YAML file and the line of each path into it; raises SourceError with ``name`` and the line."""
    if len(held) > MAX_FILE_BYTES:
        raise SourceError(f"{name} is larger than {MAX_FILE_BYTES // 1_000_000} MB; split it into several files.")
    with TemporaryDirectory() as folder:
        file = Path(folder) / "file.yaml"  # never a name that came with the file
        file.write_bytes(held)
        try:
            return read_yaml(file)
        except CourseError as error:
            raise SourceError(str(error).replace(f"{file}:", f"{name}, line ", 1)) from error
