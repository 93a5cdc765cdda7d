"""Terms and triples written into SPARQL text; nothing else builds SPARQL from values.

A term that the engine has parsed writes itself escaped, so none can leave the place it is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

import pyoxigraph as ox

from policygraph.errors import StoreError

Term = ox.NamedNode | ox.BlankNode | ox.Literal
ALL_TRIPLES = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_DECIMAL = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")


def iri(graph: str) -> ox.NamedNode:
    """The name of a graph as a term; raises StoreError where it is no IRI."""
    try:
        return ox.NamedNode(graph)
    except ValueError as error:
        raise StoreError(f"{graph}: not a valid IRI for a graph") from error


def insert_data(graph: str, triples: Iterable[ox.Triple]) -> str:
    """An update that adds triples to a graph, the default graph where it has no name."""
    return "INSERT DATA " + _block(graph, triples)


def delete_data(graph: str, triples: Iterable[ox.Triple]) -> str:
    """An update that removes triples from a graph, the default graph where it has no name."""
    return "DELETE DATA " + _block(graph, triples)


def clear(graph: str) -> str:
    """An update that empties a graph, the default graph where it has no name."""
    return "CLEAR SILENT GRAPH " + str(iri(graph)) if graph else "CLEAR DEFAULT"


def drop(graph: str) -> str:
    """An update that removes a graph; nothing happens when there is none."""
    return "DROP SILENT GRAPH " + str(iri(graph))


def unless_made(graph: str) -> str:
    """Operations that fail where those before them have made a graph, and else change nothing."""
    name = str(iri(graph))
    return "CREATE GRAPH " + name + " ; DROP GRAPH " + name


def copy(source: str, target: str) -> str:
    """An update that replaces one graph by another."""
    return "COPY GRAPH " + str(iri(source)) + " TO GRAPH " + str(iri(target))


def values(bindings: Mapping[str, Term]) -> str:
    """A VALUES block of one row: variables, without their question mark, and what they are."""
    pairs = sorted(bindings.items())
    names = " ".join("?" + name for name, _ in pairs)
    row = " ".join(str(term) for _, term in pairs)
    return "VALUES (" + names + ") { (" + row + ") }"


def one_of(variable: str, terms: Iterable[Term]) -> str:
    """A VALUES block of one variable, without its question mark, and what it may be."""
    return "VALUES ?" + variable + " { " + " ".join(map(str, terms)) + " }"


def kept_of(variable: str, terms: Iterable[Term]) -> str:
    """A FILTER that keeps the rows whose variable, without its question mark, is one of these.

    Beside a VALUES block of another variable: an engine that is given two tries each of one with each of the other.
    """
    return "FILTER (?" + variable + " IN (" + ", ".join(map(str, terms)) + "))"


def pairs_of(variables: tuple[str, str], pairs: Iterable[tuple[Term, Term]]) -> str:
    """A VALUES block of two variables, without question marks, and what they may be together."""
    rows = " ".join(f"({first} {second})" for first, second in pairs)
    return "VALUES (?" + " ?".join(variables) + ") { " + rows + " }"


def _block(graph: str, triples: Iterable[ox.Triple]) -> str:
    block = "{ " + " . ".join(map(str, triples)) + " }"
    return "{ GRAPH " + str(iri(graph)) + " " + block + " }" if graph else block


def table(
    columns: Sequence[str], rows: Iterable[Sequence[str | int | Decimal | None]]
) -> ox.QuerySolutions:
    """Rows of plain values as the engine's answer, which every format of answers can be written from."""
    lines = ("(" + " ".join(map(_cell, row)) + ")" for row in rows)
    names = " ".join(f"?{name}" for name in columns)
    answer = ox.Store().query(
        "SELECT " + names + " { VALUES (" + names + ") { " + " ".join(lines) + " } }"
    )
    assert isinstance(answer, ox.QuerySolutions)
    return answer


def _cell(value: str | int | Decimal | None) -> str:
    """A value as it stands in VALUES; nothing and empty text are unbound."""
    if value in (None, ""):
        return "UNDEF"
    if isinstance(value, Decimal):
        return str(ox.Literal(format(value, "f"), datatype=_DECIMAL))
    return str(ox.Literal(value))
