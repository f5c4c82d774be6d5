"""Typed answers as plain messages, where Discord has granted the message content intent."""

import pytest

from tutorbot.playground import Channel, Clock, Intent, LocalDiscord, Message, Person

from .house import LONG, QuizHouse, told, typed

NOTED, NOTHING_NEW = "✅", "➖"


@pytest.fixture
async def quiz(house: QuizHouse, local: LocalDiscord, channel: Channel) -> QuizHouse:
    """The bot, which may read messages."""
    local.grant(Intent.MESSAGE_CONTENT)
    await house.start(message_content=True)
    return house


async def signs(quiz: QuizHouse, message: Message) -> list[str]:
    """The bot's reactions to a message, once there is one."""
    await quiz.local.wait_for(lambda: message.reactions)
    return list(message.reactions)


async def playing(quiz: QuizHouse, channel: Channel, people: list[Person], **options: object) -> Message:
    """The first card of a round that all have joined."""
    lobby = await quiz.lobby(people[0], channel, **{"kinds": "typed", "cards": 1, **options})
    for person in people:
        await told(await person.click(lobby, "Join"))
    await told(await people[0].click(lobby, "Start"))
    return await quiz.open_card(channel, 1)


async def test_a_message_is_an_answer_and_is_noted_without_its_verdict(
    quiz: QuizHouse, clock: Clock, alice: Person, bob: Person, carol: Person, channel: Channel
) -> None:
    card = await playing(quiz, channel, [alice, bob, carol])
    assert "you can also write it here" in card.text
    key = (await quiz.asked(1)).accept[0]
    assert await signs(quiz, await alice.say(channel, key.upper())) == [NOTED]
    assert await signs(quiz, await bob.say(channel, "no idea")) == [NOTED]
    clock.forward(LONG + 2)
    reveal = await quiz.message(channel, "Right (1 of 2)")
    assert alice.mention in reveal.text
    assert "no idea" not in reveal.text


async def test_the_last_answer_counts_whether_said_or_typed(
    quiz: QuizHouse, clock: Clock, alice: Person, bob: Person, channel: Channel
) -> None:
    card = await playing(quiz, channel, [alice, bob])
    key = (await quiz.asked(1)).accept[0]
    await signs(quiz, await alice.say(channel, "no idea"))
    assert "Changed to" in await told(await typed(alice, card, key))
    clock.forward(LONG + 2)
    await quiz.message(channel, "Right (1 of 1)")


async def test_items_of_a_list_are_noted_by_a_sign(
    quiz: QuizHouse, alice: Person, bob: Person, channel: Channel
) -> None:
    await playing(quiz, channel, [alice, bob], kinds="lists")
    items = [item.text for item in (await quiz.asked(1)).items]
    assert await signs(quiz, await alice.say(channel, items[0])) == [NOTED]
    assert await signs(quiz, await bob.say(channel, items[0])) == [NOTHING_NEW]


async def test_talk_is_no_answer(quiz: QuizHouse, alice: Person, bob: Person, carol: Person, channel: Channel) -> None:
    await playing(quiz, channel, [alice, bob])
    before = await alice.say(channel, "what was that again?")
    for text in ("so hard " * 40, "one\ntwo", f"{bob.mention} your turn"):
        await alice.say(channel, text)
    await alice.say(channel, "never mind", reply_to=before)
    await carol.say(channel, "I only look on")
    await signs(quiz, await bob.say(channel, "the last one"))
    [answer] = (await quiz.round()).plays[0].answers.values()
    assert answer.text == "the last one"


async def test_a_message_to_a_card_of_choice_is_no_answer(
    quiz: QuizHouse, alice: Person, bob: Person, channel: Channel
) -> None:
    card = await playing(quiz, channel, [alice, bob], kinds="buttons")
    assert "write it here" not in card.text
    await alice.say(channel, "A")
    await told(await bob.click(card, card.buttons[0].label))
    assert [one.player for one in (await quiz.round()).plays[0].answers.values()] == [bob.id]


async def test_a_question_to_the_bot_during_a_card_is_answered_and_no_quiz_answer(
    quiz: QuizHouse, alice: Person, bob: Person, channel: Channel
) -> None:
    await playing(quiz, channel, [alice, bob])
    reply = await quiz.ask(alice, channel, quiz.mentioned("What is entrapment?"))
    assert "ntrap" in reply.text
    assert (await quiz.round()).plays[0].answers == {}


async def test_a_message_that_is_delivered_twice_counts_once(
    quiz: QuizHouse, local: LocalDiscord, alice: Person, bob: Person, channel: Channel
) -> None:
    await playing(quiz, channel, [alice, bob])
    local.faults.double_event("MESSAGE_CREATE")
    await signs(quiz, await alice.say(channel, "an answer"))
    await signs(quiz, await bob.say(channel, "another"))
    assert len((await quiz.round()).plays[0].answers) == 2
