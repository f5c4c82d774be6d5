"""Personal review as people do it."""

import io

import pytest
from PIL import Image

from tests.bot.house import labels
from tests.bot.quiz.house import LONG, told, wrong
from tutorbot.bot.review.decks import KeyedDeck
from tutorbot.curation.versions import Action, Change
from tutorbot.knowledge.overlay import Laid
from tutorbot.playground import Channel, Clock, Message, Person
from tutorbot.quiz.card import Card, CardKind
from tutorbot.quiz.round.settings import RoundSettings, seconds_for
from tutorbot.store.database import open_database
from tutorbot.store.sql_knowledge import SqlKnowledge
from tutorbot.store.sql_privacy import SqlPrivacy
from tutorbot.wording import plain

from .house import DAY, MINUTE, PATIENCE, ReviewHouse, a_card, press, review_of, right_label, shown_card


def place(card: Card) -> str:
    """Where the notes say what the card asks, as it is shown."""
    return f" · {plain(card.citations[0].locator)}"


async def typed(person: Person, message: Message, text: str) -> Message:
    """The message after a typed answer."""
    opened = await (await person.click(message, "Answer")).answered(PATIENCE)
    assert opened.modal is not None
    answered = await (await person.submit(opened.modal, {"text": text})).answered(PATIENCE)
    assert answered.message is message
    return message


async def test_a_card_missed_in_a_round_comes_to_review_privately_and_goes_when_it_is_known(
    quiz: ReviewHouse, deck: KeyedDeck, clock: Clock, alice: Person, bob: Person, channel: Channel
) -> None:
    card = await quiz.begin(alice, channel, cards=1)
    asked = await quiz.asked(1)
    await told(await alice.click(card, wrong(asked)))
    clock.forward(LONG + 2)
    await quiz.message(channel, "nobody was right")
    clock.forward(9)
    await quiz.finished()
    review = await review_of(alice, channel)
    assert shown_card(deck, review).id == asked.id
    assert "the last one" in review.text
    await press(alice, review, right_label(deck, review))
    assert "✓ Right" in review.text
    assert place(asked) in review.text
    assert "It comes back <t:" in review.text
    await press(alice, review, "Next")
    assert "Done for now" in review.text
    assert "-# 1 card reviewed in the last 24 hours" in review.text
    assert "Nothing is due" in (await review_of(bob, channel)).text
    [held] = (await quiz.held(alice, channel)).values()
    assert held.card == asked.id
    assert held.due > clock() + DAY


async def test_a_wrong_answer_shows_what_was_chosen_and_the_card_comes_back_in_ten_minutes(
    quiz: ReviewHouse, deck: KeyedDeck, clock: Clock, alice: Person, channel: Channel
) -> None:
    card = a_card(deck, CardKind.CHOOSE_TERM)
    await quiz.due(alice, channel, card)
    review = await review_of(alice, channel)
    await press(alice, review, wrong(shown_card(deck, review)))
    assert "✗ Not quite" in review.text
    assert "You chose: " in review.text
    assert place(card) in review.text
    await press(alice, review, "Next")
    assert "Done for now" in review.text
    assert "The next card is due <t:" in review.text
    clock.forward(11 * MINUTE)
    assert "the last one" in (await review_of(alice, channel)).text


async def test_cards_come_one_after_the_other_and_enough_is_enough(
    quiz: ReviewHouse, deck: KeyedDeck, alice: Person, channel: Channel
) -> None:
    cards = [a_card(deck, CardKind.CHOOSE_TERM, at) for at in range(3)]
    await quiz.due(alice, channel, *cards)
    review = await review_of(alice, channel)
    assert "3 to review" in review.text
    assert shown_card(deck, review).id == cards[0].id
    await press(alice, review, right_label(deck, review))
    await press(alice, review, "Next")
    assert "2 to review" in review.text
    assert shown_card(deck, review).id == cards[1].id
    await press(alice, review, "Enough")
    assert "2 cards wait for you." in review.text
    await press(alice, review, "Go on")
    assert shown_card(deck, review).id == cards[1].id


