"""Finding the button or menu on a message that a person means."""

from tutorbot.playground.components import BUTTON, read_button, read_select, walk
from tutorbot.playground.errors import ImpossibleError
from tutorbot.playground.model import Json, Message

BUTTONS = frozenset({BUTTON})


def find_part(message: Message, wanted: str, kinds: frozenset[int], *, late: bool) -> Json:
    """The component of one of these kinds with a label, placeholder or custom_id.

    With `late`, disabled ones count, and those that the message showed before its last edits.

    Raises:
        ImpossibleError: the message does not show it, or it is disabled.
    """
    versions = [message.components, *(reversed(message.earlier_components) if late else ())]
    for version in versions:
        for _, part in walk(version):
            if part.get("type") in kinds and wanted in _names(part):
                if part.get("disabled") and not late:
                    raise ImpossibleError(f"{wanted!r} is disabled.")
                return part
    names = [_names(part) for _, part in walk(message.components) if part.get("type") in kinds]
    offered = ", ".join(repr(shown or custom_id) for shown, custom_id in names)
    raise ImpossibleError(f"The message shows no {wanted!r}; it shows: {offered or 'nothing of that kind'}.")


def _names(part: Json) -> tuple[str, str]:
    if part["type"] == BUTTON:
        button = read_button(part)
        return button.label, button.custom_id or ""
    menu = read_select(part)
    return menu.placeholder, menu.custom_id


def pick_option(menu: str, options: tuple[tuple[str, str], ...], wanted: str) -> str:
    """The value of the option with that label or value.

    Raises:
        ImpossibleError: the menu does not offer it.
    """
    for label, value in options:
        if wanted in (label, value):
            return value
    raise ImpossibleError(f"The menu {menu!r} offers {', '.join(label for label, _ in options)}, not {wanted!r}.")
