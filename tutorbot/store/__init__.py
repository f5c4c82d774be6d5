"""What must last."""

from tutorbot.store.feedback import Feedback, FeedbackLog, MemoryFeedbackLog, Verdict

__all__ = ["Feedback", "FeedbackLog", "MemoryFeedbackLog", "Verdict"]
