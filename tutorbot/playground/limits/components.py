"""Limits on the components of a message."""

from tutorbot.playground.components import (
    ACTION_ROW,
    BUTTON,
    CONTAINER,
    FILE,
    LINK_STYLE,
    MEDIA_GALLERY,
    PREMIUM_STYLE,
    SECTION,
    SELECTS,
    SEPARATOR,
    STRING_SELECT,
    TEXT_DISPLAY,
    THUMBNAIL,
    walk,
)
from tutorbot.playground.limits.problems import Path, Problems
from tutorbot.playground.model import Json

ROWS = 5
BUTTONS_IN_ROW = 5
V2_COMPONENTS = 40
V2_TEXT = 4000
AT_TOP = {ACTION_ROW, SECTION, TEXT_DISPLAY, MEDIA_GALLERY, FILE, SEPARATOR, CONTAINER}
INSIDE = {
    ACTION_ROW: {BUTTON, *SELECTS},
    SECTION: {TEXT_DISPLAY, BUTTON, THUMBNAIL},
    CONTAINER: AT_TOP - {CONTAINER},
}
"""Which types each type may hold."""


def check_components(problems: Problems, components: list[Json], *, v2: bool) -> None:
    """Note what is wrong with the components of a message; `v2` says whether it carries that flag."""
    if not v2:
        problems.more_than(("components",), components, ROWS)
    _check_nesting(problems, components)
    everything = list(walk(components, ("components",)))
    if v2:
        _check_v2_size(problems, [part for _, part in everything])
    for path, part in everything:
        kind = part.get("type")
        if kind == ACTION_ROW:
            _check_row(problems, path, part.get("components") or [])
        elif kind == BUTTON:
            check_button(problems, path, part)
        elif kind in SELECTS:
            check_select(problems, path, part)
        elif kind == SECTION:
            problems.more_than((*path, "components"), part.get("components"), 3, 1)
            if not part.get("accessory"):
                problems.add((*path, "accessory"), "BASE_TYPE_REQUIRED", "This field is required")
        elif kind == TEXT_DISPLAY:
            problems.longer_than((*path, "content"), part.get("content"), V2_TEXT, 1)
        elif kind == MEDIA_GALLERY:
            problems.more_than((*path, "items"), part.get("items"), 10, 1)
    check_custom_ids(problems, everything)


def _check_nesting(problems: Problems, components: list[Json]) -> None:
    for path, part in walk(components, ("components",)):
        kind = part.get("type")
        allowed = AT_TOP if len(path) == 2 else None
        if allowed is not None and kind not in allowed:
            _bad_type(problems, path, allowed)
        held = INSIDE.get(int(kind or 0))
        for index, child in enumerate(part.get("components") or []):
            if held is not None and child.get("type") not in held:
                _bad_type(problems, (*path, "components", index), held)


def _bad_type(problems: Problems, path: Path, allowed: set[int]) -> None:
    message = f'Value of field "type" must be one of {tuple(sorted(allowed))}.'
    problems.add((*path, "type"), "UNION_TYPE_CHOICES", message)


def _check_v2_size(problems: Problems, parts: list[Json]) -> None:
    if len(parts) > V2_COMPONENTS:
        problems.add(("components",), "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", f"At most {V2_COMPONENTS} components.")
    characters = sum(len(part.get("content") or "") for part in parts if part.get("type") == TEXT_DISPLAY)
    if characters > V2_TEXT:
        problems.add(
            ("components",),
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
            f"The displayable text size exceeds the maximum of {V2_TEXT}.",
        )


def _check_row(problems: Problems, path: Path, children: list[Json]) -> None:
    problems.more_than((*path, "components"), children, BUTTONS_IN_ROW, 1)
    kinds = [child.get("type") for child in children]
    if len(kinds) > 1 and any(kind in SELECTS for kind in kinds):
        problems.add(
            (*path, "components"),
            "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
            "The specified component exceeds the maximum width",
        )


def check_button(problems: Problems, path: Path, button: Json) -> None:
    """Note what is wrong with a button."""
    style = button.get("style")
    problems.longer_than((*path, "label"), button.get("label"), 80)
    if style not in range(1, PREMIUM_STYLE + 1):
        problems.add((*path, "style"), "BASE_TYPE_CHOICES", "Value must be one of (1, 2, 3, 4, 5, 6).")
    needs = {LINK_STYLE: "url", PREMIUM_STYLE: "sku_id"}.get(int(style or 0), "custom_id")
    for key in ("custom_id", "url", "sku_id"):
        if key == needs and not button.get(key):
            problems.add((*path, key), "BASE_TYPE_REQUIRED", "This field is required")
        elif key != needs and button.get(key):
            problems.add((*path, key), "BUTTON_COMPONENT_INVALID_FIELD", f"A button of style {style} takes no {key}.")
    if needs != "sku_id" and not button.get("label") and not button.get("emoji"):
        problems.add(path, "BUTTON_COMPONENT_INVALID_LABEL", "A button needs a label or an emoji.")


def check_select(problems: Problems, path: Path, select: Json) -> None:
    """Note what is wrong with a select menu, in a message or a modal."""
    problems.longer_than((*path, "placeholder"), select.get("placeholder"), 150)
    least, most = select.get("min_values"), select.get("max_values")
    least, most = 1 if least is None else least, 1 if most is None else most
    if not 0 <= least <= 25:
        problems.add((*path, "min_values"), "NUMBER_TYPE_MIN", "Must be between 0 and 25.")
    if not 1 <= most <= 25:
        problems.add((*path, "max_values"), "NUMBER_TYPE_MAX", "Must be between 1 and 25.")
    if least > most:
        problems.add((*path, "min_values"), "NUMBER_TYPE_MAX", "Must be at most max_values.")
    if select.get("type") == STRING_SELECT:
        check_options(problems, path, select.get("options") or [], most)


def check_options(problems: Problems, path: Path, options: list[Json], most_values: int = 1) -> None:
    """Note what is wrong with the options of a menu or group."""
    problems.more_than((*path, "options"), options, 25, 1)
    if options and most_values > len(options):
        problems.add((*path, "max_values"), "NUMBER_TYPE_MAX", "Must be at most the number of options.")
    seen: set[str] = set()
    for index, option in enumerate(options):
        place = (*path, "options", index)
        problems.longer_than((*place, "label"), option.get("label"), 100, 1)
        problems.longer_than((*place, "value"), option.get("value"), 100, 1)
        problems.longer_than((*place, "description"), option.get("description"), 100)
        if option.get("value") in seen:
            problems.add(
                (*place, "value"),
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            )
        seen.add(str(option.get("value")))


def check_custom_ids(problems: Problems, everything: list[tuple[Path, Json]]) -> None:
    """Note custom_ids that are missing, too long or used twice."""
    seen: set[str] = set()
    for path, part in everything:
        custom_id = part.get("custom_id")
        if part.get("type") in SELECTS or custom_id is not None:
            problems.longer_than((*path, "custom_id"), custom_id, 100, 1)
        if custom_id is not None and custom_id in seen:
            problems.add(
                (*path, "custom_id"),
                "COMPONENT_CUSTOM_ID_DUPLICATED",
                "Component custom id cannot be duplicated",
            )
        seen.add(str(custom_id))
