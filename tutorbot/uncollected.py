"""Python's garbage collector, kept away while very many objects are made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_within: list[None] = []


@contextmanager
def uncollected() -> Iterator[None]:
    """Nothing is looked through for garbage meanwhile; for work in a thread that makes very many objects that stay.

    The collector would go through all of them again and again, and let no other thread run for up to 0.1 s each time. Now it does so
    once, after the end. Enter and leave it on the event loop's thread.
    """
    _within.append(None)
    gc.disable()
    try:
        yield
    finally:
        _within.pop()
        if not _within:
            gc.enable()
