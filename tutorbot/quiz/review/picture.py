"""The picture of a student's progress: a bar for each topic."""

from collections.abc import Sequence
from dataclasses import dataclass

from tutorbot.charting import WIDTH, Chart
from tutorbot.quiz.report.palette import INK, MUTED, NONE, PANEL, RIGHT, mixed
from tutorbot.quiz.review.mastery import Mastery

MOST_TOPICS = 20

_TOP, _ROW, _BELOW = 164, 66, 78
_NAME_X, _BAR_X, _BAR, _TALL = 48, 452, 276, 26
_SHARE_X, _DAYS_X = 816, WIDTH - 48


@dataclass(frozen=True, slots=True)
class ProgressWords:
    """The words in the picture: ``names`` and ``lasting`` (how long what is known lasts, "" if nothing is) are one for each topic."""

    title: str
    subtitle: str
    names: Sequence[str]
    lasting: Sequence[str]
    recalled: str
    reviewed: str


def draw_progress(topics: Sequence[Mastery], words: ProgressWords) -> bytes:
    """The picture as PNG, of the first ``MOST_TOPICS`` topics. It takes some tenths of a second: call it in a thread."""
    shown = list(zip(topics, words.names, words.lasting, strict=True))[:MOST_TOPICS]
    chart = Chart(_TOP + _ROW * len(shown) + _BELOW, words.title, words.subtitle)
    for number, (topic, name, lasting) in enumerate(shown):
        _draw_topic(chart, _TOP + _ROW * (number + 0.5), topic, name, lasting)
    _draw_legend(chart, chart.height - _BELOW / 2, words)
    return chart.png()


def _draw_topic(chart: Chart, middle: float, topic: Mastery, name: str, lasting: str) -> None:
    chart.text(_NAME_X, middle, name, 24, INK, room=_BAR_X - _NAME_X - 24)
    chart.box(_BAR_X, middle - _TALL / 2, _BAR, _TALL, PANEL, radius=_TALL / 2)
    for share, colour in ((topic.reviewed / topic.entries, mixed(RIGHT, NONE, 0.3)), (topic.recall, RIGHT)):
        if share > 0:
            wide = max(_TALL, _BAR * share)
            chart.box(_BAR_X, middle - _TALL / 2, wide, _TALL, colour, radius=_TALL / 2)
    chart.text(_SHARE_X, middle, f"{topic.recall:.0%}", 24, INK, bold=True, anchor="right")
    chart.text(_DAYS_X, middle, lasting, 20, MUTED, anchor="right", room=_DAYS_X - _SHARE_X - 16)


def _draw_legend(chart: Chart, middle: float, words: ProgressWords) -> None:
    x = float(_NAME_X)
    for colour, label in ((RIGHT, words.recalled), (mixed(RIGHT, NONE, 0.3), words.reviewed)):
        chart.box(x, middle - 9, 34, 18, colour, radius=9)
        chart.text(x + 46, middle, label, 20, MUTED)
        x += 46 + 12 * len(label) + 40
