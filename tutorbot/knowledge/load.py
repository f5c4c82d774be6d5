"""Reading courses from folders of YAML. Every error names the file and the line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from tutorbot.errors import CourseError
from tutorbot.knowledge.models import Course, Entry, Outside, SampleQuestion

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MAX_FILE_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a course file, counted from 1, as editors print it."""

    file: Path
    line: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class LoadedCourse:
    """A course together with where each part of it was written: ``("entry", id)``, ``("work", id)``, ``("question", n)``…"""

    course: Course
    places: Mapping[tuple[str, object], Place] = field(default_factory=dict)

    def place(self, kind: str, key: object) -> Place:
        """Where that part stands; the course file if it is not known."""
        return self.places.get((kind, key), Place(self.course.folder / "course.yaml"))


def list_courses(knowledge: Path) -> list[Path]:
    """The course folders below ``knowledge``, by name: those with a ``course.yaml``."""
    if not knowledge.is_dir():
        raise CourseError(
            f"There is no folder {knowledge}; name the knowledge folder with --knowledge or TUTORBOT_KNOWLEDGE."
        )
    return sorted(path.parent for path in knowledge.glob("*/course.yaml"))


def load_course(folder: Path) -> LoadedCourse:
    """Read the course in ``folder``; raises CourseError with file, line and what to do."""
    main = folder / "course.yaml"
    head, head_lines = _read(main)
    if not isinstance(head, dict):
        raise CourseError(f"{Place(main)}: write the course as `key: value` lines (id, title, sources).")
    places: dict[tuple[str, object], Place] = {}
    for kind in ("sources", "works"):
        for number, row in enumerate(head.get(kind) or []):
            if isinstance(row, dict):
                places[(kind[:-1], row.get("id"))] = Place(main, _line(head_lines, (kind, number)))
    entries = list(_entries(folder, places))
    questions = list(_questions(folder, entries, places))
    outside_file = folder / "outside.yaml"
    outside, outside_lines = _read(outside_file) if outside_file.exists() else ({}, {})
    parts = {**head, "entries": entries, "questions": questions, "folder": folder}
    try:
        parts["outside"] = Outside.model_validate(outside or {})
    except ValidationError as error:
        raise _explained(error, outside_file, outside_lines) from error
    try:
        course = Course.model_validate(parts)
    except ValidationError as error:
        raise _explained(error, main, head_lines) from error
    if course.id != folder.name:
        raise CourseError(
            f"{Place(main, _line(head_lines, ('id',)))}: the id `{course.id}` must be the folder's name, `{folder.name}`."
        )
    return LoadedCourse(course, places)


def _entries(folder: Path, places: dict[tuple[str, object], Place]) -> Iterator[Entry]:
    for file in sorted((folder / "entries").glob("*.yaml")):
        data, lines = _read(file)
        if not isinstance(data, dict) or not isinstance(data.get("entries"), list):
            raise CourseError(f"{Place(file)}: write `topic:` and a list `entries:`.")
        for number, row in enumerate(data["entries"]):
            here = Place(file, _line(lines, ("entries", number)))
            if not isinstance(row, dict):
                raise CourseError(
                    f"{here}: an entry is a block of `key: value` lines (id, term, statement, citations)."
                )
            try:
                entry = Entry.model_validate({"topic": data.get("topic"), **row})
            except ValidationError as error:
                raise _explained(error, file, lines, ("entries", number)) from error
            if ("entry", entry.id) in places:
                raise CourseError(
                    f"{here}: the id `{entry.id}` is taken at {places['entry', entry.id]}; choose another."
                )
            places["entry", entry.id] = here
            for at in range(len(entry.citations)):
                places["citation", (entry.id, at)] = Place(file, _line(lines, ("entries", number, "citations", at)))
            yield entry


def _questions(folder: Path, entries: list[Entry], places: dict[tuple[str, object], Place]) -> Iterator[SampleQuestion]:
    for entry in entries:
        for text in entry.questions:
            yield SampleQuestion(entry=entry.id, text=text, writer="entry")
    for file in sorted((folder / "questions").glob("*.yaml")):
        data, lines = _read(file)
        if not isinstance(data, dict):
            raise CourseError(f"{Place(file)}: write each entry's id with a list of questions below it.")
        for key, texts in data.items():
            places["questions", (file.stem, key)] = here = Place(file, _line(lines, (key,)))
            if not isinstance(texts, list):
                raise CourseError(f"{here}: `{key}` needs a list of questions, one a line after `- `.")
            for number, text in enumerate(texts):
                try:
                    yield SampleQuestion(entry=key, text=text, writer=file.stem)
                except ValidationError as error:
                    raise _explained(error, file, lines, (key, number)) from error


def _read(file: Path) -> tuple[Any, dict[tuple[object, ...], int]]:
    """A YAML file's data, and for each path into it the line where it stands."""
    try:
        if file.stat().st_size > _MAX_FILE_BYTES:
            raise CourseError(f"{file} is larger than {_MAX_FILE_BYTES // 1_000_000} MB; split it into several files.")
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise CourseError(f"{file} cannot be read ({error.strerror}); check that it is there and readable.") from error
    except UnicodeDecodeError as error:
        raise CourseError(f"{file} is not UTF-8 text; save it as UTF-8.") from error
    try:
        loader = _LOADER(text)
        try:
            node = loader.get_single_node()
            data = loader.construct_document(node) if node is not None else None
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise CourseError(
            f"{Place(file, mark.line + 1 if mark else 1)}: this is not YAML ({error.problem}); mind indents and quotes."
        ) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise CourseError(f"{Place(file)}: this is not YAML that can be read ({type(error).__name__}).") from error
    lines: dict[tuple[object, ...], int] = {}
    if node is not None:
        _mark(node, (), lines)
    return data, lines


def _mark(node: yaml.Node, path: tuple[object, ...], lines: dict[tuple[object, ...], int]) -> None:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            lines[(*path, key.value)] = key.start_mark.line + 1
            _mark(value, (*path, key.value), lines)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            _mark(value, (*path, number), lines)


def _line(lines: Mapping[tuple[object, ...], int], path: tuple[object, ...]) -> int:
    """The line of the longest known part of ``path``."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def _explained(
    error: ValidationError, file: Path, lines: Mapping[tuple[object, ...], int], under: tuple[object, ...] = ()
) -> CourseError:
    """The first thing that is wrong, in one sentence with its place."""
    first = error.errors(include_url=False, include_input=False)[0]
    path = tuple(first["loc"])
    place = Place(file, _line(lines, (*under, *path)))
    where = ".".join(str(part) for part in path) or "this"
    advice = {
        "missing": f"`{where}` is missing; add it",
        "extra_forbidden": f"`{where}` is not a key that is known here; check its spelling",
    }.get(first["type"], f"`{where}`: {first['msg'][0].lower()}{first['msg'][1:]}")
    return CourseError(f"{place}: {advice}.")
