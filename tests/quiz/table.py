"""A round played by hand: sends events, keeps the log, knows the last effects."""

from collections.abc import Sequence
from typing import TypeVar

from tutorbot.knowledge import Citation
from tutorbot.quiz.card import Card, CardKind, ListItem, Option, Reason
from tutorbot.quiz.result import RoundResult
from tutorbot.quiz.round import Record, Round, RoundSettings, advance
from tutorbot.quiz.round.effects import Acknowledge, Effect, Outcome, Report, StartTimer
from tutorbot.quiz.round.events import (
    Answered,
    CardShown,
    Event,
    Joined,
    KeyShown,
    Next,
    Opened,
    Started,
    TimeUp,
)
from tutorbot.quiz.round.scoring import standing

HOST, ANN, BEN, CAT = 1, 11, 12, 13
START = 1_800_000_000.0

Wanted = TypeVar("Wanted")


def choice(name: str = "a") -> Card:
    """A card with three options; the second is right."""
    texts = ("one", "two", "three")
    options = tuple(Option(text=text, wrong=None if at == 1 else Reason.UNRELATED) for at, text in enumerate(texts))
    return _card(CardKind.CHOOSE_TERM, name, options=options, key=1)


def typed(name: str = "b") -> Card:
    """A card whose answer is typed."""
    return _card(CardKind.TYPE_TERM, name, accept=("two",))


def listed(name: str = "c", count: int = 4) -> Card:
    """A list of items to name."""
    items = tuple(ListItem(text=f"item {number}") for number in range(count))
    return _card(CardKind.NAME_THEM_ALL, name, items=items)


def _card(kind: CardKind, name: str, **parts: object) -> Card:
    proof = Citation(source="book", locator="page 1", quote="It is two.")
    given = {"id": f"{kind.value}:{name}", "kind": kind, "entry": name, "topic": "t", "prompt": "What is it?"}
    return Card.model_validate({**given, "explanation": "It is two.", "citations": (proof,), **parts})


class Table:
    """A round on a table. ``now`` is unix seconds and only moves when a test says so."""

    def __init__(self, cards: Sequence[Card], **settings: object) -> None:
        self.state = Round()
        self.log: list[Record] = []
        self.effects: tuple[Effect, ...] = ()
        self.now = START
        self._id = 100
        chosen = RoundSettings.model_validate({"seconds": 20, "grace": 1.0, "reveal": 8, "patience": 900, **settings})
        self.send(Opened(id=self.id(), at=self.now, player=HOST, settings=chosen, cards=tuple(cards)))

    def id(self) -> int:
        """An id that was not used before, greater than all before."""
        self._id += 1
        return self._id

    def send(self, event: Event, now: float | None = None) -> tuple[Effect, ...]:
        """Store the event, and carry the round on."""
        record = Record(now=self.now if now is None else now, event=event)
        self.log.append(record)
        self.state, self.effects = advance(self.state, event, record.now)
        return self.effects

    def join(self, *players: int) -> None:
        """Let players join."""
        for player in players:
            self.send(Joined(id=self.id(), at=self.now, player=player))

    def start(self) -> None:
        """The host starts, and the first card is shown."""
        self.send(Started(id=self.id(), at=self.now, player=HOST))
        self.show()

    def show(self) -> None:
        """The card that is on its way is shown now."""
        play = self.state.plays[-1]
        self.send(CardShown(card=self.state.index, showing=len(play.showings) - 1, at=self.now))

    def answer(self, player: int, choice: int | None = None, *, after: float = 0.0, **more: object) -> Outcome:
        """An answer to the current card, given so many seconds from now; what the player is told."""
        given = {"id": self.id(), "at": self.now + after, "player": player, "card": self.state.index, "choice": choice}
        showing = len(self.state.plays[-1].showings) - 1
        event = Answered.model_validate({**given, "showing": showing, **more})
        self.send(event, now=max(self.now, event.at))
        return self.told()

    def told(self) -> Outcome:
        """What the last person was told."""
        return self.one(Acknowledge).outcome

    def time_up(self) -> None:
        """Go forward to the timer."""
        assert self.state.timer is not None
        self.now = max(self.now, self.state.timer.at)
        self.send(TimeUp(timer=self.state.timer.id))

    def reveal(self) -> None:
        """Go forward to the end of the card; its key is shown."""
        self.time_up()
        self.send(KeyShown(card=self.state.index, at=self.now))

    def next(self) -> None:
        """The host goes on; the next card, if there is one, is shown."""
        self.send(Next(id=self.id(), at=self.now, player=HOST, card=self.state.index))
        if self.state.phase == "sending":
            self.show()

    def one(self, kind: type[Wanted]) -> Wanted:
        """The only effect of that kind among the last ones."""
        found = [effect for effect in self.effects if isinstance(effect, kind)]
        assert len(found) == 1, self.effects
        return found[0]

    def timer(self) -> float:
        """When the timer runs out that was set last."""
        return self.one(StartTimer).at

    def result(self) -> RoundResult:
        """The report among the last effects."""
        return self.one(Report).result

    def points(self) -> dict[int, int]:
        """Everybody's points."""
        return {score.player: score.points for score in standing(self.state)}
