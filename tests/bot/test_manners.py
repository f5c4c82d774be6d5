"""One walk through everything that the bot says, watched for pings and for Discord's limits."""

from typing import Any

import pytest

from tutorbot.playground import Channel, LocalDiscord, Person
from tutorbot.playground.description import Description

from .house import House, said

FLOOD = "@everyone @here what is an alliance? "


@pytest.fixture
async def walk(bot: House, local: LocalDiscord, alice: Person, bob: Person, channel: Channel) -> list[dict[str, Any]]:
    """The messages that the bot sent while two people tried everything to make it ping."""
    flood = f"{FLOOD}{alice.mention} {bob.mention}"
    pages = [
        await alice.slash(channel, "ask", question=flood),
        await alice.slash(channel, "ask", question=flood, private=True),
        await alice.slash(channel, "ask", question=f"{flood} and the football world cup"),
        await alice.slash(channel, "ask", question="?"),
        await alice.slash(channel, "define", term=flood),
        await alice.slash(channel, "define", term="alliance"),
        await alice.slash(channel, "compare", first="alliance", second=flood),
        await alice.slash(channel, "compare", first="alliance", second="coalition"),
        await alice.slash(channel, "compare", first="alliance", second="alliance"),
        await alice.context_menu(await bob.say(channel, flood), "Ask TutorBot"),
    ]
    for page in pages:
        await page.answered()
        clicker = alice if page.message.ephemeral else bob
        for button in page.message.buttons:
            clicked = await (await clicker.click(page.message, button.custom_id or "", late=True)).answered()
            for further in clicked.message.buttons[:1]:
                await (await clicker.click(clicked.message, further.custom_id or "")).answered()
    answer = await bot.ask(bob, channel, bot.mentioned(flood))
    await bot.ask(bob, channel, f"{flood} and why?", reply_to=answer)
    await bot.ask(bob, channel, bot.mentioned())
    await bot.ask(bob, bob.dm, flood)
    bodies = [one.body for one in local.requests if isinstance(one.body, dict)]
    payloads = [body.get("data") or body for body in bodies if body.get("type") in (None, 4, 7)]
    return [payload for payload in payloads if "components" in payload]


async def test_nothing_that_the_bot_says_can_ping(walk: list[dict[str, Any]], local: LocalDiscord) -> None:
    assert len(walk) > 30
    allowed = [payload["allowed_mentions"] for payload in walk]
    assert all(one["parse"] == [] and not one.get("replied_user") for one in allowed)
    assert [message.text for message in said(local) if message.pings] == []


async def test_everything_that_the_bot_sends_is_within_discords_limits(
    walk: list[dict[str, Any]], local: LocalDiscord
) -> None:
    assert len(walk) > 30
    assert local.refused == []


async def test_everything_that_the_bot_sends_is_as_discord_describes_it(
    walk: list[dict[str, Any]], local: LocalDiscord, description: Description | None
) -> None:
    if description is None:
        pytest.skip("Discord's description is not at hand (../shared/discord/openapi.json).")
    assert len(walk) > 30
    assert local.violations == []


async def test_nothing_that_the_bot_says_is_left_thinking(walk: list[dict[str, Any]], local: LocalDiscord) -> None:
    assert [message for message in said(local) if message.loading or not message.text] == []
