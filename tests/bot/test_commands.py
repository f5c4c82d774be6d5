"""Slash commands, their suggestions, and the entry in the "Apps" menu."""

from tutorbot.playground import Channel, LocalDiscord, Person
from tutorbot.store import Verdict

from .house import House, labels

DEFINITION = "A formal or informal relationship of security cooperation between two or more sovereign states"
OUTSIDE = "who won the football world cup in 1998"


async def test_ask_answers_in_the_lectures_words_with_their_place(bot: House, alice: Person, channel: Channel) -> None:
    asked = await (await alice.slash(channel, "ask", question="What is an alliance?")).answered()
    assert f"> {DEFINITION}" in asked.text
    assert "card: Definition: Alliance · Waltz" in asked.text
    assert "In plain words (course team):" in asked.text
    assert labels(asked.message) == ["Sources", "Related", "Not helpful"]


async def test_an_answer_is_public_unless_it_is_asked_for_privately(
    bot: House, alice: Person, bob: Person, channel: Channel
) -> None:
    public = await (await alice.slash(channel, "ask", question="What is an alliance?")).answered()
    private = await (await alice.slash(channel, "ask", question="What is an alliance?", private=True)).answered()
    assert not public.message.ephemeral
    assert private.message.ephemeral
    assert bob.sees(channel) == [public.message]


async def test_a_public_answer_repeats_its_question_for_the_others(bot: House, alice: Person, channel: Channel) -> None:
    asked = await (await alice.slash(channel, "ask", question="What is an   alliance?")).answered()
    assert asked.text.startswith("-# What is an alliance?\n")


async def test_what_the_lecture_prints_wrong_is_noted_under_its_words(
    bot: House, alice: Person, channel: Channel
) -> None:
    asked = await (await alice.slash(channel, "define", term="gulf-war-coalition")).answered()
    assert "> Coalition of the Gulf War in 1993" in asked.text
    assert "-# Note: The slides print 1993" in asked.text


async def test_a_list_is_numbered_in_the_lectures_order(bot: House, alice: Person, channel: Channel) -> None:
    asked = await (await alice.slash(channel, "define", term="types-of-alliances")).answered()
    items = [line for line in asked.text.splitlines() if line[:1].isdigit()]
    assert [item.split(". ")[0] for item in items] == ["1", "2", "3", "4", "5"]
    assert "neutrality pacts" in items[3]


async def test_an_attribution_names_the_author_first(bot: House, alice: Person, channel: Channel) -> None:
    asked = await (
        await alice.slash(channel, "ask", question="who wrote about the security dilemma in alliances?")
    ).answered()
    assert asked.text.splitlines()[1] == "### Snyder (1984)"


async def test_of_two_questions_the_one_that_is_not_answered_goes_to_the_moderators(
    bot: House, alice: Person, channel: Channel
) -> None:
    question = f"What is an alliance? {OUTSIDE.capitalize()}?"
    asked = await (await alice.slash(channel, "ask", question=question)).answered()
    assert f"> {DEFINITION}" in asked.text
    assert asked.text.endswith(f"**The notes do not answer:** {OUTSIDE.capitalize()}?")
    [kept] = await bot.kept(channel.guild.id if channel.guild else None)
    assert (kept.verdict, kept.question) == (Verdict.ABSTAINED, f"{OUTSIDE.capitalize()}?")


async def test_what_the_notes_do_not_answer_goes_to_the_moderators(bot: House, alice: Person, channel: Channel) -> None:
    asked = await (await alice.slash(channel, "ask", question=OUTSIDE)).answered()
    assert "The notes do not answer this." in asked.text
    [kept] = await bot.kept(channel.guild.id if channel.guild else None)
    assert (kept.verdict, kept.question) == (Verdict.ABSTAINED, OUTSIDE)
    assert (kept.person, kept.channel) == (alice.id, channel.id)


