"""How a page asks the graph: SPARQL from a file of this room, values bound as RDF terms."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from string import Template

from policygraph.graph.stores import Term

FOLDER = Path(__file__).parent / "sparql"
Ask = Callable[[str, Mapping[str, Term]], Sequence[Mapping[str, Term | None]]]
Row = dict[str, Term]


def rows(ask: Ask, name: str, **bindings: Term) -> list[Row]:
    """The rows of a query of this room; a variable that is unbound is not in its row."""
    return [
        {column: term for column, term in row.items() if term is not None}
        for row in ask(source(name), bindings)
    ]


@cache
def source(name: str) -> str:
    """The text of a query of this room."""
    return (FOLDER / f"{name}.rq").read_text("utf-8")


def written(name: str, **terms: Term) -> str:
    """A query for people to run: each ``$name`` is the term as SPARQL writes it."""
    return Template(source(name)).substitute({key: str(term) for key, term in terms.items()})


def text(row: Row, column: str) -> str:
    """The value of a column, empty where unbound."""
    return getattr(row.get(column), "value", "")
