"""Rounds in a database: what is kept, kept once, and found again."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.quiz.table import ANN, BEN, HOST, START, choice, listed
from tutorbot.errors import SettingsError
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
def url(tmp_path: Path) -> str:
    """A file that is not there yet, in a folder that is not there yet."""
    return f"sqlite+aiosqlite:///{tmp_path}/new/rounds.sqlite3"


@pytest.fixture
async def engine(url: str) -> AsyncIterator[AsyncEngine]:
    """An open database."""
    engine = await open_database(url)
    yield engine
    await engine.dispose()


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


async def test_the_file_is_written_ahead_and_waits_for_other_writers(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        assert (await connection.execute(text("PRAGMA journal_mode"))).scalar() == "wal"
        assert (await connection.execute(text("PRAGMA busy_timeout"))).scalar() == 5000
        assert (await connection.execute(text("PRAGMA foreign_keys"))).scalar() == 1


@pytest.mark.parametrize("address", ["nonsense", "sqlite+aiosqlite:////proc/no/such/file", "mysteryql://x/y"])
async def test_an_address_that_leads_nowhere_is_one_sentence(address: str) -> None:
    with pytest.raises(SettingsError, match=r"^TUTORBOT_DATABASE cannot be used: .*\.$"):
        await open_database(address)
