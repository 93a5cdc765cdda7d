"""Folders that belong to a process: locked while it runs, so that leftovers of killed ones are found."""

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
_LOCKED = b"locked\n"
_YOUNG = 60.0  # seconds within which a folder without a lock may be one that is just being created


class LockedDir:
    """A new folder, removed when it is closed or its process ends; raises OSError.

    Where the system has no such locks, what a killed process leaves stays.
    """

    def __init__(self, parent: Path | None, prefix: str = "") -> None:
        self.path = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        file = os.open(self.path / LOCK, os.O_RDWR | os.O_CREAT)
        self._remove = weakref.finalize(self, _remove, self.path, file, os.getpid())
        lock(file, wait=True)  # one that sweeps may look at it for a moment
        os.write(file, _LOCKED)

    def close(self) -> None:
        """Remove it; calling it twice is allowed."""
        self._remove()


def sweep(folders: Iterable[Path]) -> None:
    """Remove the folders whose process has ended."""
    if sys.platform == "win32":
        return
    for folder in folders:
        with suppress(OSError):
            if _is_left(folder):
                _empty(folder)


def _is_left(folder: Path) -> bool:
    """Whether the process of a folder has ended; raises OSError where it still locks the folder."""
    try:
        file = os.open(folder / LOCK, os.O_RDWR)
    except FileNotFoundError:
        # Killed before it was locked, or while it was removed.
        return time.time() - folder.stat().st_mtime > _YOUNG
    try:
        lock(file)
        status = os.fstat(file)
    finally:
        os.close(file)
    # Until its process has written into it, it may be between being created and being locked.
    return status.st_size > 0 or time.time() - status.st_mtime > _YOUNG


def lock(file: int, *, wait: bool = False) -> None:
    """Lock an open file; raises OSError when another process has, unless it is to be waited for."""
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


def _remove(path: Path, file: int, process: int) -> None:
    """Remove the folder, but only in the process that created it: a fork has the same object."""
    if os.getpid() == process:
        with suppress(OSError):
            _empty(path)
        os.close(file)


def _empty(folder: Path) -> None:
    """Remove a folder, its lock file last, so that an interrupted removal is recognised."""
    for entry in folder.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry, ignore_errors=True)
        elif entry.name != LOCK:
            entry.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
