"""The embedded store: Oxigraph on disk or in memory."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from policygraph.errors import FullError, NoStoreError, QueryError, StoreError
from policygraph.graph.sparql.complexity import refuse_too_complex
from policygraph.graph.sparql.data import Term, delete_data, drop, insert_data, one_of
from policygraph.graph.sparql.engine_lines import fitted
from policygraph.graph.sparql.faults import explain
from policygraph.graph.sparql.language_tags import with_known_tags
from policygraph.graph.sparql.ordering import with_total_order
from policygraph.graph.sparql.tokens import dataset_clauses, with_each_graph_once
from policygraph.graph.stores import MEMORY, Answer, Store
from policygraph.graph.stores.reader_snapshot import ReaderSnapshot, folder_lock
from policygraph.graph.stores.things_graph import BATCH, Change
from policygraph.ontology.terms import THINGS

_ENGINE = re.compile(r"LOCK|LOG.*|IDENTITY|readers|(?:MANIFEST|OPTIONS)-.*|\d+\.(?:log|sst|dbtmp)")
_UNCOUNTED = ("LOG", "LOCK")  # files that change without a write
# The engine's error for a reader of a store whose creation was interrupted; a writer completes it.
_BEGUN = re.compile(r"Column family not found|only possible on read-write")
_IRI = r'<[^\x00-\x20<>"{}|^`\\]+>'
_LITERAL = rf'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"(?:@[A-Za-z0-9-]+|\^\^{_IRI})?'
_QUADS = re.compile(rf"(?:{_IRI} {_IRI} (?:{_IRI}|{_LITERAL}) {_IRI} \.\n)*+")
_CONSTRUCT = """
CONSTRUCT { ?thing ?property ?value } WHERE { %s GRAPH %s { ?thing ?property ?value } }
"""
# What the engine says of an update that asks for what the graphs in the store do not allow.
_IMPOSSIBLE = re.compile(r"The graph <.*> (?:does not|already) exists?")
# What it says where the disk is full, or the user's share of it, or a file as large as it may be.
_NO_ROOM = re.compile(r"No space left on device|Disk quota exceeded|File too large")
# What it says where its files were changed, and where another version of it wrote them: its formats have numbers below 20.
_DAMAGED = re.compile(r"Corruption|checksum|truncated|No such file or directory")
_OTHER_VERSION = re.compile(
    r"format_version 1?\d\b|future feature|encoding version|newer Oxigraph|Column families not opened"
)
_IN_WORDS = (
    (
        re.compile(r"CSV SPARQL results syntax"),
        "SERVICE answers with CSV, not with SPARQL results in JSON or XML",
    ),
    (
        re.compile(r"Unsupported Content-Type returned by service <(.*)>: (.*)"),
        r"SERVICE <\1> answers with \2, not with SPARQL results in JSON or XML",
    ),
    (
        re.compile(r"The content media type (\S+) is not supported"),
        r"LOAD: the address answers with \1, not with Turtle, N-Triples or RDF/XML",
    ),
    (re.compile(r"Error (\d+ .*?) returned by (\S+)"), r"\2 answers \1"),
    (
        re.compile(r"too many redirects.*target is (\S+)"),
        r"the address redirects to \1; ask that one",
    ),
    (re.compile(r"failed to lookup address information"), "there is no server of that name"),
    (
        re.compile(r"Not supported URL scheme: (\S+)"),
        r"only addresses with http and https are asked, not \1:",
    ),
    (re.compile(r"The port (\d+) is not allowed"), r"port \1 is not for HTTP and is not asked"),
    (re.compile(r"Connection refused"), "no server answers at that address"),
    (
        re.compile(r"The variable encoding the service name is unbound"),
        "SERVICE ?x needs an address: ?x has none",
    ),
)
# How the engine keeps what the writer writes: language tags and subtypes of integer.
_KEPT = (("@zh-Hans .", "@zh-hans ."), ("XMLSchema#nonNegativeInteger> .", "XMLSchema#integer> ."))


class OxigraphStore(Store):
    """Oxigraph on disk, or in memory where there is no path.

    Many readers and one writer may have a store on disk at once; a reader sees it as it was
    when it was opened. Raises StoreError.
    """

    snapshots = True
    single_writer = True
    checks_version = True

    def __init__(self, path: Path | None = None, *, read_only: bool = False) -> None:
        super().__init__()
        self.path = path
        self.read_only = read_only
        self._reader_snapshot: ReaderSnapshot | None = None
        if path is not None and read_only:
            self._reader_snapshot = _reader_snapshot(path)
        linked = self._reader_snapshot
        at = linked.path if linked else None
        # Held by nothing else: the traceback of an error would keep the store open.
        self._open: ox.Store | None = _open(path, read_only=read_only, at=at)
        try:
            self.graphs()  # says at once that they are damaged, where a query may never end
            self.check_version()
        except StoreError:
            self.close()
            raise

    @classmethod
    def open(
        cls,
        location: str,
        *,
        read_only: bool = False,
        update_url: str | None = None,
        graph_store_url: str | None = None,
    ) -> OxigraphStore:
        """The store in a folder, or in memory where the location is empty; it has no URLs."""
        in_memory = location in ("", MEMORY)
        return cls(None if in_memory else Path(location), read_only=read_only)

    @classmethod
    def exists(cls, location: str) -> bool:
        """Whether the folder holds a store."""
        return (Path(location) / "CURRENT").exists()

    @classmethod
    def state(cls, location: str) -> tuple[str, float]:
        """The names, sizes and times of the engine's files, and when the last was written.

        Readers come and go in a folder inside of the store's: it does not count. Raises OSError.
        """
        lines, last = [], 0.0
        with os.scandir(location) as files:
            for file in files:
                if file.name.startswith(_UNCOUNTED) or not file.is_file():
                    continue
                with suppress(FileNotFoundError):
                    status = file.stat()
                    lines.append(f"{file.name} {status.st_size} {status.st_mtime_ns}")
                    last = max(last, status.st_mtime)
        return "\n".join(sorted(lines)), last

    @property
    def oxigraph(self) -> ox.Store:
        """The engine of this store. Raises StoreError where the store was closed."""
        if self._open is None:
            raise StoreError(f"{self.name}: is closed; open it again")
        return self._open

    def has_graph(self, graph: str) -> bool:
        """Whether there is a named graph of this name."""
        with self._reading():
            return self.oxigraph.contains_named_graph(ox.NamedNode(graph))

    def triples(self, graph: str) -> Iterator[ox.Triple]:
        """The triples of one named graph, or of the default graph where the name is empty."""
        name = ox.NamedNode(graph) if graph else ox.DefaultGraph()
        return (quad.triple for quad in self._pattern(name))

    def _pattern(self, graph: ox.NamedNode | ox.DefaultGraph | None) -> Iterator[ox.Quad]:
        """The quads of one graph, or all of them."""
        found = self.oxigraph.quads_for_pattern(None, None, None, graph)
        return self._read(found)

    def _read(self, quads: Iterator[ox.Quad]) -> Iterator[ox.Quad]:
        with self._reading():
            yield from quads

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """The context of every read. Raises StoreError where what is on the disk is not as it was written."""
        try:
            yield
        except (OSError, RuntimeError) as error:
            raise _unreadable(self.name, error) from error

    def ntriples(self) -> Iterator[str]:
        """The N-Triples text of each graph in turn, written by the engine, which is fastest."""
        with self._reading():
            for graph in [*self.oxigraph.named_graphs(), ox.DefaultGraph()]:
                text = self.oxigraph.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph) or b""
                yield text.decode()

    def add_all(self, documents: Iterable[tuple[str, str]]) -> None:
        """Add documents: those new to the store together, in one transaction."""
        waiting: list[Change] = []
        try:
            for document, nquads in documents:
                if self._holds(document, waiting):
                    self._load(waiting)
                    self.add(document, nquads)
                    continue
                self._remove_standard(document)
                change = self._things.addition(self, document, nquads)
                if change.removed:
                    self._load(waiting)
                    self.write(change)
                    self._things.written()
                else:
                    waiting.append(change)
            self._load(waiting)
        except StoreError:
            self._things.forget()
            raise

    def _holds(self, document: str, waiting: Sequence[Change]) -> bool:
        """Whether a document is in the store, or will be once what waits is."""
        return self.has_graph(document) or any(change.document == document for change in waiting)

    def write(self, change: Change) -> None:
        """Make a change in one transaction: a reader sees the store before it or after it."""
        if change.quads and not change.removed and not self.has_graph(change.document):
            self._load([change])
            return
        name = ox.NamedNode(change.document)
        with self._writing():
            updates = [self._replacement(name, change.own), *_of_things(change)]
            self.oxigraph.update(" ; ".join(filter(None, updates)))
            self._flush()

    def _load(self, changes: list[Change]) -> None:
        """Load what is new and nothing else, in one transaction; the list is empty afterwards.

        The engine takes up to a million quads of a bulk load at once. It writes files of its own
        and no log, so that there is nothing to flush.
        """
        if changes:
            with self._writing():
                text = "".join(map(_quads, changes)).encode()
                self.oxigraph.bulk_load(text, ox.RdfFormat.N_QUADS)
            self._things.written()
            changes.clear()

    def describe_things(self, things: Iterable[str]) -> dict[str, set[str]]:
        """All that the graph of things says of some things; the engine writes the lines itself."""
        found: dict[str, set[str]] = {}
        remaining = iter(sorted(things))
        while batch := list(islice(remaining, BATCH)):
            names = one_of("thing", map(ox.NamedNode, batch))
            with self._reading():
                answer = self.oxigraph.query(_CONSTRUCT % (names, ox.NamedNode(THINGS)))
                assert isinstance(answer, ox.QueryTriples)
                text = answer.serialize(format=ox.RdfFormat.N_TRIPLES) or b""
            for line in text.decode().split("\n")[:-1]:
                found.setdefault(line.partition(" ")[0].strip("<>"), set()).add(line)
        return found

    def _replacement(self, name: ox.NamedNode, triples: str) -> str:
        """An update that writes only what differs; without triples it removes the graph.

        Lines are compared as text: one written in another way is deleted and inserted again.
        """
        if not triples:
            return drop(name.value)
        text = self.oxigraph.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=name) or b""
        before = set(text.decode().split("\n")) - {""}
        after = set(map(_canonical, triples.split("\n"))) - {""}
        if before == after:
            return ""
        deletion = delete_data(name.value, _parsed(before - after))
        return deletion + " ; " + insert_data(name.value, _parsed(after - before))

    def update(self, sparql: str) -> None:
        """Run a SPARQL update in one transaction; raises QueryError or StoreError."""
        refuse_too_complex(sparql)
        self._things.forget()
        with self._writing():
            try:
                self.oxigraph.update(sparql)
            except SyntaxError as error:
                where = explain(sparql, " ".join(str(error).split()), update=True)
                raise QueryError(f"the update is not SPARQL 1.1: {where}") from error
            except (RuntimeError, OSError) as error:
                if words := in_words(error):
                    raise QueryError(f"the update was not done: {words}") from error
                if not _IMPOSSIBLE.fullmatch(str(error)):
                    raise
                raise QueryError(
                    f"{error}, and nothing was changed; SILENT in the update lets that pass"
                ) from error
            self._flush()

    def _flush(self) -> None:
        """Move the log into tables: a reader who opens the store replays all that is in it."""
        if self.path is not None:
            with folder_lock(self.path):
                self.oxigraph.flush()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """The context of every write. Raises StoreError for a store open for reading only."""
        if self.read_only:
            raise StoreError(f"{self.name}: is open for reading only; open it for writing")
        with self._translating_errors():
            yield

    @property
    def name(self) -> str:
        """The folder of the store."""
        return str(self.path or "the store in memory")

    @contextmanager
    def _translating_errors(self) -> Iterator[None]:
        """The engine's errors as StoreError: the RDF is wrong, or it cannot be written."""
        try:
            yield
        except (SyntaxError, ValueError) as error:
            reason = " ".join(str(error).split())
            raise StoreError(f"{self.name}: the added data is not RDF: {reason}") from error
        except (OSError, RuntimeError) as error:
            if _NO_ROOM.search(str(error)):
                raise _full(self.name) from error
            if _DAMAGED.search(str(error)):
                raise _unreadable(self.name, error) from error
            raise StoreError(
                f"{self.name}: cannot be written: {error}; check free space and permissions"
            ) from error

    def query(
        self,
        sparql: str,
        bindings: Mapping[str, Term] | None = None,
        *,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> Answer:
        """Answer a SPARQL query over the union of all named graphs and by GRAPH.

        Raises QueryError with the place of a syntax error.
        """
        try:
            return run_query(self.oxigraph, sparql, bindings, default_graphs, named_graphs)
        except QueryError as error:
            if _DAMAGED.search(str(error)):
                raise _unreadable(self.name, error) from error
            raise

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """Every quad, or those of one named graph, in the engine's order."""
        name = None if graph is None else ox.NamedNode(graph)
        return self._pattern(name)

    def count(self) -> int:
        """How many quads there are."""
        with self._reading():
            return len(self.oxigraph)

    def look_through(self) -> None:
        """Read the index that has every quad, then the one a query by predicate uses."""
        with self._reading():
            for predicate in {quad.predicate for quad in self._pattern(None)}:
                for _ in self.oxigraph.quads_for_pattern(None, predicate, None, None):
                    pass

    def graphs(self) -> list[str]:
        """The names of the named graphs, sorted."""
        with self._reading():
            found = list(self.oxigraph.named_graphs())
        return sorted(graph.value for graph in found if isinstance(graph, ox.NamedNode))

    def snapshot(self, folder: Path) -> None:
        """Copy the store as it is now into a new folder, by hard links where the system has them.

        Later writes do not change a snapshot; it takes some ten milliseconds and no space on the
        same disk. Raises StoreError when the folder exists already, and for a store in memory.
        """
        if self.path is None:
            raise StoreError("a store in memory has no snapshots; give it a folder")
        with self._translating_errors():
            folder.parent.mkdir(parents=True, exist_ok=True)
            self.oxigraph.backup(str(folder))

    def close(self) -> None:
        """Close the store, so that another process can write to it; calling it twice is allowed."""
        self._open = None
        if self._reader_snapshot is not None:
            self._reader_snapshot.close()


def run_query(
    engine: ox.Store,
    sparql: str,
    bindings: Mapping[str, Term] | None = None,
    default_graphs: Sequence[str] | None = None,
    named_graphs: Sequence[str] | None = None,
) -> Answer:
    """Answer a query with an engine; raises QueryError with the position of a syntax error.

    The default graph is the union of all named graphs unless the caller or the query's own FROM
    and FROM NAMED choose graphs.
    """
    chosen = default_graphs is not None or named_graphs is not None
    text, has_dataset = _prepared(sparql, frozenset(bindings or ()))
    try:
        return engine.query(
            text,
            use_default_graph_as_union=not chosen and not has_dataset,
            default_graph=_nodes(default_graphs) if chosen else None,
            named_graphs=_nodes(named_graphs) if chosen else None,
            substitutions={ox.Variable(k): v for k, v in (bindings or {}).items()},
        )
    except SyntaxError as error:
        where = explain(sparql, " ".join(str(_as_written(engine, sparql) or error).split()))
        raise QueryError(f"the query is not SPARQL 1.1: {where}") from error
    except RuntimeError as error:
        if not bindings:
            raise QueryError(f"the query cannot be answered: {plain(error)}") from error
        names = ", ".join(bindings)
        raise QueryError(
            f"a parameter ({names}) must be a variable the query's SELECT names: {error}"
        ) from error
    except (ValueError, OSError) as error:
        raise QueryError(f"the query cannot be answered: {plain(error)}") from error


@lru_cache(maxsize=256)
def _prepared(sparql: str, given: frozenset[str]) -> tuple[str, bool]:
    """A query as the engine is asked it where some variables are given, and whether it chooses graphs itself.

    Raises QueryError.
    """
    refuse_too_complex(sparql)
    text = with_total_order(with_known_tags(with_each_graph_once(fitted(sparql, given))))
    return text, bool(dataset_clauses(sparql))


def _nodes(graphs: Sequence[str] | None) -> list[Any]:
    """Each graph once: the engine would count the triples of one that is named again twice."""
    return [ox.NamedNode(graph) for graph in dict.fromkeys(graphs or ())]


def plain(error: Exception) -> str:
    """What the engine says, without what another server sent with its refusal."""
    return in_words(error) or " ".join(str(error).partition(" with payload")[0].split())


def in_words(error: Exception) -> str:
    """A fault of the engine in plain words, empty where it is not one that is known.

    Its own messages about SERVICE and LOAD speak of parsers and payloads.
    """
    said = " ".join(str(error).partition(" with payload")[0].split())
    if _DAMAGED.search(said) and "Corruption" in said:
        return str(_unreadable("", error))
    for pattern, words in _IN_WORDS:
        if match := pattern.search(said):
            return match.expand(words)
    return ""


def _as_written(engine: ox.Store, sparql: str) -> SyntaxError | None:
    """The syntax error of a query as it is written, with its place there."""
    try:
        engine.query(sparql)
    except SyntaxError as error:
        return error
    return None


def _canonical(line: str) -> str:
    """A line as the engine writes it back, so that what stays the same compares equal."""
    for written, kept in _KEPT:
        if line.endswith(written):
            return line.removesuffix(written) + kept
    return line


def _quads(change: Change) -> str:
    """What a change adds, as N-Quads. Raises SyntaxError on a line that is no triple.

    ``<s> <p> .`` with a graph's name behind it would be a triple of the default graph: where a
    line has another form than the writer's, all are read without the name first.
    """
    quads = change.quads
    if not _QUADS.fullmatch(quads):
        triples = _parsed(change.own.split("\n"))
        quads = "".join(f"{triple} <{change.document}> .\n" for triple in triples)
    # What is added was written by the engine.
    return quads + "".join(f"{line[:-1]}<{THINGS}> .\n" for line in change.added)


def _of_things(change: Change) -> Iterator[str]:
    """The updates of the graph of things."""
    if change.removed:
        yield delete_data(THINGS, _parsed(change.removed))
    if change.added:
        yield insert_data(THINGS, _parsed(change.added))


def _parsed(lines: Iterable[str]) -> Iterator[ox.Triple]:
    """Lines as triples, in their order as text; raises SyntaxError: no text is written unread."""
    return (
        quad.triple for quad in ox.parse("\n".join(sorted(lines)).encode(), ox.RdfFormat.N_TRIPLES)
    )


def _reader_snapshot(path: Path) -> ReaderSnapshot | None:
    """A reader's own links to a store's files, or None where files cannot be linked."""
    _check(path, read_only=True)
    try:
        return ReaderSnapshot(path)
    except OSError:
        return None


def _open(path: Path | None, *, read_only: bool, at: Path | None) -> ox.Store:
    """The engine for a folder, or for ``at`` where a reader has linked its files."""
    if path is None:
        return ox.Store()
    try:
        _check(path, read_only=read_only)
        if read_only:
            return ox.Store.read_only(str(at or path))
        path.mkdir(parents=True, exist_ok=True)
        return ox.Store(str(path))
    except (FileExistsError, NotADirectoryError) as error:
        raise StoreError(f"{path}: part of the path is a file; give a folder") from error
    except PermissionError as error:
        raise StoreError(
            f"{path}: permission denied; give a folder you may read and write"
        ) from error
    except OSError as error:
        if _NO_ROOM.search(str(error)):
            raise _full(str(path)) from error
        if "lock" in str(error).lower():
            raise StoreError(
                f"{path}: another process is writing to this store; wait for it and try again"
            ) from error
        raise StoreError(f"{path}: cannot be opened: {error}") from error
    except RuntimeError as error:
        if read_only and _BEGUN.search(str(error)):
            raise _no_store(path) from error
        raise _unreadable(str(path), error) from error


def _check(path: Path, *, read_only: bool) -> None:
    """Raise StoreError for a folder that is not a store, before the engine writes into it."""
    if path.is_file():
        raise StoreError(f"{path}: is a file, not a store; give a folder")
    if (path / "CURRENT").exists():
        return
    if read_only:
        raise _no_store(path)
    # A process killed while it created the store leaves only files of the engine.
    if path.is_dir() and not all(_ENGINE.fullmatch(file.name) for file in path.iterdir()):
        raise StoreError(f"{path}: holds other files, not a store; give an empty or new folder")


def _unreadable(name: str, error: Exception) -> StoreError:
    """The error for what the engine cannot read: written by another version of it, or damaged."""
    said = " ".join(str(error).split())
    if _OTHER_VERSION.search(said):
        return StoreError(
            f"{name}: another version of the store's engine wrote it ({said[:200]}); export it with the "
            "policygraph that wrote it (policygraph export -o store.nq), or build the reports again into "
            "a new store"
        )
    where = f"{name}: " if name else ""
    return StoreError(
        f"{where}the store is damaged ({said[:200]}); remove the folder and build it again"
    )


def _full(name: str) -> FullError:
    return FullError(
        f"{name}: there is no room left on its disk; free some space and try again; "
        "what was reported as written is there"
    )


def _no_store(path: Path) -> NoStoreError:
    return NoStoreError(f"{path}: there is no store here; make one with: policygraph build")
