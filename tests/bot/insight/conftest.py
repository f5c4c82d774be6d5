"""The bot with a database, as in the quiz's tests."""

from tests.bot.quiz.conftest import house, moderator, quiz

__all__ = ["house", "moderator", "quiz"]
