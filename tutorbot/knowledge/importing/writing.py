"""Proposals written as a file for a course's ``entries/``, for a person to read."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tutorbot.knowledge.exporting.yaml_text import yaml_text
from tutorbot.knowledge.importing.accepting import accepted
from tutorbot.knowledge.importing.proposal import Doubt, Duplicate, Proposal, Proposed
from tutorbot.knowledge.models import Course, CourseHead


def written(
    proposed: Proposed,
    comment: Callable[[Doubt | Duplicate], str],
    *,
    course: CourseHead,
    head: str = "",
) -> str:
    """The file's text. What is doubtful has a comment above it (``comment`` gives its sentence); duplicates, and what
    the document does not prove, are commented out.

    ``head`` stands above it all, as comment, too. With the source added and its works known, `tutorbot check` accepts the file.
    """
    kept = [one for one in proposed.proposals if not _left_out(one)]
    left = [one for one in proposed.proposals if _left_out(one)]
    ids = {one.id for one in kept}
    if isinstance(course, Course):
        ids |= course.by_id.keys()
    topic = proposed.proposals[0].entry.topic if proposed.proposals else proposed.source.title
    parts = [
        *_comments(head, ""),
        yaml_text({"topic": topic}).rstrip(),
        "entries:" if kept else "entries: []",
    ]
    for proposal in (*kept, *left):
        repeats = proposal.duplicate_of
        marks: list[Doubt | Duplicate] = [*([repeats] if repeats else []), *proposal.doubts]
        out = _left_out(proposal)
        block = [line for mark in marks for line in _comments(comment(mark), "  ")]
        block += _works(proposal)
        rows = _entry_lines(accepted(proposal, ids), without=topic)
        block += [f"  # {row}".rstrip() for row in rows] if out else [f"  {row}".rstrip() for row in rows]
        parts += ["\n".join(block), ""]
    return "\n".join(parts).rstrip() + "\n"


def _left_out(proposal: Proposal) -> bool:
    """Whether `tutorbot check` would not accept it as it is."""
    return proposal.duplicate_of is not None or any(doubt.kind == "unproved" for doubt in proposal.doubts)


def _works(proposal: Proposal) -> list[str]:
    """The works that would have to stand in course.yaml, ready to be copied, and the credits that are left out for now."""
    rows = [row for work in proposal.works for row in _block(work.model_dump(mode="json", exclude_defaults=True))]
    credits_ = [
        f"work: {citation.work}"
        for citation in proposal.entry.citations
        if citation.work_id in {work.id for work in proposal.works}
    ]
    return [f"  # {row}" for row in [*(["works:", *(f"  {row}" for row in rows)] if rows else []), *credits_]]


def _entry_lines(entry: dict[str, Any], *, without: str) -> Sequence[str]:
    return _block({key: value for key, value in entry.items() if key != "topic" or value != without})


def _block(data: dict[str, Any]) -> list[str]:
    """A mapping as one item of a YAML list."""
    lines = yaml_text(data).rstrip("\n").split("\n")
    return [f"- {lines[0]}", *(f"  {line}" if line else "" for line in lines[1:])]


def _comments(text: str, indent: str) -> Iterator[str]:
    for line in text.splitlines():
        yield f"{indent}# {line}".rstrip()
