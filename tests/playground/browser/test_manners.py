"""What holds everywhere in the page: keyboard, small screens, hostile text, screen readers, light and dark."""

import re

import pytest
from playwright.sync_api import BrowserContext, expect

from .conftest import Enter
from .server import Playground
from .student import SOON, Student

HOSTILE = (
    "<img src=x onerror=window.broken=1>",
    "<script>window.broken=1</script>",
    "[click](javascript:window.broken=1)",
    "<javascript:window.broken=1>",
    "||<svg onload=window.broken=1>||",
    "```html\n<iframe srcdoc='<script>parent.broken=1</script>'></iframe>\n```",
    "<t:99999999999999999999:R> <t:-1:F> <@0> <#0> <@&0> <:x:1> </a:1>",
    "# " * 400 + "> " * 400 + "- " * 100,
    "**__~~||`" * 60,
)


def test_hostile_text_stays_text(enter: Enter) -> None:
    ada, ben = enter("Ada"), enter("Ben")
    for student in (ada, ben):
        student.go("lounge")
    for text in HOSTILE:
        before = ben.messages.count()
        ada.say(text)
        expect(ben.messages).to_have_count(before + 1)
    for student in (ada, ben):
        assert student.page.evaluate("window.broken") is None
        assert student.page.locator(".log :is(script, iframe, svg[onload], img[src=x])").count() == 0
        assert student.page.locator(".log a[href^=javascript]").count() == 0
    expect(ben.saying("<script>window.broken=1</script>")).to_be_visible()
    ada.command("ask", question="<img src=x onerror=window.broken=1> what is an entente?")
    expect(ben.message("Entente")).to_be_visible(timeout=SOON)
    assert ben.page.evaluate("window.broken") is None


def test_a_hostile_name_stays_a_name(enter: Enter) -> None:
    ada, ben = enter("Ada"), enter("Ben")
    ben.page.get_by_role("button", name="Be somebody else").click()
    ben.page.get_by_role("textbox", name="Name").fill("<img src=x onerror=a()>")
    ben.page.get_by_role("button", name="Join the server").click()
    expect(ada.page.get_by_role("complementary", name="Members")).to_contain_text("<img src=x onerror=a()>")


