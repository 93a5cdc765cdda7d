"""Standard input, output and error as the command needs them, however it was started."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from typing import TypeVar

Done = TypeVar("Done")


class Telling(io.TextIOWrapper):
    """What is told beside the work: where nobody takes it any more, the work goes on."""

    def write(self, text: str) -> int:
        """Tell something, to nobody where the stream is broken."""
        return self._tell(lambda: super(Telling, self).write(text), len(text))

    def flush(self) -> None:
        """Send what was told, to nobody where the stream is broken."""
        self._tell(super().flush, None)

    def _tell(self, do: Callable[[], Done], done: Done) -> Done:
        try:
            return do()
        except OSError:  # a pipe nobody reads, a terminal that has gone, a full disk
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())
            return done


def prepare() -> None:
    """Stand in for streams that are closed, and let print write Chinese in every locale.

    A closed descriptor would be given to the next file that is opened, such as one of the store.
    """
    for number, how in ((0, os.O_RDONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        # What is printed to a closed stdout is an error, as the descriptor takes no writing.
        _occupy(number, how)
    sys.stdin = sys.stdin or open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = Telling(
        open(2, "wb", closefd=False),  # noqa: SIM115
        encoding=sys.stderr.encoding,
        line_buffering=True,
    )
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            ascii_only = stream.encoding.lower() in ("ascii", "us-ascii", "ansi_x3.4-1968")
            encoding = "utf-8" if ascii_only else stream.encoding
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def discard_output() -> None:
    """Send what is still to be written to stdout nowhere: its reader has gone, or its disk is full."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _occupy(number: int, how: int) -> None:
    """Open the null device as a descriptor that is closed."""
    try:
        os.fstat(number)
    except OSError:
        opened = os.open(os.devnull, how)
        if opened != number:
            os.dup2(opened, number)
            os.close(opened)
