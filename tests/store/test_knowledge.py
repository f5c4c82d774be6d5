"""What servers lay over courses: kept with every version, apart for each server, never overwritten unseen."""

import asyncio

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.store.entries import GUILD, MOD, NOW, OTHER, SECOND, added, laid
from tutorbot.curation.versions import Action, Change, ConflictError, Version
from tutorbot.knowledge.documents import Segment
from tutorbot.knowledge.fingerprint import fingerprint_of
from tutorbot.knowledge.models import Source
from tutorbot.knowledge.overlay import Laid, Overlay
from tutorbot.store.knowledge import KnowledgeStore
from tutorbot.store.sql_knowledge import SqlKnowledge


@pytest.fixture
def store(engine: AsyncEngine) -> KnowledgeStore:
    """An empty store."""
    return SqlKnowledge(engine)


async def save(store: KnowledgeStore, *changes: Change, guild: int = GUILD, who: int = MOD, at: float = NOW) -> None:
    """Save changes to the course "sea"."""
    await store.save(guild, "sea", changes, who=who, at=at, why="because")


async def test_what_was_saved_is_laid_over_in_the_order_of_its_adding(store: KnowledgeStore) -> None:
    await save(store, added("wave"), at=NOW)
    await save(store, added("tide"), at=NOW + 1)
    await save(store, added("wave", "A moving ridge of water.", expected=1), at=NOW + 2)
    overlay = await store.overlay(GUILD, "sea")
    assert overlay == Overlay({"wave": laid("wave", "A moving ridge of water."), "tide": laid("tide")})
    assert list(overlay.laid) == ["wave", "tide"]


async def test_servers_and_courses_never_see_each_others_changes(store: KnowledgeStore) -> None:
    await save(store, added("tide"))
    await save(store, added("tide", "Another server's words for it."), guild=OTHER)
    assert await store.overlay(GUILD, "bread") == Overlay()
    assert (await store.overlay(GUILD, "sea")).laid["tide"] == laid("tide")
    assert [one.laid for one in await store.history(OTHER, "sea")] == [laid("tide", "Another server's words for it.")]
    assert await store.current(OTHER, "bread", "tide") is None


async def test_every_version_stays_with_who_when_and_why(store: KnowledgeStore) -> None:
    await save(store, added("tide"))
    hidden = Change("tide", Laid(entry=laid().entry, hidden=True), Action.REMOVE, 1)
    await save(store, hidden, who=SECOND, at=NOW + 5)
    first = Version(GUILD, "sea", "tide", 1, Action.ADD, laid(), MOD, NOW, "because")
    second = Version(GUILD, "sea", "tide", 2, Action.REMOVE, hidden.laid, SECOND, NOW + 5, "because")
    assert await store.history(GUILD, "sea", "tide") == [second, first]
    assert await store.history(GUILD, "sea", "tide", limit=1) == [second]
    assert await store.current(GUILD, "sea", "tide") == second


async def test_an_earlier_version_and_the_courses_own_can_be_restored(store: KnowledgeStore) -> None:
    await save(store, added("tide"))
    await save(store, added("tide", "Something wrong.", expected=1))
    again = await store.restore(GUILD, "sea", "tide", 1, who=MOD, at=NOW + 9, expected=2)
    assert (again.number, again.action, again.laid) == (3, Action.RESTORE, laid())
    own = await store.restore(GUILD, "sea", "tide", 0, who=MOD, at=NOW + 10, expected=3)
    assert own.laid == Laid()
    assert await store.overlay(GUILD, "sea") == Overlay({"tide": Laid()})
    with pytest.raises(LookupError):
        await store.restore(GUILD, "sea", "tide", 17, who=MOD, at=NOW, expected=4)
    assert len(await store.history(GUILD, "sea")) == 4


async def test_the_second_of_two_moderators_is_shown_the_first_ones_change(store: KnowledgeStore) -> None:
    await save(store, added("tide"))
    await save(store, added("tide", "The first one's words.", expected=1), who=MOD)
    with pytest.raises(ConflictError, match="`tide` was changed meanwhile") as caught:
        await save(store, added("tide", "The second one's words.", expected=1), who=SECOND)
    assert (caught.value.theirs.number, caught.value.theirs.who) == (2, MOD)
    assert caught.value.theirs.laid == laid("tide", "The first one's words.")
    with pytest.raises(ConflictError):
        await store.restore(GUILD, "sea", "tide", 1, who=SECOND, at=NOW, expected=1)
    assert (await store.overlay(GUILD, "sea")).laid["tide"] == laid("tide", "The first one's words.")


async def test_of_many_changes_all_are_kept_or_none(store: KnowledgeStore) -> None:
    await save(store, added("tide"))
    before = await store.revisions()
    with pytest.raises(ConflictError):
        await save(store, added("wave"), added("tide"), added("foam"))
    assert list((await store.overlay(GUILD, "sea")).laid) == ["tide"]
    assert await store.revisions() == before


async def test_of_edits_at_the_same_instant_in_two_processes_one_is_kept(
    store: KnowledgeStore, second: AsyncEngine
) -> None:
    await save(store, added("tide"))
    stores = [store, SqlKnowledge(second)] * 4
    edits = (save(one, added("tide", f"Words {at}.", expected=1), who=at) for at, one in enumerate(stores, 1))
    done = await asyncio.gather(*edits, return_exceptions=True)
    assert sum(one is None for one in done) == 1
    conflicts = [one for one in done if isinstance(one, ConflictError)]
    assert len(conflicts) == len(stores) - 1
    winner = await store.current(GUILD, "sea", "tide")
    assert all(conflict.theirs == winner for conflict in conflicts)


async def test_a_change_raises_the_servers_revision_for_every_process(
    store: KnowledgeStore, second: AsyncEngine
) -> None:
    other = SqlKnowledge(second)
    assert await other.revisions() == {}
    await save(store, added("tide"))
    await save(store, added("tide"), guild=OTHER)
    seen = await other.revisions()
    await save(store, added("wave"))
    after = await other.revisions()
    assert after[GUILD] > seen[GUILD]
    assert after[OTHER] == seen[OTHER]


async def test_a_servers_documents_prove_quotes_again_when_they_are_read_back(store: KnowledgeStore) -> None:
    source = Source(id="talk", title="A talk", kind="text")
    words = "The sea rises and falls twice a day, and nobody can stop it."
    fingerprint = fingerprint_of([Segment("paragraph 1: The Sea", words)])
    await store.add_source(GUILD, "sea", source, fingerprint, who=MOD, at=NOW)
    await store.add_source(GUILD, "sea", source, fingerprint, who=SECOND, at=NOW + 1)
    held = await store.sources(GUILD, "sea")
    assert held == {"talk": (source, fingerprint)}
    assert held["talk"][1].proves("Paragraph 1, the sea", "falls twice a day, and nobody")
    assert await store.sources(OTHER, "sea") == {}
