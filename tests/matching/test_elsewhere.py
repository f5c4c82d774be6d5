"""Work in a process of its own."""

import os
import signal

import pytest

from tutorbot.errors import ModelError
from tutorbot.matching.elsewhere import elsewhere


def _killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_it_returns_what_was_found_in_another_process() -> None:
    assert elsewhere(os.getpid) != os.getpid()
    assert elsewhere(divmod, 7, 2) == (3, 1)


def test_what_goes_wrong_there_is_raised_here() -> None:
    with pytest.raises(ZeroDivisionError):
        elsewhere(divmod, 7, 0)


def test_a_process_that_was_killed_is_told_in_a_sentence() -> None:
    with pytest.raises(ModelError, match="is there enough memory"):
        elsewhere(_killed)
