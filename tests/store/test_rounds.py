"""Rounds in a database: what is kept, kept once, and found again."""

import asyncio

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.quiz.table import ANN, BEN, HOST, START, choice, listed
from tutorbot.quiz.card import CardKind
from tutorbot.quiz.result import CardResult, RoundResult, Score
from tutorbot.quiz.round import Record, RoundSettings, replay
from tutorbot.quiz.round.events import Answered, CardShown, Joined, Opened, Started
from tutorbot.quiz.spacing import Asked
from tutorbot.store.database import open_database
from tutorbot.store.rounds import Place, RoundStore
from tutorbot.store.sql_rounds import SqlRounds

GUILD, CHANNEL = 2**62, 2**62 + 1


@pytest.fixture
def store(engine: AsyncEngine) -> RoundStore:
    """An empty store."""
    return SqlRounds(engine)


def opened(event_id: int = 1) -> Record:
    """A round's first event."""
    cards = (choice("a"), listed("b"))
    return Record(now=START, event=Opened(id=event_id, at=START, player=HOST, settings=RoundSettings(), cards=cards))


def result(*scores: Score, ended: float = START + 60) -> RoundResult:
    """How a round of two cards went."""
    cards = (
        CardResult("choose-term:a", "a", CardKind.CHOOSE_TERM, False, 2, 1),
        CardResult("name-them-all:b", "b", CardKind.NAME_THEM_ALL, True, 0, 0),
    )
    return RoundResult(HOST, START, ended, "completed", cards, scores)


async def placed(store: RoundStore, channel: int = CHANNEL, event_id: int = 1) -> Place:
    """A round that was opened."""
    place = await store.open(GUILD, channel, opened(event_id))
    assert place is not None
    return place


async def test_a_round_is_found_again_as_it_was_played(store: RoundStore) -> None:
    place = await placed(store)
    log = [
        opened(),
        Record(now=START + 1, event=Joined(id=2, at=START + 1, player=ANN)),
        Record(now=START + 2, event=Started(id=3, at=START + 2, player=HOST)),
        Record(now=START + 3, event=CardShown(card=0, at=START + 3)),
        Record(now=START + 4, event=Answered(id=4, at=START + 4, player=ANN, card=0, choice=1)),
    ]
    for number, record in enumerate(log[1:], 1):
        assert await store.append(place.round, number, record)
    assert await store.running() == [place]
    assert list(await store.records(place.round)) == log
    assert replay(await store.records(place.round)) == replay(log)


async def test_the_same_click_is_kept_once(store: RoundStore) -> None:
    place = await placed(store)
    click = Record(now=START + 1, event=Joined(id=2, at=START + 1, player=ANN))
    assert await store.append(place.round, 1, click)
    assert not await store.append(place.round, 2, click)
    assert len(await store.records(place.round)) == 2


async def test_of_two_starts_at_the_same_instant_one_gets_the_channel(store: RoundStore) -> None:
    starts = (store.open(GUILD, CHANNEL, opened(number)) for number in (1, 2, 3))
    places = await asyncio.gather(*starts)
    assert len([place for place in places if place is not None]) == 1
    assert len(await store.running()) == 1


async def test_of_two_starts_in_two_processes_one_gets_the_channel(store: RoundStore, second: AsyncEngine) -> None:
    stores = [store, SqlRounds(second)] * 5
    starts = (one.open(GUILD, CHANNEL, opened(number)) for number, one in enumerate(stores, 1))
    places = [place for place in await asyncio.gather(*starts) if place is not None]
    assert await SqlRounds(second).running() == places
    assert len(places) == 1


async def test_another_channel_is_free_and_a_finished_round_frees_its_own(store: RoundStore) -> None:
    first = await placed(store)
    await placed(store, channel=CHANNEL + 1)
    await store.finish(first.round, result(), None)
    again = await placed(store, event_id=5)
    assert again.round != first.round
    assert [place.channel for place in await store.running()] == [CHANNEL + 1, CHANNEL]


