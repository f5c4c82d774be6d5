"""Work beside which no garbage is looked for."""

import gc

import pytest

from tutorbot.uncollected import uncollected


def test_nothing_is_collected_until_the_last_has_ended() -> None:
    with uncollected():
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_is_collected_again_after_something_went_wrong() -> None:
    with pytest.raises(ZeroDivisionError), uncollected():
        _ = 1 / 0
    assert gc.isenabled()
