"""Questions in study channels: the asker alone is shown the answer, and only where the notes surely have one."""

import pytest

from tutorbot.playground import Channel, Intent, Message, Person

from .house import CurationHouse, command, press, read


@pytest.fixture
async def studying(house: CurationHouse, ann: Person, channel: Channel) -> CurationHouse:
    """The bot that may read messages, on a server whose channel is a study channel."""
    house.local.grant(Intent.MESSAGE_CONTENT)
    await house.start(message_content=True)
    settings = await command(ann, channel, "tutor settings")
    await (await ann.select(settings.message, "kn-pick:study_channels", [channel])).answered()
    answers = "Questions in study channels, too; the asker alone sees the answer"
    await (await ann.select(settings.message, "kn-pick:answers", answers)).answered()
    return house


async def test_a_question_is_answered_to_its_asker_alone(
    studying: CurationHouse, alice: Person, bob: Person, channel: Channel
) -> None:
    question = await alice.say(channel, "What is an entente?")
    [offer] = await studying.replies(question)
    assert offer.text == ""
    assert [button.label for button in offer.buttons] == ["Your answer is ready"]
    assert "### Entente" in await read(await press(alice, offer, "Your answer is ready"))
    assert await read(await press(bob, offer, "Your answer is ready")) == "This is somebody else’s."


async def test_chatter_and_what_the_notes_do_not_answer_is_left_alone(
    studying: CurationHouse, alice: Person, bob: Person, channel: Channel
) -> None:
    first = await bob.say(channel, "An entente is what we had at lunch.")
    said: list[Message] = [
        first,
        await alice.say(channel, "Anyone for lunch?"),
        await alice.say(channel, "What is an entente?", reply_to=first),
        await alice.say(channel, f"{bob.mention} what is an entente?"),
        await alice.say(channel, "lol?"),
    ]
    marker = await studying.ask(alice, channel, studying.mentioned("what is an entente?"))
    replies = [one for one in channel.messages if one.author is studying.local.bot and one.reply_to in said]
    assert replies == []
    assert "### Entente" in marker.text


async def test_without_the_mode_nothing_is_answered_unasked(
    house: CurationHouse, alice: Person, channel: Channel
) -> None:
    house.local.grant(Intent.MESSAGE_CONTENT)
    await house.start(message_content=True)
    question = await alice.say(channel, "What is an entente?")
    await house.ask(alice, channel, house.mentioned("what is an entente?"))
    assert [one for one in channel.messages if one.reply_to is question] == []
