"""Reading without looking for garbage: nearly all that reading makes is kept, or freed at once without it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_readers = 0
_enabled = True


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage while any thread is in here; afterwards as before."""
    global _readers, _enabled
    with _lock:
        if not _readers:
            _enabled = gc.isenabled()
            gc.disable()
        _readers += 1
    try:
        yield
    finally:
        with _lock:
            _readers -= 1
            if not _readers and _enabled:
                gc.enable()
