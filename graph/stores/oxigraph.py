"""The embedded store: Oxigraph on disk or in memory."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

import pyoxigraph as ox

from policygraph.errors import QueryError, StoreError
from policygraph.graph.stores import Answer, Term

_PAUSES = (0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.3, 0.3, 0.5, 0.5)
_ENGINE = re.compile(r"LOCK|LOG.*|IDENTITY|(?:MANIFEST|OPTIONS)-.*|\d+\.(?:log|sst|dbtmp)")
_BLANK = re.compile(r"^_:|> _:\S+ *\.$")
# How the engine keeps what the writer writes: language tags and subtypes of integer.
_KEPT = (("@zh-Hans .", "@zh-hans ."), ("XMLSchema#nonNegativeInteger> .", "XMLSchema#integer> ."))


class OxigraphStore:
    """Oxigraph on disk, or in memory where there is no path.

    Many readers and one writer may have a store on disk at once; a reader sees it as it was
    when it was opened. Raises StoreError.
    """

    def __init__(self, path: Path | None = None, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._store = _open(path, read_only=read_only)

    def __enter__(self) -> OxigraphStore:
        """The store itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the store."""
        self.close()

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
            new = _triples(graph, nquads)
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
            gone, added = _as_data(name, old - come), _as_data(name, come - old)
            self._store.update("DELETE DATA " + gone + " ; INSERT DATA " + added)

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
        chosen = default_graphs is not None or named_graphs is not None
        try:
            return self._store.query(
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

    def select(self, sparql: str) -> list[dict[str, str | None]]:
        """The rows of a SELECT as plain text, None where a variable is unbound."""
        answer = self.query(sparql)
        if not isinstance(answer, ox.QuerySolutions):
            raise QueryError("the query makes no rows; write it as a SELECT")
        columns = [variable.value for variable in answer.variables]
        return [
            {column: getattr(row[column], "value", None) for column in columns} for row in answer
        ]

    def triples(self, graph: str) -> Iterator[tuple[str, str, str]]:
        """Every triple of one named graph as plain text: subject, predicate, value."""
        for quad in self._store.quads_for_pattern(None, None, None, ox.NamedNode(graph)):
            subject, value = quad.subject, quad.object
            if isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode | ox.Literal):
                yield subject.value, quad.predicate.value, value.value

    def quads(self) -> Iterator[ox.Quad]:
        """Every quad in the engine's order."""
        return iter(self._store)

    def count(self) -> int:
        """How many quads there are."""
        return len(self._store)

    def graphs(self) -> list[str]:
        """The names of the named graphs, sorted: the documents."""
        return sorted(g.value for g in self._store.named_graphs() if isinstance(g, ox.NamedNode))

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


def _triples(graph: str, nquads: str) -> list[str]:
    """The lines without the graph's name; raises StoreError on a line of another graph.

    What is left is read as N-Triples into this graph, so nothing can land in another one.
    """
    tail = f" <{graph}> ."
    lines = [line.rstrip("\r") for line in nquads.split("\n") if line.strip()]
    for number, line in enumerate(lines, 1):
        if not line.endswith(tail):
            raise StoreError(f"line {number} is no quad of <{graph}>: {line[:80]}; write it there")
    triples = [line.removesuffix(tail) + " ." for line in lines]
    for number, line in enumerate(triples, 1):
        if "_:" in line and _BLANK.search(line):
            raise StoreError(
                f"line {number} has a blank node, which cannot be replaced: {line[:80]}"
            )
    return triples


def _canonical(line: str) -> str:
    """A line as the engine writes it back, so that what stays the same compares equal."""
    for written, kept in _KEPT:
        if line.endswith(written):
            return line.removesuffix(written) + kept
    return line


def _as_data(name: ox.NamedNode, lines: Iterable[str]) -> str:
    """Lines as the body of a DATA update: parsed, then written by the terms themselves.

    Raises SyntaxError, so that no text reaches an update unread.
    """
    triples = ox.parse("\n".join(sorted(lines)).encode(), ox.RdfFormat.N_TRIPLES)
    return "{ GRAPH " + str(name) + " { " + " . ".join(str(q.triple) for q in triples) + " } }"


def _open(path: Path | None, *, read_only: bool) -> ox.Store:
    if path is None:
        return ox.Store()
    try:
        _check(path, read_only=read_only)
        if read_only:
            return _open_for_reading(path)
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
        raise StoreError(f"{path}: there is no store here; make one with: policygraph build")
    # A process killed while it made the store leaves the engine's own files only.
    if path.is_dir() and not all(_ENGINE.fullmatch(file.name) for file in path.iterdir()):
        raise StoreError(f"{path}: holds other files, not a store; give an empty or new folder")


def _open_for_reading(path: Path) -> ox.Store:
    """Open beside a writer, which may be tidying its files away at this very moment."""
    for pause in _PAUSES:
        try:
            return ox.Store.read_only(str(path))
        except (OSError, RuntimeError):
            time.sleep(pause)
    return ox.Store.read_only(str(path))