async def test_a_review_goes_on_where_it_was_after_a_restart(
    quiz: ReviewHouse, deck: KeyedDeck, alice: Person, channel: Channel
) -> None:
    cards = [a_card(deck, CardKind.CHOOSE_DEFINITION, at) for at in range(2)]
    await quiz.due(alice, channel, *cards)
    review = await review_of(alice, channel)
    label = right_label(deck, review)
    await quiz.restart()
    await press(alice, review, label)
    assert "✓ Right" in review.text
    await quiz.restart()
    await press(alice, review, "Next")
    assert shown_card(deck, review).id == cards[1].id
    await press(alice, review, "Show the answer")
    await quiz.restart()
    await press(alice, review, next(label for label in labels(review) if label.startswith("Good")))
    assert "Done for now" in review.text
    assert [line.card for line in await quiz.lines(alice, channel)] == [card.id for card in cards]
    assert "Nothing" in (await review_of(alice, channel)).text


async def test_a_typed_answer_is_marked_with_its_reason_also_after_a_restart(
    quiz: ReviewHouse, deck: KeyedDeck, alice: Person, channel: Channel
) -> None:
    first, second = a_card(deck, CardKind.TYPE_TERM, 0), a_card(deck, CardKind.TYPE_TERM, 1)
    await quiz.due(alice, channel, first, second)
    review = await review_of(alice, channel)
    assert first.accept[0] not in review.text
    await typed(alice, review, first.accept[0].lower())
    assert "✓ Right" in review.text
    assert f"### {first.accept[0]}" in review.text
    await press(alice, review, "Next")
    opened = await (await alice.click(review, "Answer")).answered(PATIENCE)
    await quiz.restart()
    assert opened.modal is not None
    await (await alice.submit(opened.modal, {"text": "a kind of **cheese** @everyone"})).answered(PATIENCE)
    assert "✗ Not quite" in review.text
    assert "You wrote: a kind of \\*\\*cheese" in review.text
    assert [line.rating for line in await quiz.lines(alice, channel)][1] == 1


async def test_nearly_all_of_a_list_counts_as_hard(
    quiz: ReviewHouse, deck: KeyedDeck, alice: Person, channel: Channel
) -> None:
    lists = [card for card in deck.deck.cards if card.kind is CardKind.NAME_THEM_ALL and len(card.items) == 4]
    await quiz.due(alice, channel, lists[0])
    review = await review_of(alice, channel)
    assert "-# 4 things" in review.text
    await typed(alice, review, "\n".join(item.text for item in lists[0].items[:3]))
    assert "Nearly all: 3 of 4" in review.text
    assert review.text.count("✓") == 3
    assert [line.rating for line in await quiz.lines(alice, channel)] == [2]


async def test_whoever_looks_the_answer_up_says_how_well_they_knew_it(
    quiz: ReviewHouse, deck: KeyedDeck, clock: Clock, alice: Person, channel: Channel
) -> None:
    card = a_card(deck, CardKind.WHO_SAID_IT)
    await quiz.due(alice, channel, card)
    review = await review_of(alice, channel)
    await press(alice, review, "Show the answer")
    assert "How well did you know it?" in review.text
    assert place(card) in review.text
    grades = labels(review)[:4]
    assert [label.split(" · ")[0] for label in grades] == ["Not known", "Hard", "Good", "Easy"]
    assert grades[0] == "Not known · 10 min"
    assert await quiz.lines(alice, channel) == []
    await press(alice, review, grades[3])
    assert [line.rating for line in await quiz.lines(alice, channel)] == [4]
    assert (await quiz.held(alice, channel))[card.id].due > clock() + DAY


async def test_a_card_is_reviewed_once_however_often_it_is_clicked(
    quiz: ReviewHouse, deck: KeyedDeck, alice: Person, channel: Channel
) -> None:
    await quiz.due(alice, channel, a_card(deck, CardKind.CHOOSE_TERM))
    one, other = await review_of(alice, channel), await review_of(alice, channel)
    label = right_label(deck, one)
    await press(alice, one, label)
    late = await (await alice.click(one, label, late=True)).answered(PATIENCE)
    assert late.message is one
    assert "You have answered this card already" in one.text
    await press(alice, other, wrong(shown_card(deck, other)))
    assert "You have answered this card already" in other.text
    assert "Not quite" not in other.text
    assert [line.rating for line in await quiz.lines(alice, channel)] == [3]


