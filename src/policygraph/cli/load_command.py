"""The command that loads shards into a store: the graph that reading the same sources into it makes."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from policygraph.cli.command_io import open_store
from policygraph.errors import StoreError

if TYPE_CHECKING:
    from policygraph.cli.source_reading import SourceReading
    from policygraph.cli.store_writing import Found
    from policygraph.graph.shards import Entry, Shard

TOGETHER = 64  # reports in one transaction: the more, the cheaper; some 100 MB of lines


def load(options: argparse.Namespace) -> int:
    """Write the documents of shards to the store; what it holds already stays."""
    from policygraph.cli.build_progress import BuildProgress
    from policygraph.cli.store_writing import write_all
    from policygraph.graph.shards import read_shards
    from policygraph.graph.versions import Works

    folder = Path(options.shards)
    shards = read_shards(folder)
    if not shards:
        raise StoreError(
            f"{folder}: holds no shards; policygraph build --shards {folder} makes them (parts of export --bulk are "
            "loaded by the scripts beside them)"
        )
    progress = BuildProgress(sum(len(shard.documents) for shard in shards))
    with open_store(options, read_only=False) as store:
        works = Works(store)
        stored = {} if options.force else store.reading_digests()
        if not options.keep_versions:
            stored = {iri: stored[iri] for iri in stored.keys() - works.with_others()}
        found = (each for shard in shards for each in _readings(folder, shard, stored))
        keep = options.keep_versions
        write_all(works, found, progress, keep_versions=keep, together=TOGETHER)
    progress.summarise(options.store, "in the store, not loaded again; --force loads them")
    return 0


def _readings(folder: Path, shard: Shard, stored: Mapping[str, str]) -> Iterator[Found]:
    """The documents of a shard as they were read; its file is opened where the store lacks one."""
    from policygraph.graph.shards import documents

    told = shard.documents
    same = {iri for iri, each in told.items() if each.reading_digest == stored.get(iri, "-")}
    quads = {} if len(same) == len(told) else dict(documents(folder, shard))
    for iri, entry in told.items():
        now = "" if iri in same else quads[iri]
        yield _reading(iri, entry, now), partial(_anew, folder, shard, iri)


def _anew(folder: Path, shard: Shard, iri: str) -> SourceReading:
    """A document out of its shard, although the store held it."""
    from policygraph.graph.shards import documents

    return _reading(iri, shard.documents[iri], dict(documents(folder, shard))[iri])


def _reading(iri: str, entry: Entry, quads: str = "") -> SourceReading:
    """An entry as what was read of its source; without quads, it is unchanged in the store."""
    from policygraph.cli.source_reading import SourceReading

    return SourceReading(entry.name, iri, quads, entry.counts if quads else ())
