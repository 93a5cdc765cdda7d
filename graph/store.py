"""Where named graphs are kept: a thin interface, and Oxigraph on disk or in memory behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Protocol

import pyoxigraph as ox

from policygraph.errors import QueryError, StoreError

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


class Store(Protocol):
    """What every store can do; a remote SPARQL endpoint fits behind it."""

    def add(self, graph: str, nquads: str) -> None:
        """Replace one named graph by N-Quads text, atomically."""

    def drop(self, graph: str) -> None:
        """Remove one named graph."""

    def query(self, sparql: str, bindings: Mapping[str, Term] | None = None) -> Answer:
        """Answer a SPARQL query; bindings are RDF terms for its variables."""

    def quads(self) -> Iterator[ox.Quad]:
        """Every quad."""

    def count(self) -> int:
        """How many quads there are."""

    def close(self) -> None:
        """Let go of the store."""


class OxigraphStore:
    """Oxigraph on disk, or in memory where there is no path.

    Many readers and one writer may have a store on disk at once; a reader sees it as it was
    when it was opened. Raises StoreError.
    """

    def __init__(self, path: Path | None = None, *, read_only: bool = False) -> None:
        self.path = path
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
        """Replace one named graph in one transaction: a reader sees the old one or the new one."""
        name = ox.NamedNode(graph)
        new = set(ox.parse(nquads.encode(), ox.RdfFormat.N_QUADS))
        old = set(self._store.quads_for_pattern(None, None, None, name))
        try:
            if not old:
                # One load is one transaction.
                self._store.load(nquads.encode(), ox.RdfFormat.N_QUADS)
            elif new != old:
                self._replace(old - new, new - old)
            self._store.flush()
        except OSError as error:
            raise StoreError(
                f"{self.path}: cannot be written: {error}; check space and permissions"
            ) from error

    def _replace(self, gone: set[ox.Quad], come: set[ox.Quad]) -> None:
        """Delete and insert in one update, which is one transaction."""
        self._store.update(
            "DELETE DATA {" + _as_data(gone) + "} ; INSERT DATA {" + _as_data(come) + "}"
        )

    def drop(self, graph: str) -> None:
        """Remove one named graph; nothing happens when there is none."""
        self._store.remove_graph(ox.NamedNode(graph))
        self._store.flush()

    def query(self, sparql: str, bindings: Mapping[str, Term] | None = None) -> Answer:
        """Answer a SPARQL query over the union of all named graphs and by GRAPH.

        Raises QueryError with the place of a syntax error.
        """
        try:
            return self._store.query(
                sparql,
                use_default_graph_as_union=True,
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

    def quads(self) -> Iterator[ox.Quad]:
        """Every quad in the engine's order."""
        return iter(self._store)

    def count(self) -> int:
        """How many quads there are."""
        return len(self._store)

    def graphs(self) -> list[str]:
        """The names of the named graphs, sorted: the documents."""
        return sorted(g.value for g in self._store.named_graphs() if isinstance(g, ox.NamedNode))

    def close(self) -> None:
        """Let go of the store, so that another process can write to it."""
        del self._store


def _as_data(quads: set[ox.Quad]) -> str:
    """Quads in the body of an INSERT DATA: the terms write themselves, nothing is pasted."""
    return " ".join("GRAPH " + str(q.graph_name) + " { " + str(q.triple) + " }" for q in quads)


def _open(path: Path | None, *, read_only: bool) -> ox.Store:
    if path is None:
        return ox.Store()
    if path.is_file():
        raise StoreError(f"{path}: is a file, not a store; give a folder")
    if read_only and not (path / "CURRENT").exists():
        raise StoreError(f"{path}: there is no store here; make one with: policygraph build")
    if path.is_dir() and not (path / "CURRENT").exists() and any(path.iterdir()):
        raise StoreError(f"{path}: holds other files, not a store; give an empty or new folder")
    try:
        if read_only:
            return ox.Store.read_only(str(path))
        path.parent.mkdir(parents=True, exist_ok=True)
        return ox.Store(str(path))
    except OSError as error:
        if "lock" in str(error).lower():
            raise StoreError(
                f"{path}: another process is writing to this store; wait for it and try again"
            ) from error
        raise StoreError(f"{path}: cannot be opened: {error}") from error
