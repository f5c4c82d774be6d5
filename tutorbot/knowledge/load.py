"""Reading courses from folders of YAML. Every error names the file and the line."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tutorbot.errors import CourseError
from tutorbot.knowledge.advice import advice
from tutorbot.knowledge.models import Course, CourseHead, Entry, Outside, SampleQuestion
from tutorbot.knowledge.yaml_lines import Lines, Place, line_of, read_yaml

_Places = dict[tuple[str, object], Place]


@dataclass(frozen=True, slots=True)
class LoadedCourse:
    """A course together with where each part of it was written: ``("entry", id)``, ``("work", id)``, ``("outside", text)``…"""

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


def find_course(knowledge: Path, course: str | None = None) -> Path:
    """The folder of the course of that name, or of the only one; raises CourseError if that is not clear."""
    folders = {folder.name: folder for folder in list_courses(knowledge)}
    if not folders:
        raise CourseError(f"There is no course in {knowledge}: a course is a folder with a course.yaml.")
    if course is None and len(folders) == 1:
        return next(iter(folders.values()))
    if course not in folders:
        asked = f"There is no course `{course}`" if course else "There are several courses"
        raise CourseError(f"{asked}; choose with --course or TUTORBOT_COURSE: {', '.join(folders)}.")
    return folders[course]


def default_course(knowledge: Path, course: str | None = None) -> str:
    """The id of the course for whoever chose none: that of the name that is given, else the first by id. Raises CourseError if
    there is no such course, or none at all.
    """
    return find_course(knowledge, course or next((folder.name for folder in list_courses(knowledge)), None)).name


def load_course(folder: Path) -> LoadedCourse:
    """Read the course in ``folder``; raises CourseError with file, line and what to do."""
    places: _Places = {}
    head = _head(folder, places)
    entries = list(_entries(folder, places))
    if not entries:
        raise CourseError(f"{Place(folder / 'course.yaml')}: the course has no entries; write them in entries/*.yaml.")
    course = Course(
        **{name: getattr(head, name) for name in CourseHead.model_fields},
        entries=tuple(entries),
        questions=tuple(_questions(folder, entries, places)),
        outside=_outside(folder, places),
        folder=folder,
    )
    return LoadedCourse(course, places)


def load_head(folder: Path) -> CourseHead:
    """Read ``course.yaml`` alone, of a course whose entries may not be written yet; raises CourseError."""
    return _head(folder, {})


def _head(folder: Path, places: _Places) -> CourseHead:
    file = folder / "course.yaml"
    data, lines = read_yaml(file)
    if not isinstance(data, dict):
        raise CourseError(f"{Place(file)}: write the course as `key: value` lines (id, title, sources).")
    try:
        head = CourseHead.model_validate(data)
    except ValidationError as error:
        raise _explained(error, file, lines) from error
    if head.id != folder.name:
        raise CourseError(
            f"{Place(file, line_of(lines, ('id',)))}: the id `{head.id}` must be the folder's name, `{folder.name}`."
        )
    for kind, ids in (("source", [one.id for one in head.sources]), ("work", [one.id for one in head.works])):
        for number, one in enumerate(ids):
            places[kind, one] = Place(file, line_of(lines, (f"{kind}s", number)))
    return head


def _entries(folder: Path, places: _Places) -> Iterator[Entry]:
    for file in sorted((folder / "entries").glob("*.yaml")):
        data, lines = read_yaml(file)
        if not isinstance(data, dict) or not isinstance(data.get("entries"), list):
            raise CourseError(f"{Place(file)}: write `topic:` and a list `entries:`.")
        for key in data.keys() - {"topic", "entries"}:
            raise CourseError(
                f"{Place(file, line_of(lines, (key,)))}: `{key}` is not a key that is known here; check its spelling."
            )
        for number, row in enumerate(data["entries"]):
            here = Place(file, line_of(lines, ("entries", number)))
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
            places["entry", entry.id] = places["questions", ("entry", entry.id)] = here
            for at in range(len(entry.citations)):
                places["citation", (entry.id, at)] = Place(file, line_of(lines, ("entries", number, "citations", at)))
            yield entry


def _questions(folder: Path, entries: Iterable[Entry], places: _Places) -> Iterator[SampleQuestion]:
    for entry in entries:
        for text in entry.questions:
            yield SampleQuestion(entry=entry.id, text=text, writer="entry")
    for file in sorted((folder / "questions").glob("*.yaml")):
        data, lines = read_yaml(file)
        if not isinstance(data, dict):
            raise CourseError(f"{Place(file)}: write each entry's id with a list of questions below it.")
        for key, texts in data.items():
            places["questions", (file.stem, key)] = here = Place(file, line_of(lines, (key,)))
            if not isinstance(key, str):
                raise CourseError(f"{here}: `{key}` must be an entry's id; put it in quotes.")
            if not isinstance(texts, list):
                raise CourseError(f"{here}: `{key}` needs a list of questions, one a line after `- `.")
            for number, text in enumerate(texts):
                try:
                    yield SampleQuestion(entry=key, text=text, writer=file.stem)
                except ValidationError as error:
                    raise _explained(error, file, lines, (key, number)) from error


def _outside(folder: Path, places: _Places) -> Outside:
    file = folder / "outside.yaml"
    if not file.exists():
        return Outside()
    data, lines = read_yaml(file)
    try:
        outside = Outside.model_validate({} if data is None else data)
    except ValidationError as error:
        raise _explained(error, file, lines) from error
    for kind, texts in (("near", outside.near), ("far", outside.far)):
        for number, text in enumerate(texts):
            places["outside", text] = Place(file, line_of(lines, (kind, number)))
    return outside


def _explained(error: ValidationError, file: Path, lines: Lines, under: tuple[Any, ...] = ()) -> CourseError:
    """The first thing that is wrong, in one sentence with its place."""
    path, sentence = advice(error)
    return CourseError(f"{Place(file, line_of(lines, (*under, *path)))}: {sentence}.")
