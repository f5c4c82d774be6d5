"""Typed answers and lists, in a field that a button opens."""

from tutorbot.playground import Channel, Clock, LocalDiscord, Person

from .house import LONG, QuizHouse, told, typed


async def test_a_term_is_typed_and_marked_and_not_given_away(
    quiz: QuizHouse, clock: Clock, alice: Person, bob: Person, channel: Channel
) -> None:
    card = await quiz.begin(alice, channel, kinds="typed")
    key = (await quiz.asked(1)).accept[0]
    assert f"**{key.lower()}** noted. You can change it" in await told(await typed(alice, card, key.lower()))
    assert "**no idea** noted. You can change it" in await told(await typed(bob, card, "no idea"))
    clock.forward(LONG + 2)
    reveal = await quiz.message(channel, "Right (1 of 2)")
    assert f"### {key}" in reveal.text
    assert alice.mention in reveal.text


async def test_a_list_is_named_together_and_ends_when_it_is_complete(
    quiz: QuizHouse, clock: Clock, alice: Person, bob: Person, channel: Channel
) -> None:
    card = await quiz.begin(alice, channel, kinds="lists", cards=1)
    items = [item.text for item in (await quiz.asked(1)).items]
    assert f"{len(items)}. …" in card.text
    assert "You named: " in await told(await typed(alice, card, items[0]))
    assert "Nothing new in that." in await told(await typed(bob, card, items[0]))
    assert "You named: " in await told(await typed(bob, card, "\n".join(items[1:])))
    reveal = await quiz.message(channel, "Right (2 of 2)")
    assert reveal.text.count(alice.mention) >= 2


async def test_a_field_opened_before_a_restart_still_counts(quiz: QuizHouse, alice: Person, channel: Channel) -> None:
    card = await quiz.begin(alice, channel, kinds="typed")
    opened = await (await alice.click(card, "Answer")).answered()
    assert opened.modal is not None
    await quiz.restart()
    await quiz.message(channel, "shown again", "Closes <t:")
    await told(await alice.submit(opened.modal, {"text": "something"}))
    [answer] = (await quiz.round()).plays[0].answers.values()
    assert answer.text == "something"


async def test_whatever_is_typed_is_shown_without_power(
    quiz: QuizHouse, local: LocalDiscord, alice: Person, channel: Channel
) -> None:
    card = await quiz.begin(alice, channel, kinds="typed")
    for text in ("@everyone **bold** <@1>", "\u202e\u200b", "x" * 500):
        answered = await told(await typed(alice, card, text))
        assert "@everyone" not in answered
        assert "**bold**" not in answered
        assert "Something went wrong" not in answered
    assert local.refused == []
