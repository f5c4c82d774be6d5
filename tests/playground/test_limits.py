"""Forms that Discord refuses, each for the reason it gives."""

from collections.abc import Callable
from typing import Any

import pytest

from tutorbot.playground import ApiError, limits

Json = dict[str, Any]


def row(*parts: Json) -> Json:
    """An action row."""
    return {"type": 1, "components": list(parts)}


def button(number: int = 0, **more: Any) -> Json:
    """A button."""
    return {"type": 2, "style": 1, "label": "b", "custom_id": f"b{number}", **more}


def menu(count: int = 2, **more: Any) -> Json:
    """A menu of strings."""
    options = [{"label": f"o{number}", "value": f"v{number}"} for number in range(count)]
    return {"type": 3, "custom_id": "menu", "options": options, **more}


def text(content: str = "t") -> Json:
    """A text display."""
    return {"type": 10, "content": content}


def v2(*parts: Json, **more: Any) -> Json:
    """A message of components."""
    return {"flags": 1 << 15, "components": list(parts), **more}


def embed(**parts: Any) -> Json:
    """A message with one embed."""
    return {"embeds": [parts]}


def option(name: str = "o", **more: Any) -> Json:
    """An option of a slash command."""
    return {"type": 3, "name": name, "description": "d", **more}


def command(name: str = "c", **more: Any) -> Json:
    """A slash command."""
    return {"name": name, "description": "d", **more}


def modal(*parts: Json, **more: Any) -> Json:
    """A modal."""
    return {"custom_id": "m", "title": "t", "components": list(parts), **more}


def label(component: Json, **more: Any) -> Json:
    """A label with what it describes."""
    return {"type": 18, "label": "l", "component": component, **more}


def line(number: int = 0, **more: Any) -> Json:
    """A text input."""
    return {"type": 4, "custom_id": f"t{number}", "style": 1, **more}


FIELD = {"name": "n", "value": "v"}

GOOD_MESSAGES = {
    "2000 characters": {"content": "x" * 2000},
    "embeds of 6000 characters": {"embeds": [{"description": "x" * 4000}, {"description": "x" * 2000}]},
    "five rows": {"content": "x", "components": [row(button(number)) for number in range(5)]},
    "25 options": {"content": "x", "components": [row(menu(25))]},
    "a link": {"components": [row({"type": 2, "style": 5, "label": "l", "url": "https://example.org"})]},
    "40 components": v2(*(text() for _ in range(40))),
    "a container": v2({"type": 17, "components": [text(), {"type": 14}, row(button())]}),
}

BAD_MESSAGES: dict[str, tuple[Json, str]] = {
    "content": ({"content": "x" * 2001}, "2000"),
    "empty": ({"content": ""}, "50006"),
    "embeds together": (
        {"embeds": [{"description": "x" * 4000}, {"title": "t", "description": "x" * 2000}]},
        "6000",
    ),
    "embed description": (embed(description="x" * 4097), "4096"),
    "embed title": (embed(title="x" * 257), "256"),
    "embed footer": (embed(footer={"text": "x" * 2049}), "2048"),
    "embed author": (embed(author={"name": "x" * 257}), "256"),
    "26 fields": (embed(fields=[FIELD] * 26), "25"),
    "field value": (embed(fields=[{"name": "n", "value": "x" * 1025}]), "1024"),
    "empty field": (embed(fields=[{"name": "", "value": "x"}]), "between 1"),
    "11 embeds": ({"embeds": [{"title": "t"}] * 11}, "10"),
    "six rows": ({"components": [row(button(number)) for number in range(6)]}, "5"),
    "six buttons": ({"components": [row(*(button(number) for number in range(6)))]}, "5"),
    "button and menu": ({"components": [row(button(), menu())]}, "WIDTH"),
    "button at the top": ({"components": [button()]}, "UNION_TYPE"),
    "text input": ({"components": [row(line())]}, "UNION_TYPE"),
    "same custom_id": ({"components": [row(button(1), button(1))]}, "DUPLICATED"),
    "long custom_id": ({"components": [row(button(custom_id="x" * 101))]}, "100"),
    "long label": ({"components": [row(button(label="x" * 81))]}, "80"),
    "no label": ({"components": [row(button(label=None))]}, "INVALID_LABEL"),
    "no custom_id": ({"components": [row(button(custom_id=None))]}, "REQUIRED"),
    "link without url": ({"components": [row({"type": 2, "style": 5, "label": "l"})]}, "REQUIRED"),
    "link with custom_id": (
        {"components": [row(button(style=5, url="https://example.org"))]},
        "INVALID_FIELD",
    ),
    "no style": ({"components": [row(button(style=9))]}, "style"),
    "26 options": ({"components": [row(menu(26))]}, "25"),
    "no options": ({"components": [row(menu(0))]}, "25"),
    "same option": ({"components": [row(menu(options=[{"label": "a", "value": "v"}] * 2))]}, "DUPLICATED"),
    "min over max": ({"components": [row(menu(min_values=2))]}, "max_values"),
    "max over options": ({"components": [row(menu(max_values=3))]}, "number of options"),
    "placeholder": ({"components": [row(menu(placeholder="x" * 151))]}, "150"),
    "V2 without flag": ({"components": [text()]}, "FLAG_REQUIRED"),
    "flag with content": (v2(text(), content="x"), "LEGACY"),
    "flag with embeds": (v2(text(), embeds=[{"title": "t"}]), "LEGACY"),
    "41 components": (v2(*(text() for _ in range(41))), "TOTAL_COMPONENTS"),
    "4001 characters": (v2(text("x" * 4000), text()), "TEXT_SIZE"),
    "empty text": (v2(text("")), "content"),
    "section without accessory": (v2({"type": 9, "components": [text()]}), "accessory"),
    "container in container": (
        v2({"type": 17, "components": [{"type": 17, "components": [text()]}]}),
        "UNION",
    ),
    "11 pictures": (v2({"type": 12, "items": [{"media": {"url": "https://example.org"}}] * 11}), "10"),
}

