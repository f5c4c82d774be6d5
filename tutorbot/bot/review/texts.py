"""What a review writes, as Discord markdown, from the templates in ``discord/review/``."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tutorbot.answering.composing import passage_of
from tutorbot.bot.quiz.texts import LETTERS
from tutorbot.bot.texts import MESSAGE_ROOM, Part
from tutorbot.knowledge import Course
from tutorbot.quiz.card import FALSE, TRUE, Card, CardKind
from tutorbot.quiz.giving_away import told_by_topic
from tutorbot.quiz.review.agenda import Agenda
from tutorbot.quiz.review.mastery import Mastery
from tutorbot.quiz.review.picture import ProgressWords
from tutorbot.wording import Wording, clipped

_LENGTHS = (1_500, 800, 400, 200, 100, 60, 30)
_LABEL_ROOM, _FIELD_ROOM, _DESCRIPTION_ROOM, _ALT_ROOM = 80, 45, 100, 1_000


class Result(StrEnum):
    """What became of an answer."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    CORRECTED = "corrected"
    """The student says that it was right, though it was marked wrong."""
    SHOWN = "shown"
    """The answer was to be shown; the student says how well they knew it."""
    EARLIER = "earlier"
    """The card was answered before, in another message; nothing was kept."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer: as it was ``typed`` or the ``choice`` (from 0); ``named`` are the items of a list that it has; ``reason``: why."""

    result: Result
    typed: str = ""
    choice: int | None = None
    named: tuple[int, ...] = ()
    reason: str = ""


class ReviewTexts:
    """Every text of the review."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def _render(self, name: str, **values: Any) -> str:
        return clipped(self._wording.render(f"discord/review/{name}", **values), MESSAGE_ROOM)

    def _fitted(self, name: str, **values: Any) -> str:
        """The template with its parts cut until all fit into one message."""
        text = ""
        for length in _LENGTHS:
            text = self._wording.render(f"discord/review/{name}", length=length, **values)
            if len(text) <= MESSAGE_ROOM:
                break
        return clipped(text, MESSAGE_ROOM)

    def card(self, course: Course, card: Card, *, waiting: int, new: bool, changed: bool = False) -> str:
        """A card to be answered; ``waiting`` are to be reviewed with it, ``changed``: not as it was shown a moment ago."""
        options = [{"letter": LETTERS[at], "text": text} for at, text in enumerate(self.options(card))]
        return self._fitted(
            "card.md",
            card=card,
            topic=None if told_by_topic(card) else card.topic,
            term=course.by_id[card.entry].term,
            options=() if card.kind is CardKind.TRUE_OR_FALSE else options,
            waiting=waiting,
            new=new,
            changed=changed,
        )

    def reveal(self, course: Course, card: Card, given: Given, due: float | None) -> str:
        """The key with its proof; ``due`` is when the card comes back (unix seconds), None if that is not known yet."""
        options = self.options(card)
        entry = course.by_id[card.entry]
        lettered = card.key is not None and card.kind is not CardKind.TRUE_OR_FALSE
        return self._fitted(
            "reveal.md",
            card=card,
            term=entry.term,
            note=entry.note,
            result=given.result.value,
            typed=given.typed,
            chosen=options[given.choice] if given.choice is not None else None,
            reason=given.reason,
            letter=LETTERS[card.key] if card.key is not None and lettered else None,
            key=options[card.key] if card.key is not None else (card.accept[0] if card.accept else None),
            listed=card.items,
            named=given.named,
            part=Part.of(passage_of(course, entry)),
            due=None if due is None else round(due),
        )

    def end(self, course: Course, agenda: Agenda, *, done: int, topic: str | None) -> str:
        """Nothing is to be reviewed now, or it is enough; ``done`` cards were reviewed within a day."""
        return self._render(
            "end.md",
            course=course.title,
            topic=topic,
            done=done,
            waiting=agenda.waiting,
            unseen=len(agenda.unseen),
            due=None if agenda.next_due is None else round(agenda.next_due),
        )

    def unknown_topic(self, topic: str, topics: Sequence[str]) -> str:
        """There are no cards on that topic, but on these."""
        return clipped(self._wording.render("discord/quiz/unknown_topic.md", topic=topic, topics=topics), MESSAGE_ROOM)

    def options(self, card: Card) -> list[str]:
        """The options' texts as people read them."""
        words = {TRUE: self.label(TRUE), FALSE: self.label(FALSE)} if card.kind is CardKind.TRUE_OR_FALSE else {}
        return [words.get(option.text, option.text) for option in card.options]

    def label(self, which: str, seconds: float = 0.0, cards: int = 0) -> str:
        """The label of a button; ``seconds``: after which a card comes back, ``cards``: how many are meant."""
        return clipped(self._render("label.md", which=which, seconds=seconds, cards=cards), _LABEL_ROOM)

    def field(self, which: str) -> str:
        """The title or label of the field in which an answer is typed."""
        return clipped(self.label(which), _FIELD_ROOM)

    def command(self, which: str) -> str:
        """What a command or its option is for."""
        return clipped(self._render("command.md", which=which), _DESCRIPTION_ROOM)

    def progress(self, topics: Sequence[Mastery], *, waiting: int) -> str:
        """One line about all topics."""
        return self._render("progress.md", **_sums(topics), waiting=waiting)

    def progress_told(self, topics: Sequence[Mastery]) -> str:
        """The picture in words."""
        return clipped(self._render("progress_told.md", topics=topics), _ALT_ROOM)

    def progress_words(self, course: Course, topics: Sequence[Mastery]) -> ProgressWords:
        """The words in the picture."""

        def words(part: str, **values: Any) -> str:
            return self._render("progress.txt", part=part, **values)

        return ProgressWords(
            title=words("title"),
            subtitle=words("subtitle", course=course.title, **_sums(topics)),
            names=[topic.topic for topic in topics],
            lasting=[words("lasting", topic=topic) for topic in topics],
            recalled=words("recalled"),
            reviewed=words("reviewed"),
        )


def _sums(topics: Sequence[Mastery]) -> dict[str, Any]:
    entries = sum(topic.entries for topic in topics)
    return {
        "entries": entries,
        "reviewed": sum(topic.reviewed for topic in topics),
        "recall": sum(topic.recall * topic.entries for topic in topics) / entries if entries else 0.0,
    }
