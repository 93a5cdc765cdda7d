"""The embedded store: Oxigraph on disk or in memory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from policygraph.errors import NoStoreError, QueryError, StoreError
from policygraph.graph.sparql.data import Term, delete_data, insert_data
from policygraph.graph.stores import Answer, Store
from policygraph.graph.stores.nquads_lines import triples_of
from policygraph.graph.stores.reader_snapshot import ReaderSnapshot, turn

_ENGINE = re.compile(r"LOCK|LOG.*|IDENTITY|readers|(?:MANIFEST|OPTIONS)-.*|\d+\.(?:log|sst|dbtmp)")
# What a reader is told of a store whose maker was killed; a writer completes it.
_BEGUN = re.compile(r"Column family not found|only possible on read-write")
# How the engine keeps what the writer writes: language tags and subtypes of integer.
_KEPT = (("@zh-Hans .", "@zh-hans ."), ("XMLSchema#nonNegativeInteger> .", "XMLSchema#integer> ."))


class OxigraphStore(Store):
    """Oxigraph on disk, or in memory where there is no path.

    Many readers and one writer may have a store on disk at once; a reader sees it as it was
    when it was opened. Raises StoreError.
    """

    def __init__(self, path: Path | None = None, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._view: ReaderSnapshot | None = None
        if path is not None and read_only:
            self._view = _view(path)
        self._store = _open(self._view.path if self._view else path, read_only=read_only)

    @property
    def oxigraph(self) -> ox.Store:
        """The engine underneath, for oxrdflib."""
        return self._store

    def add(self, graph: str, nquads: str) -> None:
        """Replace one named graph in one transaction: a reader sees the old one or the new one.

        Raises StoreError on a line that is not a quad of this graph.
        """
        with self._writing():
            name = ox.NamedNode(graph)
            shared_tail = " <https://w3id.org/policygraph/ontology#things> ."
            shared = [x for x in nquads.splitlines() if x.endswith(shared_tail)]
            new = triples_of(
                graph, "\n".join(x for x in nquads.splitlines() if not x.endswith(shared_tail))
            )
            if shared:
                self._store.load("\n".join(shared).encode(), ox.RdfFormat.N_QUADS)
            if not self._store.contains_named_graph(name):
                # One load is one transaction, and quicker than an update.
                text = "\n".join(new).encode()
                self._store.load(text, ox.RdfFormat.N_TRIPLES, to_graph=name)
            else:
                self._replace(name, new)
            self._flush()

    def _replace(self, name: ox.NamedNode, new: list[str]) -> None:
        """Write only what differs, in one update, which is one transaction.

        Lines are compared as text: one written in another way is deleted and inserted again.
        """
        held = self._store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=name) or b""
        old, come = set(held.decode().split("\n")) - {""}, set(map(_canonical, new))
        if old != come:
            gone = delete_data(name.value, _parsed(old - come))
            added = insert_data(name.value, _parsed(come - old))
            self._store.update(gone + " ; " + added)

    def drop(self, graph: str) -> None:
        """Remove one named graph; nothing happens when there is none. Raises StoreError."""
        with self._writing():
            self._store.remove_graph(ox.NamedNode(graph))
            self._flush()

    def update(self, sparql: str) -> None:
        """Run a SPARQL update in one transaction; raises QueryError or StoreError."""
        with self._writing():
            try:
                self._store.update(sparql)
            except SyntaxError as error:
                where = " ".join(str(error).split())
                raise QueryError(f"the update is not SPARQL 1.1: {where}; mend it there") from error
            self._flush()

    def _flush(self) -> None:
        """Move the log into tables: a reader who opens the store replays all that is in it."""
        if self.path is not None:
            with turn(self.path):
                self._store.flush()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One place that says why a write failed."""
        where = self.path or "the store in memory"
        if self.read_only:
            raise StoreError(f"{where}: is open for reading only; open it for writing")
        try:
            yield
        except (SyntaxError, ValueError) as error:
            said = " ".join(str(error).split())
            raise StoreError(f"{where}: what was to be added is not RDF: {said}") from error
        except (OSError, RuntimeError) as error:
            raise StoreError(
                f"{where}: cannot be written: {error}; check free space and permissions"
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
        return ask(self._store, sparql, bindings, default_graphs, named_graphs)

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """Every quad, or those of one named graph, in the engine's order."""
        name = None if graph is None else ox.NamedNode(graph)
        return self._store.quads_for_pattern(None, None, None, name)

    def count(self) -> int:
        """How many quads there are."""
        return len(self._store)

    def graphs(self) -> list[str]:
        """The names of the named graphs, sorted: the documents."""
        return sorted(
            g.value
            for g in self._store.named_graphs()
            if isinstance(g, ox.NamedNode) and not g.value.endswith("#things")
        )

    def snapshot(self, folder: Path) -> None:
        """Write the store as it is now into a new folder, by hard links where it can.

        A snapshot stays as it is while the store is written to; it costs some ten milliseconds
        and no space on the same disk. Raises StoreError when the folder is there already, and
        for a store in memory or one opened for reading only.
        """
        if self.path is None:
            raise StoreError("the store in memory: has no snapshot; give it a folder")
        with self._writing():
            folder.parent.mkdir(parents=True, exist_ok=True)
            self._store.backup(str(folder))

    def close(self) -> None:
        """Let go of the store, so that another process can write to it; a second time is fine."""
        if hasattr(self, "_store"):
            del self._store
        if self._view is not None:
            self._view.close()


def ask(
    engine: ox.Store,
    sparql: str,
    bindings: Mapping[str, Term] | None = None,
    default_graphs: Sequence[str] | None = None,
    named_graphs: Sequence[str] | None = None,
) -> Answer:
    """Ask the engine; raises QueryError with the place of a syntax error."""
    chosen = default_graphs is not None or named_graphs is not None
    try:
        return engine.query(
            sparql,
            use_default_graph_as_union=not chosen,
            default_graph=[ox.NamedNode(g) for g in default_graphs or ()] if chosen else None,
            named_graphs=[ox.NamedNode(g) for g in named_graphs or ()] if chosen else None,
            substitutions={ox.Variable(k): v for k, v in (bindings or {}).items()},
        )
    except SyntaxError as error:
        where = " ".join(str(error).split())
        raise QueryError(f"the query is not SPARQL 1.1: {where}; mend it there") from error
    except RuntimeError as error:
        held = ", ".join(bindings or {})
        raise QueryError(
            f"a parameter ({held}) must be a variable the query's SELECT names: {error}"
        ) from error
    except (ValueError, OSError) as error:
        raise QueryError(f"the query cannot be answered: {error}") from error


def _canonical(line: str) -> str:
    """A line as the engine writes it back, so that what stays the same compares equal."""
    for written, kept in _KEPT:
        if line.endswith(written):
            return line.removesuffix(written) + kept
    return line


def _parsed(lines: Iterable[str]) -> Iterator[ox.Triple]:
    """Lines as triples, in their order as text; raises SyntaxError: no text is written unread."""
    return (
        quad.triple for quad in ox.parse("\n".join(sorted(lines)).encode(), ox.RdfFormat.N_TRIPLES)
    )


def _view(path: Path) -> ReaderSnapshot | None:
    """A reader's own view of a folder, or None where no files can be linked beside it."""
    _check(path, read_only=True)
    try:
        return ReaderSnapshot(path)
    except OSError:
        return None


def _open(path: Path | None, *, read_only: bool) -> ox.Store:
    if path is None:
        return ox.Store()
    try:
        _check(path, read_only=read_only)
        if read_only:
            return ox.Store.read_only(str(path))
        path.mkdir(parents=True, exist_ok=True)
        return ox.Store(str(path))
    except (FileExistsError, NotADirectoryError) as error:
        raise StoreError(f"{path}: lies below a file; give a folder") from error
    except PermissionError as error:
        raise StoreError(f"{path}: may not be opened; give a folder that is yours") from error
    except OSError as error:
        if "lock" in str(error).lower():
            raise StoreError(
                f"{path}: another process is writing to this store; wait for it and try again"
            ) from error
        raise StoreError(f"{path}: cannot be opened: {error}") from error
    except RuntimeError as error:
        if read_only and _BEGUN.search(str(error)):
            raise _none(path) from error
        raise StoreError(
            f"{path}: the store is damaged ({error}); remove the folder and build it again"
        ) from error


def _check(path: Path, *, read_only: bool) -> None:
    """Refuse what is no store before the engine writes into it."""
    if path.is_file():
        raise StoreError(f"{path}: is a file, not a store; give a folder")
    if (path / "CURRENT").exists():
        return
    if read_only:
        raise _none(path)
    # A process killed while it made the store leaves the engine's own files only.
    if path.is_dir() and not all(_ENGINE.fullmatch(file.name) for file in path.iterdir()):
        raise StoreError(f"{path}: holds other files, not a store; give an empty or new folder")


def _none(path: Path) -> NoStoreError:
    return NoStoreError(f"{path}: there is no store here; make one with: policygraph build")
