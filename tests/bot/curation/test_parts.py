"""The parts that know nothing of Discord: drafts in memory, merging, the log that is watched."""

from tutorbot.bot.curation.drafts import Memory, key_of
from tutorbot.bot.curation.merging import merged
from tutorbot.bot.curation.noticing import Noticed
from tutorbot.curation.form import Form
from tutorbot.playground import Person
from tutorbot.store import Feedback, MemoryFeedbackLog, Verdict

from .house import CurationHouse, command, read


def test_a_draft_is_its_owners_alone_and_the_oldest_is_forgotten() -> None:
    kept: Memory[str] = Memory(limit=2)
    kept.put("a", 1, "first")
    kept.put("b", 2, "second")
    assert (kept.get("a", 1), kept.get("a", 2)) == ("first", None)
    assert kept.newest_of(1, lambda _: True) == "a"
    assert kept.newest_of(2, lambda one: one != "second") is None
    kept.put("c", 1, "third")
    assert kept.get("a", 1) is None
    assert kept.newest_of(1, lambda _: True) == "c"


def test_keys_are_short_and_tell_numbers_apart() -> None:
    assert key_of(0) == "0"
    assert len({key_of(2**63 + number) for number in range(100)}) == 100
    assert len(key_of(2**64 - 1)) == 13


def test_a_field_that_only_one_side_changed_is_theirs_or_mine() -> None:
    base = Form("Entente", "An understanding", "Slides", "slide 4", "quote", aliases="Pact")
    mine = Form("Entente cordiale", "An understanding", "Slides", "slide 5", "quote", aliases="")
    theirs = Form("Entente", "A loose understanding", "Slides", "slide 6", "quote", aliases="Pact")
    assert merged(base, mine, theirs) == Form(
        "Entente cordiale", "A loose understanding", "Slides", "slide 5", "quote", aliases=""
    )


async def test_the_log_tells_of_every_server_that_something_new_was_kept_for() -> None:
    told: list[int] = []
    log = Noticed(MemoryFeedbackLog())
    log.watch(told.append)
    asked = Feedback(Verdict.ABSTAINED, "why?", (), 1.0, guild=7, person=1)
    assert await log.add(asked)
    assert not await log.add(asked)
    assert await log.add(Feedback(Verdict.ABSTAINED, "why?", (), 1.0, person=1))
    assert told == [7]
    assert len(await log.all(7)) == 1


async def test_people_see_what_is_kept_about_them_in_direct_messages_too(bot: CurationHouse, alice: Person) -> None:
    await command(alice, alice.dm, "ask", question="what is an entente?")
    shown = await alice.slash(alice.dm, "privacy show")
    assert "- questions: 1" in (await shown.answered()).text
    assert (await command(alice, alice.dm, "privacy notices", state="off")).text.startswith("You will not be told")
    assert "You are not told" in await read(await command(alice, alice.dm, "privacy show"))
