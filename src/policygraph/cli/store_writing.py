"""Writes what was read to a store, some reports in a transaction, and tells what they replace."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterable

from policygraph.cli.build_progress import BuildProgress, printable
from policygraph.cli.source_reading import SourceReading
from policygraph.graph.timing import timed
from policygraph.graph.versions import Addition, Works

log = logging.getLogger(__name__)
TOGETHER = 8  # reports written to the store in one transaction: what a kill may cost to read
LAST = 2  # of the last ones: nothing is left to read meanwhile
# What was read of a source, and how it is read although the store holds it.
Found = tuple[SourceReading, Callable[[], SourceReading]]


def write_all(
    works: Works,
    found: Iterable[Found],
    progress: BuildProgress,
    *,
    keep_versions: bool,
    together: int = TOGETHER,
) -> None:
    """Write readings in their order, ``together`` in a transaction; one that is unchanged in the store stays, if it is still there.

    Raises StoreError.
    """
    waiting: list[SourceReading] = []
    anew: set[str] = set()  # what an earlier source was written as
    for reading, again in found:
        if reading.unchanged and waiting:
            _write(works, waiting, keep_versions=keep_versions)
        if reading.unchanged and (reading.iri in anew or reading.iri not in works):
            reading = again()  # an earlier source replaced it
        progress.add(reading)
        if reading.quads:
            waiting.append(reading)
            anew.add(reading.iri)
        ahead = progress.total - progress.done
        enough = together if ahead > together else min(LAST, together)
        if len(waiting) >= enough or not ahead:
            _write(works, waiting, keep_versions=keep_versions)
        if not waiting:  # what the bar tells of is in the store
            progress.show(reading.source)


def _write(works: Works, waiting: list[SourceReading], *, keep_versions: bool) -> None:
    """Write what was read to the store and tell what it replaces; the list is empty afterwards."""
    names = " ".join(f"<{reading.iri}>" for reading in waiting)
    quads = sum(reading.quads.count("\n") for reading in waiting)
    with timed(log, "added %d quads to the store as %s", quads, names):
        written = [(reading.iri, reading.quads) for reading in waiting]
        additions = works.add(written, keep_versions=keep_versions)
    for reading, addition in zip(waiting, additions, strict=True):
        _tell(reading.source, addition, keep_versions=keep_versions)
    waiting.clear()


def _tell(source: str, addition: Addition, *, keep_versions: bool) -> None:
    """Say on stderr which documents of the store a new one replaces, or stands beside."""
    told = f"policygraph: {printable(source)}: "
    if addition.before is not None:
        name = printable(addition.before.source) or "a document in the store"
        print(f"{told}the same version as {name}, which it replaces", file=sys.stderr)
    for other in addition.others:
        what = f"another version of {printable(other.source) or 'a document in the store'} (<{other.iri}>)"
        if keep_versions:
            print(f"{told}{what}; both are kept", file=sys.stderr)
        else:
            print(f"{told}{what}, which it replaces; --keep-versions keeps both", file=sys.stderr)
