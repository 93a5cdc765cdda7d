"""Folders that belong to a process: locked while it lives, so that what a killed one left is known."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
import weakref
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

LOCK = "held"
_YOUNG = 60.0  # seconds within which a folder without a lock may still be on its way


class LockedDir:
    """A new folder, removed when it is closed or its process ends; raises OSError.

    Where the system has no such locks, what a killed process leaves stays.
    """

    def __init__(self, parent: Path | None, prefix: str = "") -> None:
        self.path = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        file = os.open(self.path / LOCK, os.O_RDWR | os.O_CREAT)
        self._remove = weakref.finalize(self, _remove, self.path, file, os.getpid())
        _lock(file)

    def close(self) -> None:
        """Remove it; a second time is fine."""
        self._remove()


def sweep(folders: Iterable[Path]) -> None:
    """Remove those whose process is gone."""
    if sys.platform == "win32":
        return
    for folder in folders:
        with suppress(OSError):
            if _is_left(folder):
                _empty(folder)


def _is_left(folder: Path) -> bool:
    """Whether nobody holds a folder; raises OSError where somebody does."""
    try:
        file = os.open(folder / LOCK, os.O_RDWR)
    except FileNotFoundError:
        # Killed before it was locked, or while it was removed.
        return time.time() - folder.stat().st_mtime > _YOUNG
    try:
        _lock(file)
    finally:
        os.close(file)
    return True


def _lock(file: int) -> None:
    """Lock an open file; raises OSError when another process has."""
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _remove(path: Path, file: int, process: int) -> None:
    """Only by the process that made it: a fork has the same object."""
    if os.getpid() == process:
        with suppress(OSError):
            _empty(path)
        os.close(file)


def _empty(folder: Path) -> None:
    """Remove a folder, its lock last: one who is killed meanwhile leaves what can be told."""
    for entry in folder.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry, ignore_errors=True)
        elif entry.name != LOCK:
            entry.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
