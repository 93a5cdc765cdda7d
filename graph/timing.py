"""What is done and how long it takes, for the log."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def timed(log: logging.Logger, message: str, *values: object) -> Iterator[None]:
    """Log at level INFO what was done in the block, with its duration in milliseconds.

    ``message`` takes the values as logging does. A block that raises is logged by whoever catches it.
    """
    began = time.perf_counter()
    yield
    if log.isEnabledFor(logging.INFO):
        log.info(f"{message} (%.0f ms)", *values, 1000 * (time.perf_counter() - began))
