"""What was read of many reports as files: sorted N-Quads, some reports a file, with what stands in each.

A shard is ``part-NUMBER-DIGEST.nq.gz``, named by the digest of its lines, and ``part-NUMBER.json``, which
says what was read. The second is written last: a shard is whole once it is there. Every shard has the
graphs of its documents and what they need of the graph of things; a thing is described alike in all of
them, so that the graph of things is their union.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import zlib
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from policygraph.errors import StoreError, reason
from policygraph.graph.bulk import LOADERS, write_lines
from policygraph.graph.export import write_file
from policygraph.graph.stores.locked_dir import lock
from policygraph.ontology.labels import counted
from policygraph.ontology.terms import THINGS

_MANIFEST = re.compile(r"part-(\d+)\.json")
# What a build writes, and what it leaves when it is killed; other files of the folder are not ours.
_FILE = re.compile(r"part-\d{6,}(?:\.json|-[0-9a-f]{16}\.nq\.gz)(?:\.\d+\.part)?")
_LOADED = ("part-*.nq", "part-*.nq.gz")  # what the loaders of servers take
_LOCK = "lock"
_NAMES = "surrogateescape"  # the name of a file may be any bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """One source of a shard.

    ``key`` says what was read and how (``reader:source``), and is empty where it is to be read again;
    ``document`` is the IRI of what was read, empty where it failed or a later shard has it: that is then
    ``moved``. ``works`` tell what may be another version of it (``versions.work_marks``).
    """

    name: str
    key: str = ""
    document: str = ""
    reading_digest: str = ""
    counts: tuple[tuple[str, int], ...] = ()
    failure: str = ""
    reason: str = ""
    told: tuple[str, ...] = ()
    moved: str = ""
    works: tuple[str, ...] = ()

    @property
    def marks(self) -> tuple[str, ...]:
        """What another source of the same text, or of another version of its work, has too."""
        document = self.document or self.moved
        return (document, *self.works) if document else ()

    @property
    def reader(self) -> str:
        """What the key says of how the source was read."""
        return self.key.partition(":")[0]

    @property
    def source(self) -> str:
        """What the key says of what was read."""
        return self.key.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Shard:
    """The sources of a shard in the order they were read, with the digest and the number of its lines."""

    number: int
    digest: str
    quads: int
    entries: tuple[Entry, ...]

    @property
    def documents(self) -> dict[str, Entry]:
        """The documents in the order they were read, each with the last source it was read from."""
        found: dict[str, Entry] = {}
        for entry in self.entries:
            if entry.document:
                found.pop(entry.document, None)
                found[entry.document] = entry
        return found

    def file(self, folder: Path) -> Path:
        """The file with the lines; there is none where there are no documents."""
        return folder / f"part-{self.number:06}-{self.digest[:16]}.nq.gz"

    def manifest(self, folder: Path) -> Path:
        """The file that says what was read."""
        return folder / f"part-{self.number:06}.json"


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Make the folder, with the loaders of servers in it, and keep other builds out meanwhile.

    Raises StoreError.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT)
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written: {error.strerror}; give a folder") from error
    try:
        _keep_others_out(folder, file)
        _refuse_other_parts(folder)
        for loader in sorted(LOADERS.iterdir()):
            write_file(folder / loader.name, loader.read_bytes())
        yield
    finally:
        os.close(file)


def _keep_others_out(folder: Path, file: int) -> None:
    try:
        lock(file)
    except (BlockingIOError, PermissionError) as error:
        raise StoreError(
            f"{folder}: another build is writing here; wait for it and try again"
        ) from error
    except OSError as error:
        raise StoreError(
            f"{folder}: its file system keeps no locks ({error.strerror}); mount it with them, or give "
            "another folder"
        ) from error


def _refuse_other_parts(folder: Path) -> None:
    """Refuse a folder with what the loaders would load too, such as that of export --bulk."""
    for pattern in _LOADED:
        for path in folder.glob(pattern):
            if not _is_ours(path):
                raise StoreError(f"{path}: is not of build --shards; give an empty or new folder")


def write_shard(
    folder: Path, number: int, entries: Iterable[Entry], quads: Mapping[str, str]
) -> Shard:
    """Write a shard of documents (IRI → N-Quads), each file whole or not at all. Raises StoreError."""
    lines = sorted({line for text in quads.values() for line in _each(text)})
    digest = hashlib.sha256("".join(lines).encode()).hexdigest()
    shard = Shard(number, digest, len(lines), tuple(entries))
    if lines:
        write_file(shard.file(folder), partial(write_lines, iter(lines), True))
    told = json.dumps(asdict(shard), ensure_ascii=False, indent=0) + "\n"
    write_file(shard.manifest(folder), told.encode("utf-8", _NAMES))
    return shard


def whole_shards(folder: Path, given: Iterable[str] | None = None) -> list[Shard]:
    """The shards of a folder but those whose lines are gone, by number.

    Raises StoreError; also where sources whose lines are gone are not among those whose keys are given.
    """
    shards = read_shards(folder)
    gone = {s.number: s for s in shards if s.documents and not s.file(folder).exists()}
    if given is not None and gone:
        sources = {key.partition(":")[2] for key in given}
        for shard in gone.values():
            _refuse_lost(folder, shard, sources)
    return [each for each in shards if each.number not in gone]


def _refuse_lost(folder: Path, shard: Shard, sources: Container[str]) -> None:
    """Refuse to do without the lines of sources that are not given again. Raises StoreError."""
    lost = sum(
        bool(each.source) and each.source not in sources for each in shard.documents.values()
    )
    if lost:
        raise StoreError(
            f"{shard.file(folder)}: is gone, with {counted(lost, 'report')} not given here; give all of "
            f"them, or delete {shard.manifest(folder).name} to do without"
        )


def read_shards(folder: Path) -> list[Shard]:
    """The shards of a folder by number. Raises StoreError."""
    if not folder.is_dir():
        raise StoreError(f"{folder}: no such folder; policygraph build --shards {folder} makes one")
    return [_shard(path) for path in sorted(folder.iterdir()) if _MANIFEST.fullmatch(path.name)]


def _shard(manifest: Path) -> Shard:
    try:
        told = json.loads(manifest.read_bytes().decode("utf-8", _NAMES))
        entries = tuple(map(_entry, told["entries"]))
        shard = Shard(told["number"], told["digest"], told["quads"], entries)
        if shard.manifest(manifest.parent) != manifest:
            raise ValueError(f"has the number {shard.number}")
    except OSError as error:
        raise _closed(manifest, error) from error
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise _damaged(manifest) from error
    return shard


def _entry(told: dict[str, Any]) -> Entry:
    counts = tuple((name, count) for name, count in told.pop("counts"))
    return Entry(
        **told
        | {"counts": counts, "told": tuple(told["told"]), "works": tuple(told.get("works", ()))}
    )


def _damaged(path: Path) -> StoreError:
    return StoreError(
        f"{path}: is not as it was written; delete it and run the build --shards again"
    )


def _closed(path: Path, error: OSError) -> StoreError:
    return StoreError(f"{path}: cannot be read: {reason(error)}; check its permissions")


def documents(folder: Path, shard: Shard) -> Iterator[tuple[str, str]]:
    """Each document of a shard with its N-Quads, those of the things it needs included.

    Raises StoreError where the file is not as it was written.
    """
    graphs = _by_graph(_lines(folder, shard))
    if graphs.keys() - {THINGS} != shard.documents.keys():
        raise _damaged(shard.manifest(folder))
    things: dict[str, list[str]] = {}
    for line in graphs.get(THINGS, ()):
        things.setdefault(line.partition(" ")[0], []).append(line)
    for document in shard.documents:
        own = graphs.get(document, [])
        yield document, "".join(own + [line for thing in _needed(own, things) for line in thing])


def _lines(folder: Path, shard: Shard) -> list[str]:
    if not shard.documents:
        return []
    path = shard.file(folder)
    try:
        text = gzip.decompress(path.read_bytes())
    except (FileNotFoundError, gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise _damaged_unless_written_anew(folder, shard) from error
    except OSError as error:
        raise _closed(path, error) from error
    if hashlib.sha256(text).hexdigest() != shard.digest:
        raise _damaged(path)
    return _each(text.decode())


def _damaged_unless_written_anew(folder: Path, shard: Shard) -> StoreError:
    """A build may have written the shard anew since its manifest was read."""
    manifest = shard.manifest(folder)
    if manifest.exists() and _shard(manifest) == shard:
        return _damaged(shard.file(folder))
    return StoreError(
        f"{manifest}: was written anew meanwhile; give the command again after the build"
    )


def _each(text: str) -> list[str]:
    """The lines of a text with their ends: only line feeds end one."""
    return [f"{line}\n" for line in text.split("\n")[:-1]]


def _by_graph(lines: Iterable[str]) -> dict[str, list[str]]:
    graphs: dict[str, list[str]] = {}
    for line in lines:
        graphs.setdefault(line[line.rindex(" <") + 2 : -4], []).append(line)
    return graphs


def _needed(lines: list[str], things: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """The lines of each thing that lines refer to, or that such a thing refers to."""
    reached: set[str] = set()
    waiting = lines
    while waiting:
        named = {line.split(" ", 3)[2] for line in waiting}
        new = sorted(thing for thing in named - reached if thing in things)
        reached.update(new)
        yield from (things[thing] for thing in new)
        waiting = [line for thing in new for line in things[thing]]


def remove_superseded(folder: Path) -> list[Shard]:
    """Remove documents that a later shard has, and files of no shard.

    Returns the shards. Raises StoreError.
    """
    shards = whole_shards(folder)
    last = {document: shard for shard in shards for document in shard.documents}
    settled = []
    for shard in shards:
        gone = {iri: last[iri] for iri in shard.documents if last[iri] is not shard}
        settled.append(_without(folder, shard, gone) if gone else shard)
    files = {shard.file(folder) for shard in settled} | {s.manifest(folder) for s in settled}
    for path in set(filter(_is_ours, folder.iterdir())) - files:
        path.unlink(missing_ok=True)
    return settled


def _without(folder: Path, shard: Shard, gone: Mapping[str, Shard]) -> Shard:
    """The shard without documents that later ones have: read in another way, they may be again."""
    quads = {iri: text for iri, text in documents(folder, shard) if iri not in gone}
    entries = []
    for entry in shard.entries:
        later = gone.get(entry.document)
        if later is None:
            entries.append(entry)
        elif later.documents[entry.document].reader == entry.reader:
            entries.append(replace(entry, document="", counts=(), moved=entry.document))
    return write_shard(folder, shard.number, entries, quads)


def _is_ours(path: Path) -> bool:
    return _FILE.fullmatch(path.name) is not None


def whole_digest(shards: Iterable[Shard]) -> str:
    """One digest of all lines of all shards."""
    return hashlib.sha256("".join(shard.digest for shard in shards).encode()).hexdigest()
