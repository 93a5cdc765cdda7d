"""Answers of other engines as the types every store answers with."""

from __future__ import annotations

import io
from typing import IO

import pyoxigraph as ox

from policygraph.graph.sparql.data import ALL_TRIPLES
from policygraph.graph.stores import Answer


def from_rows(
    data: bytes | IO[bytes], form: ox.QueryResultsFormat = ox.QueryResultsFormat.JSON
) -> Answer:
    """Rows, or a boolean; raises SyntaxError when the data are not in the format."""
    return ox.parse_query_results(io.BytesIO(data) if isinstance(data, bytes) else data, form)


def from_triples(data: bytes | IO[bytes], form: ox.RdfFormat) -> Answer:
    """A graph, read into memory; raises SyntaxError when the data are not in the format."""
    engine = ox.Store()
    engine.load(data, form)
    return engine.query(ALL_TRIPLES)
