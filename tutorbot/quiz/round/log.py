"""The round's log: events as lines of JSON, with the version of their form."""

from typing import Literal

from pydantic import FiniteFloat

from tutorbot.knowledge.models import Model
from tutorbot.quiz.round.events import Event


class Record(Model):
    """An event and when it was dealt with (unix seconds): all that ``advance`` needs to come to the same state again."""

    version: Literal[1] = 1
    now: FiniteFloat
    event: Event


def dump_record(record: Record) -> str:
    """The record as one line of JSON."""
    return record.model_dump_json()


def load_record(line: str) -> Record:
    """Read it back; raises pydantic's ValidationError for anything else, a later version included."""
    return Record.model_validate_json(line)
