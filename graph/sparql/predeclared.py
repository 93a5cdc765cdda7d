"""Prefixes that need no declaration: the ones the graph itself speaks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from policygraph.errors import QueryError
from policygraph.graph.sparql.tokens import tokens
from policygraph.ontology.prefixes import PREFIXES

if TYPE_CHECKING:
    from policygraph.graph.sparql.data import Term
    from policygraph.graph.stores import Answer, Store

_PLACE = re.compile(r"\b1:(\d+)")


@lru_cache(maxsize=256)
def declarations(sparql: str) -> str:
    """The declarations a query lacks of the prefixes it uses, on one line; often empty.

    A prefix that the query declares itself keeps the meaning it has there.
    """
    found = tokens(sparql)
    declared = {
        after.text.partition(":")[0] for token, after in pairwise(found) if token.word == "PREFIX"
    }
    used = {token.text.partition(":")[0] for token in found if token.kind == "name"} - declared
    lacking = (f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items() if name in used)
    return "".join(lacking)


def ask(store: Store, sparql: str, bindings: Mapping[str, Term] | None = None) -> Answer:
    """The answer of a store to a query that need not declare the prefixes. Raises QueryError."""
    added = declarations(sparql)
    try:
        return store.query(added + sparql, bindings)
    except QueryError as error:
        raise as_written(error, added) from error


def as_written(error: QueryError, added: str) -> QueryError:
    """The error of a query with declarations before it, its place that in the query as written."""

    def place(match: re.Match[str]) -> str:
        return f"1:{max(1, int(match[1]) - len(added))}"

    return QueryError(_PLACE.sub(place, str(error), count=1))
