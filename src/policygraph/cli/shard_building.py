"""Reads sources into shards without a store; what is whole in the folder is not read again."""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import SEEK_END, BytesIO
from itertools import count
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

from policygraph.cli.build_progress import BuildProgress
from policygraph.cli.reading_jobs import JobRunner, job_runner, run_in_this_process
from policygraph.cli.reading_processes import Ended
from policygraph.cli.source_reading import (
    ReadSettings,
    SourceReading,
    attempt_at_hand,
    ended,
    failed,
)
from policygraph.errors import SourceError, UsageError, reason
from policygraph.graph.shards import (
    Entry,
    Shard,
    remove_superseded,
    whole_digest,
    whole_shards,
    write_shard,
    writing,
)
from policygraph.graph.versions import work_marks
from policygraph.loaders.reading_digest import reader_digest
from policygraph.loaders.remote_sources import at_hand
from policygraph.loaders.sources import LARGEST, refuse_other
from policygraph.loaders.statistics.mapped_tables import METADATA
from policygraph.ontology.labels import counted

Item = TypeVar("Item")
HASHED = 64  # sources whose digests are made in one job
TRIES = 3  # of a job whose process ends; then it is found out whose fault it is


@dataclass(frozen=True, slots=True)
class Batch:
    """The sources of a shard, by path or address, with their keys.

    ``reader`` is the reader_digest that the keys were made with; ``lost`` says of sources whose
    reading ended its process how it did.
    """

    number: int
    folder: Path
    reader: str
    sources: tuple[tuple[str, str], ...]
    lost: Mapping[str, str] = field(default_factory=dict)


def build_shards(
    options: argparse.Namespace, sources: Sequence[str], settings: ReadSettings
) -> int:
    """Read sources into the folder of shards; exit status 1 where one of many could not be read."""
    folder = Path(options.shards).absolute()
    progress = BuildProgress(len(sources))
    with writing(folder), job_runner(options, settings) as do:
        # A local process would take longer to start than to make all digests.
        hashing = do if options.scheduler else run_in_this_process(settings)
        keys = _keys(sources, _reader(settings), hashing, progress)
        whole = whole_shards(folder, [key for _, key in keys])
        replaced = _replaced(whole, keys)
        there = {} if options.force else _held(whole)
        there = {key: entry for key, entry in there.items() if key not in replaced}
        for entry in (there[key] for _, key in keys if key in there):
            progress.add(_as_reading(entry, unchanged=True))
        progress.begin()
        new = [each for each in keys if each[1] not in there]
        numbers = _free({shard.number for shard in whole})
        for shard in write_batches(
            _batches(folder, new, numbers, options.shard_size, settings), do
        ):
            whole.append(shard)
            for entry in shard.entries:
                progress.add(_as_reading(entry))
            progress.add_quads(shard.quads)
            progress.show(shard.entries[-1].name)
        # What was there and comes after a new source of its work is to stay the last of it.
        whole.sort(key=attrgetter("number"))
        replaced = _replaced(whole, keys)
        again = [each for each in keys if each[1] in replaced]
        after = count(max((shard.number for shard in whole), default=0) + 1)
        for shard in write_batches(
            _batches(folder, again, after, options.shard_size, settings), do
        ):
            progress.add_quads(shard.quads)
        shards = remove_superseded(folder)
    progress.summarise(options.shards, "in the shards, not read again; --force reads them")
    _tell(shards, options.shards)
    return 1 if progress.failed else 0


def _tell(shards: Sequence[Shard], folder: str) -> None:
    told = f"{counted(len(shards), 'shard')}, digest {whole_digest(shards)[:16]}"
    print(f"{told} → {folder}", file=sys.stderr)


def _keys(
    sources: Sequence[str], reader: str, do: JobRunner, progress: BuildProgress
) -> list[tuple[str, str]]:
    """Each source that can be opened with its key; the others are told."""
    parts = _parts(sources, HASHED)
    found = []
    for part, digests in zip(parts, do(digests_of, parts), strict=True):
        if isinstance(digests, Ended):
            digests = [ended(source, digests.how) for source in part]
        for source, each in zip(part, digests, strict=True):
            if isinstance(each, str):
                found.append((source, _key(reader, each)))
            else:
                progress.add(each)
    return found


def _key(reader: str, source: str) -> str:
    return f"{reader[:16]}:{source}"


def digests_of(places: Sequence[str], settings: ReadSettings) -> list[str | SourceReading]:
    """What each source is, or why it cannot be opened."""
    return [_digest_of(place) for place in places]


def _digest_of(place: str) -> str | SourceReading:
    try:
        with at_hand(place) as path:
            refuse_other(path)
            if path.is_fifo() or path.is_socket():
                return failed(place, f"{place}: is not a file; give a report")
            return _digest(path)
    except SourceError as error:
        return failed(place, str(error))
    except OSError as error:
        return failed(place, f"{place}: cannot be read: {reason(error)}; check the path and its permissions")  # fmt: skip


