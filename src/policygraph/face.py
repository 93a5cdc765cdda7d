"""The Python face: read a report, keep it in a graph, ask the graph."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from policygraph.errors import QueryError
from policygraph.ontology.iris import DEFAULT_BASE, Minter

if TYPE_CHECKING:
    from rdflib import Dataset

    from policygraph.graph.statements import Document
    from policygraph.graph.store import OxigraphStore
    from policygraph.queries.results import Rows


def read(source: str | Path, **overrides: str) -> Document:
    """Read a report into a Document with its statements.

    Overrides: area (a name), period (ISO 8601), issuer, title. Raises SourceError.
    """
    from policygraph.loaders.reader import read as read_source

    return read_source(source, **overrides)


class Graph:
    """A store of reports one can add to and ask."""

    def __init__(self, store: OxigraphStore, base: str = DEFAULT_BASE) -> None:
        self.store = store
        self.minter = Minter(base)

    @classmethod
    def open(
        cls, path: str | Path | None = None, *, read_only: bool = False, base: str = DEFAULT_BASE
    ) -> Graph:
        """Open the store in a folder (made when new), or one in memory. Raises StoreError."""
        from policygraph.graph.store import OxigraphStore

        return cls(OxigraphStore(Path(path) if path else None, read_only=read_only), base)

    def __enter__(self) -> Graph:
        """The graph itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the store."""
        self.close()

    def add(self, document: Document) -> str:
        """Add a document, replacing it when it is there; returns its IRI."""
        from policygraph.graph.writer import nquads

        iri = self.minter.document(document.sha256)
        self.store.add(iri, nquads(document, self.minter))
        return iri

    def query(self, query: str, **parameters: str) -> Rows:
        """The rows of a named query or of SPARQL text. Raises QueryError."""
        import pyoxigraph as ox

        from policygraph.queries.catalogue import answer
        from policygraph.queries.results import Rows

        held = answer(self.store, query, parameters)
        if not isinstance(held, ox.QuerySolutions):
            raise QueryError("the query makes no rows; use .rdflib() for CONSTRUCT and ASK")
        return Rows(held)

    def rdflib(self) -> Dataset:
        """The same quads as an rdflib Dataset."""
        from rdflib import Dataset

        from policygraph.graph.export import export

        dataset = Dataset()
        dataset.parse(data=export(self.store, "nq"), format="nquads")
        return dataset

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()
