"""What the report says, from the templates in ``discord/insight/``."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from tutorbot.bot.insight.picture import MOST_HARD, MOST_NEVER, UsageWords
from tutorbot.bot.insight.usage import Usage
from tutorbot.wording import Wording, clipped

_DESCRIPTION_ROOM, _ALT_ROOM = 100, 1_000


class InsightTexts:
    """Every text of the report."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def command(self, which: str) -> str:
        """What the command is for."""
        return clipped(self._wording.render("discord/insight/command.md", which=which), _DESCRIPTION_ROOM)

    def report(self, usage: Usage) -> str:
        """The report in a few lines."""
        return self._wording.render("discord/insight/report.md", empty=usage.empty, **_figures(usage))

    def told(self, usage: Usage) -> str:
        """The picture in words."""
        hard = [(usage.course.by_id[card.entry].term, card.accuracy) for card in usage.hard[:MOST_HARD]]
        return clipped(self._wording.render("discord/insight/told.md", hard=hard, **_figures(usage)), _ALT_ROOM)

    def words(self, usage: Usage) -> UsageWords:
        """The words in the picture."""
        figures = _figures(usage)

        def words(part: str, **values: Any) -> str:
            return self._wording.render("discord/insight/picture.txt", part=part, **{**figures, **values})

        def named(entries: Sequence[str]) -> list[str]:
            terms = [usage.course.by_id[entry].term for entry in entries[:MOST_NEVER]]
            more = len(entries) - len(terms)
            return [*terms, words("more", count=more)] if more else terms or [words("all")]

        hard = usage.hard[:MOST_HARD]
        return UsageWords(
            title=words("title"),
            subtitle=words("subtitle", course=usage.course.title),
            weeks=[words("week", day=_day(week.begins).day, month=_day(week.begins).month) for week in usage.weeks],
            answered=words("answered"),
            clarified=words("clarified"),
            abstained=words("abstained"),
            not_helpful=words("not_helpful"),
            hard=words("hard"),
            hard_names=[usage.course.by_id[card.entry].term for card in hard],
            hard_counts=[words("count", wrong=card.answered - card.right, count=card.answered) for card in hard],
            no_hard=words("no_hard"),
            unasked_title=words("never_asked"),
            unasked=named(usage.unasked),
            unquizzed_title=words("never_quizzed"),
            unquizzed=named(usage.unquizzed),
        )


def _figures(usage: Usage) -> dict[str, int]:
    weeks = usage.weeks
    return {
        "number": len(weeks),
        "asked": sum(week.asked for week in weeks),
        "answered": sum(week.answered for week in weeks),
        "clarified": sum(week.clarified for week in weeks),
        "abstained": sum(week.abstained for week in weeks),
        "not_helpful": sum(week.not_helpful for week in weeks),
        "entries": len(usage.course.entries),
        "unasked": len(usage.unasked),
        "unquizzed": len(usage.unquizzed),
        "quizzable": usage.quizzable,
    }


def _day(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