def _digest(path: Path) -> str:
    """A digest of a file by its name and bytes, or its size where it is too large to be read. Raises OSError."""
    source = hashlib.sha256()
    for file in (path, path.with_name(f"{path.name}{METADATA}")):
        with file.open("rb") if file == path or file.exists() else BytesIO() as data:
            size = data.seek(0, SEEK_END)
            source.update(f"{file.name} {size}\n".encode("utf-8", "surrogateescape"))
            data.seek(0)
            source.update(data.read(LARGEST + 1) if size <= LARGEST else b"")
    return source.hexdigest()


def _reader(settings: ReadSettings) -> str:
    files = (*settings.vocabularies, *((settings.mapping,) if settings.mapping else ()))
    return reader_digest(settings.overrides, files)


def _held(shards: Sequence[Shard]) -> dict[str, Entry]:
    """What shards hold of sources, by their keys."""
    return {entry.key: entry for shard in shards for entry in shard.entries if entry.key}


def _replaced(shards: Sequence[Shard], keys: Sequence[tuple[str, str]]) -> set[str]:
    """The keys of sources whose text, or another version of whose work, a later shard has by another source.

    That one replaces them where the shards are loaded, as it is to if it is given after them again.
    """
    held = _held(shards)
    documents = (entry for shard in shards for entry in shard.documents.values())
    last = {mark: entry.key for entry in documents if entry.key for mark in entry.marks}
    places = {key: place for place, (_, key) in enumerate(keys)}
    return {
        key
        for key in places.keys() & held.keys()
        if any(places.get(last.get(mark, key), -1) < places[key] for mark in held[key].marks)
    }


def _free(taken: Container[int]) -> Iterator[int]:
    """The numbers no shard has.

    What a killed run left out stands in whole batches: the next makes the same of them.
    """
    return (number for number in count(1) if number not in taken)


def _batches(
    folder: Path,
    sources: Sequence[tuple[str, str]],
    numbers: Iterator[int],
    size: int,
    settings: ReadSettings,
) -> list[Batch]:
    """Sources in batches, in their order."""
    reader = _reader(settings)
    return [Batch(next(numbers), folder, reader, part) for part in _parts(sources, size)]


def _parts(items: Sequence[Item], size: int) -> list[tuple[Item, ...]]:
    """Items in their order, so many together."""
    return [tuple(items[at : at + size]) for at in range(0, len(items), size)]


def write_batches(batches: Sequence[Batch], do: JobRunner) -> Iterator[Shard]:
    """The shard of every batch; one whose process ends is tried again.

    A source that ends its process each time costs itself only.
    """
    waiting = list(batches)
    for _ in range(TRIES):
        lost = []
        for batch, shard in zip(waiting, do(write_batch, waiting), strict=True):
            if isinstance(shard, Ended):
                lost.append(batch)
            else:
                yield shard
        waiting = lost
    for batch in waiting:
        alone = [replace(batch, sources=(source,)) for source in batch.sources]
        said = zip(batch.sources, do(try_batch, alone), strict=True)
        lost_sources = {place: each.how for (place, _), each in said if isinstance(each, Ended)}
        for shard in do(write_batch, [replace(batch, lost=lost_sources)]):
            if isinstance(shard, Ended):
                raise SourceError(f"shard {batch.number}: the process that read it ended ({shard.how}) again and again; please report it")  # fmt: skip
            yield shard


def try_batch(batch: Batch, settings: ReadSettings) -> bool:
    """Read a batch for nothing; whether that can be done is seen by the process being there afterwards."""
    return all(True for _ in _read(batch, settings))


def write_batch(batch: Batch, settings: ReadSettings) -> Shard:
    """Read a batch and write its shard. Raises StoreError."""
    if _reader(settings) != batch.reader:
        raise UsageError(
            "a worker has another version of policygraph, or other files of --vocabulary or --mapping; "
            "install the same everywhere"
        )
    entries, quads = [], {}
    for key, reading in _read(batch, settings):
        entries.append(_as_entry(key, reading))
        if reading.iri:
            quads[reading.iri] = reading.quads
    return write_shard(batch.folder, batch.number, entries, quads)


def _read(batch: Batch, settings: ReadSettings) -> Iterator[tuple[str, SourceReading]]:
    for place, key in batch.sources:
        if place in batch.lost:
            yield "", ended(place, batch.lost[place])
            continue
        try:
            with at_hand(place) as path:
                reading = attempt_at_hand(place, path, settings)
                same = key == _key(batch.reader, _digest(path))
        except SourceError as error:
            reading, same = failed(place, str(error)), False
        except OSError:  # it was removed while it was read
            same = False
        yield key if same and not reading.passing else "", reading


def _as_entry(key: str, reading: SourceReading) -> Entry:
    return Entry(
        reading.source,
        key,
        reading.iri,
        reading.digest,
        reading.counts,
        reading.failure,
        reading.reason,
        reading.told,
        works=work_marks(reading.iri, reading.quads) if reading.iri else (),
    )


def _as_reading(entry: Entry, *, unchanged: bool = False) -> SourceReading:
    """What is told of an entry; one that is there already has no counts."""
    counts = () if unchanged else entry.counts
    told = () if unchanged else entry.told
    iri = entry.document or entry.moved
    return SourceReading(entry.name, iri, "", counts, entry.failure, entry.reason, told)
