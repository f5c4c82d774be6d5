"""Questions asked in vain: kept once, grouped, dealt with by one moderator, told to their askers once."""

import asyncio

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.store.entries import GUILD, MOD, NOW, OTHER
from tutorbot.store import Feedback, FeedbackLog, MemoryFeedbackLog, Verdict
from tutorbot.store.questions import AskedQuestion, Outcome
from tutorbot.store.sql_questions import SqlQuestions
from tutorbot.store.sql_unanswered import SqlUnanswered
from tutorbot.store.unanswered import Group, GroupStatus, UnansweredStore

ANN, BEN, CHANNEL = 2**61 + 11, 2**61 + 12, 2**61 + 50
DAY = 86_400.0


@pytest.fixture
def store(engine: AsyncEngine) -> UnansweredStore:
    """An empty store."""
    return SqlUnanswered(engine)


def vain(
    question: str = "When is the exam?",
    person: int | None = ANN,
    *,
    guild: int | None = GUILD,
    at: float = NOW,
    **more: object,
) -> Feedback:
    """A question that found no answer."""
    said: dict[str, object] = {"channel": CHANNEL, "message": 2**61 + 99, "course": "sea", **more}
    return Feedback(Verdict.ABSTAINED, question, (), at, guild=guild, person=person, **said)  # type: ignore[arg-type]


async def only(store: UnansweredStore) -> Group:
    """The one open group."""
    (group,) = await store.open(GUILD)
    return group


async def test_the_same_word_of_the_same_person_is_kept_once(store: UnansweredStore) -> None:
    await keeps_the_same_word_once(store)


async def test_a_process_without_a_database_keeps_the_same_word_once() -> None:
    await keeps_the_same_word_once(MemoryFeedbackLog())


async def keeps_the_same_word_once(log: FeedbackLog) -> None:
    """What every FeedbackLog does."""
    other = Feedback(
        Verdict.NOT_HELPFUL, "When is the exam?", ("exam",), NOW + 1, guild=GUILD, person=ANN, course="sea"
    )
    told = [vain(), vain(person=BEN), other, vain(guild=None), vain("When?", person=None), vain(course="sky")]
    for feedback in told:
        assert await log.add(feedback)
    for feedback in told:
        assert not await log.add(feedback)
    assert sorted(await log.all(GUILD), key=repr) == sorted([one for one in told if one.guild == GUILD], key=repr)
    assert await log.all(None) == [told[3]]
    assert await log.all(OTHER) == []


async def test_questions_of_the_same_letters_are_one_group_with_its_counts(store: UnansweredStore) -> None:
    await store.add(vain("When is the exam?", ANN))
    await store.add(vain("when is the EXAM", BEN, at=NOW + 5))
    await store.add(vain("when is the EXAM", ANN, at=NOW + 7))
    await store.add(vain("Who teaches?", ANN, at=NOW + 9))
    await store.add(vain("When is the exam?", ANN, guild=OTHER))
    await store.add(vain("When is the exam?", BEN, course="bread", at=NOW + 1))
    exam, teacher, bread = await store.open(GUILD)
    assert (exam.question, exam.questions) == ("When is the exam?", ("When is the exam?", "when is the EXAM"))
    assert (exam.times, exam.people, exam.first_at, exam.last_at) == (3, 2, NOW, NOW + 7)
    assert (teacher.question, bread.course) == ("Who teaches?", "bread")
    assert await store.open(GUILD, "bread") == [bread]
    assert await store.group(GUILD, exam.id) == exam
    assert await store.group(OTHER, exam.id) is None


async def test_groups_of_one_meaning_are_merged_but_not_across_courses_or_servers(store: UnansweredStore) -> None:
    for question in ("When is the exam?", "date of the exam", "exam day"):
        await store.add(vain(question))
    await store.add(vain("wann ist die Prüfung", course="bread"))
    await store.add(vain("quand ?", guild=OTHER))
    ids = {one.question: one.id for one in (*await store.open(GUILD), *await store.open(OTHER))}
    into = ids["When is the exam?"]
    await store.merge(OTHER, into, list(ids.values()))
    assert len(await store.open(GUILD)) == 4
    await store.merge(GUILD, into, list(ids.values()))
    merged = await store.group(GUILD, into)
    assert merged is not None
    assert set(merged.questions) == {"When is the exam?", "date of the exam", "exam day"}
    assert len(await store.open(GUILD)) == 2
    assert len(await store.open(OTHER)) == 1
    await store.add(vain("Exam day", BEN))
    assert (await store.group(GUILD, into) or merged).people == 2