async def test_a_slow_right_answer_is_hard(
    quiz: ReviewHouse, deck: KeyedDeck, clock: Clock, alice: Person, channel: Channel
) -> None:
    await quiz.due(alice, channel, a_card(deck, CardKind.TRUE_OR_FALSE))
    review = await review_of(alice, channel)
    clock.forward(2 * seconds_for(shown_card(deck, review), RoundSettings()) + 5)
    await press(alice, review, right_label(deck, review))
    assert [line.rating for line in await quiz.lines(alice, channel)] == [2]


async def test_who_has_nothing_to_review_may_have_five_new_cards(
    quiz: ReviewHouse, deck: KeyedDeck, alice: Person, channel: Channel
) -> None:
    review = await review_of(alice, channel)
    assert "Nothing is due" in review.text
    assert f"-# Not reviewed yet: {len({card.entry for card in deck.deck.cards})} entries" in review.text
    await press(alice, review, "5 new cards")
    entries = []
    for _ in range(5):
        assert "new" in review.text.splitlines()[0]
        entries.append(shown_card(deck, review).entry)
        await press(alice, review, "Show the answer")
        await press(alice, review, next(label for label in labels(review) if label.startswith("Easy")))
    assert entries == list(dict.fromkeys(card.entry for card in deck.deck.cards))[:5]
    assert "Done for now" in review.text
    assert labels(review) == ["5 new cards"]


async def test_a_topic_keeps_to_its_cards_and_an_unknown_one_is_told(
    quiz: ReviewHouse, deck: KeyedDeck, alice: Person, channel: Channel
) -> None:
    wanted = deck.deck.topics[1]
    other, mine = a_card(deck, CardKind.CHOOSE_TERM), a_card(deck, CardKind.CHOOSE_TERM, topic=wanted)
    await quiz.due(alice, channel, other, mine)
    [choice] = await alice.autocomplete(channel, "review", "topic", wanted.upper())
    review = await review_of(alice, channel, topic=choice.value)
    assert shown_card(deck, review).id == mine.id
    await press(alice, review, right_label(deck, review))
    await press(alice, review, "Next")
    assert f"Nothing else is due on {wanted}." in review.text
    unknown = await review_of(alice, channel, topic="Volcanoes **bold**")
    assert "There are no cards on" in unknown.text
    assert f"- {wanted}" in unknown.text
    assert "**bold**" not in unknown.text


async def test_progress_is_a_private_picture_with_words_for_those_who_do_not_see_it(
    quiz: ReviewHouse, deck: KeyedDeck, alice: Person, channel: Channel
) -> None:
    nothing = await (await alice.slash(channel, "progress")).answered(PATIENCE)
    assert "You have not reviewed anything yet" in nothing.text
    await quiz.due(alice, channel, a_card(deck, CardKind.CHOOSE_TERM))
    review = await review_of(alice, channel)
    await press(alice, review, right_label(deck, review))
    shown = await (await alice.slash(channel, "progress")).answered(PATIENCE)
    assert shown.message.ephemeral
    assert "You would recall **1%** of the notes now; 1 of" in shown.text
    [picture] = shown.message.attachments
    assert picture.description is not None
    assert f"{deck.deck.topics[0]}: " in picture.description
    assert Image.open(io.BytesIO(picture.data)).format == "PNG"


async def test_a_person_who_is_forgotten_has_nothing_to_review(
    quiz: ReviewHouse, deck: KeyedDeck, alice: Person, bob: Person, channel: Channel
) -> None:
    for person in (alice, bob):
        await quiz.due(person, channel, a_card(deck, CardKind.CHOOSE_TERM), a_card(deck, CardKind.CHOOSE_TERM, 1))
        review = await review_of(person, channel)
        await press(person, review, right_label(deck, review))
    engine = await open_database(quiz.database)
    try:
        privacy = SqlPrivacy(engine)
        assert {"reviews", "review_lines"} <= set(await privacy.data_of(alice.id))
        await privacy.forget(alice.id)
    finally:
        await engine.dispose()
    assert (await quiz.held(alice, channel), await quiz.lines(alice, channel)) == ({}, [])
    assert len(await quiz.held(bob, channel)) == 2
    assert "Nothing is due" in (await review_of(alice, channel)).text


