"""Requests held against Discord's own description, where it is at hand."""

from typing import Any

import pytest
from discord.http import MultipartParameters

from tutorbot.playground import Channel, LocalDiscord
from tutorbot.playground.description import Description

from .client import Bot, Connect

SEND = "/channels/1/messages"
CALLBACK = "/interactions/1/token/callback"
BUTTON = {"type": 2, "style": 1, "label": "b", "custom_id": "b"}


@pytest.fixture
def rules(description: Description | None) -> Description:
    """Discord's description; without it these tests are skipped."""
    if description is None:
        pytest.skip("Discord's description is not at hand")
    return description


@pytest.mark.parametrize(
    ("method", "path", "body", "sentence"),
    [
        ("POST", SEND, {"content": 1}, "body.content: 1 is not of type"),
        ("POST", SEND, {"embeds": [{"title": "x" * 257}]}, "body.embeds[0].title: "),
        (
            "POST",
            SEND,
            {"components": [{"type": 1, "components": [{**BUTTON, "label": "x" * 81}]}]},
            "body.components[0].components[0].label: ",
        ),
        ("POST", SEND, {"components": [{"type": 99}]}, "body.components[0]: no variant takes type 99"),
        ("POST", CALLBACK, None, "needs a body"),
        ("POST", CALLBACK, {"type": 99}, "body: no variant takes type 99"),
        (
            "POST",
            CALLBACK,
            {"type": 9, "data": {"custom_id": "m", "title": "t"}},
            "body.data: 'components' is a",
        ),
        (
            "POST",
            CALLBACK,
            {"type": 8, "data": {"choices": [{"name": "n", "value": "v"}] * 26}},
            "body.data.choices: ",
        ),
        ("PUT", "/applications/1/commands", [{"name": "x" * 33, "description": "d"}], "body[0].name: "),
        ("GET", "/nowhere", None, "is not in the description"),
        ("GET", "/users/@me", {"a": 1}, "takes no body"),
    ],
)
def test_a_wrong_request_is_told_in_a_sentence(
    rules: Description, method: str, path: str, body: Any, sentence: str
) -> None:
    (found,) = rules.violations(method, path, body)
    assert sentence in found


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", SEND, {"content": "x", "components": [{"type": 1, "components": [BUTTON]}]}),
        (
            "POST",
            SEND,
            {"attachments": [{"id": 0, "filename": "a.txt"}], "message_reference": {"message_id": 5}},
        ),
        ("POST", CALLBACK, {"type": 5, "data": {"flags": 64}}),
        ("POST", CALLBACK, {"type": 6}),
        ("PUT", "/applications/1/commands", [{"name": "ask", "description": "d", "options": []}]),
        ("GET", "/users/@me", None),
        ("PATCH", "/webhooks/1/token/messages/@original", {"content": None, "embeds": []}),
    ],
)
def test_a_right_request_passes(rules: Description, method: str, path: str, body: Any) -> None:
    assert rules.violations(method, path, body) == []


async def test_a_bot_that_breaks_the_description_is_found_out(
    rules: Description, local_discord: LocalDiscord, channel: Channel, connect: Connect
) -> None:
    bot = await connect(Bot())
    await bot.get_partial_messageable(channel.id).send("Hello")
    assert local_discord.violations == []
    form = MultipartParameters({"content": "x", "sticker_ids": "none"}, None, None)
    await bot.http.send_message(channel.id, params=form)
    (violation,) = local_discord.violations
    assert violation.startswith("POST /channels/{channel_id}/messages: body.sticker_ids: ")
    local_discord.violations.clear()
