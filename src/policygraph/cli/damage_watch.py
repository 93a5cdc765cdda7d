"""A query that takes long over a damaged store: the engine may repeat its error forever, which is told here."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from policygraph.errors import StoreError

if TYPE_CHECKING:
    from policygraph.graph.stores import Store

PATIENCE = 10.0  # seconds a query may take before its store is looked through


@contextmanager
def ended_where_damaged(store: Store) -> Iterator[None]:
    """End the process with one line and status 2 where a long query is asked of a damaged store.

    The store is read through once, beside the query, which goes on where nothing is wrong. A query that is
    answered meanwhile has its answer: that its store is closed then is no damage.
    """
    answered = threading.Event()
    timer = threading.Timer(PATIENCE, _look_through, (store, answered))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        answered.set()
        timer.cancel()


def _look_through(store: Store, answered: threading.Event) -> None:
    try:
        store.look_through()
    except StoreError as error:
        if answered.is_set():
            return
        print(f"policygraph: {error}", file=sys.stderr, flush=True)
        os._exit(2)
