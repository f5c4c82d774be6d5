"""YAML of the project read into proposals: a file of entries, or a whole exported course."""

from typing import Any

from pydantic import ValidationError

from tutorbot.errors import SourceError
from tutorbot.knowledge.advice import advice
from tutorbot.knowledge.documents.yaml_held import read_yaml_held
from tutorbot.knowledge.importing.duplicates import Known
from tutorbot.knowledge.importing.proposal import Proposal, Proposed
from tutorbot.knowledge.models import Course, CourseHead, Entry, Source, Work
from tutorbot.knowledge.yaml_lines import Lines, line_of


def read_project(name: str, held: bytes, course: CourseHead) -> Proposed:
    """The entries of a YAML file as proposals, those marked that ``course`` has; raises SourceError with the line."""
    data, lines = read_yaml_held(name, held)
    if not isinstance(data, dict) or not isinstance(data.get("entries"), list):
        raise SourceError(f"{name}, line 1: write `topic:` and a list `entries:`, as in a course's entries/*.yaml.")
    topic = data.get("topic") or data.get("title")
    works = _works(name, data.get("works"), lines)
    known = Known("course", course.entries if isinstance(course, Course) else ())
    file = Known("file")
    proposals: list[Proposal] = []
    taken: set[str] = set()
    for number, row in enumerate(data["entries"]):
        line = line_of(lines, ("entries", number))
        if not isinstance(row, dict):
            raise SourceError(f"{name}, line {line}: an entry is a block of `key: value` lines (id, term, citations).")
        entry = _entry(name, {"topic": topic, **row}, lines, number)
        if entry.id in taken:
            raise SourceError(f"{name}, line {line}: the id `{entry.id}` stands twice; choose another.")
        taken.add(entry.id)
        used = {citation.work_id for citation in entry.citations} - {work.id for work in course.works}
        new = tuple(work for work in works if work.id in used)
        proposals.append(Proposal(entry, duplicate_of=known.find(entry) or file.find(entry), works=new))
        file.add(entry)
    if not proposals:
        raise SourceError(f"{name}, line 1: the list `entries:` is empty.")
    first = proposals[0].entry.citations[0].source
    source = course.sources_by_id.get(first) or Source(id=first, title=str(topic or name)[:200])
    return Proposed(name, source, tuple(proposals))


def _entry(name: str, row: dict[str, Any], lines: Lines, number: int) -> Entry:
    try:
        return Entry.model_validate(row)
    except ValidationError as error:
        path, sentence = advice(error)
        line = line_of(lines, ("entries", number, *path))
        raise SourceError(f"{name}, line {line}: {sentence}.") from error


def _works(name: str, rows: Any, lines: Lines) -> list[Work]:
    made = []
    for number, row in enumerate(rows if isinstance(rows, list) else []):
        try:
            made.append(Work.model_validate(row))
        except ValidationError as error:
            path, sentence = advice(error)
            raise SourceError(f"{name}, line {line_of(lines, ('works', number, *path))}: {sentence}.") from error
    return made
