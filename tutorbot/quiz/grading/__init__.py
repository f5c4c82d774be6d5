"""Grading of typed answers: a verdict that explains itself, and the items of a list that a text names."""

from tutorbot.quiz.grading.grader import Grader, Verdict
from tutorbot.quiz.grading.lines import grade_lines
from tutorbot.quiz.grading.lists import Credit

__all__ = ["Credit", "Grader", "Verdict", "grade_lines"]
