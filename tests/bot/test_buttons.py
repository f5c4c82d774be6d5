"""What the buttons under an answer do."""

import pytest

from tutorbot.answering.answer import Answer, Choice, QuestionKind, Status
from tutorbot.playground import Channel, Message, Person
from tutorbot.store import Verdict

from .house import House, labels

QUOTE = "Alliances are formed in peace time and coalitions are often found during times of war or crises"


@pytest.fixture
async def answer(bot: House, alice: Person, channel: Channel) -> Message:
    """A public answer to Alice's question."""
    return await bot.ask(alice, channel, bot.mentioned("what is a coalition?"))


@pytest.fixture
async def unsure(bot: House, alice: Person, channel: Channel, monkeypatch: pytest.MonkeyPatch) -> Message:
    """A public question back to Alice."""
    by_id = bot.tutor.course.by_id
    choices = tuple(Choice(entry, by_id[entry].term) for entry in ("alliance", "alignment", "coalition"))

    async def ask(question: str, **_: object) -> Answer:
        return Answer(question, Status.CLARIFY, QuestionKind.DEFINITION, choices=choices)

    monkeypatch.setattr(bot.tutor, "ask", ask)
    return (await (await alice.slash(channel, "ask", question="what is an aliment?")).answered()).message


async def test_sources_shows_every_quote_with_its_place_to_whoever_clicks(
    bot: House, alice: Person, bob: Person, channel: Channel
) -> None:
    asked = await (await alice.slash(channel, "compare", first="alliance", second="coalition")).answered()
    clicked = await (await bob.click(asked.message, "Sources")).answered()
    assert clicked.message.ephemeral
    assert f"> {QUOTE}" in clicked.text
    assert "slide 4: Defining Alliance · Snyder (1990: 106)" in clicked.text
    assert "card: Definition: Alliance · Waltz" in clicked.text


async def test_related_leads_from_term_to_term_privately(
    bot: House, bob: Person, channel: Channel, answer: Message
) -> None:
    listed = await (await bob.click(answer, "Related")).answered()
    assert "Related to Coalition" in listed.text
    defined = await (await bob.click(listed.message, "Alliance")).answered()
    assert "### Alliance" in defined.text
    assert defined.message is not listed.message
    assert all(message.ephemeral for message in (listed.message, defined.message))


async def test_not_helpful_reaches_the_moderators_once(
    bot: House, bob: Person, channel: Channel, answer: Message
) -> None:
    first = await (await bob.click(answer, "Not helpful")).answered()
    again = await (await bob.click(answer, "Not helpful")).answered()
    assert "The moderators will see this question and its answer." in first.text
    assert "You have told us already." in again.text
    assert first.message.ephemeral
    assert again.message.ephemeral
    [kept] = await bot.kept(channel.guild.id if channel.guild else None)
    assert (kept.verdict, kept.question, kept.person) == (Verdict.NOT_HELPFUL, "what is a coalition?", bob.id)
    assert "coalition" in kept.entries


async def test_the_question_of_a_command_is_known_to_the_moderators_as_it_was_typed(
    bot: House, alice: Person, channel: Channel
) -> None:
    question = "what is *deterrence*, _please_?"
    asked = await (await alice.slash(channel, "ask", question=question)).answered()
    await (await alice.click(asked.message, "Not helpful")).answered()
    kept = await bot.kept(channel.guild.id if channel.guild else None)
    assert kept[-1].question == question


async def test_the_buttons_work_after_a_restart(bot: House, bob: Person, channel: Channel, answer: Message) -> None:
    await bot.restart()
    sources = await (await bob.click(answer, "Sources")).answered()
    related = await (await bob.click(answer, "Related")).answered()
    defined = await (await bob.click(related.message, "Alliance")).answered()
    unhelpful = await (await bob.click(answer, "Not helpful")).answered()
    assert "slide 4: Defining Alliance" in sources.text
    assert "### Alliance" in defined.text
    assert "Thank you." in unhelpful.text
    [kept] = await bot.kept(channel.guild.id if channel.guild else None)
    assert kept.question == "what is a coalition?"


async def test_the_askers_choice_takes_the_place_of_the_question_back(
    bot: House, alice: Person, unsure: Message
) -> None:
    assert labels(unsure) == ["Alliance", "Alignment", "Coalition"]
    chosen = await (await alice.click(unsure, "Alignment")).answered()
    assert chosen.message is unsure
    assert unsure.text.startswith("-# what is an aliment?\n### Alignment")
    assert labels(unsure) == ["Sources", "Related", "Not helpful"]


async def test_somebody_elses_choice_is_answered_privately(bot: House, bob: Person, unsure: Message) -> None:
    chosen = await (await bob.click(unsure, "Alignment")).answered()
    assert chosen.message.ephemeral
    assert "### Alignment" in chosen.text
    assert "Did you mean" in unsure.text


async def test_a_choice_works_after_a_restart(bot: House, alice: Person, unsure: Message) -> None:
    await bot.restart()
    await (await alice.click(unsure, "Coalition")).answered()
    assert "### Coalition" in unsure.text


async def test_a_click_on_its_way_while_the_choice_is_taken_away_counts(
    bot: House, alice: Person, bob: Person, unsure: Message
) -> None:
    await (await alice.click(unsure, "Alliance")).answered()
    own = await (await alice.click(unsure, "Coalition", late=True)).answered()
    others = await (await bob.click(unsure, "Alignment", late=True)).answered()
    assert "### Coalition" in own.text
    assert own.message is unsure
    assert "### Alignment" in others.text
    assert others.message.ephemeral


async def test_the_nearest_terms_of_an_abstention_are_defined_privately(
    bot: House, alice: Person, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def ask(question: str, **_: object) -> Answer:
        choices = (Choice("alliance", "Alliance"),)
        return Answer(question, Status.ABSTAINED, QuestionKind.DEFINITION, choices=choices)

    monkeypatch.setattr(bot.tutor, "ask", ask)
    abstained = await bot.ask(alice, channel, bot.mentioned("what is AUKUS?"))
    defined = await (await alice.click(abstained, "Alliance")).answered()
    assert defined.message.ephemeral
    assert "### Alliance" in defined.text
    assert "The notes do not answer this." in abstained.text


async def test_a_button_for_an_entry_that_is_no_more_says_so(
    bot: House, bob: Person, answer: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def define(entry_id: str) -> Answer:
        return Answer(entry_id, Status.ABSTAINED, QuestionKind.DEFINITION)

    monkeypatch.setattr(bot.tutor, "define", define)
    clicked = await (await bob.click(answer, "Sources")).answered()
    assert clicked.text.startswith("The notes have changed since")
