"""Limits on modals."""

from tutorbot.playground.components import (
    ACTION_ROW,
    CHECKBOX_GROUP,
    LABEL,
    RADIO_GROUP,
    SELECTS,
    TEXT_DISPLAY,
    TEXT_INPUT,
    walk,
)
from tutorbot.playground.limits.components import check_custom_ids, check_options, check_select
from tutorbot.playground.limits.problems import Path, Problems
from tutorbot.playground.model import Json

PARTS = 5


def check_modal(data: Json) -> None:
    """Refuse a modal that Discord would not open.

    Raises:
        ApiError: 50035.
    """
    problems = Problems(("data",))
    parts = data.get("components") or []
    problems.longer_than(("custom_id",), data.get("custom_id"), 100, 1)
    problems.longer_than(("title",), data.get("title"), 45, 1)
    problems.more_than(("components",), parts, PARTS, 1)
    everything = list(walk(parts, ("components",)))
    for path, part in everything:
        kind = part.get("type")
        if len(path) == 2 and kind not in (ACTION_ROW, LABEL, TEXT_DISPLAY):
            problems.add((*path, "type"), "UNION_TYPE_CHOICES", "Must be one of (1, 10, 18).")
        _check_part(problems, path, part)
    check_custom_ids(problems, everything)
    problems.settle()


def _check_part(problems: Problems, path: Path, part: Json) -> None:
    kind = part.get("type")
    if kind == ACTION_ROW:
        problems.more_than((*path, "components"), part.get("components"), 1, 1)
    elif kind == LABEL:
        problems.longer_than((*path, "label"), part.get("label"), 45, 1)
        problems.longer_than((*path, "description"), part.get("description"), 100)
        if not part.get("component"):
            problems.add((*path, "component"), "BASE_TYPE_REQUIRED", "This field is required")
    elif kind == TEXT_INPUT:
        _check_text_input(problems, path, part)
    elif kind in SELECTS:
        check_select(problems, path, part)
    elif kind in (RADIO_GROUP, CHECKBOX_GROUP):
        check_options(problems, path, part.get("options") or [])


def _check_text_input(problems: Problems, path: Path, part: Json) -> None:
    least, most = part.get("min_length") or 0, part.get("max_length")
    most = 4000 if most is None else most
    problems.longer_than((*path, "placeholder"), part.get("placeholder"), 100)
    problems.longer_than((*path, "value"), part.get("value"), min(most, 4000))
    if path[-1] != "component":
        problems.longer_than((*path, "label"), part.get("label"), 45, 1)
    elif part.get("label"):
        problems.add((*path, "label"), "TEXT_INPUT_LABEL_IN_LABEL", "A text input in a label has no label.")
    if not 0 <= least <= 4000 or not 1 <= most <= 4000 or least > most:
        problems.add((*path, "min_length"), "NUMBER_TYPE_MAX", "Must be at most max_length, and that 1 to 4000.")
