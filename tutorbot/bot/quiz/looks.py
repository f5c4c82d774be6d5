"""A round's messages: texts with their buttons."""

from typing import Any

from discord import Colour
from discord.ui import Item, LayoutView

from tutorbot.bot.quiz.buttons import AnswerButton, JoinButton, PickButton, StartButton
from tutorbot.bot.quiz.texts import LETTERS, QuizTexts
from tutorbot.bot.views.layout import ABSTAINED, ANSWERED, card
from tutorbot.quiz.card import CardKind, Mode
from tutorbot.quiz.round import Round
from tutorbot.quiz.round.effects import Report, Reveal, ShowCard, ShowLobby, ShowPodium, ShowStanding, UpdateCount
from tutorbot.quiz.round.telling import result
from tutorbot.quiz.stage import Shown

OPEN, KEY = Colour(0xE0A526), Colour(0x3BA55D)


class QuizLooks:
    """Lays a round out."""

    def __init__(self, texts: QuizTexts) -> None:
        self._texts = texts

    def of(self, round_id: int, state: Round, effect: Shown, standing: ShowStanding | None) -> LayoutView:
        """The message that an effect asks for."""
        match effect:
            case ShowLobby():
                return self._lobby(round_id, state, effect)
            case ShowCard():
                text = self._texts.card(state, effect.index, again=effect.showing > 0)
                return card(text, self._buttons(round_id, state, effect.index, effect.showing), colour=OPEN)
            case UpdateCount():
                return self._counted(round_id, state, effect)
            case Reveal():
                return card(self._texts.reveal(state, effect, standing), colour=KEY)
            case ShowPodium() | Report():
                return card(self._texts.podium(result(state)), colour=ANSWERED)

    def closed(self, round_id: int, state: Round, index: int, showing: int) -> LayoutView:
        """A card that takes no answers any more."""
        text = self._texts.card(state, index, again=showing > 0, closed=True)
        return card(text, self._buttons(round_id, state, index, showing, closed=True), colour=ABSTAINED)

    def _lobby(self, round_id: int, state: Round, lobby: ShowLobby) -> LayoutView:
        label = self._texts.label
        buttons = [JoinButton.of(label("join"), round_id), StartButton.of(label("start"), round_id)]
        return card(self._texts.lobby(lobby, len(state.cards)), buttons)

    def _counted(self, round_id: int, state: Round, count: UpdateCount) -> LayoutView:
        showing = len(state.plays[count.index].showings) - 1
        text = self._texts.card(
            state,
            count.index,
            deadline=count.deadline,
            answered=count.answered,
            again=showing > 0,
            found=count.found,
        )
        return card(text, self._buttons(round_id, state, count.index, showing), colour=OPEN)

    def _buttons(
        self, round_id: int, state: Round, index: int, showing: int, *, closed: bool = False
    ) -> list[Item[Any]]:
        asked = state.cards[index]
        if asked.mode is not Mode.CHOICE:
            label = self._texts.label("answer")
            return [AnswerButton.of(label, round_id, index, showing, closed=closed)]
        words = self._texts.options(asked)
        named = asked.kind is CardKind.TRUE_OR_FALSE
        return [
            PickButton.of(word if named else LETTERS[at], round_id, index, showing, at, closed=closed)
            for at, word in enumerate(words)
        ]
