"""A round as CSV, for a spreadsheet: one row a player, one column a card."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO

from tutorbot.quiz.report.sheet import Cell, Sheet

# What a spreadsheet may take for a formula at the beginning of a cell (OWASP, "CSV Injection"); the full-width forms too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class TableWords:
    """The table's headings, and what stands in its cells."""

    rank: str
    name: str
    player: str
    team: str
    points: str
    right: str
    answered: str
    everyone: str
    none: str
    void: str


@dataclass(frozen=True, slots=True)
class CardWords:
    """A card's column: what was asked, and the key."""

    asked: str
    key: str


def write_csv(sheet: Sheet, cards: Sequence[CardWords], teams: Sequence[str], words: TableWords) -> bytes:
    """The table in UTF-8 with the mark that spreadsheets know it by; in each cell the points that the player has for the card.

    Below the headings stand the keys; the last row is the share of right answers to each card. ``teams`` are the teams' names.
    """
    file = StringIO()
    write = csv.writer(file, lineterminator="\r\n").writerow
    team = [words.team] if teams else []
    heads = [words.rank, words.name, words.player, *team, words.points, words.right, words.answered]
    write([_harmless(one) for one in (*heads, *(card.asked for card in cards))])
    write([_harmless(one) for one in (*([""] * len(heads)), *(card.key for card in cards))])
    for row in sheet.rows:
        own = [teams[row.team] if row.team is not None and row.team < len(teams) else ""] if teams else []
        cells = [
            words.void if cell is Cell.VOID else words.none if cell is Cell.NONE else str(points)
            for cell, points in zip(row.cells, row.gained, strict=True)
        ]
        # Ids have more digits than a spreadsheet keeps in a number.
        begin = [str(row.rank), row.name, f"id {row.player}", *own, str(row.points), str(row.right), str(row.answered)]
        write([_harmless(one) for one in (*begin, *cells)])
    shares = ["" if share is None else f"{share:.0%}" for share in sheet.shares]
    write([_harmless(one) for one in ("", words.everyone, *([""] * (len(heads) - 2)), *shares)])
    return file.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    """``text`` on one line, never taken for a formula."""
    line = " ".join(text.split())
    return f"'{line}" if line.startswith(_FORMULA) else line
