"""How a page queries the graph: SPARQL from the files in sparql/, values bound as RDF terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from string import Template
from typing import Protocol

from policygraph.graph.sparql.data import Term

FOLDER = Path(__file__).parent / "sparql"
Row = dict[str, Term]


class Select(Protocol):
    """A function that answers a SELECT: values for its variables, and how many rows at most.

    ``graphs`` are the only ones there are to GRAPH, all of the store where it is None.
    """

    def __call__(
        self,
        sparql: str,
        bindings: Mapping[str, Term],
        most: int = 0,
        graphs: Sequence[str] | None = None,
    ) -> Sequence[Mapping[str, Term | None]]:
        """The rows, all of them where ``most`` is 0; None where a variable is unbound."""


def rows(
    select: Select, name: str, graphs: Sequence[str] | None = None, /, **bindings: Term
) -> list[Row]:
    """The rows of a query in sparql/, of all graphs or these; a variable that is unbound is not in its row."""
    return [
        {column: term for column, term in row.items() if term is not None}
        for row in select(source(name), bindings, graphs=graphs)
    ]


@cache
def source(name: str) -> str:
    """The text of a query in sparql/."""
    return (FOLDER / f"{name}.rq").read_text("utf-8")


def written(name: str, **terms: Term | str) -> str:
    """A query in which each ``$name`` is the term as SPARQL writes it, or what it writes there: UNDEF, VALUES."""
    return Template(source(name)).substitute({key: str(term) for key, term in terms.items()})


def text(row: Row, column: str) -> str:
    """The value of a column, empty where unbound."""
    return getattr(row.get(column), "value", "")
