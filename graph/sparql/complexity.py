"""Queries nested or joined so deep that the engine, which follows them by recursion, would end the whole process."""

from __future__ import annotations

from collections.abc import Iterator

from policygraph.errors import QueryError
from policygraph.graph.sparql.tokens import Token, tokens

NESTED = 500  # brackets open at once at most; the engine fails from some 2,000 on
JOINED = (
    2000  # operators and clauses that are joined to what stands before; it fails from some 8,000 on
)
_OPENS, _CLOSES = frozenset("([{"), frozenset(")]}")
_OPERATORS = frozenset("!+-*/|&^=<>")
_CLAUSES = frozenset({"UNION", "OPTIONAL", "MINUS", "FILTER", "BIND"})
_DATA = frozenset({"VALUES", "DATA"})  # before a block in which nothing is joined


def refuse_too_complex(sparql: str) -> None:
    """Raise QueryError where a query or update is nested or joined deeper than the engine can follow."""
    if len(sparql) <= NESTED or not _may_be(sparql):
        return
    depth = joined = 0
    for token in _outside_data(tokens(sparql)):
        if token.text in _OPENS:
            depth += 1
        elif token.text in _CLOSES:
            depth -= 1
        elif token.text in _OPERATORS or token.word in _CLAUSES:
            joined += 1
        if depth > NESTED:
            raise QueryError(f"the query nests more than {NESTED} brackets; write it flatter")
        if joined > JOINED:
            raise QueryError(
                f"the query joins more than {JOINED} operators or clauses; give values by VALUES or IN"
            )


def _may_be(sparql: str) -> bool:
    """Whether there are enough of the characters and words for it at all."""
    opened = sum(map(sparql.count, _OPENS))
    said = sparql.upper()
    joined = sum(map(sparql.count, _OPERATORS)) + sum(map(said.count, _CLAUSES))
    return opened > NESTED or joined > JOINED


def _outside_data(found: list[Token]) -> Iterator[Token]:
    """The tokens but those of VALUES and DATA blocks, which may be as long as they like."""
    place = 0
    while place < len(found):
        token = found[place]
        yield token
        place += 1
        if token.word not in _DATA:
            continue
        while place < len(found) and found[place].text != "{":
            place += 1
        depth = found[place].depth if place < len(found) else 0
        place += 1
        while place < len(found) and (found[place].text, found[place].depth) != ("}", depth):
            place += 1
        place += 1