async def test_a_message_takes_the_place_of_the_earlier_one(store: RoundStore) -> None:
    place = await placed(store)
    await store.keep_message(place.round, "card:0:0", 7)
    await store.keep_message(place.round, "card:0:0", 8)
    await store.keep_message(place.round, "lobby", 6)
    assert await store.shown(place.round) == {"card:0:0": 8, "lobby": 6}


async def test_results_come_back_ranked_and_a_later_report_replaces_them(store: RoundStore) -> None:
    place = await placed(store)
    first = result(Score(1, ANN, 900, 1, 1), Score(2, BEN, 0, 0, 1))
    second = result(Score(1, ANN, 900, 1, 1), Score(1, BEN, 900, 1, 1))
    await store.finish(place.round, first, "t")
    assert await store.results(GUILD) == [first]
    await store.finish(place.round, second, "t")
    assert await store.results(GUILD) == [second]
    assert await store.results(GUILD, since=START + 61) == []
    assert await store.results(GUILD + 5) == []


async def test_only_cards_that_counted_were_asked(store: RoundStore) -> None:
    place = await placed(store)
    await store.finish(place.round, result(Score(1, ANN, 900, 1, 1)), None)
    assert await store.asked(GUILD) == [Asked("choose-term:a", START + 60, 2, 1)]


async def test_what_was_kept_outlives_the_process_and_is_migrated_once(url: str) -> None:
    for expected in ([], [CHANNEL]):
        engine = await open_database(url)
        store = SqlRounds(engine)
        assert [place.channel for place in await store.running()] == expected
        if not expected:
            await placed(store)
        await engine.dispose()


async def test_many_events_at_once_are_all_kept_and_those_that_were_kept_before_are_told_apart(
    store: RoundStore, second: AsyncEngine
) -> None:
    places = [await placed(store, CHANNEL + at, at + 1) for at in range(20)]
    others = SqlRounds(second)

    def joined(number: int) -> Record:
        return Record(now=START + number, event=Joined(id=100 + number, at=START + number, player=number))

    async def played(place: Place, by: RoundStore) -> list[bool]:
        return [await by.append(place.round, number, joined(number)) for number in range(1, 6)]

    kept = await asyncio.gather(
        *(played(place, store) for place in places[:10]), *(played(p, others) for p in places[10:])
    )
    assert kept == [[True] * 5] * 20
    again = (store.append(place.round, 6, joined(at % 9)) for at, place in enumerate(places))
    assert await asyncio.gather(*again) == [not 1 <= at % 9 <= 5 for at in range(20)]
    for place in places:
        assert [record.now - START for record in await store.records(place.round)][1:6] == [1, 2, 3, 4, 5]


async def test_two_events_of_one_number_are_not_both_kept(store: RoundStore, second: AsyncEngine) -> None:
    place = await placed(store)
    events = [Record(now=START, event=Joined(id=number, at=START, player=number)) for number in (5, 6)]
    done = await asyncio.gather(
        store.append(place.round, 1, events[0]),
        SqlRounds(second).append(place.round, 1, events[1]),
        return_exceptions=True,
    )
    assert sum(one is True for one in done) == 1
    assert sum(isinstance(one, IntegrityError) for one in done) == 1


async def test_who_waits_for_an_event_to_be_kept_may_go_away(store: RoundStore) -> None:
    place = await placed(store)
    events = [Record(now=START, event=Joined(id=number, at=START, player=number)) for number in (5, 6, 7)]
    waiting = [
        asyncio.ensure_future(store.append(place.round, number, event)) for number, event in enumerate(events, 1)
    ]
    await asyncio.sleep(0)
    waiting[1].cancel()
    done = await asyncio.gather(*waiting, return_exceptions=True)
    assert (done[0], done[2]) == (True, True)
    kept = {record.event.id for record in await store.records(place.round) if isinstance(record.event, Joined)}
    assert {5, 7} <= kept
