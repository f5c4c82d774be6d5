"""The front desk: takes questions to the tutor and brings back messages. It sends nothing itself."""

import logging
from collections.abc import Callable, Sequence
from itertools import chain, zip_longest

from discord.ui import LayoutView

from tutorbot.answering.answer import Answer, Choice, Status
from tutorbot.bot.asker import Asker
from tutorbot.bot.cooldown import Cooldown
from tutorbot.bot.entry_keys import EntryKeys
from tutorbot.bot.spoken import says_something, without_mentions
from tutorbot.bot.texts import Texts
from tutorbot.bot.views.answer import Looks
from tutorbot.bot.views.layout import notice
from tutorbot.errors import StoreError
from tutorbot.store import Feedback, FeedbackLog, Verdict
from tutorbot.store.questions import AskedQuestion, Outcome, QuestionStore
from tutorbot.tutor import Tutor

_log = logging.getLogger(__name__)

_SIMILAR = 3
_RELATED = 5
_TYPED_ROOM = 300
"""Characters of a typed term that are looked at: no term is longer."""


class Desk:
    """What people of one server can have from the bot, each as a message. ``clock`` gives unix seconds."""

    def __init__(
        self,
        tutor: Tutor,
        texts: Texts,
        clock: Callable[[], float],
        *,
        cooldown: Cooldown,
        feedback: FeedbackLog,
        questions: QuestionStore,
    ) -> None:
        """``cooldown`` and the logs are shared by the desks of all servers."""
        self.tutor = tutor
        self.texts = texts
        self.keys = EntryKeys(tutor.course.by_id)
        self.cooldown = cooldown
        self._feedback = feedback
        self._questions = questions
        self._clock = clock
        self._looks = Looks(texts, tutor.course.title, self.keys, self._related_to)

    async def ask(self, question: str, asker: Asker, *, about: Sequence[str] = (), repeat: bool = True) -> LayoutView:
        """The answer to a question, which ``repeat`` shows above it; ``about``: entries just answered."""
        question = without_mentions(question)
        if not says_something(question):
            return self.help()
        answer = await self.tutor.ask(question, about=about)
        _log.info("A question was %s (%s, %.0f ms).", answer.status, answer.kind, answer.elapsed_ms)
        await self._keep(question, answer, asker)
        small_talk = self.tutor.is_small_talk(question)
        if answer.status is Status.ABSTAINED and not small_talk:
            await self._pass_on(Verdict.ABSTAINED, question, (), asker)
        for left in answer.left:
            await self._pass_on(Verdict.ABSTAINED, left, (), asker)
        return self._looks.answer(answer, asker, question if repeat else "", passed_on=not small_talk)

    async def define(self, typed: str, asker: Asker) -> LayoutView:
        """What a term means; ``typed`` is an entry's id or whatever somebody typed."""
        entry = self.tutor.find(typed[:_TYPED_ROOM])
        if entry is not None:
            return await self.show((entry,), asker)
        return await self._unknown(typed, [[choice] for choice in self._meant(typed)], asker)

    async def compare(self, first: str, second: str, asker: Asker) -> LayoutView:
        """Two terms side by side; each is given like the term of ``define``."""
        one, two = self._meant(first), self._meant(second)
        known = [self.tutor.find(typed[:_TYPED_ROOM]) for typed in (first, second)]
        if None in known:
            pairs = [[a, b] for a in one for b in two if a != b]
            return await self._unknown(second if known[0] else first, pairs, asker)
        if one == two:
            return notice(self.texts.same_twice())
        return await self.show([one[0].entry, two[0].entry], asker)

    async def show(self, entries: Sequence[str], asker: Asker, question: str = "") -> LayoutView:
        """One entry, or several compared; ``question`` is what they answer."""
        if not entries:
            return notice(self.texts.gone())
        answer = await (self.tutor.define(entries[0]) if len(entries) == 1 else self.tutor.compare(entries))
        if answer.status is Status.ABSTAINED:
            return notice(self.texts.gone())
        return self._looks.answer(answer, asker, question)

    async def sources(self, entries: Sequence[str]) -> list[LayoutView]:
        """Every quote that entries rest on."""
        answers = [await self.tutor.define(entry) for entry in entries]
        quotes = dict.fromkeys(quote for answer in answers for quote in answer.citations)
        return [notice(page) for page in self.texts.sources(list(quotes)) or [self.texts.gone()]]

    def related(self, entries: Sequence[str]) -> LayoutView:
        """The terms related to entries."""
        choices = self._related_to(entries)
        if not choices:
            return notice(self.texts.gone())
        return self._looks.related(self.tutor.course.by_id[entries[0]].term, choices)

    async def not_helpful(self, question: str, entries: Sequence[str], asker: Asker) -> LayoutView:
        """Put a question and its answer before the moderators; without a question, its terms."""
        if not entries:  # taken out since, or of the course that the server had before
            return notice(self.texts.gone())
        by_id = self.tutor.course.by_id
        asked = question or " / ".join(by_id[entry].term for entry in entries)
        first = await self._pass_on(Verdict.NOT_HELPFUL, asked, tuple(entries), asker)
        return notice(self.texts.thanks(first=first, in_server=asker.guild is not None))

    def help(self) -> LayoutView:
        """How to ask."""
        return notice(self.texts.help(self.tutor.course.title))

    async def _pass_on(self, verdict: Verdict, question: str, entries: tuple[str, ...], asker: Asker) -> bool:
        where = {"guild": asker.guild, "channel": asker.channel, "person": asker.person}
        course = self.tutor.course.id
        given = Feedback(verdict, question, entries, self._clock(), course=course, message=asker.message, **where)
        try:
            return await self._feedback.add(given)
        except StoreError as error:  # the answer is not held up by what is kept of it
            _log.error("A question could not be put before the moderators: %s", error)
            return True

    async def _keep(self, question: str, answer: Answer, asker: Asker) -> None:
        asked = AskedQuestion(
            self.tutor.course.id,
            question,
            Outcome(answer.status.value),
            tuple(answer.entries),
            answer.confidence,
            self._clock(),
            guild=asker.guild,
            channel=asker.channel,
            message=asker.message,
            person=asker.person,
        )
        try:
            await self._questions.log(asked)
        except StoreError as error:
            _log.error("A question could not be counted: %s", error)

    async def _unknown(self, typed: str, choices: Sequence[Sequence[Choice]], asker: Asker) -> LayoutView:
        if not choices and says_something(typed):
            await self._pass_on(Verdict.ABSTAINED, typed, (), asker)
        return self._looks.unknown(typed, choices[:_SIMILAR], asker)

    def _meant(self, typed: str) -> list[Choice]:
        """The term that was typed, or up to three that look like it."""
        entry = self.tutor.find(typed[:_TYPED_ROOM])
        if entry is not None:
            return [Choice(entry, self.tutor.course.by_id[entry].term)]
        return self.tutor.suggest(typed[:_TYPED_ROOM], _SIMILAR) if says_something(typed) else []

    def _related_to(self, entries: Sequence[str]) -> list[Choice]:
        """The nearest of each entry first, without the entries themselves."""
        in_turn = chain.from_iterable(zip_longest(*(self.tutor.related(entry) for entry in entries)))
        found = dict.fromkeys(choice for choice in in_turn if choice is not None and choice.entry not in entries)
        return list(found)[:_RELATED]
