"""Quiz rounds, in a browser."""

import re

from playwright.sync_api import expect

from .conftest import Enter
from .server import Playground
from .student import SOON, Student

ALL_THREE = re.compile(r"of 3\):|3 answered")
BUTTONS = "Buttons: choose the right answer"
CLOSES_IN = re.compile(r"Closes in \d+ seconds?")


def _choose(student: Student, round_id: str, number: int, at: int = 0) -> None:
    card = student.in_round(round_id, f"Card {number} of", "Closes")
    card.locator(".button").nth(at).click(timeout=30_000)
    noted = student.page.locator(f"li[data-id='{round_id}'] ~ li").filter(has_text="You can change it until the end")
    expect(noted).to_have_count(number, timeout=SOON)


def test_three_tabs_play_a_round_to_the_podium(enter: Enter) -> None:
    people = [enter(name) for name in ("Ada", "Ben", "Chiara")]
    for student in people:
        student.go("quiz")
    host = people[0]
    played = host.open_round(cards="1", seconds="15", kinds=BUTTONS)
    for student in people:
        student.lobby(played).get_by_role("button", name="Join").click()
    expect(host.lobby(played)).to_contain_text("Joined (3)", timeout=SOON)
    host.lobby(played).get_by_role("button", name="Start").click()
    for at, student in enumerate(people):
        _choose(student, played, 1, at % 2)
    expect(host.in_round(played, "Card 1 of 1", ALL_THREE)).to_be_visible(timeout=SOON)
    host.command("quiz next")  # instead of the time to read
    for student in people:
        podium = student.in_round(played, "The quiz is over")
        expect(podium).to_be_visible(timeout=30_000)
        for name in ("Ada", "Ben", "Chiara"):
            expect(podium).to_contain_text(f"@{name}")


def test_the_clock_of_a_card_is_seen_to_run(enter: Enter) -> None:
    ada = enter("Ada")
    ada.go("lounge")
    played = ada.open_round(cards="1", seconds="30", kinds=BUTTONS)
    ada.lobby(played).get_by_role("button", name="Start").click()
    shown = ada.in_round(played, CLOSES_IN)
    expect(shown).to_be_visible(timeout=SOON)
    for _ in range(3):
        found = CLOSES_IN.search(shown.inner_text())
        assert found is not None
        expect(shown).not_to_contain_text(found[0], timeout=5_000)
    ada.command("quiz stop")
    expect(ada.in_round(played, "The quiz is over")).to_be_visible(timeout=SOON)


def test_simulated_players_play_along(enter: Enter) -> None:
    ada = enter("Ada")
    ada.go("lounge")
    ada.page.get_by_role("button", name="Add simulated players").click()
    expect(ada.page.get_by_text("3 simulated players in this channel")).to_be_visible()
    played = ada.open_round(cards="1", seconds="20", kinds=BUTTONS)
    expect(ada.lobby(played)).to_contain_text("Joined (3)", timeout=30_000)
    ada.lobby(played).get_by_role("button", name="Start").click()
    expect(ada.in_round(played, "Card 1 of 1", ALL_THREE)).to_be_visible(timeout=40_000)
    ada.page.get_by_role("button", name=re.compile("Playground menu")).click()
    ada.page.get_by_role("menuitem", name="Send simulated players home").click()
    expect(ada.page.get_by_text("went home")).to_be_visible()


def test_a_round_goes_on_after_the_bot_was_restarted_while_the_page_stays_open(
    enter: Enter, playground: Playground
) -> None:
    ada = enter("Ada")
    ada.go("quiz")
    played = ada.open_round(cards="2", seconds="60", kinds=BUTTONS)
    ada.lobby(played).get_by_role("button", name="Start").click()
    expect(ada.in_round(played, "Card 1 of 2", "Closes")).to_be_visible(timeout=SOON)
    starts = playground.printed.count("TutorBot is there")
    ada.page.get_by_role("button", name=re.compile("Playground menu")).click()
    ada.page.get_by_role("menuitem", name="Restart the bot").click()
    expect(ada.page.get_by_text("The bot is starting")).to_be_visible(timeout=SOON)
    expect(ada.page.get_by_text("The bot is starting")).to_be_hidden(timeout=90_000)
    assert playground.printed.count("TutorBot is there") == starts + 1
    again = ada.in_round(played, "Card 1 of 2", "shown again", "Closes")
    expect(again).to_be_visible(timeout=SOON)
    _choose(ada, played, 1)
    ada.command("quiz stop")
    expect(ada.in_round(played, "The quiz is over")).to_be_visible(timeout=SOON)
