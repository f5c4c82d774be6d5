"""A round's messages: texts with their buttons."""

from typing import Any

from discord import Colour, MediaGalleryItem
from discord.ui import ActionRow, Container, Item, LayoutView, MediaGallery

from tutorbot.bot.quiz.buttons import (
    AnswerButton,
    CreditMenu,
    DismissButton,
    GrantButton,
    JoinButton,
    PickButton,
    ReportButton,
    StartButton,
    VerdictButton,
)
from tutorbot.bot.quiz.texts import LETTERS, QuizTexts
from tutorbot.bot.texts import suggestion
from tutorbot.bot.views.layout import ABSTAINED, ANSWERED, UNSURE, card
from tutorbot.quiz.card import CardKind, Mode
from tutorbot.quiz.round import Round
from tutorbot.quiz.round.effects import (
    Appeal,
    Report,
    Reveal,
    ShowAppeal,
    ShowCard,
    ShowLobby,
    ShowPodium,
    ShowStanding,
    UpdateCount,
)
from tutorbot.quiz.round.telling import result
from tutorbot.quiz.stage import Shown

OPEN, KEY = Colour(0xE0A526), Colour(0x3BA55D)
PICTURE = "podium.png"
"""The name of the podium's picture."""

_MENU_ROOM = 25


class QuizLooks:
    """Lays a round out."""

    def __init__(self, texts: QuizTexts) -> None:
        self._texts = texts

    def of(  # noqa: PLR0911 - one for each effect
        self, round_id: int, state: Round, effect: Shown, standing: ShowStanding | None, *, picture: bool = False
    ) -> LayoutView:
        """The message that an effect asks for; ``picture``: that of the podium is attached."""
        match effect:
            case ShowLobby():
                return self._lobby(round_id, state, effect)
            case ShowCard():
                text = self._texts.card(state, effect.index, again=effect.showing > 0)
                return card(text, self._buttons(round_id, state, effect.index, effect.showing), colour=OPEN)
            case UpdateCount():
                return self._counted(round_id, state, effect)
            case Reveal():
                return card(self._texts.reveal(state, effect, standing), self._after(round_id, effect), colour=KEY)
            case ShowAppeal():
                return self._appeal(round_id, state, effect)
            case ShowPodium():
                return self._podium(round_id, state, picture=picture)
            case Report():
                return card(self._texts.podium(result(state)), colour=ANSWERED)

    def closed(self, round_id: int, state: Round, index: int, showing: int) -> LayoutView:
        """A card that takes no answers any more."""
        text = self._texts.card(state, index, again=showing > 0, closed=True)
        return card(text, self._buttons(round_id, state, index, showing, closed=True), colour=ABSTAINED)

    def _lobby(self, round_id: int, state: Round, lobby: ShowLobby) -> LayoutView:
        label = self._texts.label
        teams = lobby.settings.teams
        if teams is None:
            joining = [JoinButton.of(label("join"), round_id)]
        else:
            joining = [JoinButton.of(self._texts.team(team), round_id, team) for team in range(teams)]
        return card(self._texts.lobby(state, lobby), [*joining, StartButton.of(label("start"), round_id)])

    def _after(self, round_id: int, reveal: Reveal) -> list[Item[Any]]:
        """Under the reveal of a typed card players may look at what became of their answer."""
        typed = reveal.card.mode is not Mode.CHOICE
        if not typed or reveal.void or not reveal.answered:
            return []
        return [VerdictButton.of(self._texts.label("verdict"), round_id, reveal.index)]

    def _appeal(self, round_id: int, state: Round, appeal: ShowAppeal) -> LayoutView:
        text, words = self._texts.appeal(state, appeal), self._texts.label
        about, closed = (round_id, appeal.index, appeal.player), appeal.status is not Appeal.OPEN
        buttons: list[Item[Any]] = [DismissButton.of(words("dismiss"), *about, closed=closed)]
        items = [(at, suggestion(appeal.card.items[at].text)) for at in appeal.missing[:_MENU_ROOM]]
        if appeal.card.mode is not Mode.LIST:
            buttons.insert(0, GrantButton.of(words("grant"), *about, closed=closed))
        colour = {Appeal.OPEN: UNSURE, Appeal.GRANTED: KEY, Appeal.DISMISSED: ABSTAINED}[appeal.status]
        view = card(text, buttons, colour=colour)
        if appeal.card.mode is Mode.LIST and items and not closed:
            _frame(view).add_item(ActionRow(CreditMenu.of(words("credit"), items, *about)))
        return view

    def _podium(self, round_id: int, state: Round, *, picture: bool) -> LayoutView:
        final = result(state)
        view = card(self._texts.podium(final), colour=ANSWERED)
        if picture:
            item = MediaGalleryItem(f"attachment://{PICTURE}", description=self._texts.picture_told(final))
            _frame(view).add_item(MediaGallery(item))
        _frame(view).add_item(ActionRow(ReportButton.of(self._texts.label("report"), round_id)))
        return view

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


def _frame(view: LayoutView) -> Container[Any]:
    frame = view.children[-1]
    assert isinstance(frame, Container)
    return frame