BAD_COMMANDS: dict[str, tuple[list[Json], str]] = {
    "capitals": ([command("Ask")], "lower-case"),
    "spaces": ([command("ask me")], "lower-case"),
    "33 characters": ([command("x" * 33)], "32"),
    "description": ([command(description="x" * 101)], "100"),
    "no description": ([command(description="")], "100"),
    "same name": ([command(), command()], "unique"),
    "101 commands": ([command(f"c{number}") for number in range(101)], "At most 100"),
    "16 menus": ([{"name": f"M{number}", "type": 3} for number in range(16)], "At most 15"),
    "menu description": ([{"name": "M", "type": 3, "description": "d"}], "no description"),
    "26 options": ([command(options=[option(f"o{number}") for number in range(26)])], "25"),
    "same option": ([command(options=[option(), option()])], "unique"),
    "required last": ([command(options=[option("a"), option("b", required=True)])], "before"),
    "26 choices": ([command(options=[option(choices=[{"name": "n", "value": "v"}] * 26)])], "25"),
    "both": ([command(options=[option(autocomplete=True, choices=[{"name": "n", "value": "v"}])])], "Either"),
    "subcommand": ([command(options=[option("Sub", type=1)])], "lower-case"),
    "too large": (
        [command(options=[option(choices=[{"name": "x" * 100, "value": f"{n:0100}"} for n in range(25)])] * 2)],
        "8000",
    ),
}

BAD_MODALS: dict[str, tuple[Json, str]] = {
    "title": (modal(label(line()), title="x" * 46), "45"),
    "six parts": (modal(*(label(line(number)) for number in range(6))), "5"),
    "label": (modal(label(line(), label="x" * 46)), "45"),
    "description": (modal(label(line(), description="x" * 101)), "100"),
    "placeholder": (modal(label(line(placeholder="x" * 101))), "100"),
    "old label": (modal(row(line(label="x" * 46))), "45"),
    "label twice": (modal(label(line(label="x"))), "LABEL_IN_LABEL"),
    "min over max": (modal(label(line(min_length=5, max_length=4))), "max_length"),
    "long value": (modal(label(line(value="x" * 5, max_length=4))), "4"),
    "button": (modal(button()), "UNION"),
    "same custom_id": (modal(label(line()), label(line())), "duplicated"),
    "empty label": (modal({"type": 18, "label": "l"}), "REQUIRED"),
    "26 options": (modal(label(menu(26))), "25"),
    "empty": (modal(), "5"),
}


def refused(check: Callable[[], None]) -> str:
    """What a check says against a form."""
    with pytest.raises(ApiError) as caught:
        check()
    assert caught.value.status == 400
    return f"{caught.value}"


@pytest.mark.parametrize("body", GOOD_MESSAGES.values(), ids=GOOD_MESSAGES)
def test_a_message_within_the_limits_is_accepted(body: Json) -> None:
    limits.check_message(body, 0)


@pytest.mark.parametrize(("body", "reason"), BAD_MESSAGES.values(), ids=BAD_MESSAGES)
def test_a_message_beyond_the_limits_is_refused(body: Json, reason: str) -> None:
    assert reason in refused(lambda: limits.check_message(body, 0))


@pytest.mark.parametrize(("bodies", "reason"), BAD_COMMANDS.values(), ids=BAD_COMMANDS)
def test_commands_beyond_the_limits_are_refused(bodies: list[Json], reason: str) -> None:
    assert reason in refused(lambda: limits.check_commands(bodies))


def test_commands_within_the_limits_are_accepted() -> None:
    options = [option("a", required=True), option("b", choices=[{"name": "n", "value": "v"}] * 25)]
    limits.check_commands([command(options=options), {"name": "Ask TutorBot", "type": 3}])
    limits.check_commands([command(f"c{number}") for number in range(100)])
    limits.check_commands([command("définir"), command("定義")])


@pytest.mark.parametrize(("body", "reason"), BAD_MODALS.values(), ids=BAD_MODALS)
def test_a_modal_beyond_the_limits_is_refused(body: Json, reason: str) -> None:
    assert reason in refused(lambda: limits.check_modal(body))


def test_a_modal_within_the_limits_is_accepted() -> None:
    limits.check_modal(modal(row(line(label="l")), text(), label(menu()), label(line(1))))


@pytest.mark.parametrize(
    ("choices", "reason"),
    [
        ([{"name": "n", "value": "v"}] * 26, "25"),
        ([{"name": "x" * 101, "value": "v"}], "100"),
        ([{"name": "n", "value": "x" * 101}], "100"),
        ([{"name": "", "value": "v"}], "between 1 and 100"),
        (None, "required"),
    ],
)
def test_suggestions_beyond_the_limits_are_refused(choices: object, reason: str) -> None:
    assert reason in refused(lambda: limits.check_choices(choices))


def test_eleven_files_are_refused() -> None:
    assert "attachments" in refused(lambda: limits.check_message({}, 11))
