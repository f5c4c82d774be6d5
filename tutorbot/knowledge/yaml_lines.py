"""YAML files with the line of every part, so that an error can name it."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from yaml.composer import Composer, ComposerError

from tutorbot.errors import CourseError

MAX_FILE_BYTES = 5_000_000
_MAX_PARTS = 200_000  # aliases of aliases can make gigabytes of a few lines; the largest file seen has 4,000 parts

Lines = Mapping[tuple[Hashable, ...], int]


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file, counted from 1, as editors print it."""

    file: Path
    line: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class _TwiceError(ComposerError):
    """A key that stands twice in one block: YAML's readers keep the last and drop the first without a word."""


class _Loader(Composer, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The safe loader, its nodes put together in Python: libyaml's own composer ends the process where brackets nest deep."""

    def __init__(self, text: str) -> None:
        super(Composer, self).__init__(text)
        Composer.__init__(self)

    def compose_mapping_node(self, anchor: Any) -> yaml.MappingNode:
        node = super().compose_mapping_node(anchor)
        seen = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value != "<<":
                if key.value in seen:
                    raise _TwiceError(problem=f"`{key.value}` stands twice here", problem_mark=key.start_mark)
                seen.add(key.value)
        return node


def read_yaml(file: Path) -> tuple[Any, Lines]:
    """The data of ``file`` (None if it is empty) and the line of each path into it; raises CourseError with file and line."""
    text = _text(file)
    lines: dict[tuple[Hashable, ...], int] = {}
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            data = loader.construct_document(node) if node is not None else None
            if node is not None:
                _mark(node, (), lines, lambda key: loader.construct_object(key, deep=True))
        finally:
            loader.dispose()
    except _TwiceError as error:
        raise CourseError(f"{_marked(file, error)}: {error.problem}; remove one or put both into one.") from error
    except yaml.MarkedYAMLError as error:
        raise CourseError(
            f"{_marked(file, error)}: this is not YAML ({error.problem}); mind indents and quotes."
        ) from error
    except yaml.reader.ReaderError as error:
        found = yaml.reader.Reader.NON_PRINTABLE.search(text)
        place = Place(file, text.count("\n", 0, found.start()) + 1 if found else 1)
        raise CourseError(f"{place}: there is a character that YAML does not allow; remove it.") from error
    except RecursionError as error:
        raise CourseError(f"{Place(file)}: the brackets or indents go too deep; write it flatter.") from error
    except (yaml.YAMLError, ValueError, LookupError, AttributeError, TypeError) as error:
        raise CourseError(f"{Place(file)}: a date or number cannot be read ({error}); put it in quotes.") from error
    if len(lines) > _MAX_PARTS:
        raise CourseError(
            f"{Place(file)}: the file stands for more than {_MAX_PARTS} parts; use fewer aliases or split it."
        )
    return data, lines


def line_of(lines: Lines, path: tuple[Hashable, ...]) -> int:
    """The line of the longest known part of ``path``."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > MAX_FILE_BYTES:
            raise CourseError(
                f"{Place(file)}: the file is larger than {MAX_FILE_BYTES // 1_000_000} MB; split it into several files."
            )
        held = file.read_bytes()
    except OSError as error:
        raise CourseError(
            f"{Place(file)}: the file cannot be read ({error.strerror}); check that it is there and readable."
        ) from error
    try:
        return held.decode("utf-8")
    except UnicodeDecodeError as error:
        place = Place(file, held.count(b"\n", 0, error.start) + 1)
        raise CourseError(f"{place}: this is not UTF-8 text; save the file as UTF-8.") from error


def _marked(file: Path, error: yaml.MarkedYAMLError) -> Place:
    mark = error.problem_mark or error.context_mark
    return Place(file, mark.line + 1 if mark else 1)


def _mark(
    node: yaml.Node,
    path: tuple[Hashable, ...],
    lines: dict[tuple[Hashable, ...], int],
    key_of: Callable[[yaml.Node], Hashable],
) -> None:
    lines.setdefault(path, node.start_mark.line + 1)
    if len(lines) > _MAX_PARTS:
        return
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            name = key_of(key)
            lines[(*path, name)] = key.start_mark.line + 1
            _mark(value, (*path, name), lines, key_of)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            _mark(value, (*path, number), lines, key_of)
