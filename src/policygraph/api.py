"""The Python API: read a report, add it to a graph, query the graph."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from policygraph.errors import QueryError
from policygraph.graph import Graph as StoredGraph

if TYPE_CHECKING:
    from policygraph.graph.statements import Document
    from policygraph.queries.results import Rows

log = logging.getLogger(__name__)


def read(
    source: str | Path, *, vocabularies: Iterable[str | Path] = (), **overrides: str
) -> Document:
    """Read a report into a Document with its statements.

    Vocabularies: Turtle files whose SKOS concepts are recognised beside the bundled ones.
    Overrides: area (a name), period (ISO 8601), issuer, title. Raises SourceError, VocabularyError.
    """
    from policygraph.graph.timing import timed
    from policygraph.loaders.reader import read as read_source

    with timed(log, "read %s", source):
        return read_source(source, vocabularies=vocabularies, **overrides)


class Graph(StoredGraph):
    """A store of reports to add to and to query, by SPARQL and by the named queries."""

    def query(self, query: str, **parameters: str) -> Rows:
        """The rows of a named query or of SPARQL text. Raises QueryError."""
        import pyoxigraph as ox

        from policygraph.queries.catalogue import answer
        from policygraph.queries.results import Rows

        solutions = answer(self.store, query, parameters)
        if not isinstance(solutions, ox.QuerySolutions):
            raise QueryError("the query makes no rows; use .rdflib() for CONSTRUCT and ASK")
        return Rows(solutions)
