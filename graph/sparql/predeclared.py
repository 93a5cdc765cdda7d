"""Prefixes that need no declaration: the ones the graph itself speaks."""

from __future__ import annotations

import re
from itertools import pairwise

from policygraph.errors import QueryError
from policygraph.graph.sparql.tokens import tokens
from policygraph.ontology.prefixes import PREFIXES

_PLACE = re.compile(r"\b1:(\d+)")


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


def as_written(error: QueryError, added: str) -> QueryError:
    """The error of a query with declarations before it, its place that in the query as written."""

    def place(match: re.Match[str]) -> str:
        return f"1:{max(1, int(match[1]) - len(added))}"

    return QueryError(_PLACE.sub(place, str(error), count=1))
