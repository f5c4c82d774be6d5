"""Questions and answers, in a browser."""

import re

from playwright.sync_api import expect

from .conftest import Enter
from .student import SOON

VAGUE = "what is power?"


def test_a_student_asks_and_opens_the_sources_in_private(enter: Enter) -> None:
    ada, ben = enter("Ada"), enter("Ben")
    for student in (ada, ben):
        student.go("questions")
    ada.say("@TutorBot what is entrapment?")
    answer = ada.message("Risk of entrapment")
    expect(ben.message("Risk of entrapment")).to_be_visible()
    before = ben.messages.count()
    answer.get_by_role("button", name="Sources").click()
    expect(ada.message("Only you can see this")).to_contain_text("slide 8")
    expect(ben.messages).to_have_count(before)
    ada.message("Only you can see this").get_by_role("button", name="Dismiss").click()
    expect(ada.messages.filter(has_text="Only you can see this")).to_have_count(0)


def test_a_vague_question_is_made_clear_with_a_button(enter: Enter) -> None:
    ada = enter("Ada")
    ada.go("questions")
    before = ada.messages.count()
    ada.command("ask", question=VAGUE)
    expect(ada.messages).to_have_count(before + 1, timeout=SOON)
    answer = ada.messages.nth(before)
    expect(answer).to_contain_text("Did you mean", timeout=SOON)
    term = answer.locator(".button").first.inner_text()
    answer.locator(".button").first.click()
    expect(answer.get_by_role("button", name="Sources")).to_be_visible(timeout=SOON)
    expect(answer).to_contain_text(term)


def test_a_term_is_completed_as_it_is_typed(enter: Enter) -> None:
    ada = enter("Ada")
    ada.go("questions")
    ada.field.fill("/define")
    ada.field.press("Enter")
    field = ada.page.get_by_label(re.compile("^term: "))
    field.press_sequentially("chain g")
    expect(ada.page.get_by_role("option").first).to_have_text("Chain-ganging", timeout=SOON)
    field.press("Enter")
    expect(field).to_have_value("Chain-ganging")
    field.press("Enter")
    expect(ada.message("Chain-ganging")).to_contain_text("used /define", timeout=SOON)


def test_a_message_is_put_to_the_bot_from_its_menu(enter: Enter) -> None:
    ada = enter("Ada")
    ada.go("lounge")
    ada.say("What is bandwagoning?")
    ada.message("What is bandwagoning?").click(button="right")
    ada.page.get_by_role("menuitem", name="Ask TutorBot").click()
    expect(ada.message("Only you can see this")).to_contain_text("Bandwagoning", timeout=SOON)


def test_a_reply_shows_what_it_replies_to(enter: Enter) -> None:
    ada, ben = enter("Ada"), enter("Ben")
    for student in (ada, ben):
        student.go("lounge")
    ada.say("First **things** first")
    ben.message("First things first").click(button="right")
    ben.page.get_by_role("menuitem", name="Reply").click()
    ben.say("then the second")
    reply = ada.message("then the second")
    expect(reply).to_contain_text("First things first")
    expect(reply).to_have_class(re.compile("pinged"))


def test_typing_is_shown_to_the_others(enter: Enter) -> None:
    ada, ben = enter("Ada"), enter("Ben")
    for student in (ada, ben):
        student.go("lounge")
    ada.field.press_sequentially("well")
    expect(ben.page.get_by_text("Ada is typing")).to_be_visible()


def test_a_picture_is_sent_and_shown(enter: Enter) -> None:
    ada, ben = enter("Ada"), enter("Ben")
    for student in (ada, ben):
        student.go("lounge")
    picture = ada.page.screenshot()
    files = [{"name": "page.png", "mimeType": "image/png", "buffer": picture}]
    ada.page.locator(".composer input[type=file]").set_input_files(files)  # type: ignore[arg-type]
    expect(ada.page.get_by_role("button", name="Remove page.png")).to_be_visible()
    ada.say("Look")
    shown = ben.message("Look").get_by_role("img", name="Picture")
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
