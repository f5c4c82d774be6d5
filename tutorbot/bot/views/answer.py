"""An answer and what leads on from it."""

from collections.abc import Callable, Sequence
from typing import Any

from discord.ui import Item, LayoutView

from tutorbot.answering.answer import Answer, Choice, Status
from tutorbot.bot.asker import Asker
from tutorbot.bot.entry_keys import EntryKeys
from tutorbot.bot.texts import Texts, label
from tutorbot.bot.views.buttons import ANYONE, ChoiceButton, RelatedButton, SourcesButton, UnhelpfulButton
from tutorbot.bot.views.layout import ABSTAINED, UNSURE, card


class Looks:
    """Lays answers out. ``course`` is the course's title; ``related`` gives the terms related to entries."""

    def __init__(
        self, texts: Texts, course: str, keys: EntryKeys, related: Callable[[Sequence[str]], Sequence[Choice]]
    ) -> None:
        self._texts = texts
        self._course = course
        self._keys = keys
        self._related = related

    def answer(self, answer: Answer, asker: Asker, question: str, *, passed_on: bool = True) -> LayoutView:
        """An answer with its buttons, ``question`` above it; ``passed_on`` says whether moderators see what is not answered."""
        above = self._texts.question(question) if question else ""
        if answer.status is Status.CLARIFY:
            return card(
                self._texts.clarify(),
                self._choices(answer.choices, asker.person),
                colour=UNSURE,
                question=above,
            )
        if answer.status is Status.ABSTAINED:
            text = self._texts.abstained(
                self._course, choices=bool(answer.choices), in_server=asker.guild is not None, passed_on=passed_on
            )
            return card(text, self._choices(answer.choices, ANYONE), colour=ABSTAINED, question=above)
        return card(self._texts.answer(answer), self._leading_on(answer.entries), question=above)

    def unknown(self, typed: str, choices: Sequence[Sequence[Choice]], asker: Asker) -> LayoutView:
        """There is no such term; each of ``choices`` is one to define or several to compare."""
        joined = f" {self._texts.button('and')} "
        buttons = [
            ChoiceButton.to(
                label(joined.join(one.term for one in choice)),
                self._keys,
                [one.entry for one in choice],
                str(asker.person),
            )
            for choice in choices
        ]
        return card(self._texts.unknown(typed, choices=bool(choices)), buttons, colour=UNSURE)

    def related(self, term: str, choices: Sequence[Choice]) -> LayoutView:
        """The terms related to one."""
        return card(self._texts.related(term), self._choices(choices, ANYONE))

    def _leading_on(self, entries: Sequence[str]) -> list[Item[Any]]:
        buttons: list[Item[Any]] = [SourcesButton.to(self._texts.button("sources"), self._keys, entries)]
        if self._related(entries):
            buttons.append(RelatedButton.to(self._texts.button("related"), self._keys, entries))
        return [*buttons, UnhelpfulButton.to(self._texts.button("unhelpful"), self._keys, entries)]

    def _choices(self, choices: Sequence[Choice], person: int) -> list[ChoiceButton]:
        terms = {choice.entry: choice.term for choice in choices}
        return [ChoiceButton.to(label(term), self._keys, [entry], str(person)) for entry, term in terms.items()]
