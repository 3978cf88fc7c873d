"""Garbage collection: seldom during a build, which makes objects by the million and few cycles."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_NEW_OBJECTS = 1_000_000  # instead of 700: what statements are compiled of lives that long anyway


@contextmanager
def rare_collections() -> Iterator[None]:
    """Collect cyclic garbage seldom within, and as before afterwards.

    A tenth of Python's work for a build was to look for garbage where there was none. What a build
    leaves is looked at when another begins: most processes end with it.
    """
    before = gc.get_threshold()
    gc.unfreeze()
    gc.set_threshold(max(_NEW_OBJECTS, before[0]), *before[1:])
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(*before)
