"""What is handed out at the end of a round: the sheet, the picture, the table."""

import csv
from io import BytesIO, StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tutorbot.quiz.report import CardWords, Cell, PictureWords, Sheet, TableWords, draw_picture, make_sheet, write_csv
from tutorbot.quiz.report.lettering import drawable, fitted, font
from tutorbot.quiz.round.events import Joined, Skipped

from .table import ANN, BEN, CAT, HOST, Table, choice

WORDS = PictureWords("A round", "2 cards", "Everyone", "right", "wrong", "no answer")
HEADS = TableWords("Place", "Name", "Player", "Team", "Points", "Right", "Answered", "Everyone", "none", "void")
NAMES = {ANN: "Ann", BEN: "Ben", CAT: "Cat"}


def sheet(table: Table, names: dict[int, str] = NAMES) -> Sheet:
    """The sheet of a round on the table."""
    return make_sheet(table.state, lambda player: names.get(player, "?"), lambda team: f"Team {team}")


def played(**given: object) -> Table:
    """Three cards: Ann right, Ben wrong, Cat silent; then Ben right; then one that is skipped."""
    table = Table([choice("a"), choice("b"), choice("c")], scoring="accuracy", **given)
    table.join(ANN, BEN, CAT)
    table.start()
    table.answer(ANN, 1)
    table.answer(BEN, 0)
    table.reveal()
    table.next()
    table.answer(BEN, 1)
    table.reveal()
    table.next()
    table.answer(ANN, 1)
    table.send(Skipped(id=table.id(), at=table.now, player=HOST, card=2))
    return table


def test_the_sheet_tells_what_each_player_made_of_each_card() -> None:
    found = sheet(played())
    assert [(row.rank, row.name, row.points) for row in found.rows] == [(1, "Ann", 1000), (1, "Ben", 1000)]
    assert found.rows[0].cells == (Cell.RIGHT, Cell.NONE, Cell.VOID)
    assert found.rows[1].cells == (Cell.WRONG, Cell.RIGHT, Cell.VOID)
    assert [row.accuracy for row in found.rows] == [1.0, 0.5]
    assert found.shares == (0.5, 1.0, None)
    assert found.accuracy == pytest.approx(2 / 3)


def test_in_a_round_with_teams_the_teams_stand_on_the_podium() -> None:
    table = Table([choice()], teams=3, scoring="accuracy")
    for player, team in ((ANN, 2), (BEN, 0)):
        table.send(Joined(id=table.id(), at=table.now, player=player, team=team))
    table.start()
    table.answer(ANN, 1)
    table.answer(BEN, 0)
    table.reveal()
    found = sheet(table)
    assert [(one.rank, one.name, one.points) for one in found.podium] == [(1, "Team 2", 1000), (2, "Team 0", 0)]
    assert [row.team for row in found.rows] == [2, 0]


def test_the_same_round_gives_the_same_picture_and_another_a_different_one() -> None:
    first, again = draw_picture(sheet(played()), WORDS), draw_picture(sheet(played()), WORDS)
    assert first == again
    assert first != draw_picture(sheet(played(), {**NAMES, ANN: "Anna"}), WORDS)
    picture = Image.open(BytesIO(first))
    assert picture.mode == "RGBA"
    assert picture.getpixel((0, 0))[3] == 0  # type: ignore[index]  # the corners are round


@pytest.mark.parametrize("players", [1, 2, 3, 8, 25, 40])
def test_the_picture_has_a_row_for_each_player_up_to_a_limit(players: int) -> None:
    table = Table([choice("a")])
    people = list(range(1000, 1000 + players))
    table.join(*people)
    table.start()
    for person in people:
        table.answer(person, 1)
    table.reveal()
    names = {person: f"Player {person}" for person in people}
    width, height = Image.open(BytesIO(draw_picture(sheet(table, names), WORDS))).size
    assert width == 1100
    assert 700 < height < 1800


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_name_can_be_drawn_within_its_room(name: str) -> None:
    shown = fitted(drawable(name), 25, 260)
    assert font(25).getlength(shown) <= 260 or shown == "…"
    assert "\n" not in shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("🔥 dragon 🐉", "dragon"),
        ("李明", ""),
        ("Zoë", "Zoë"),
        ("𝓕𝓪𝓷𝓬𝔂", "Fancy"),
        ("a\u202eb\u200bc", "abc"),
        ("שלום", "םולש"),
        ("", ""),
    ],
)
def test_what_the_font_cannot_write_is_left_out_of_a_name(name: str, shown: str) -> None:
    assert drawable(name) == shown


def rows(table: Table, names: dict[int, str] = NAMES, teams: tuple[str, ...] = ()) -> list[list[str]]:
    """The table's rows, read back."""
    cards = [CardWords("Which term: a", "two"), CardWords("=b", "two"), CardWords("c", "two")]
    data = write_csv(sheet(table, names), cards, teams, HEADS)
    return list(csv.reader(StringIO(data.decode("utf-8-sig"))))


def test_the_table_has_a_row_a_player_and_a_column_a_card() -> None:
    heads, keys, ann, _ben, everyone = rows(played())
    assert heads == ["Place", "Name", "Player", "Points", "Right", "Answered", "Which term: a", "'=b", "c"]
    assert keys[6:] == ["two", "two", "two"]
    assert ann == ["1", "Ann", f"id {ANN}", "1000", "1", "1", "1000", "none", "void"]
    assert everyone[6:] == ["50%", "100%", ""]


def test_the_table_names_teams() -> None:
    heads, _keys, ann, *_others = rows(played(teams=2), teams=("Red", "Blue"))
    assert heads[3] == "Team"
    assert ann[3] in ("Red", "Blue")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30) | st.sampled_from(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1", "＝1", '"=1']))
def test_no_cell_is_taken_for_a_formula_and_none_breaks_the_table(name: str) -> None:
    found = rows(played(), {**NAMES, ANN: name})
    assert len(found) == 5
    assert len({len(row) for row in found}) == 1
    for row in found:
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
