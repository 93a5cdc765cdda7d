"""The Python face: read a report, keep it in a graph, ask the graph."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from policygraph.errors import QueryError
from policygraph.graph import Graph as StoredGraph

if TYPE_CHECKING:
    from policygraph.graph.statements import Document
    from policygraph.queries.results import Rows


def read(
    source: str | Path, *, vocabularies: Iterable[str | Path] = (), **overrides: str
) -> Document:
    """Read a report into a Document with its statements.

    Vocabularies: Turtle files whose SKOS concepts are recognised beside the bundled ones.
    Overrides: area (a name), period (ISO 8601), issuer, title. Raises SourceError, VocabularyError.
    """
    from policygraph.loaders.reader import read as read_source

    return read_source(source, vocabularies=vocabularies, **overrides)


class Graph(StoredGraph):
    """A store of reports one can add to and ask, by SPARQL and by the named queries."""

    def query(self, query: str, **parameters: str) -> Rows:
        """The rows of a named query or of SPARQL text. Raises QueryError."""
        import pyoxigraph as ox

        from policygraph.queries.catalogue import answer
        from policygraph.queries.results import Rows

        held = answer(self.store, query, parameters)
        if not isinstance(held, ox.QuerySolutions):
            raise QueryError("the query makes no rows; use .rdflib() for CONSTRUCT and ASK")
        return Rows(held)
