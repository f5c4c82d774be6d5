"""A desk for each server: its answers come from the course as that server has it."""

from collections.abc import Callable

from tutorbot.bot.cooldown import Cooldown
from tutorbot.bot.desk import Desk
from tutorbot.bot.texts import Texts
from tutorbot.store import FeedbackLog
from tutorbot.store.questions import QuestionStore
from tutorbot.tutors import Tutors
from tutorbot.wording import Wording


class Desks:
    """Hands out desks by server. ``clock`` gives unix seconds."""

    def __init__(
        self,
        tutors: Tutors,
        wording: Wording,
        clock: Callable[[], float],
        *,
        feedback: FeedbackLog,
        questions: QuestionStore,
    ) -> None:
        self.tutors = tutors
        self.texts = Texts(wording)
        self.cooldown = Cooldown(clock)
        self._clock = clock
        self._feedback = feedback
        self._questions = questions
        self._desks: dict[int | None, Desk] = {}
        tutors.watch(lambda guild: self._desks.pop(guild, None))  # a desk would hold on to a course that is let go

    def of(self, guild: int | None) -> Desk:
        """The desk of a server; None for private conversations."""
        tutor = self.tutors.of(guild)
        desk = self._desks.get(guild)
        if desk is None or desk.tutor is not tutor:  # the course's files have changed
            desk = self._desks[guild] = Desk(
                tutor,
                self.texts,
                self._clock,
                cooldown=self.cooldown,
                feedback=self._feedback,
                questions=self._questions,
            )
        return desk
