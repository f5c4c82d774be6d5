"""Reading the tree of components that a message or a modal carries."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

ACTION_ROW, BUTTON, STRING_SELECT, TEXT_INPUT = 1, 2, 3, 4
USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT = 5, 6, 7, 8
SECTION, TEXT_DISPLAY, THUMBNAIL, MEDIA_GALLERY, FILE, SEPARATOR = 9, 10, 11, 12, 13, 14
CONTAINER, LABEL, FILE_UPLOAD, RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX = 17, 18, 19, 21, 22, 23

SELECTS = frozenset({STRING_SELECT, USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT})
V2_ONLY = frozenset({SECTION, TEXT_DISPLAY, THUMBNAIL, MEDIA_GALLERY, FILE, SEPARATOR, CONTAINER})
LINK_STYLE, PREMIUM_STYLE = 5, 6


@dataclass(frozen=True)
class Button:
    """A button as a person sees it; `custom_id` is None for links."""

    label: str
    custom_id: str | None
    style: int
    disabled: bool
    url: str | None


@dataclass(frozen=True)
class Select:
    """A select menu as a person sees it; `options` are (label, value), none for people or roles."""

    custom_id: str
    kind: int
    placeholder: str
    options: tuple[tuple[str, str], ...]
    min_values: int
    max_values: int
    disabled: bool


def children_of(component: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
    """The components directly inside one, each with its path from there."""
    for index, child in enumerate(component.get("components") or []):
        yield ("components", index), child
    for key in ("accessory", "component"):
        if isinstance(component.get(key), dict):
            yield (key,), component[key]


def walk(
    components: list[dict[str, Any]], path: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
    """Every component of a list, at any depth, in reading order, each with its path."""
    for index, component in enumerate(components):
        yield from _walk_one(component, (*path, index))


def _walk_one(
    component: dict[str, Any], path: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
    yield path, component
    for step, child in children_of(component):
        yield from _walk_one(child, (*path, *step))


def texts_in(components: list[dict[str, Any]]) -> list[str]:
    """The text displays, in reading order."""
    return [str(found.get("content", "")) for _, found in walk(components) if found.get("type") == TEXT_DISPLAY]


def buttons_in(components: list[dict[str, Any]]) -> list[Button]:
    """The buttons, in reading order."""
    return [read_button(found) for _, found in walk(components) if found.get("type") == BUTTON]


def selects_in(components: list[dict[str, Any]]) -> list[Select]:
    """The select menus, in reading order."""
    return [read_select(found) for _, found in walk(components) if found.get("type") in SELECTS]


def read_button(component: dict[str, Any]) -> Button:
    """A button from its JSON; a button without a label shows its emoji."""
    emoji = component.get("emoji") or {}
    return Button(
        label=component.get("label") or emoji.get("name") or "",
        custom_id=component.get("custom_id"),
        style=int(component.get("style", 2)),
        disabled=bool(component.get("disabled")),
        url=component.get("url"),
    )


def read_select(component: dict[str, Any]) -> Select:
    """A select menu from its JSON."""
    least, most = component.get("min_values"), component.get("max_values")
    return Select(
        custom_id=component["custom_id"],
        kind=int(component["type"]),
        placeholder=component.get("placeholder") or "",
        options=tuple((option["label"], option["value"]) for option in component.get("options") or []),
        min_values=1 if least is None else least,
        max_values=1 if most is None else most,
        disabled=bool(component.get("disabled")),
    )


def numbered(components: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A copy in which every component has an `id`, as Discord gives one to those sent without."""
    taken = {found["id"] for _, found in walk(components) if found.get("id")}
    free = (number for number in range(1, 1000) if number not in taken)

    def copy(component: dict[str, Any]) -> dict[str, Any]:
        made = dict(component)
        if not made.get("id"):
            made["id"] = next(free)
        if made.get("components") is not None:
            made["components"] = [copy(child) for child in made["components"]]
        for key in ("accessory", "component"):
            if isinstance(made.get(key), dict):
                made[key] = copy(made[key])
        return made

    return [copy(component) for component in components]
