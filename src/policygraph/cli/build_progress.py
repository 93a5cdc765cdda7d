"""What a build tells on stderr: a line of progress on a terminal, failures, and a summary."""

from __future__ import annotations

import os
import sys
import time
import unicodedata
from collections import Counter
from contextlib import suppress
from itertools import accumulate

from policygraph.cli.source_reading import SourceReading
from policygraph.ontology.labels import counted
from policygraph.ontology.terms import THINGS

_KINDS = ("document", "figure", "mention", "measure", "quad")
_OF_THINGS = f"<{THINGS}> ."
_CLEAR = "\r\x1b[K"


class BuildProgress:
    """Counts what a build has done and tells of it."""

    def __init__(self, total: int) -> None:
        self.total, self.done = total, 0  # sources
        self._began = time.perf_counter()
        self.begin()
        self._counts = Counter(dict.fromkeys(_KINDS, 0))
        self._reasons: Counter[str] = Counter()
        self._unchanged = 0
        # Digests of the quads of things, which several reports may have.
        self._things: set[int] = set()
        self._terminal = sys.stderr.isatty()

    def begin(self) -> None:
        """What was counted so far was there already and says nothing of how long the rest takes."""
        self._there, self._since = self.done, time.perf_counter()

    @property
    def failed(self) -> int:
        """How many sources were not read."""
        return self._reasons.total()

    def add(self, reading: SourceReading) -> None:
        """Count a reading; a failure is told at once."""
        self.done += 1
        if reading.failure:
            self._reasons[reading.reason] += 1
            self._say(f"policygraph: {reading.failure}")
            return
        for line in reading.told:
            self._say(line)
        if reading.unchanged:
            self._unchanged += 1
        else:
            self._counts["document"] += 1
            self._counts.update(dict(reading.counts))
            self.add_quads(self._new_quads(reading.quads))

    def add_quads(self, count: int) -> None:
        """Count quads that were written."""
        self._counts["quad"] += count

    def _new_quads(self, quads: str) -> int:
        """How many of a reading's quads no reading before it has."""
        # What stands before the graph's name ends with the line that it belongs to.
        pieces = quads.split(f"{_OF_THINGS}\n")[:-1]
        own = quads.count("\n") - len(pieces)
        before = len(self._things)
        self._things.update(hash(piece[piece.rfind("\n") + 1 :]) for piece in pieces)
        return own + len(self._things) - before

    def show(self, name: str) -> None:
        """A bar with rate and time left on a terminal, nothing elsewhere."""
        done = self.done
        if not self._terminal or not done:
            return
        seconds = time.perf_counter() - self._since
        rate = (done - self._there) / seconds if seconds else 0.0
        left = round((self.total - done) / rate) if rate else 0
        filled = 24 * done // self.total
        bar = "█" * filled + "░" * (24 - filled)
        end = "\n" if done == self.total else ""
        told = (
            f"{bar} {done}/{self.total} {rate:.1f}/s {left // 60}:{left % 60:02} left {name[:30]}"
        )
        print(f"\r{_within(told, _columns())}\x1b[K", end=end, file=sys.stderr, flush=True)

    def summarise(
        self, store: str, kept: str = "in the store, not read again; --force reads them"
    ) -> None:
        """What was done, and why sources were not read."""
        if self._unchanged:
            self._say(f"{counted(self._unchanged, 'report')} of {self.total} unchanged {kept}")
        counts = ", ".join(counted(count, name) for name, count in self._counts.items())
        self._say(f"{counts}, {time.perf_counter() - self._began:.2f} seconds → {store}")
        if self.failed:
            why = ", ".join(f"{reason} ({n})" for reason, n in self._reasons.most_common())
            self._say(f"policygraph: {self.failed} of {self.total} sources were not read: {why}")

    def _say(self, line: str) -> None:
        print(f"{_CLEAR if self._terminal else ''}{printable(line)}", file=sys.stderr)


def printable(text: str) -> str:
    """Text as one line that changes nothing in a terminal: the name of a file may hold anything."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def _within(text: str, columns: int) -> str:
    """As much of a text as a line of a terminal holds, where Chinese characters are two columns wide."""
    shown = printable(text)
    ends = accumulate(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in shown)
    return shown[: sum(end < columns for end in ends)]


def _columns() -> int:
    """The width of the terminal that stderr is."""
    with suppress(OSError):
        return os.get_terminal_size(sys.stderr.fileno()).columns or 80
    return 80
