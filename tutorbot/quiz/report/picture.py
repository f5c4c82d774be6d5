"""The picture of a round: its podium, and below it every player's row. The same round gives the same picture, to the byte."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from tutorbot.quiz.report.canvas import Canvas
from tutorbot.quiz.report.lettering import drawable, fitted
from tutorbot.quiz.report.palette import GROUND, INK, LINE, MEDALS, MUTED, NONE, PANEL, RIGHT, TEAMS, WRONG, mixed
from tutorbot.quiz.report.podium import HEIGHT, draw_podium, draw_title
from tutorbot.quiz.report.sheet import Cell, Row, Sheet

MOST_ROWS = 25

_WIDTH, _MARGIN, _PAD = 1100, 40, 24
_TITLE, _ABOVE_TABLE, _LEGEND = 112, 36, 56
_RANK_X, _NAME_X, _STRIP_X, _STRIP_ROOM, _SHARE_X = 84, 110, 410, 400, 905
_FEW = 12
_ROOMY, _TIGHT = 54, 38
_LARGEST_CELL = 30

Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class PictureWords:
    """The words in the picture; ``others`` tells that there are more players than rows, "" if there are not."""

    title: str
    subtitle: str
    everyone: str
    right: str
    wrong: str
    none: str
    others: str = ""


def draw_picture(sheet: Sheet, words: PictureWords) -> bytes:
    """The picture as PNG. It takes a tenth of a second or two: call it in a thread."""
    rows = sheet.rows[:MOST_ROWS]
    tall = _ROOMY if len(rows) <= _FEW else _TIGHT
    lines = len(rows) + 1 + bool(words.others)
    top = _MARGIN + _TITLE + HEIGHT + _ABOVE_TABLE
    height = top + lines * tall + 2 * _PAD + _LEGEND + _MARGIN // 2
    canvas = Canvas(_WIDTH, round(height), GROUND)
    draw_title(canvas, _MARGIN, drawable(words.title), drawable(words.subtitle))
    draw_podium(canvas, _MARGIN + _TITLE, sheet.podium)
    canvas.box(_MARGIN, top - _ABOVE_TABLE, _WIDTH - 2 * _MARGIN, 3, LINE)
    canvas.box(_MARGIN, top - 12, _WIDTH - 2 * _MARGIN, lines * tall + 2 * _PAD, PANEL, radius=18)
    for number, row in enumerate(rows):
        _draw_row(canvas, top - 12 + _PAD + number * tall, tall, row)
    below = top - 12 + _PAD + len(rows) * tall
    if words.others:
        canvas.text(_NAME_X, below + tall / 2, drawable(words.others), 22, MUTED)
        below += tall
    _draw_shares(canvas, below, tall, sheet, drawable(words.everyone))
    _draw_legend(canvas, below + tall + _PAD + _LEGEND / 2, words)
    return canvas.png()


def _draw_row(canvas: Canvas, top: float, tall: int, row: Row) -> None:
    middle, size = top + tall / 2, 25 if tall == _ROOMY else 22
    canvas.text(_RANK_X, middle, str(row.rank), size, MEDALS.get(row.rank, MUTED), bold=True, anchor="r")
    left = _NAME_X
    if row.team is not None:
        canvas.box(left, middle - 8, 16, 16, TEAMS[row.team % len(TEAMS)], radius=8)
        left += 26
    canvas.text(left, middle, fitted(row.name, size, _STRIP_X - left - 16), size, INK)
    for x, wide, cell in _cells(row.cells):
        _draw_cell(canvas, x, middle, wide, cell)
    canvas.text(_SHARE_X, middle, f"{row.accuracy:.0%}", size - 2, MUTED, anchor="r")
    canvas.text(_WIDTH - _MARGIN - _PAD, middle, f"{row.points:,}", size, INK, bold=True, anchor="r")


def _cells(kinds: Sequence[Kind]) -> list[tuple[float, float, Kind]]:
    """Where each cell begins, how wide it is, and what is in it."""
    step = min(_LARGEST_CELL + 5.0, _STRIP_ROOM / max(1, len(kinds)))
    wide = step * 0.84 if step < 16 else step - 5
    return [(_STRIP_X + at * step, wide, kind) for at, kind in enumerate(kinds)]


def _draw_cell(canvas: Canvas, x: float, middle: float, wide: float, cell: Cell) -> None:
    """Told apart by shape as well as by colour: tall is right, low is wrong, a dot is no answer, a line does not count."""
    radius = min(5.0, wide / 3)
    match cell:
        case Cell.RIGHT:
            canvas.box(x, middle - 13, wide, 26, RIGHT, radius=radius)
        case Cell.WRONG:
            canvas.box(x, middle + 3, wide, 10, WRONG, radius=min(radius, 4))
        case Cell.NONE:
            dot = min(8.0, wide)
            canvas.box(x + (wide - dot) / 2, middle + 13 - dot, dot, dot, mixed(MUTED, NONE, 0.3), radius=dot / 2)
        case Cell.VOID:
            canvas.box(x, middle - 1.5, wide, 3, NONE, radius=1.5)


def _draw_shares(canvas: Canvas, top: float, tall: int, sheet: Sheet, label: str) -> None:
    """The last line: for each card, how many of those who answered were right."""
    middle, size = top + tall / 2, 22
    canvas.box(_MARGIN + _PAD, top, _WIDTH - 2 * (_MARGIN + _PAD), 2, LINE)
    canvas.text(_NAME_X, middle, fitted(label, size, _STRIP_X - _NAME_X - 16), size, MUTED)
    for x, wide, share in _cells(sheet.shares):
        canvas.box(x, middle - 13, wide, 26, NONE, radius=min(5.0, wide / 3))
        if share:
            high = max(3.0, 26 * share)
            canvas.box(
                x, middle + 13 - high, wide, high, mixed(RIGHT, PANEL, 0.75), radius=min(5.0, wide / 3, high / 2)
            )
    canvas.text(_SHARE_X, middle, f"{sheet.accuracy:.0%}", size, MUTED, anchor="r")


def _draw_legend(canvas: Canvas, middle: float, words: PictureWords) -> None:
    x = float(_STRIP_X)
    for cell, label in ((Cell.RIGHT, words.right), (Cell.WRONG, words.wrong), (Cell.NONE, words.none)):
        text = drawable(label)
        _draw_cell(canvas, x, middle, 16, cell)
        canvas.text(x + 26, middle, text, 20, MUTED)
        x += 26 + 13 * len(text) + 34
