"""Edits after which a message would be one that Discord does not allow."""

import pytest

from tutorbot.playground import ApiError, Channel, Message, MessageFlag, User, limits


def message(**parts: object) -> Message:
    """A message that is to be edited."""
    made = Message(1, Channel(2, "questions"), User(3, "TutorBot", bot=True), 0.0)
    for name, value in parts.items():
        setattr(made, name, value)
    return made


V2 = message(flags=MessageFlag.COMPONENTS_V2, components=[{"type": 10, "content": "t"}])


@pytest.mark.parametrize(
    ("before", "body", "reason"),
    [
        (message(content="x"), {"content": None}, "50006"),
        (message(content="x"), {"content": "x" * 2001}, "2000"),
        (V2, {"content": "x"}, "LEGACY"),
        (message(content="x"), {"flags": 1 << 15, "components": [{"type": 10, "content": "t"}]}, "LEGACY"),
        (V2, {"components": []}, "50006"),
    ],
)
def test_an_edit_beyond_the_limits_is_refused(before: Message, body: dict[str, object], reason: str) -> None:
    with pytest.raises(ApiError, match=reason):
        limits.check_edit(before, body, 0)


@pytest.mark.parametrize(
    ("before", "body"),
    [
        (message(content="x"), {"content": None, "embeds": [{"title": "t"}]}),
        (message(content="x", components=[{"type": 1}]), {"components": []}),
        (V2, {"components": [{"type": 10, "content": "u"}]}),
        (
            message(content="x"),
            {"content": None, "flags": 1 << 15, "components": [{"type": 10, "content": "t"}]},
        ),
    ],
)
def test_an_edit_within_the_limits_is_accepted(before: Message, body: dict[str, object]) -> None:
    limits.check_edit(before, body, 0)
