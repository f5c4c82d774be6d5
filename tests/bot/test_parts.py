"""The parts that know nothing of Discord: cooldown, keys, ids seen."""

from tutorbot.bot.cooldown import Cooldown, Wait
from tutorbot.bot.entry_keys import EntryKeys
from tutorbot.bot.once import Once
from tutorbot.tutor import Tutor


def test_ten_questions_a_minute_are_let_through_and_the_next_waits_for_the_first_to_be_a_minute_old() -> None:
    now = 100.0
    cooldown = Cooldown(lambda: now)
    assert [cooldown.ask(1) for _ in range(10)] == [None] * 10
    now = 130.0
    assert cooldown.ask(1) == Wait(until=160, first=True)
    assert cooldown.ask(1) == Wait(until=160, first=False)
    assert cooldown.ask(2) is None
    now = 160.0
    assert cooldown.ask(1) is None


def test_a_refusal_after_a_pause_is_a_first_one_again() -> None:
    now = 0.0
    cooldown = Cooldown(lambda: now, times=1, seconds=60)
    assert cooldown.ask(1) is None
    assert cooldown.ask(1) == Wait(60, first=True)
    now = 60.0
    assert cooldown.ask(1) is None
    assert cooldown.ask(1) == Wait(120, first=True)


def test_the_keys_of_a_course_tell_its_entries_apart(course_tutor: Tutor) -> None:
    ids = list(course_tutor.course.by_id)
    keys = EntryKeys(ids)
    assert keys.unpack(keys.pack(ids, 10_000)) == tuple(ids)


def test_as_many_keys_as_fit_are_packed() -> None:
    ids = [f"entry-{number}" for number in range(40)]
    keys = EntryKeys(ids)
    packed = keys.pack(ids, 90)
    assert len(packed) <= 90
    assert keys.unpack(packed) == tuple(ids[:10])


def test_a_key_means_the_same_entry_after_the_course_has_changed() -> None:
    packed = EntryKeys(["alliance", "entente"]).pack(["alliance", "entente"], 100)
    assert EntryKeys(["coalition", "entente"]).unpack(packed) == ("entente",)


def test_an_id_is_new_once_and_old_ones_are_forgotten() -> None:
    once = Once(limit=2)
    assert [once.first(number) for number in (1, 1, 2, 3, 1)] == [True, False, True, True, True]
