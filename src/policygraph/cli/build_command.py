"""The command that reads reports into a store."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from policygraph.cli.command_io import open_store
from policygraph.errors import UsageError

if TYPE_CHECKING:
    from policygraph.cli.source_reading import ReadSettings, SourceReading
    from policygraph.graph.stores import Store
    from policygraph.graph.versions import Addition, Works

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
    from policygraph.cli.source_reading import attempt
    from policygraph.graph.versions import Works

    sources = _sources(options)
    progress = BuildProgress(len(sources))
    with open_store(options, read_only=False) as store:
        works = Works(store)
        settings = _settings(store, works, options)
        waiting: list[SourceReading] = []
        readings = zip(sources, _readings(sources, settings, options.workers), strict=True)
        for done, (source, reading) in enumerate(readings, 1):
            if reading.unchanged and waiting:
                _write(works, waiting, keep_versions=options.keep_versions)
            if reading.unchanged and reading.iri not in works:  # an earlier source replaced it
                reading = attempt(source, replace(settings, stored={}))
            progress.add(reading)
            if reading.quads:
                waiting.append(reading)
            if len(waiting) == TOGETHER or done == len(sources):
                _write(works, waiting, keep_versions=options.keep_versions)
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
    sources: Sequence[Path], settings: ReadSettings, most: int
) -> Iterator[SourceReading]:
    """What is read of each source, in order, by as many processes as are useful, ``most`` at most."""
    from policygraph.cli.source_reading import STDIN, attempt, read_all

    workers = min(most, len(sources))
    if workers == 1:
        yield from read_all(sources, settings)
        return
    from policygraph.cli.reading_processes import read_in_processes

    files = [source for source in sources if source != STDIN]
    yield from read_in_processes(files, settings, workers)
    if len(files) < len(sources):
        yield attempt(STDIN, settings)


def _settings(store: Store, works: Works, options: argparse.Namespace) -> ReadSettings:
    """What the options say of all sources, and what of the store need not be read again."""
    from policygraph.cli.source_reading import ReadSettings

    stored = {} if options.force else store.reading_digests()
    if not options.keep_versions:  # one that stands beside another version is written to replace it
        stored = {iri: stored[iri] for iri in stored.keys() - works.with_others()}
    return ReadSettings(
        {name: getattr(options, name) for name in ("area", "period", "issuer", "title")},
        tuple(map(Path, options.vocabulary)),
        stored,
        Path(options.mapping) if options.mapping else None,
    )


def _write(works: Works, waiting: list[SourceReading], *, keep_versions: bool) -> None:
    """Write what was read to the store and tell what it replaces; the list is empty afterwards."""
    from policygraph.graph.timing import timed

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
    told = f"policygraph: {source}: "
    if addition.before is not None:
        name = addition.before.source or "a document in the store"
        print(f"{told}the same version as {name}, which it replaces", file=sys.stderr)
    for other in addition.others:
        what = f"another version of {other.source or 'a document in the store'} (<{other.iri}>)"
        if keep_versions:
            print(f"{told}{what}; both are kept", file=sys.stderr)
        else:
            print(f"{told}{what}, which it replaces; --keep-versions keeps both", file=sys.stderr)
