"""Taking a lecture document into a course: its fingerprint, never its text."""

from collections.abc import Sequence
from pathlib import Path

from tutorbot.errors import SourceError
from tutorbot.knowledge.documents import Segment, read_document
from tutorbot.knowledge.fingerprint import write_fingerprint
from tutorbot.knowledge.load import load_head


def add_source(folder: Path, source_id: str, file: Path) -> Sequence[Segment]:
    """Write the fingerprint of ``file`` for a source that ``folder``'s course.yaml names; returns the places that it has.

    The course need not have entries yet: its places are what they will cite. Raises CourseError or SourceError.
    """
    source = load_head(folder).sources_by_id.get(source_id)
    if source is None:
        raise SourceError(f"{folder / 'course.yaml'} has no source `{source_id}`; add it there first.")
    segments = read_document(file, source.kind)
    if not segments:
        raise SourceError(f"{file} has no text that could be quoted; check that it is the right file.")
    write_fingerprint(segments, folder / "fingerprints" / f"{source_id}.json")
    return segments
