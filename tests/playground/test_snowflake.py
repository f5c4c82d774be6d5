"""Ids carry their time and only ever grow."""

from hypothesis import given
from hypothesis import strategies as st

from tutorbot.playground.snowflake import Snowflakes, time_of


@given(st.lists(st.floats(min_value=1_420_070_400, max_value=4_000_000_000), min_size=1, max_size=20))
def test_ids_grow_whatever_the_clock_does(times: list[float]) -> None:
    left = iter(times)
    snowflakes = Snowflakes(lambda: next(left))
    made = [snowflakes.next() for _ in times]
    assert made == sorted(set(made))


@given(st.floats(min_value=1_420_070_400, max_value=4_000_000_000))
def test_an_id_tells_when_it_was_made(now: float) -> None:
    assert abs(time_of(Snowflakes(lambda: now).next()) - now) < 0.002
