"""What a server adds to the small course."""

from tutorbot.knowledge import Course, Entry

BORE = {
    "id": "bore",
    "term": "Tidal bore",
    "topic": "Tides",
    "statement": "A wave that runs up a river against its stream.",
}


def bore(course: Course) -> Entry:
    """An entry that the course does not have."""
    return Entry.model_validate({**BORE, "citations": course.entries[0].citations})
