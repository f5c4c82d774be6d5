"""What the quiz writes fits into Discord's limits and has no power, whatever a course says."""

from dataclasses import replace

import pytest
from discord.ui import LayoutView, TextDisplay

from tests.quiz.table import ANN, HOST, START, choice, listed, typed
from tutorbot.bot.quiz.looks import QuizLooks
from tutorbot.bot.quiz.texts import LETTERS, QuizTexts
from tutorbot.quiz.card import Card, CardKind
from tutorbot.quiz.result import Score
from tutorbot.quiz.round import Round, RoundSettings, advance
from tutorbot.quiz.round.effects import Reveal, ShowCard, ShowLobby, ShowStanding, UpdateCount
from tutorbot.quiz.round.events import CardShown, Opened, Started
from tutorbot.quiz.round.telling import show_card, update_count
from tutorbot.tutor import Tutor
from tutorbot.wording import Wording

NASTY = "@everyone <@123> **bold** `code` [link](https://example.com)\n# head\n> quote\n-# small "


@pytest.fixture
def texts(course_tutor: Tutor, wording: Wording) -> QuizTexts:
    """The project's texts."""
    return QuizTexts(wording)


def overlong(text: str) -> list[Card]:
    """Cards of each mode whose every part is ``text``."""
    options = tuple(one.model_copy(update={"text": text}) for one in (choice().options * len(LETTERS))[: len(LETTERS)])
    items = tuple(one.model_copy(update={"text": text}) for one in listed(count=20).items)
    parts = {"prompt": text, "explanation": text, "topic": text, "errata": (text,)}
    return [
        choice().model_copy(update={**parts, "options": options}),
        typed().model_copy(update={**parts, "accept": (text,)}),
        listed().model_copy(update={**parts, "items": items}),
        *(choice().model_copy(update={**parts, "kind": kind}) for kind in CardKind),
    ]


def playing(card: Card) -> Round:
    """A round in which the card is open."""
    state, _ = advance(Round(), Opened(id=1, at=START, player=HOST, settings=RoundSettings(), cards=(card,)), START)
    state, _ = advance(state, Started(id=2, at=START, player=HOST), START)
    state, _ = advance(state, CardShown(card=0, at=START), START)
    return state


def everything(texts: QuizTexts, text: str) -> list[tuple[str, int, int]]:
    """The text, the length and the number of components of every message about such cards."""
    looks, found = QuizLooks(texts), []
    scores = tuple(Score(rank, 2**63 + rank, 10**6, 50, 50) for rank in range(1, 200))
    for card in overlong(text):
        state = playing(card)
        answers = tuple(range(len(card.options)))
        gained = tuple((score.player, 1000) for score in scores)
        named = tuple((at, ANN) for at in range(len(card.items)))
        reveal = Reveal("reveal:0", 0, card, False, 199, 199, answers, named, gained)
        count = replace(update_count(state), found=tuple(range(len(card.items))), answered=199)
        players = tuple((score.player, None) for score in scores)
        lobby = ShowLobby("lobby", HOST, players, RoundSettings(topic=text))
        shown: list[ShowCard | UpdateCount | Reveal | ShowLobby] = [show_card(state), count, reveal, lobby]
        for effect in shown:
            view = looks.of(2**40, state, effect, ShowStanding("standing:0", 0, scores, ()))
            found.append(measured(view))
        found.append(measured(looks.closed(2**40, state, 0, 0)))
    return found


def measured(view: LayoutView) -> tuple[str, int, int]:
    """All of a message's text, its length, and how many components it has."""
    texts = [item.content for item in view.walk_children() if isinstance(item, TextDisplay)]
    return "\n".join(texts), view.content_length(), view.total_children_count


@pytest.mark.parametrize("text", ["word " * 400, "*_~" * 600, "x" * 2000, "a\n" * 900, NASTY * 20])
def test_no_message_is_over_discords_limits(texts: QuizTexts, text: str) -> None:
    for _shown, length, components in everything(texts, text):
        assert length <= 4000
        assert components <= 40


def test_the_text_of_a_course_has_no_power(texts: QuizTexts) -> None:
    for shown, _length, _components in everything(texts, NASTY):
        for power in ("@everyone", "<@123", "**bold**", "`code`", "[link]", "https://", "\n# head", "\n-# small"):
            assert power not in shown


def test_a_round_of_an_earlier_version_that_knows_no_course_is_shown_without_its_title(texts: QuizTexts) -> None:
    state = playing(choice().model_copy(update={"term": "", "cited": ()}))
    lobby = ShowLobby("lobby", HOST, (), RoundSettings())
    assert texts.lobby(state, lobby).startswith("### Quiz\n1 card")
    assert texts.thread(state) == "Quiz"
    reveal = Reveal("reveal:0", 0, state.cards[0], False, 0, 0, (), (), ())
    assert f"-# {state.cards[0].citations[0].source} · " in texts.reveal(state, reveal, None)
    of_today = replace(state, course="sea", title="The sea")
    assert texts.lobby(of_today, lobby).startswith("### Quiz: The sea\n1 card")
    assert texts.thread(of_today) == "Quiz: The sea"


def test_true_and_false_are_worded_by_the_templates(texts: QuizTexts) -> None:
    options = tuple(
        one.model_copy(update={"text": text}) for one, text in zip(choice().options, ("true", "false"), strict=False)
    )
    card = choice().model_copy(update={"kind": CardKind.TRUE_OR_FALSE, "options": options})
    assert texts.options(card) == ["True", "False"]