async def test_nobody_is_promised_that_moderators_see_what_they_need_not(
    bot: House, alice: Person, channel: Channel
) -> None:
    asked = await (await alice.slash(channel, "ask", question="Tell me the term")).answered()
    assert "The notes do not answer this." in asked.text
    assert "ask about one of its terms or ideas" in asked.text
    assert "moderators" not in asked.text
    assert await bot.kept(channel.guild.id if channel.guild else None) == []


async def test_the_suggestions_are_terms_of_the_course(bot: House, alice: Person, channel: Channel) -> None:
    first = await alice.autocomplete(channel, "define", "term", "")
    typed = await alice.autocomplete(channel, "define", "term", "deterence")
    assert len(first) == 25
    assert typed[0].name == "Deterrence"
    assert {choice.value for choice in first + typed} <= set(bot.tutor.course.by_id)


async def test_a_suggestion_leads_to_its_definition(bot: House, alice: Person, channel: Channel) -> None:
    [choice, *_] = await alice.autocomplete(channel, "define", "term", "entrap")
    asked = await (await alice.slash(channel, "define", term=choice.value)).answered()
    assert choice.name in asked.text


async def test_a_term_may_be_typed_without_choosing_a_suggestion(bot: House, alice: Person, channel: Channel) -> None:
    asked = await (await alice.slash(channel, "define", term="compellence")).answered()
    assert "aims to change the status quo" in asked.text


async def test_a_term_that_does_not_exist_gets_those_that_look_like_it(
    bot: House, alice: Person, channel: Channel
) -> None:
    asked = await (await alice.slash(channel, "define", term="alliances of bandwagon states")).answered()
    assert "is not a term of the notes" in asked.text
    assert 1 <= len(asked.message.buttons) <= 3
    chosen = await (await alice.click(asked.message, asked.message.buttons[0].label)).answered()
    assert chosen.message is asked.message
    assert labels(asked.message)[0] == "Sources"


async def test_compare_shows_both_sides_and_what_the_course_says_of_them(
    bot: House, alice: Person, channel: Channel
) -> None:
    asked = await (await alice.slash(channel, "compare", first="alliance", second="coalition")).answered()
    assert asked.text.index("### Alliance") < asked.text.index("### Coalition")
    assert "> Alliances are formed in peace time and coalitions" in asked.text


async def test_a_term_is_not_compared_with_itself(bot: House, alice: Person, channel: Channel) -> None:
    asked = await (await alice.slash(channel, "compare", first="alliance", second="alliances")).answered()
    assert asked.text == "Those are the same term; choose two different ones."


async def test_a_comparison_with_an_unknown_term_offers_comparisons(
    bot: House, alice: Person, channel: Channel
) -> None:
    asked = await (await alice.slash(channel, "compare", first="alliance", second="coalition war time")).answered()
    assert "“coalition war time” is not a term of the notes" in asked.text
    assert all(shown.startswith("Alliance and ") for shown in labels(asked.message))
    await (await alice.click(asked.message, asked.message.buttons[0].label)).answered()
    assert asked.message.text.count("### ") >= 2


async def test_the_menu_asks_what_a_message_says_and_answers_privately(
    bot: House, alice: Person, bob: Person, channel: Channel
) -> None:
    said = await bob.say(channel, "what is deterrence?")
    asked = await (await alice.context_menu(said, "Ask TutorBot")).answered()
    assert "> To persuade an opponent not to initiate action" in asked.text
    assert asked.message.ephemeral


async def test_commands_work_in_direct_messages(bot: House, alice: Person) -> None:
    asked = await (await alice.slash(alice.dm, "ask", question="What is deterrence?")).answered()
    assert "> To persuade an opponent not to initiate action" in asked.text


async def test_commands_are_registered_for_servers_and_direct_messages(bot: House, local: LocalDiscord) -> None:
    asked = {"ask", "define", "compare", "Ask TutorBot"}
    learnt = {"quiz", "review", "progress"}
    assert set(local.commands) == asked | learnt | {"knowledge", "Add to knowledge", "tutor", "privacy"}
