"""Snapshots of a store for the workers to read: hard links that cost no copy.

A snapshot is private to the service: a builder may go on writing to the user's store meanwhile, and the
service's own graph can be put into a copy of the snapshot without a byte written to that store.
"""

from __future__ import annotations

import glob
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from policygraph.graph.stores.locked_dir import LockedDir, sweep

_MARK = ".serving-"


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
        """A newer one has replaced it."""
        self._stale = True
        self._remove()

    def _remove(self) -> None:
        if self._stale and not self._readers:
            shutil.rmtree(self.path, ignore_errors=True)


class RemoteStore:
    """A store without snapshots, such as a server, in the place of one: queries go to the store."""

    def __init__(self, location: str, state: str, modified: float) -> None:
        self.location = location
        self.state = state
        self.modified = modified

    @contextmanager
    def reading(self) -> Iterator[str]:
        """The location of the store."""
        yield self.location

    def retire(self) -> None:
        """Nothing to remove."""


class SnapshotDir:
    """The folder of one service's snapshots, beside the store where that may be written to."""

    def __init__(self, store: Path) -> None:
        prefix = f".{store.name}{_MARK}"
        # Of services that were killed. The name of the store is no pattern: it may hold [, * or ?.
        sweep(store.parent.glob(f"{glob.escape(prefix)}*"))
        try:
            self._folder = LockedDir(store.parent, prefix)
        except OSError:
            self._folder = LockedDir(None, prefix)
        self._count = 0

    def place(self) -> Path:
        """The path of the next snapshot."""
        self._count += 1
        return self._folder.path / str(self._count)

    def clear(self) -> None:
        """Remove all of them."""
        self._folder.close()
