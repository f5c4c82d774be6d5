"""Long work in a process of its own."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import ParamSpec, TypeVar

from tutorbot.errors import ModelError

_Given = ParamSpec("_Given")
_Found = TypeVar("_Found")


def elsewhere(work: Callable[_Given, _Found], *args: _Given.args, **kwargs: _Given.kwargs) -> _Found:
    """What ``work`` returns or raises, done in a process that ends with it and gives back its memory.

    For what a thread cannot do beside an event loop: some libraries let no other thread run until they are done. ``work`` is a
    function of a module, and what it takes and returns can be pickled. Raises ModelError if the process was killed.
    """
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as process:
        try:
            return process.submit(work, *args, **kwargs).result()
        except BrokenProcessPool as error:
            raise ModelError(
                "Preparing the course was stopped from outside; is there enough memory? Try again."
            ) from error
