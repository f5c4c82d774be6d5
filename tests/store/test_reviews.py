"""Personal reviews: a card for each student, due when it says, and what they missed in rounds."""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.quiz.table import START
from tests.store.entries import GUILD, NOW, OTHER
from tests.store.played import KeptTable
from tutorbot.quiz.card import CardKind
from tutorbot.quiz.round import Record
from tutorbot.quiz.round.events import Opened
from tutorbot.store.reviews import Missed, Reviewed, ReviewLine, ReviewStore
from tutorbot.store.sql_reviews import SqlReviews
from tutorbot.store.sql_rounds import SqlRounds

ANN, BEN = 2**61 + 11, 2**61 + 12


@pytest.fixture
def store(engine: AsyncEngine) -> ReviewStore:
    """An empty store."""
    return SqlReviews(engine)


def card(name: str, due: float, state: str = '{"stability": 2.3}', person: int = ANN, guild: int = GUILD) -> Reviewed:
    """A student's card."""
    return Reviewed(guild, person, f"type-term:{name}", name, state, due)


async def test_a_card_is_kept_as_it_is_now_with_every_review_of_it(store: ReviewStore) -> None:
    lines = [ReviewLine(GUILD, ANN, "type-term:tide", "tide", rating, NOW + rating) for rating in (1, 3)]
    await store.save(card("tide", NOW), lines[0])
    await store.save(card("tide", NOW + 60, '{"stability": 4.0}'), lines[1])
    await store.save(card("wave", NOW + 30))
    assert await store.card(GUILD, ANN, "type-term:tide") == card("tide", NOW + 60, '{"stability": 4.0}')
    assert await store.card(GUILD, BEN, "type-term:tide") is None
    assert await store.lines(GUILD, ANN) == lines
    assert await store.lines(GUILD, ANN, since=NOW + 2) == lines[1:]
    assert await store.lines(OTHER, ANN) == []


async def test_cards_are_due_from_their_moment_on_the_longest_due_first(store: ReviewStore) -> None:
    for at, name in enumerate(("tide", "wave", "foam")):
        await store.save(card(name, NOW - at))
    await store.save(card("sand", NOW + 1))
    await store.save(card("other", NOW - 100, person=BEN))
    await store.save(card("other", NOW - 100, guild=OTHER))
    assert [one.entry for one in await store.due(GUILD, ANN, NOW)] == ["foam", "wave", "tide"]
    assert [one.entry for one in await store.due(GUILD, ANN, NOW, limit=1)] == ["foam"]
    assert [one.entry for one in await store.cards(GUILD, ANN)] == ["foam", "wave", "tide", "sand"]


async def test_what_a_player_missed_in_a_round_is_theirs_to_review(store: ReviewStore, engine: AsyncEngine) -> None:
    rounds = SqlRounds(engine)
    table = KeptTable(ANN, BEN)
    result = table.play()
    place = await table.keep(rounds, GUILD, 7)
    assert await store.missed(GUILD, ANN, "sea") == []  # it is not over
    for _twice in range(2):
        await rounds.finish(place.round, result, None)
        wrong = Missed(place.round, "choose-term:b", "b", CardKind.CHOOSE_TERM, result.ended_at)
        rubbish = Missed(place.round, "type-term:c", "c", CardKind.TYPE_TERM, result.ended_at)
        assert await store.missed(GUILD, ANN, "sea") == [wrong]
        assert await store.missed(GUILD, BEN, "sea") == [wrong, rubbish]  # the first of the two he passed over
    assert await store.missed(GUILD, BEN, "sea", since=result.ended_at + 1) == []
    assert await store.missed(OTHER, BEN, "sea") == []
    assert result.ended_at >= START


async def test_what_was_missed_in_a_course_is_not_to_be_reviewed_in_another(
    store: ReviewStore, engine: AsyncEngine
) -> None:
    rounds = SqlRounds(engine)
    table = KeptTable(ANN, BEN)
    result = table.play()
    opened = table.log[0].event
    assert isinstance(opened, Opened)
    table.log[0] = Record(now=table.log[0].now, event=opened.model_copy(update={"course": "sea"}))
    place = await table.keep(rounds, GUILD, 7)
    await rounds.finish(place.round, result, None)
    assert [one.entry for one in await store.missed(GUILD, ANN, "sea")] == ["b"]
    assert await store.missed(GUILD, ANN, "sky") == []
