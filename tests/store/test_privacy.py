"""What is known about a person can be seen, and goes everywhere when they say so."""

import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import BigInteger, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.store import postgres
from tests.store.entries import GUILD, NOW, added
from tests.store.played import KeptTable
from tutorbot.knowledge.documents import Segment
from tutorbot.knowledge.fingerprint import fingerprint_of
from tutorbot.knowledge.models import Source
from tutorbot.quiz.round import replay
from tutorbot.quiz.round.telling import result as result_of
from tutorbot.store import Feedback, Verdict
from tutorbot.store.audit import AuditEvent
from tutorbot.store.forgetting import person_columns
from tutorbot.store.questions import AskedQuestion, Outcome
from tutorbot.store.reviews import Reviewed, ReviewLine
from tutorbot.store.sql_guilds import SqlAudit
from tutorbot.store.sql_knowledge import SqlKnowledge
from tutorbot.store.sql_privacy import SqlPrivacy
from tutorbot.store.sql_questions import SqlQuestions
from tutorbot.store.sql_reviews import SqlReviews
from tutorbot.store.sql_rounds import SqlRounds
from tutorbot.store.sql_unanswered import SqlUnanswered
from tutorbot.store.tables import leaving, metadata, round_misses
from tutorbot.store.unanswered import GroupStatus

ANN, BEN = 1_234_567_890_123_456_789, 1_134_567_890_123_456_780
CHANNEL = 1_034_567_890_123_456_700
SECRET = "something that Ben made up"


@pytest.fixture
def everything(url: str, request: pytest.FixtureRequest) -> Callable[[], bytes]:
    """The whole database, byte by byte; for PostgreSQL all that its rows hold."""
    if url.startswith("sqlite"):
        file = Path(url.partition("///")[2])
        return lambda: b"".join(one.read_bytes() for one in sorted(file.parent.iterdir()))
    cluster: postgres.Cluster = request.getfixturevalue("cluster")
    return lambda: cluster.dump(url).encode()


def traces(person: int) -> tuple[bytes, bytes]:
    """How an id may stand in a file: as text, and as SQLite writes a number."""
    return str(person).encode(), struct.pack(">q", person)


async def live(engine: AsyncEngine, person: int, other: int) -> int:
    """Let a person do everything that leaves a trace; the round's number."""
    await SqlQuestions(engine).log(
        AskedQuestion("sea", f"{SECRET}?", Outcome.ANSWERED, ("tide",), 0.9, NOW, GUILD, CHANNEL, 5, person)
    )
    unanswered = SqlUnanswered(engine)
    for who, question in ((person, SECRET), (person, "When is the exam?"), (other, "when is the exam")):
        await unanswered.add(Feedback(Verdict.ABSTAINED, question, (), NOW, GUILD, CHANNEL, who, "sea", 6))
    await unanswered.add(Feedback(Verdict.ABSTAINED, "Who?", (), NOW, GUILD, CHANNEL, other, "sea"))
    who = next(one.id for one in await unanswered.open(GUILD) if one.question == "Who?")
    await unanswered.settle(GUILD, who, GroupStatus.ANSWERED, entry="tide", who=person, at=NOW)
    await unanswered.opt_out(person, out=True)
    knowledge = SqlKnowledge(engine)
    await knowledge.save(GUILD, "sea", [added()], who=person, at=NOW)
    segments = [Segment("page 1", "The sea rises and falls.")]
    await knowledge.add_source(
        GUILD, "sea", Source(id="talk", title="A talk"), fingerprint_of(segments), who=person, at=NOW
    )
    await SqlAudit(engine).add(AuditEvent(GUILD, person, "refused", "/knowledge add", NOW))
    reviews = SqlReviews(engine)
    line = ReviewLine(GUILD, person, "type-term:c", "c", 1, NOW)
    await reviews.save(Reviewed(GUILD, person, "type-term:c", "c", "{}", NOW), line)
    rounds = SqlRounds(engine)
    table = KeptTable(other, person)
    result = table.play()
    place = await table.keep(rounds, GUILD, CHANNEL)
    await rounds.finish(place.round, result, None)
    return place.round


async def test_a_person_sees_everything_that_is_kept_about_them_and_nothing_about_others(engine: AsyncEngine) -> None:
    await live(engine, BEN, ANN)
    data = await SqlPrivacy(engine).data_of(BEN)
    counts = {kind: len(rows) for kind, rows in data.items()}
    assert counts == {
        "questions": 1,
        "feedback": 2,
        "question_groups": 1,
        "opted_out": 1,
        "knowledge_versions": 1,
        "knowledge_sources": 1,
        "audit_events": 1,
        "reviews": 1,
        "review_lines": 1,
        "round_misses": 2,
        "results": 1,
        "round_events": 3,
    }
    assert data["questions"][0]["entries"] == ["tide"]
    assert SECRET in str(data["round_events"])
    assert str(ANN) not in str(data)
    assert await SqlPrivacy(engine).data_of(4711) == {}


