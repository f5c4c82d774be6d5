"""The podium: three steps, the first in the middle. Equals stand equally high."""

from collections.abc import Sequence

from tutorbot.quiz.report.canvas import Canvas
from tutorbot.quiz.report.lettering import fitted
from tutorbot.quiz.report.palette import BRONZE, GROUND, INK, MEDALS, MUTED, TEAMS, mixed
from tutorbot.quiz.report.sheet import Entrant

HEIGHT = 372
"""Pixels from the first's disc to the floor."""

_STEP, _GAP = 296, 12
_RISE = {1: 206, 2: 156, 3: 116}
_DISC, _ABOVE = 44, 166
_PLACES = {1: (0,), 2: (-0.5, 0.5), 3: (0, -1, 1)}
"""Where the first, second and third stand, in steps from the middle; two stand side by side."""


def draw_podium(canvas: Canvas, top: float, entrants: Sequence[Entrant]) -> None:
    """Draw the first three of ``entrants``, who come the best first."""
    shown = entrants[: len(_RISE)]
    for entrant, place in zip(shown, _PLACES.get(len(shown), ()), strict=True):
        middle = canvas.width / 2 + place * (_STEP + _GAP)
        _draw_step(canvas, middle, top + HEIGHT, entrant)


def _draw_step(canvas: Canvas, middle: float, floor: float, entrant: Entrant) -> None:
    medal, rise = MEDALS.get(entrant.rank, BRONZE), _RISE.get(entrant.rank, _RISE[3])
    head = floor - rise
    canvas.step(middle - _STEP / 2, head, _STEP, rise, mixed(medal, GROUND, 0.42), mixed(medal, GROUND, 0.1))
    canvas.box(middle - _STEP / 2 + 14, head, _STEP - 28, 5, medal, radius=2.5)
    canvas.text(middle, head + 46, str(entrant.rank), 46, medal, bold=True, anchor="m")
    canvas.text(middle, head + 92, f"{entrant.points:,}", 28, INK, bold=True, anchor="m")
    colour = TEAMS[entrant.team % len(TEAMS)] if entrant.team is not None else mixed(medal, GROUND, 0.3)
    canvas.disc(middle, floor - rise - _ABOVE + _DISC, _DISC, colour, medal)
    initial = next((sign for sign in entrant.name if sign.isalnum()), entrant.name[:1]).upper()
    ink = GROUND if entrant.team is not None else INK
    canvas.text(middle, floor - rise - _ABOVE + _DISC, initial, 38, ink, bold=True, anchor="m")
    canvas.text(middle, head - 40, fitted(entrant.name, 28, _STEP - 12, bold=True), 28, INK, bold=True, anchor="m")


def draw_title(canvas: Canvas, top: float, title: str, subtitle: str) -> None:
    """Two lines in the middle."""
    room = canvas.width - 96
    canvas.text(canvas.width / 2, top + 24, fitted(title, 38, room, bold=True), 38, INK, bold=True, anchor="m")
    canvas.text(canvas.width / 2, top + 74, fitted(subtitle, 25, room), 25, MUTED, anchor="m")
