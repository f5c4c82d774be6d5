"""From an answer to the rating that FSRS takes."""

from fsrs import Rating

from tutorbot.quiz.card import Card, Mode
from tutorbot.quiz.round.settings import RoundSettings, seconds_for

_NEARLY_ALL = 0.75
"""Share of a list's items that counts as recalled with effort."""

_QUICK, _SLOW = 0.5, 2.0
"""In times of what a round would give for the card."""

_AWAY = 600.0
"""Whoever takes longer than this was doing something else: the time says nothing."""


def rating_of(card: Card, share: float, seconds: float) -> Rating:
    """How well an answer shows that the card is known: ``share`` (0..1) of it is right, it took ``seconds``.

    Again if it is wrong, Hard if it took long or a quarter of a list is missing, Easy if it was recalled quickly, else Good.
    A choice is never Easy: recognising is less than recalling.
    """
    if share < 1.0:
        return Rating.Hard if card.mode is Mode.LIST and share >= _NEARLY_ALL else Rating.Again
    expected = seconds_for(card, RoundSettings())
    if _SLOW * expected < seconds <= _AWAY:
        return Rating.Hard
    if card.mode is not Mode.CHOICE and seconds < _QUICK * expected:
        return Rating.Easy
    return Rating.Good
