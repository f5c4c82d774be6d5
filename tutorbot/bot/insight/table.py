"""The report as CSV: a row for each week and for each entry, to be sorted and filtered in a spreadsheet."""

import csv
import io
from datetime import UTC, datetime

from tutorbot.bot.insight.usage import Usage
from tutorbot.knowledge.exporting.table import guarded

COLUMNS = (
    "part",
    "name",
    "term",
    "topic",
    "questions",
    "answered",
    "clarified",
    "abstained",
    "not_helpful",
    "quiz_answers",
    "quiz_right",
)


def usage_table(usage: Usage) -> bytes:
    """The table in UTF-8, with the mark that spreadsheets know it by. No cell can be run as a formula."""
    text = io.StringIO(newline="")
    write = csv.writer(text).writerow
    write(COLUMNS)
    for week in usage.weeks:
        counts = (week.asked, week.answered, week.clarified, week.abstained, week.not_helpful)
        write(["week", datetime.fromtimestamp(week.begins, UTC).date().isoformat(), "", "", *counts, "", ""])
    for entry in usage.course.entries:
        played = usage.played.get(entry.id)
        asked = usage.asked.get(entry.id, 0)
        quizzed = (played.answered, played.right) if played is not None else (0, 0)
        cells = [guarded(" ".join(cell.split())) for cell in (entry.id, entry.term, entry.topic)]
        write(["entry", *cells, asked, "", "", "", "", *quizzed])
    return text.getvalue().encode("utf-8-sig")
