"""The command that reads reports into a store."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from policygraph.cli.store_commands import open_store
from policygraph.errors import UsageError

if TYPE_CHECKING:
    from policygraph.cli.source_reading import ReadSettings, SourceReading
    from policygraph.graph.stores import Store

log = logging.getLogger(__name__)
TOGETHER = 8  # reports written to the store in one transaction: what a kill may cost


def build(options: argparse.Namespace) -> int:
    """Read reports into the store; exit status 1 where one of many could not be read."""
    from policygraph.ontology.vocabulary import extended

    if options.workers < 1:
        raise UsageError(f"--workers {options.workers}: give how many processes read, 1 or more")
    with extended(*map(Path, options.vocabulary)):
        return _build_all(options)


def _build_all(options: argparse.Namespace) -> int:
    from policygraph.cli.build_progress import BuildProgress

    sources = _sources(options)
    progress = BuildProgress(len(sources))
    with open_store(options, read_only=False) as store:
        waiting: list[SourceReading] = []
        for done, reading in enumerate(_readings(sources, store, options), 1):
            progress.add(reading)
            if reading.quads:
                waiting.append(reading)
            if len(waiting) == TOGETHER or done == len(sources):
                _write(store, waiting)
            if not waiting:  # what the bar tells of is in the store
                progress.show(done, reading.source)
    progress.summarise(options.store)
    return 1 if progress.failed else 0


def _sources(options: argparse.Namespace) -> list[Path]:
    """The sources in the order they were given, standard input last; the bundled report if none."""
    from policygraph.loaders.sources import BUNDLED, find_sources

    sources = find_sources([name for name in options.sources if name != "-"])
    sources += [Path("-")] * ("-" in options.sources)
    return sources or [BUNDLED]


def _readings(
    sources: Sequence[Path], store: Store, options: argparse.Namespace
) -> Iterator[SourceReading]:
    """What is read of each source, in order, by as many processes as are wanted and useful."""
    from policygraph.cli.source_reading import STDIN, attempt, read_all

    settings = _settings(store, options)
    workers = min(options.workers, len(sources))
    if workers == 1:
        yield from read_all(sources, settings)
        return
    from policygraph.cli.reading_processes import read_in_processes

    files = [source for source in sources if source != STDIN]
    yield from read_in_processes(files, settings, workers)
    if len(files) < len(sources):
        yield attempt(STDIN, settings)


def _settings(store: Store, options: argparse.Namespace) -> ReadSettings:
    from policygraph.cli.source_reading import ReadSettings

    return ReadSettings(
        {name: getattr(options, name) for name in ("area", "period", "issuer", "title")},
        tuple(map(Path, options.vocabulary)),
        {} if options.force else store.reading_digests(),
    )


def _write(store: Store, waiting: list[SourceReading]) -> None:
    """Write what was read to the store; the list is empty afterwards."""
    from policygraph.graph.timing import timed

    names = " ".join(f"<{reading.iri}>" for reading in waiting)
    quads = sum(reading.quads.count("\n") for reading in waiting)
    with timed(log, "added %d quads to the store as %s", quads, names):
        store.add_all([(reading.iri, reading.quads) for reading in waiting])
    waiting.clear()
