"""The picture of how the knowledge is used: questions a week, what is hard in rounds, what nobody asks."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.ticker import MaxNLocator

from tutorbot.bot.insight.usage import Usage
from tutorbot.charting import WIDTH, Chart, points, shade
from tutorbot.quiz.report.palette import GOLD, INK, MUTED, PANEL, RIGHT, WRONG

MOST_HARD, MOST_NEVER = 6, 5

_LEFT, _RIGHT_EDGE = 48, WIDTH - 48
_LEGEND, _PLOT, _PLOT_TALL = 168, 204, 280
_HARD, _ROW, _BAR_X, _BAR, _TALL = 572, 48, 560, 330, 22
_COLUMN, _LINE = 520, 36


@dataclass(frozen=True, slots=True)
class UsageWords:
    """The words in the picture. ``weeks`` are the names of the weeks; ``unasked`` and ``unquizzed`` the lines below their headings."""

    title: str
    subtitle: str
    weeks: Sequence[str]
    answered: str
    clarified: str
    abstained: str
    not_helpful: str
    hard: str
    hard_names: Sequence[str]
    hard_counts: Sequence[str]
    no_hard: str
    unasked_title: str
    unasked: Sequence[str]
    unquizzed_title: str
    unquizzed: Sequence[str]


def draw_usage(usage: Usage, words: UsageWords) -> bytes:
    """The picture as PNG. It takes some tenths of a second: call it in a thread."""
    rows = max(1, min(MOST_HARD, len(usage.hard)))
    below = _HARD + 44 + rows * _ROW + 52
    lines = max(len(words.unasked), len(words.unquizzed))
    chart = Chart(below + 44 + lines * _LINE + 24, words.title, words.subtitle)
    _draw_legend(chart, words)
    _draw_weeks(chart, usage, words)
    _draw_hard(chart, usage, words)
    _draw_never(chart, _LEFT, below, words.unasked_title, words.unasked)
    _draw_never(chart, _LEFT + _COLUMN, below, words.unquizzed_title, words.unquizzed)
    return chart.png()


def _draw_legend(chart: Chart, words: UsageWords) -> None:
    x = float(_LEFT)
    for colour, label in ((RIGHT, words.answered), (GOLD, words.clarified), (WRONG, words.abstained)):
        chart.box(x, _LEGEND - 9, 18, 18, colour, radius=5)
        chart.text(x + 28, _LEGEND, label, 20, MUTED)
        x += 28 + 12 * len(label) + 32
    chart.disc(x + 9, _LEGEND, 7, INK)
    chart.text(x + 28, _LEGEND, words.not_helpful, 20, MUTED)


def _draw_weeks(chart: Chart, usage: Usage, words: UsageWords) -> None:
    """Stacked bars, one a week, and a dot as high as the number of answers called not helpful."""
    axes = chart.axes(_LEFT + 44, _PLOT, _RIGHT_EDGE - _LEFT - 44, _PLOT_TALL)
    at = range(len(usage.weeks))
    foot = [0] * len(usage.weeks)
    for colour, counts in (
        (RIGHT, [week.answered for week in usage.weeks]),
        (GOLD, [week.clarified for week in usage.weeks]),
        (WRONG, [week.abstained for week in usage.weeks]),
    ):
        axes.bar(at, counts, bottom=foot, width=0.62, color=shade(colour))
        foot = [low + count for low, count in zip(foot, counts, strict=True)]
    called = [(number, week.not_helpful) for number, week in enumerate(usage.weeks) if week.not_helpful]
    axes.scatter([x for x, _ in called], [y for _, y in called], s=90, color=shade(INK), zorder=3, clip_on=False)
    axes.set(xlim=(-0.6, len(usage.weeks) - 0.4), ylim=(0, max(4, *foot) * 1.08), xticks=list(at))
    axes.set_xticklabels(words.weeks, fontsize=points(18), parse_math=False)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))


def _draw_hard(chart: Chart, usage: Usage, words: UsageWords) -> None:
    chart.text(_LEFT, _HARD, words.hard, 26, INK, bold=True)
    shown = list(zip(usage.hard[:MOST_HARD], words.hard_names, words.hard_counts, strict=True))
    if not shown:
        chart.text(_LEFT, _HARD + 44 + _ROW / 2, words.no_hard, 22, MUTED)
    for number, (card, name, count) in enumerate(shown):
        middle = _HARD + 44 + (number + 0.5) * _ROW
        chart.text(_LEFT, middle, name, 22, INK, room=_BAR_X - _LEFT - 24)
        chart.box(_BAR_X, middle - _TALL / 2, _BAR, _TALL, PANEL, radius=_TALL / 2)
        if card.accuracy < 1:
            wide = max(_TALL, _BAR * (1 - card.accuracy))
            chart.box(_BAR_X, middle - _TALL / 2, wide, _TALL, WRONG, radius=_TALL / 2)
        chart.text(_RIGHT_EDGE, middle, count, 20, MUTED, anchor="right", room=_RIGHT_EDGE - _BAR_X - _BAR - 16)


def _draw_never(chart: Chart, x: float, top: float, title: str, lines: Sequence[str]) -> None:
    chart.text(x, top, title, 26, INK, bold=True, room=_COLUMN - 32)
    for number, line in enumerate(lines):
        chart.text(x, top + 44 + number * _LINE, line, 20, MUTED, room=_COLUMN - 48)
