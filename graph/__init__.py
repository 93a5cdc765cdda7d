"""Statements → RDF: statement types, provenance, stores, export, and the graph one opens."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from policygraph.errors import QueryError
from policygraph.ontology.iris import DEFAULT_BASE, Minter

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyoxigraph as ox
    from rdflib import Dataset

    from policygraph.graph.check import Verdict
    from policygraph.graph.sparql.data import Term
    from policygraph.graph.statements import Document
    from policygraph.graph.stores import Store
log = logging.getLogger(__name__)
_CLASSES = ("Figure", "Mention", "Measure", "Finding")
_KINDS = """
SELECT ?kind (COUNT(?thing) AS ?count) WHERE { GRAPH ?document { ?thing a ?kind } } GROUP BY ?kind
"""
_VERSIONS = """
PREFIX schema: <https://schema.org/>
SELECT DISTINCT ?version WHERE { GRAPH ?document { ?software schema:softwareVersion ?version } }
"""


@dataclass(frozen=True, slots=True)
class Info:
    """What a graph holds: documents, quads, statements by class, and which software wrote it."""

    documents: int
    quads: int
    statements: dict[str, int]
    software: tuple[str, ...]


class Graph:
    """A store of reports one can add to and ask."""

    def __init__(self, store: Store, base: str = DEFAULT_BASE) -> None:
        self.store = store
        self.minter = Minter(base)

    @classmethod
    def open(
        cls, path: str | Path | None = None, *, base: str = DEFAULT_BASE, read_only: bool = False
    ) -> Self:
        """Open the store in a folder (made when new), at an address, or in memory.

        Raises StoreError.
        """
        from policygraph.graph.stores import open_store

        return cls(open_store(path, read_only=read_only), base)

    def __enter__(self) -> Self:
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

    def add(self, document: Document, *, keep_versions: bool = False) -> str:
        """Add a document, replacing it when it is there; returns its IRI. Raises StoreError.

        Other versions of the same work go, which a warning in the log tells, unless versions are kept.
        """
        from policygraph.graph.versions import add_document

        addition = add_document(self.store, document, self.minter, keep_versions=keep_versions)
        for other in () if keep_versions else addition.others:
            log.warning("<%s> replaced <%s>, another version of it", addition.iri, other.iri)
        return addition.iri

    def drop(self, document: str) -> None:
        """Remove a document by its IRI; nothing happens when it is not there."""
        self.store.drop(document)

    def select(self, sparql: str, bindings: Mapping[str, Term] | None = None) -> ox.QuerySolutions:
        """The solutions of a SELECT; bindings are RDF terms for variables it selects.

        The prefixes of the graph need no declaration. Raises QueryError.
        """
        import pyoxigraph as ox

        from policygraph.graph.sparql.predeclared import ask

        answer = ask(self.store, sparql, bindings)
        if not isinstance(answer, ox.QuerySolutions):
            raise QueryError("the query makes no rows; use .rdflib() for CONSTRUCT and ASK")
        return answer

    def info(self) -> Info:
        """Counts of what is in the store, and the versions of the software that wrote it."""
        from policygraph.ontology.terms import term

        counted = {row["kind"]: int(row["count"] or 0) for row in self.store.select(_KINDS)}
        written = {row["version"] or "" for row in self.store.select(_VERSIONS)}
        return Info(
            documents=len(self.store.documents()),
            quads=self.store.count(),
            statements={name: counted.get(term(name), 0) for name in _CLASSES},
            software=tuple(sorted(written)),
        )

    def check(self) -> list[Verdict]:
        """Each document's digest, quotes and numbers, verified from what is stored alone."""
        from policygraph.graph.check import check

        return list(check(self.store))

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
