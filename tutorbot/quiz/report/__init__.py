"""What is handed out when a round is over: the picture of its podium and its table as CSV."""

from tutorbot.quiz.report.picture import PictureWords, draw_picture
from tutorbot.quiz.report.sheet import Cell, Entrant, Row, Sheet, make_sheet
from tutorbot.quiz.report.table import CardWords, TableWords, write_csv

__all__ = [
    "CardWords",
    "Cell",
    "Entrant",
    "PictureWords",
    "Row",
    "Sheet",
    "TableWords",
    "draw_picture",
    "make_sheet",
    "write_csv",
]
