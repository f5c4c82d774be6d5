"""What the quiz writes, as Discord markdown, from the templates in ``discord/quiz/``."""

from collections.abc import Mapping, Sequence
from typing import Any

from tutorbot.answering.answer import Quote
from tutorbot.bot.texts import MESSAGE_ROOM
from tutorbot.knowledge import Course
from tutorbot.quiz.card import FALSE, TRUE, Card, CardKind, Mode
from tutorbot.quiz.leaderboard import LEAST_ANSWERED, Board, Place
from tutorbot.quiz.result import RoundResult, Score
from tutorbot.quiz.round import Round
from tutorbot.quiz.round.effects import Acknowledge, Reveal, ShowLobby, ShowStanding
from tutorbot.wording import Wording, clipped

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXY"
"""Names of options; a message has room for 25 buttons."""

_LENGTHS = (1_500, 800, 400, 200, 100, 60, 30)
_SHORT_STANDING, _LONG_STANDING, _WINNERS, _BAR = 5, 25, 10, 10
_LABEL_ROOM, _DESCRIPTION_ROOM = 45, 100
_PLACES = 2


class QuizTexts:
    """Every text of the quiz on one course."""

    def __init__(self, wording: Wording, course: Course) -> None:
        self._wording = wording
        self._course = course

    def _render(self, name: str, **values: Any) -> str:
        return clipped(self._wording.render(f"discord/quiz/{name}.md", **values), MESSAGE_ROOM)

    def _fitted(self, name: str, **values: Any) -> str:
        """The template with its parts cut until all fit into one message."""
        text = ""
        for length in _LENGTHS:
            text = self._wording.render(f"discord/quiz/{name}.md", length=length, **values)
            if len(text) <= MESSAGE_ROOM:
                return text
        return clipped(text, MESSAGE_ROOM)

    def lobby(self, lobby: ShowLobby, cards: int) -> str:
        """Who has joined, and what is played."""
        return self._render(
            "lobby",
            course=self._course.title,
            topic=lobby.settings.topic,
            cards=cards,
            seconds=lobby.settings.seconds,
            scoring=lobby.settings.scoring.value,
            host=lobby.host,
            players=[player for player, _team in lobby.players],
        )

    def card(
        self,
        state: Round,
        index: int,
        *,
        deadline: float | None = None,
        answered: int = 0,
        again: bool = False,
        closed: bool = False,
        found: Sequence[int] = (),
    ) -> str:
        """A card. ``deadline`` is in unix seconds; ``found``: the items of a list that were named."""
        card = state.cards[index]
        options = [{"letter": LETTERS[at], "text": text} for at, text in enumerate(self.options(card))]
        return self._fitted(
            "card",
            card=card,
            term=self._term(card),
            number=index + 1,
            total=len(state.cards),
            again=again,
            options=() if card.kind is CardKind.TRUE_OR_FALSE else options,
            deadline=None if deadline is None else round(deadline),
            answered=answered,
            closed=closed,
            paused=state.paused and not closed,
            items=card.items,
            found=found,
        )

    def reveal(self, state: Round, reveal: Reveal, standing: ShowStanding | None) -> str:
        """The key with its proof, who was right, and the standing below."""
        card = reveal.card
        options = self.options(card)
        namers = dict(reveal.named)
        winners = sorted((one for one in reveal.gained if one[1] > 0), key=lambda one: (-one[1], one[0]))
        scores = standing.scores if standing is not None and len(state.cards) > 1 else ()
        true_or_false = card.kind is CardKind.TRUE_OR_FALSE
        return self._fitted(
            "reveal",
            card=card,
            term=self._term(card),
            number=reveal.index + 1,
            total=len(state.cards),
            void=reveal.void,
            letter=LETTERS[card.key] if card.key is not None and not true_or_false else None,
            key=options[card.key] if card.key is not None else (card.accept[0] if card.accept else None),
            items=[{"text": item.text, "player": namers.get(at)} for at, item in enumerate(card.items)],
            errata=card.errata,
            places=self._places(card),
            bars=self._bars(reveal, options),
            answered=reveal.answered,
            right=reveal.right,
            winners=winners[:_WINNERS],
            more=len(winners[_WINNERS:]),
            **_scores(scores, _SHORT_STANDING),
        )

    def standing(self, scores: Sequence[Score]) -> str:
        """The scores so far."""
        return self._render("standing", **_scores(scores, _LONG_STANDING))

    def podium(self, result: RoundResult) -> str:
        """The final scores, and why the round ended."""
        scores = [score for score in result.scores if score.answered]
        values = _scores(scores, _LONG_STANDING)
        return self._render("podium", ending=result.ending, played=result.played, **values)

    def outcome(self, reply: Acknowledge, deed: str, *, answer: str = "", card: Card | None = None) -> str:
        """What became of a deed; ``answer`` is what was answered to ``card``."""
        listed = card is not None and card.mode is Mode.LIST
        items = [card.items[at].text for at in reply.items] if card is not None and listed else None
        return self._render("outcome", outcome=reply.outcome.value, deed=deed, answer=answer, items=items)

    def notice(self, which: str) -> str:
        """One of the plain notices."""
        return self._render("notice", which=which)

    def unknown_topic(self, topic: str, topics: Sequence[str]) -> str:
        """There are no cards on that topic, but on these."""
        return self._render("unknown_topic", topic=topic, topics=topics)

    def leaderboard(self, places: Sequence[Place], board: Board, *, week: bool) -> str:
        """Who leads."""
        shown = places[:_LONG_STANDING]
        return self._render("leaderboard", places=shown, board=board.value, week=week, least=LEAST_ANSWERED)

    def label(self, which: str) -> str:
        """The label of a button or field."""
        return clipped(self._render("label", which=which), _LABEL_ROOM)

    def command(self, which: str) -> str:
        """What a command, an option or a choice is for."""
        return clipped(self._render("command", which=which), _DESCRIPTION_ROOM)

    def options(self, card: Card) -> list[str]:
        """The options' texts as people read them."""
        words = {TRUE: self.label(TRUE), FALSE: self.label(FALSE)} if card.kind is CardKind.TRUE_OR_FALSE else {}
        return [words.get(option.text, option.text) for option in card.options][: len(LETTERS)]

    def _term(self, card: Card) -> str:
        entry = self._course.by_id.get(card.entry)
        return entry.term if entry is not None else card.prompt

    def _bars(self, reveal: Reveal, options: Sequence[str]) -> list[Mapping[str, object]]:
        if not reveal.answered or not options:
            return []
        true_or_false = reveal.card.kind is CardKind.TRUE_OR_FALSE
        return [
            {
                "letter": text if true_or_false else LETTERS[at],
                "count": count,
                "filled": round(_BAR * count / reveal.answered),
                "right": at == reveal.card.key,
            }
            for at, (text, count) in enumerate(zip(options, reveal.chosen, strict=False))
        ]

    def _places(self, card: Card) -> list[Quote]:
        places: dict[tuple[str, str, str | None], Quote] = {}
        for citation in card.citations:
            source = self._course.sources_by_id.get(citation.source)
            work = self._course.works_by_id.get(citation.work_id) if citation.work_id else None
            credit = work.cited(citation.pages) if work is not None else None
            title = source.title if source is not None else citation.source
            quote = Quote(citation.source, title, citation.locator, citation.quote, credit)
            places.setdefault((title, citation.locator, credit), quote)
        return list(places.values())[:_PLACES]


def _scores(scores: Sequence[Score], most: int) -> dict[str, object]:
    return {"scores": scores[:most], "others": len(scores[most:])}