async def test_of_two_moderators_who_deal_with_a_group_one_does(store: UnansweredStore, engine: AsyncEngine) -> None:
    await store.add(vain())
    group = await only(store)
    deeds = (store.settle(GUILD, group.id, GroupStatus.DISMISSED, who=MOD + at, at=NOW + 1) for at in range(4))
    done = [one for one in await asyncio.gather(*deeds) if one is not None]
    assert len(done) == 1
    assert (done[0].status, done[0].settled_at) == (GroupStatus.DISMISSED, NOW + 1)
    assert await store.group(GUILD, group.id) == done[0]
    assert await store.open(GUILD) == []
    assert await store.to_tell(GUILD) == []
    assert await store.settle(OTHER, group.id, GroupStatus.DISMISSED, who=MOD, at=NOW) is None
    with pytest.raises(ValueError, match="an entry"):
        await store.settle(GUILD, group.id, GroupStatus.ANSWERED, who=MOD, at=NOW)


async def test_what_is_asked_after_a_group_was_dealt_with_begins_a_new_one(store: UnansweredStore) -> None:
    await store.add(vain())
    group = await only(store)
    await store.settle(GUILD, group.id, GroupStatus.DISMISSED, who=MOD, at=NOW)
    assert not await store.add(vain())
    await store.add(vain(person=BEN))
    assert (await only(store)).id != group.id


async def test_the_message_that_shows_a_group_is_remembered(store: UnansweredStore) -> None:
    await store.add(vain())
    group = await only(store)
    assert group.card is None
    assert not await store.keep_card(OTHER, group.id, 1, 2)
    assert not await store.keep_card(GUILD, group.id + 1, 1, 2)
    assert await store.keep_card(GUILD, group.id, CHANNEL, 2**62 + 5)
    assert (await only(store)).card == (CHANNEL, 2**62 + 5)


async def test_each_asker_is_told_once_where_they_asked(store: UnansweredStore, second: AsyncEngine) -> None:
    await store.add(vain("When is the exam?", ANN))
    await store.add(vain("when is the exam", ANN, at=NOW + 1))
    await store.add(vain("when is the exam", BEN, at=NOW + 2, message=None))
    await store.add(vain("when is the exam", None))
    await store.add(vain("when is the exam!", 77, channel=None))
    group = await only(store)
    assert await store.to_tell(GUILD) == []
    await store.settle(GUILD, group.id, GroupStatus.ANSWERED, entry="exam", who=MOD, at=NOW + 9)
    ann, ben = await store.to_tell(GUILD)
    assert (ann.person, ann.channel, ann.message, ann.entry) == (ANN, CHANNEL, 2**61 + 99, "exam")
    assert (ann.question, ben.person, ben.message, ben.course) == ("When is the exam?", BEN, None, "sea")
    stores = (store, SqlUnanswered(second)) * 3
    assert sum(await asyncio.gather(*(one.tell(ann.id, NOW + 10) for one in stores))) == 1
    assert await store.to_tell(GUILD) == [ben]
    assert await store.tell(ben.id, NOW + 11)
    assert await store.to_tell(GUILD) == []
    assert not await store.tell(10**6, NOW)


async def test_who_opted_out_is_not_told_then_nor_later(store: UnansweredStore) -> None:
    await store.add(vain())
    await store.opt_out(ANN, out=True)
    await store.opt_out(ANN, out=True)
    assert await store.opted_out(ANN)
    assert not await store.opted_out(BEN)
    await store.settle(GUILD, (await only(store)).id, GroupStatus.POINTED, entry="exam", who=MOD, at=NOW)
    assert await store.to_tell(GUILD) == []
    await store.opt_out(ANN, out=False)
    assert await store.to_tell(GUILD) == []
    await store.add(vain("What is a tide?"))
    await store.settle(GUILD, (await only(store)).id, GroupStatus.POINTED, entry="tide", who=MOD, at=NOW)
    assert [one.entry for one in await store.to_tell(GUILD)] == ["tide"]


async def test_questions_come_back_as_they_were_asked_until_they_are_too_old(
    store: UnansweredStore, engine: AsyncEngine
) -> None:
    questions = SqlQuestions(engine)
    asked = [
        AskedQuestion("sea", "Tide?", Outcome.ANSWERED, ("tide", "wave"), 0.91, NOW, GUILD, CHANNEL, 2**62, ANN),
        AskedQuestion("sea", "Exam?", Outcome.ABSTAINED, (), 0.12, NOW + 50 * DAY, GUILD, CHANNEL, None, BEN),
        AskedQuestion("sea", "Hm?", Outcome.CLARIFY, (), 0.4, NOW + 90 * DAY, GUILD),
    ]
    for one in reversed(asked):
        await questions.log(one)
    await questions.log(AskedQuestion("sea", "Exam?", Outcome.ABSTAINED, (), 0.1, NOW, person=ANN))
    await store.add(vain(at=NOW))
    await store.add(vain("Who teaches?", at=NOW + 60 * DAY))
    assert await questions.asked(GUILD) == asked
    assert await questions.asked(GUILD, since=NOW + 1) == asked[1:]
    assert await questions.asked(OTHER) == []
    assert await questions.purge(NOW + 90 * DAY) == 0
    assert await questions.purge(NOW + 91 * DAY) == 3
    assert await questions.asked(GUILD) == asked[1:]
    assert [group.question for group in await store.open(GUILD)] == ["Who teaches?"]
    assert await questions.purge(NOW + 91 * DAY, days=20) == 2