def test_all_of_it_works_by_keyboard_alone(playground: Playground, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(playground.address)
    expect(page.get_by_role("button", name=re.compile("^Ada"))).to_be_focused()
    page.keyboard.press("Enter")
    field = page.get_by_role("combobox", name=re.compile("^Message "))
    expect(field).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.get_by_role("heading", level=1, name="quiz")).to_be_visible()
    for _ in range(80):  # to the channels, and into one
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.textContent") == "lounge":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="lounge")).to_be_visible()
    expect(field).to_be_focused()
    page.keyboard.type("/def")
    expect(page.get_by_role("option", name="/define")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.type("buck")
    expect(page.get_by_role("option").first).to_have_text("Buck-passing", timeout=SOON)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    messages = page.get_by_role("log").locator("> li")
    expect(messages.filter(has_text="Buck-passing")).to_have_count(1, timeout=SOON)
    answer = messages.nth(messages.count() - 1)
    expect(answer.get_by_role("button", name="Sources")).to_be_visible(timeout=SOON)
    expect(field).to_be_focused()
    page.keyboard.press("Shift+Tab")  # the buttons of the answer stand right before the field
    while page.evaluate("document.activeElement.textContent") != "Sources":
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(messages.last).to_contain_text("Only you can see this", timeout=SOON)
    for _ in range(8):  # on to the newest message, which is a stop of its own
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('li.message')"):
            break
    page.keyboard.press("ArrowUp")
    expect(answer).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    expect(page.get_by_role("menu")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(field).to_be_focused()


def test_a_form_is_filled_in_by_keyboard(enter: Enter) -> None:
    ada = enter("Ada")
    ada.go("lounge")
    played = ada.open_round(cards="1", seconds="60", kinds="Typed: write the term")
    ada.lobby(played).get_by_role("button", name="Start").click()
    card = ada.in_round(played, "Card 1 of 1", "Closes")
    card.get_by_role("button", name="Answer").press("Enter", timeout=SOON)
    expect(ada.page.get_by_role("dialog").get_by_role("textbox")).to_be_focused()
    ada.page.keyboard.type("anything")
    ada.page.keyboard.press("Enter")
    expect(ada.page.get_by_role("dialog")).to_be_hidden(timeout=SOON)
    expect(ada.in_round(played, "anything", "noted")).to_be_visible(timeout=SOON)
    ada.command("quiz stop")
    expect(ada.in_round(played, "The quiz is over")).to_be_visible(timeout=SOON)


@pytest.mark.parametrize("width", [360, 768])
def test_small_screens_need_no_scrolling_sideways(enter: Enter, width: int) -> None:
    ada = enter("Ada")
    ada.page.set_viewport_size({"width": width, "height": 700})
    if width < 700:
        ada.page.get_by_role("button", name="Show channels").click()
    ada.go("questions")
    ada.command("ask", question="what is chain-ganging?")
    answer = ada.message(re.compile("Chain-ganging"))
    expect(answer.get_by_role("button", name="Sources")).to_be_visible(timeout=SOON)
    ada.field.fill("/")
    expect(ada.page.get_by_role("listbox")).to_be_visible()
    wide = """() => [...document.querySelectorAll("body *")].filter((one) => {
        const box = one.getBoundingClientRect();
        return box.width > 1 && getComputedStyle(one).visibility === "visible" && box.right > innerWidth + 1;
    }).map((one) => one.className || one.tagName)"""
    assert ada.page.evaluate(wide) == []
    assert ada.page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_is_read_out_has_a_name(enter: Enter) -> None:
    ada = enter("Ada")
    ada.go("questions")
    nameless = """() => [...document.querySelectorAll("button, input, textarea, a, [role=listbox], [role=log], img, nav, aside")]
        .filter((one) => !one.hidden && one.checkVisibility())
        .filter((one) => !(one.getAttribute("aria-label") || one.getAttribute("aria-labelledby") || one.textContent.trim()
            || one.labels?.length || one.closest("[aria-hidden=true]") || one.getAttribute("alt") !== null))
        .map((one) => one.outerHTML.slice(0, 120))"""
    assert ada.page.evaluate(nameless) == []
    expect(ada.page.get_by_role("log")).to_have_attribute("aria-live", "polite")
    ada.command("define", term="Entente")
    expect(ada.message("Entente")).to_be_visible(timeout=SOON)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground_in_light_and_dark(enter: Enter, scheme: str) -> None:
    ada = enter("Ada")
    ada.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    ada.go("questions")
    ada.command("define", term="Entente")
    expect(ada.message("Entente")).to_be_visible(timeout=SOON)
    for names in ("--text --ground", "--muted --ground", "--muted --side", "--muted --card", "--link --ground",
                  "--strong --card", "--bad --bad-ground", "--grey-text --grey", "--text --field"):  # fmt: skip
        text, ground = names.split()
        assert _contrast(ada, text, ground) >= 4.5, names


def _contrast(student: Student, text: str, ground: str) -> float:
    """The contrast of two colours of the page: WCAG 2.2, relative luminance."""
    measured: float = student.page.evaluate(
        """([text, ground]) => {
            const light = (name) => {
                const probe = document.body.appendChild(document.createElement("i"));
                probe.style.color = `var(${name})`;
                const parts = getComputedStyle(probe).color.match(/[\\d.]+/g).slice(0, 3).map(Number);
                probe.remove();
                const [r, g, b] = parts.map((one) => one / 255)
                    .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const [high, low] = [light(text), light(ground)].sort((one, other) => other - one);
            return (high + 0.05) / (low + 0.05);
        }""",
        [text, ground],
    )
    return measured
