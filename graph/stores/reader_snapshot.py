"""A fixed copy of a store's folder for a reader, while another process may be writing to it.

The engine calls reading a folder that is written to undefined: a file listed in the manifest may be
gone when it is opened. So a reader links the files into a folder of its own, which nobody writes to.
Table files never change once they are written, the manifest and the log only grow. When the manifest
is the same before and after the files were linked, no file came or went in between, and what was
linked is the store as it was at one moment. Reader and writer lock the folder in turn, so that a
writer that never pauses does not keep readers waiting.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from policygraph.errors import StoreError
from policygraph.graph.stores.locked_dir import LOCK, LockedDir, sweep

FOLDER = "readers"
# Seconds between attempts, some five in all: what is linked while the writer goes on is no store.
_PAUSES = (0.0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.02, 0.05, 0.05, *[0.1] * 50)


class ReaderSnapshot:
    """A reader's own links to a store's files, removed when it is closed or its process ends."""

    def __init__(self, store: Path) -> None:
        """Link the files.

        Raises OSError where links cannot be made, StoreError where the writer never pauses.
        """
        if sys.platform == "win32":
            raise OSError("files in use cannot be linked and removed here")
        (store / FOLDER).mkdir(exist_ok=True)
        sweep((store / FOLDER).glob("*"))
        self._folder = LockedDir(store / FOLDER)
        self.path = self._folder.path
        try:
            with folder_lock(store):
                _link(store, self.path)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Remove the links; calling it twice is allowed."""
        self._folder.close()


@contextmanager
def folder_lock(store: Path) -> Iterator[None]:
    """Lock a store's folder: meanwhile no other process links its files or flushes its log.

    Where folders cannot be locked (Windows) nothing is locked.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl

    folder = os.open(store, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _link(store: Path, target: Path) -> None:
    """Link the files as they were at one moment: the manifest did not change meanwhile."""
    for pause in _PAUSES:
        time.sleep(pause)
        with suppress(FileNotFoundError):
            before = _manifest(store)
            _link_all(store, target)
            if _manifest(store) == before:
                name, text = before
                (target / name).write_bytes(text)
                (target / "CURRENT").write_text(name + "\n")
                return
        for file in target.iterdir():
            if file.name != LOCK:
                file.unlink()
    raise StoreError(f"{store}: another process writes to this store without a pause; try again")


def _manifest(store: Path) -> tuple[str, bytes]:
    """The name and the bytes of the manifest; raises OSError where the store does not say which it is."""
    name = (store / "CURRENT").read_bytes().decode("ascii", "replace").strip()
    if not name.startswith("MANIFEST-") or not name.isprintable():
        raise OSError(f"{store}: CURRENT names no manifest")
    return name, (store / name).read_bytes()


def _link_all(store: Path, target: Path) -> None:
    """Tables are linked, the logs and options copied; a table that is gone shows in the manifest."""
    for entry in os.scandir(store):
        if entry.name.endswith(".sst"):
            with suppress(FileNotFoundError):
                os.link(entry.path, target / entry.name)
        elif entry.name.endswith(".log") or entry.name.startswith("OPTIONS-"):
            with suppress(FileNotFoundError):
                shutil.copyfile(entry.path, target / entry.name)