async def test_after_a_person_is_forgotten_their_id_and_words_stand_nowhere(
    engine: AsyncEngine, everything: Callable[[], bytes]
) -> None:
    await live(engine, BEN, ANN)
    assert any(trace in everything() for trace in traces(BEN))
    forgotten = await SqlPrivacy(engine).forget(BEN)
    assert (forgotten.removed, forgotten.playing) == (7, ())
    assert await SqlPrivacy(engine).data_of(BEN) == {}
    held = everything()
    assert not [trace for trace in (*traces(BEN), SECRET.encode()) if trace in held]
    assert any(trace in held for trace in traces(ANN))


async def test_totals_of_rounds_and_counts_of_questions_stay_when_a_person_is_forgotten(engine: AsyncEngine) -> None:
    number = await live(engine, BEN, ANN)
    rounds, questions, unanswered = SqlRounds(engine), SqlQuestions(engine), SqlUnanswered(engine)
    (before,) = await rounds.results(GUILD)
    (group,) = [one for one in await unanswered.open(GUILD) if one.people == 2]
    await SqlPrivacy(engine).forget(BEN)
    (after,) = await rounds.results(GUILD)
    assert after.cards == before.cards
    assert [(s.rank, s.points, s.right, s.answered) for s in after.scores] == [
        (s.rank, s.points, s.right, s.answered) for s in before.scores
    ]
    ann, nobody = (score.player for score in after.scores)
    assert ann == ANN
    assert nobody < 0
    replayed = result_of(replay(await rounds.records(number)))
    assert [(s.player, s.points) for s in replayed.scores] == [(s.player, s.points) for s in after.scores]
    (question,) = await questions.asked(GUILD)
    assert (question.outcome, question.at, question.text, question.person) == (Outcome.ANSWERED, NOW, "", None)
    left = await unanswered.open(GUILD)
    assert [(one.id, one.questions, one.people) for one in left] == [(group.id, ("when is the exam",), 1)]
    versions = await SqlKnowledge(engine).history(GUILD, "sea")
    assert versions[0].who == nobody


async def test_two_people_who_are_forgotten_are_not_taken_for_one(engine: AsyncEngine) -> None:
    await live(engine, BEN, ANN)
    for person in (ANN, BEN):
        await SqlPrivacy(engine).forget(person)
    (result,) = await SqlRounds(engine).results(GUILD)
    assert len({score.player for score in result.scores}) == 2
    assert all(score.player < 0 for score in result.scores)


async def test_who_plays_when_they_are_forgotten_is_taken_out_when_the_round_ends(
    engine: AsyncEngine, everything: Callable[[], bytes]
) -> None:
    rounds, privacy = SqlRounds(engine), SqlPrivacy(engine)
    tables = [KeptTable(ANN, BEN), KeptTable(ANN, BEN)]
    results = [table.play() for table in tables]
    places = [await table.keep(rounds, GUILD, CHANNEL + at) for at, table in enumerate(tables)]
    forgotten = await privacy.forget(BEN)
    assert forgotten.playing == tuple(places)
    assert replay(await rounds.records(places[0].round)) == tables[0].state
    for place, result in zip(places, results, strict=True):
        assert any(trace in everything() for trace in traces(BEN))
        await rounds.finish(place.round, result, None)
    async with engine.connect() as connection:
        assert await connection.scalar(select(func.count()).select_from(leaving)) == 0
        assert BEN not in (await connection.scalars(select(round_misses.c.player))).all()
    assert await privacy.data_of(BEN) == {}
    assert all(ANN in {score.player for score in one.scores} for one in await rounds.results(GUILD))
    assert not [trace for trace in (*traces(BEN), SECRET.encode()) if trace in everything()]


async def test_only_people_can_be_forgotten(engine: AsyncEngine) -> None:
    for nobody in (0, -1):
        with pytest.raises(ValueError, match="no person"):
            await SqlPrivacy(engine).forget(nobody)


def test_every_column_that_can_hold_a_discord_id_is_known_to_hold_a_person_or_not_to() -> None:
    people = {(table.name, column.name) for table, column, _forgetting in person_columns()}
    wide = {(t.name, c.name) for t in metadata.sorted_tables for c in t.columns if isinstance(c.type, BigInteger)}
    others = {name for _table, name in wide - people}
    assert people <= wide
    assert others == {"guild", "channel", "message", "event", "card_channel", "card_message"}
