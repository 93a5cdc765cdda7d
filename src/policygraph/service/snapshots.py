"""Snapshots of a store for the workers to read: hard links that cost no copy.

A snapshot is private to the service, so its own graph can be put beside the data without a byte
written to the user's store, and a builder may go on writing there meanwhile.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from policygraph.graph.stores.locked_dir import LockedDir, sweep

_MARK = ".serving-"
_LOGS = ("LOG", "LOCK")


class Snapshot:
    """One folder, removed when it is stale and no query reads it any more.

    ``state`` and ``modified`` say what the store looked like then, and when it was last written.
    """

    def __init__(self, path: Path, state: str, modified: float) -> None:
        self.path = path
        self.state = state
        self.modified = modified
        self._readers = 0
        self._stale = False

    @contextmanager
    def reading(self) -> Iterator[Path]:
        """Keep the folder while a query reads it."""
        self._readers += 1
        try:
            yield self.path
        finally:
            self._readers -= 1
            self._remove()

    def retire(self) -> None:
        """A newer one has come."""
        self._stale = True
        self._remove()

    def _remove(self) -> None:
        if self._stale and not self._readers:
            shutil.rmtree(self.path, ignore_errors=True)


class RemoteStore:
    """A store that is a server, in the place of a snapshot: it is asked as it is."""

    def __init__(self, address: str) -> None:
        self.path = address
        self.modified = time.time()
        self.state = f"{address} {self.modified}"

    @contextmanager
    def reading(self) -> Iterator[str]:
        """Its address."""
        yield self.path

    def retire(self) -> None:
        """Nothing is to be removed."""


class SnapshotDir:
    """The folder the snapshots of one service stand in, beside the store where that is allowed."""

    def __init__(self, store: Path) -> None:
        prefix = f".{store.name}{_MARK}"
        sweep(store.parent.glob(f"{prefix}*"))  # of services that were killed
        try:
            self._held = LockedDir(store.parent, prefix)
        except OSError:
            self._held = LockedDir(None, prefix)
        self._made = 0

    def place(self) -> Path:
        """Where the next snapshot is to stand."""
        self._made += 1
        return self._held.path / str(self._made)

    def clear(self) -> None:
        """Remove all of them."""
        self._held.close()


def look(store: Path) -> tuple[str, float]:
    """What a store on disk looks like now, another text after a write, and when it was written.

    Readers come and go in a folder of the store: only its files tell of a write.
    """
    held, last = [], 0.0
    with os.scandir(store) as files:
        for file in files:
            if file.name.startswith(_LOGS) or not file.is_file():
                continue
            with suppress(FileNotFoundError):
                seen = file.stat()
                held.append(f"{file.name} {seen.st_size} {seen.st_mtime_ns}")
                last = max(last, seen.st_mtime)
    return "\n".join(sorted(held)), last
