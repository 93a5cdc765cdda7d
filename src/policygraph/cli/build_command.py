"""The command that reads reports into a store, or into shards."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from policygraph.cli.command_io import open_store
from policygraph.errors import UsageError
from policygraph.ontology.labels import counted

if TYPE_CHECKING:
    from policygraph.cli.source_reading import ReadSettings, SourceReading
    from policygraph.graph.stores import Store
    from policygraph.graph.versions import Works


def build(options: argparse.Namespace) -> int:
    """Read reports into the store, or into shards; exit status 1 where one of many could not be read."""
    from policygraph.ontology.vocabulary import extended

    if options.workers < 1:
        raise UsageError(f"--workers {options.workers}: give how many processes read, 1 or more")
    if options.shard_size < 1:
        raise UsageError(f"--shard-size {options.shard_size}: give how many reports, 1 or more")
    if options.scheduler and options.workers > 1:
        raise UsageError("--workers and --scheduler: are two ways to read; give one of them")
    if options.shards and options.keep_versions:
        raise UsageError("--keep-versions: is chosen when shards are loaded; give it to load")
    with extended(*map(Path, options.vocabulary)):
        return _build_shards(options) if options.shards else _build_all(options)


def _build_shards(options: argparse.Namespace) -> int:
    from policygraph.cli.shard_building import build_shards

    if "-" in options.sources:
        raise UsageError("-: standard input is read into a store, not into shards; give files")
    return build_shards(options, _sources(options), _settings_from_options(options))


def _build_all(options: argparse.Namespace) -> int:
    from policygraph.cli.build_progress import BuildProgress
    from policygraph.cli.source_reading import read_anywhere
    from policygraph.cli.store_writing import write_all
    from policygraph.graph.versions import Works

    sources = _sources(options)
    progress = BuildProgress(len(sources))
    with open_store(options, read_only=False) as store:
        works = Works(store)
        settings = _settings(store, works, options)
        readings = zip(sources, _readings(sources, settings, options), strict=True)
        anew = replace(settings, stored={})
        found = ((each, partial(read_anywhere, source, anew)) for source, each in readings)
        write_all(works, found, progress, keep_versions=options.keep_versions)
    progress.summarise(options.store)
    return 1 if progress.failed else 0


def _sources(options: argparse.Namespace) -> list[str]:
    """The sources in the order they were given, standard input last; the bundled report if none."""
    from policygraph.loaders.remote_sources import find_anywhere
    from policygraph.loaders.sources import BUNDLED

    sources = find_anywhere([name for name in options.sources if name != "-"])
    _tell_passed_over(options.sources)
    if options.scheduler:  # whose workers may stand in another folder
        sources = [name if "://" in name else str(Path(name).absolute()) for name in sources]
    sources += ["-"] * ("-" in options.sources)
    return sources or [str(BUNDLED)]


def _tell_passed_over(names: Sequence[str]) -> None:
    """Say which files of the folders given are not read, by their endings."""
    from policygraph.loaders.sources import passed_over

    for name in names:
        endings = passed_over(Path(name)) if Path(name).is_dir() else None
        if endings:
            kinds = ", ".join(f"{ending} ({count})" for ending, count in sorted(endings.items()))
            files = counted(endings.total(), "file")
            print(
                f"policygraph: {name}: {files} of other kinds passed over: {kinds}; give one by its name to read it, or to see why it is not read",
                file=sys.stderr,
            )


def _readings(
    sources: Sequence[str], settings: ReadSettings, options: argparse.Namespace
) -> Iterator[SourceReading]:
    """What is read of each source, in order, by as many processes as are useful, or on a cluster."""
    from policygraph.cli.source_reading import ended, read_anywhere, read_one
    from policygraph.loaders.remote_sources import at_hand

    if len(sources) == 1 and not options.scheduler:
        with at_hand(sources[0]) as path:
            yield read_one(path, settings)  # its error is that of the command
        return
    # Imported where processes are started: they take a while, and most builds are of one report.
    from policygraph.cli.reading_jobs import job_runner
    from policygraph.cli.reading_processes import Ended

    files = [source for source in sources if source != "-"]
    with job_runner(options, settings) as do:
        for source, reading in zip(files, do(read_anywhere, files), strict=True):
            yield ended(source, reading.how) if isinstance(reading, Ended) else reading
    if len(files) < len(sources):
        yield read_anywhere("-", settings)


def _settings_from_options(options: argparse.Namespace) -> ReadSettings:
    """What the options say of all sources."""
    from policygraph.cli.source_reading import ReadSettings

    return ReadSettings(
        {name: getattr(options, name) for name in ("area", "period", "issuer", "title")},
        tuple(Path(file).absolute() for file in options.vocabulary),
        mapping=Path(options.mapping).absolute() if options.mapping else None,
    )


def _settings(store: Store, works: Works, options: argparse.Namespace) -> ReadSettings:
    """What the options say of all sources, and what of the store need not be read again."""
    stored = {} if options.force else store.reading_digests()
    if not options.keep_versions:  # one that stands beside another version is written to replace it
        stored = {iri: stored[iri] for iri in stored.keys() - works.with_others()}
    return replace(_settings_from_options(options), stored=stored)
