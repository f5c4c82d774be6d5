"""Moderators grow the knowledge, in a browser."""

from playwright.sync_api import expect

from .conftest import Enter
from .student import SOON


def test_a_moderator_adds_an_entry_and_a_student_gets_it(enter: Enter) -> None:
    morgan, ada = enter("Morgan"), enter("Ada")
    for person in (morgan, ada):
        person.go("questions")
    morgan.command("knowledge add")
    form = morgan.page.get_by_role("dialog", name="Add to the notes")
    form.get_by_label("What it is called").fill("Band of brothers")
    form.get_by_label("What it says").fill("States that fight side by side as if they were one family.")
    form.get_by_label("Source", exact=False).first.fill("Seminar of 3 May")
    form.get_by_label("Quote").fill("fight side by side as if they were one family")
    form.get_by_role("button", name="Submit").click()
    morgan.message("Band of brothers").get_by_role("button", name="Save anyway").click()
    expect(morgan.message("Saved: Band of brothers")).to_be_visible(timeout=SOON)
    ada.say("@TutorBot what is a band of brothers?")
    answer = ada.message("States that fight side by side")
    expect(answer).to_contain_text("Seminar of 3 May")


def test_the_moderators_commands_are_offered_to_moderators_only(enter: Enter) -> None:
    morgan, ada = enter("Morgan"), enter("Ada")
    for person, offered in ((morgan, True), (ada, False)):
        person.field.fill("/")
        expect(person.page.get_by_role("option", name="/ask")).to_be_visible(timeout=SOON)
        assert (person.page.get_by_role("option", name="/knowledge add").count() > 0) is offered
    expect(ada.page.get_by_role("navigation").get_by_role("button", name="moderators")).to_have_count(0)