@pytest.mark.parametrize("name", ["review", "progress"])
async def test_a_database_that_fails_is_told_and_the_next_try_works(
    quiz: ReviewHouse, alice: Person, channel: Channel, name: str
) -> None:
    engine = await open_database(quiz.database)
    try:
        async with engine.begin() as connection:
            await connection.exec_driver_sql("ALTER TABLE reviews RENAME TO elsewhere")
        failed = await (await alice.slash(channel, name)).answered(PATIENCE)
        assert "The database refused it" in failed.text
        async with engine.begin() as connection:
            await connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO reviews")
    finally:
        await engine.dispose()
    assert "The database" not in (await (await alice.slash(channel, name)).answered(PATIENCE)).text


async def test_a_card_whose_entry_a_moderator_changed_meanwhile_is_not_graded_by_what_it_said(
    quiz: ReviewHouse, deck: KeyedDeck, alice: Person, channel: Channel
) -> None:
    gone, there = a_card(deck, CardKind.CHOOSE_TERM), a_card(deck, CardKind.CHOOSE_TERM, 1)
    await quiz.due(alice, channel, gone, there)
    review = await review_of(alice, channel)
    label = right_label(deck, review)
    assert channel.guild is not None
    engine = await open_database(quiz.database)
    try:
        hidden = Change(gone.entry, Laid(hidden=True), Action.REMOVE, expected=0)
        await SqlKnowledge(engine).save(channel.guild.id, deck.deck.course.id, [hidden], who=1, at=quiz.clock())
    finally:
        await engine.dispose()
    while "### " in (await (await alice.slash(channel, "define", term=gone.entry)).answered(PATIENCE)).text:
        pass  # a change is seen within a second
    await press(alice, review, label)
    assert "The notes have changed meanwhile" in review.text
    assert "the last one to review" in review.text
    assert await quiz.lines(alice, channel) == []


async def test_a_card_stays_to_be_answered_again_if_it_could_not_be_kept(
    quiz: ReviewHouse, deck: KeyedDeck, alice: Person, channel: Channel
) -> None:
    await quiz.due(alice, channel, a_card(deck, CardKind.CHOOSE_TERM))
    review = await review_of(alice, channel)
    label = right_label(deck, review)
    engine = await open_database(quiz.database)
    try:
        async with engine.begin() as connection:
            await connection.exec_driver_sql("ALTER TABLE review_lines RENAME TO elsewhere")
        failed = await (await alice.click(review, label)).answered(PATIENCE)
        async with engine.begin() as connection:
            await connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO review_lines")
    finally:
        await engine.dispose()
    assert "Nothing was changed" in failed.text
    assert failed.message is not review
    await press(alice, review, label)
    assert "✓ Right" in review.text
    assert [line.rating for line in await quiz.lines(alice, channel)] == [3]


async def test_a_typed_answer_that_was_marked_wrong_can_be_counted_as_right_once(
    quiz: ReviewHouse, deck: KeyedDeck, clock: Clock, alice: Person, channel: Channel
) -> None:
    card = a_card(deck, CardKind.TYPE_TERM)
    await quiz.due(alice, channel, card)
    review = await review_of(alice, channel)
    await typed(alice, review, "what I mean by it")
    assert labels(review) == ["Next", "I had it right", "Enough"]
    await quiz.restart()
    await press(alice, review, "I had it right")
    assert "✓ Counted as right" in review.text
    assert place(card) in review.text
    due = (await quiz.held(alice, channel))[card.id].due
    assert due > clock() + DAY
    await (await alice.click(review, "I had it right", late=True)).answered(PATIENCE)
    assert (await quiz.held(alice, channel))[card.id].due == due
    await press(alice, review, "Next")
    assert "-# 1 card reviewed in the last 24 hours" in review.text
