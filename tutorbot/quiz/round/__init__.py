"""The round: a quiz game as a pure state machine. Events go in, a new state and effects come out; nothing else happens here."""

from tutorbot.quiz.round.advance import advance, replay
from tutorbot.quiz.round.log import Record, dump_record, load_record
from tutorbot.quiz.round.resume import resume
from tutorbot.quiz.round.settings import RoundSettings, Scoring, Starters, seconds_for
from tutorbot.quiz.round.state import Phase, Round

__all__ = [
    "Phase",
    "Record",
    "Round",
    "RoundSettings",
    "Scoring",
    "Starters",
    "advance",
    "dump_record",
    "load_record",
    "replay",
    "resume",
    "seconds_for",
]
