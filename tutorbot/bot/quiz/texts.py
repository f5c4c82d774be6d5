"""What the quiz writes, as Discord markdown, from the templates in ``discord/quiz/``."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

from tutorbot.answering.answer import Quote
from tutorbot.bot.texts import MESSAGE_ROOM
from tutorbot.quiz.card import FALSE, TRUE, Card, CardKind, Cited, Mode
from tutorbot.quiz.giving_away import told_by_topic
from tutorbot.quiz.leaderboard import LEAST_ANSWERED, Board, Place
from tutorbot.quiz.report import CardWords, PictureWords, Sheet, TableWords
from tutorbot.quiz.result import RoundResult, Score, TeamScore
from tutorbot.quiz.round import Round, RoundSettings, Starters
from tutorbot.quiz.round.effects import Acknowledge, Reveal, ShowAppeal, ShowLobby, ShowStanding
from tutorbot.quiz.round.scoring import Mark
from tutorbot.wording import Wording, clipped

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXY"
"""Names of options; a message has room for 25 buttons."""

_LENGTHS = (1_500, 800, 400, 200, 100, 60, 30)
_SHORT_STANDING, _LONG_STANDING, _WINNERS, _BAR = 5, 25, 10, 10
_LABEL_ROOM, _DESCRIPTION_ROOM, _TITLE_ROOM = 45, 100, 100
_FRESH, _MOST_SHORT = 1.0, 500
_PLACES, _SHOWN_ANSWERS = 2, 5


class QuizTexts:
    """Every text of the quiz. Cards and rounds bring along what they need of their course."""

    def __init__(self, wording: Wording, *, spoken: bool = False) -> None:
        """``spoken``: messages in the channel are answers, too."""
        self._wording = wording
        self._spoken = spoken
        self._short: dict[tuple[object, ...], tuple[float, str]] = {}

    def _often(self, name: str, **values: str | None) -> str:
        """A short text that hundreds of people get in the same second: it is rendered once a second."""
        key, now = (name, *values.items()), time.monotonic()
        held = self._short.get(key)
        if held is None or now > held[0] + _FRESH:
            if len(self._short) > _MOST_SHORT:
                self._short.clear()
            held = self._short[key] = (now, self._render(name, **values))
        return held[1]

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

    def lobby(self, state: Round, lobby: ShowLobby) -> str:
        """Who has joined, and what is played."""
        return self._render(
            "lobby",
            course=state.title,
            topic=lobby.settings.topic,
            cards=len(state.cards),
            wanted=lobby.settings.cards,
            seconds=lobby.settings.seconds,
            scoring=lobby.settings.scoring.value,
            host=lobby.host,
            anyone=lobby.settings.starters is Starters.ANYONE,
            players=[player for player, _team in lobby.players],
            teams=[
                {"name": self.team(team), "players": [player for player, own in lobby.players if own == team]}
                for team in range(lobby.settings.teams or 0)
            ],
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
            card=card.model_copy(update={"topic": ""}) if told_by_topic(card) else card,
            term=_term(card),
            number=index + 1,
            total=len(state.cards),
            again=again,
            options=() if card.kind is CardKind.TRUE_OR_FALSE else options,
            deadline=None if deadline is None else round(deadline),
            answered=answered,
            closed=closed,
            paused=state.paused and not closed,
            spoken=self._spoken and card.mode is not Mode.CHOICE,
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
            term=_term(card),
            number=reveal.index + 1,
            total=len(state.cards),
            void=reveal.void,
            letter=LETTERS[card.key] if card.key is not None and not true_or_false else None,
            key=options[card.key] if card.key is not None else (card.accept[0] if card.accept else None),
            items=[{"text": item.text, "player": namers.get(at)} for at, item in enumerate(card.items)],
            errata=card.errata,
            places=_places(card),
            bars=self._bars(reveal, options),
            answered=reveal.answered,
            right=reveal.right,
            winners=winners[:_WINNERS],
            more=len(winners[_WINNERS:]),
            note=card.note,
            **self._scores(scores, _SHORT_STANDING, standing.teams if standing is not None and scores else ()),
        )

    def standing(self, scores: Sequence[Score], teams: Sequence[TeamScore]) -> str:
        """The scores so far."""
        return self._render("standing", **self._scores(scores, _LONG_STANDING, teams))

    def podium(self, result: RoundResult) -> str:
        """The final scores, and why the round ended."""
        scores = [score for score in result.scores if score.answered]
        values = self._scores(scores, _LONG_STANDING, result.teams)
        return self._render("podium", ending=result.ending, played=result.played, **values)

    def verdict(self, card: Card, given: str, mark: Mark | None, reason: str, *, granted: bool) -> str:
        """What became of a typed answer, for the player alone; ``reason`` is the grader's sentence."""
        return self._fitted(
            "verdict",
            card=card,
            given=given,
            mark=mark,
            reason=reason,
            granted=granted,
            key=card.accept[0] if card.accept else None,
        )

    def appeal(self, state: Round, appeal: ShowAppeal) -> str:
        """An appeal, for moderators."""
        return self._fitted(
            "appeal",
            card=appeal.card,
            term=_term(appeal.card),
            number=appeal.index + 1,
            total=len(state.cards),
            again=False,
            player=appeal.player,
            given=appeal.given[-_SHOWN_ANSWERS:],
            key=appeal.card.accept[0] if appeal.card.accept else None,
            missing=[appeal.card.items[at].text for at in appeal.missing],
            status=appeal.status.value,
            by=appeal.by,
            points=appeal.points,
            rank=appeal.rank,
        )

    def settings(self, settings: RoundSettings, *, changed: bool = False) -> str:
        """What rounds have unless their host chooses otherwise."""
        return self._render("settings", settings=settings, changed=changed)

    def thread(self, state: Round) -> str:
        """The name of a round's thread."""
        return self._line("thread", topic=state.settings.topic, course=state.title)

    def team(self, number: int) -> str:
        """The name of a team, counted from 0."""
        return clipped(self._render("team", number=number), _LABEL_ROOM)

    def unnamed(self, number: int) -> str:
        """What a player is called whose name is not known or cannot be written."""
        return self._line("picture", part="unnamed", number=number)

    def sign(self, which: str) -> str:
        """The sign that is put under a message in the channel."""
        return self._render("sign", which=which)

    def picture_words(self, state: Round, sheet: Sheet, *, more: int = 0) -> PictureWords:
        """The words in the picture of the podium; ``more`` players have no row."""

        def word(part: str) -> str:
            return self._line("picture", part=part, number=more)

        counted = sum(not play.void for play in state.plays)
        subtitle = self._line(
            "picture", part="subtitle", cards=counted, players=len(sheet.rows), accuracy=sheet.accuracy, number=0
        )
        return PictureWords(
            title=clipped(state.settings.topic or state.title, _TITLE_ROOM),
            subtitle=subtitle,
            everyone=word("everyone"),
            right=word("right"),
            wrong=word("wrong"),
            none=word("none"),
            others=word("others") if more else "",
        )

    def picture_told(self, result: RoundResult) -> str:
        """What the picture shows, for those who cannot see it."""
        best = next((score for score in result.scores if score.answered), None)
        return clipped(
            self._render("picture_told", players=sum(bool(score.answered) for score in result.scores), best=best), 1_000
        )

    def card_words(self, card: Card) -> CardWords:
        """A card's column in the table."""
        options = self.options(card)
        key = options[card.key] if card.key is not None else "; ".join(card.accept[:1])
        key = key or "; ".join(item.text for item in card.items)
        return CardWords(self._line("table", part="asked", card=card, term=_term(card)), key)

    def table_words(self) -> TableWords:
        """The table's headings."""
        parts = {part: self._line("table", part=part) for part in TableWords.__dataclass_fields__}
        return TableWords(**parts)

    def outcome(self, reply: Acknowledge, deed: str, *, answer: str = "", card: Card | None = None) -> str:
        """What became of a deed; ``answer`` is what was answered to ``card``."""
        listed = card is not None and card.mode is Mode.LIST
        if card is None or not listed:
            return self._often("outcome", outcome=reply.outcome.value, deed=deed, answer=answer, items=None)
        items = [card.items[at].text for at in reply.items]
        return self._render("outcome", outcome=reply.outcome.value, deed=deed, answer=answer, items=items)

    def notice(self, which: str) -> str:
        """One of the plain notices."""
        return self._render("notice", which=which)

    def unknown_topic(self, topic: str, topics: Sequence[str]) -> str:
        """There are no cards on that topic, but on these."""
        return self._render("unknown_topic", topic=topic, topics=topics)

    def leaderboard(self, places: Sequence[Place], board: Board, *, week: bool, topic: str | None) -> str:
        """Who leads."""
        shown, others = places[:_LONG_STANDING], len(places[_LONG_STANDING:])
        return self._render(
            "leaderboard",
            places=shown,
            others=others,
            board=board.value,
            week=week,
            topic=topic,
            least=LEAST_ANSWERED,
        )

    def label(self, which: str) -> str:
        """The label of a button or field."""
        return clipped(self._often("label", which=which), _LABEL_ROOM)

    def command(self, which: str) -> str:
        """What a command, an option or a choice is for."""
        return clipped(self._render("command", which=which), _DESCRIPTION_ROOM)

    def options(self, card: Card) -> list[str]:
        """The options' texts as people read them."""
        words = {TRUE: self.label(TRUE), FALSE: self.label(FALSE)} if card.kind is CardKind.TRUE_OR_FALSE else {}
        return [words.get(option.text, option.text) for option in card.options][: len(LETTERS)]

    def _line(self, name: str, **values: Any) -> str:
        """A template's text on one line, where nothing has power: in a picture, a table, a thread's name."""
        text = self._wording.render(f"discord/quiz/{name}.txt", **values)
        return clipped(" ".join(text.split()), _TITLE_ROOM)

    def _scores(self, scores: Sequence[Score], most: int, teams: Sequence[TeamScore] = ()) -> dict[str, object]:
        named = [{"rank": one.rank, "name": self.team(one.team), "points": one.points} for one in teams if one.members]
        return {"scores": scores[:most], "others": len(scores[most:]), "teams": named}

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


def _term(card: Card) -> str:
    """The term; cards that were drawn by an earlier version do not have it."""
    return card.term or card.prompt


def _places(card: Card) -> list[Quote]:
    """Where the card's text stands; cards that were drawn by an earlier version name a source by its id."""
    cited = card.cited or [Cited(title=citation.source) for citation in card.citations]
    places: dict[tuple[str, str, str | None], Quote] = {}
    for citation, shown in zip(card.citations, cited, strict=True):
        quote = Quote(citation.source, shown.title, citation.locator, citation.quote, shown.work)
        places.setdefault((shown.title, citation.locator, shown.work), quote)
    return list(places.values())[:_PLACES]
