"""From a question to an Answer."""

from tutorbot.answering.answer import Answer, Choice, Passage, Point, QuestionKind, Quote, Status

__all__ = ["Answer", "Choice", "Passage", "Point", "QuestionKind", "Quote", "Status"]
