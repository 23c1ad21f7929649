"""Holds the search for garbage back while a long file is judged or written."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def left_alone() -> Iterator[None]:
    """Ten thousand rows are half a million objects, all in use: going through them again and
    again takes a seventh of the time and finds nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
