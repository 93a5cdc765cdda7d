"""Columns that only take a parameter, left out of a SELECT where nothing is given for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import lru_cache

from policygraph.graph.sparql.tokens import FORMS, Token, tokens

_GIVEN_LINE = re.compile(r"^.*# given: (\w+)\n", re.MULTILINE)
HIDDEN = "Given"  # a column whose name ends so only takes a parameter; see catalogue.py


@lru_cache(maxsize=256)
def without_hidden(sparql: str, given: Set[str] = frozenset()) -> str:
    """The query without the hidden columns that take nothing: neither computed nor carried along.

    ``(COALESCE(?unit, "") AS ?unitGiven)`` goes where no unit is given. The rows stay what they are:
    a query of DISTINCT rows, and a computed column used elsewhere, are not changed. A line that ends with
    ``# given: bodyLabelGiven`` stays only where that is given: without it no row is there twice.
    """
    sparql = _GIVEN_LINE.sub(lambda line: line[0] if line[1] in given else "", sparql)
    spans = list(_columns(tokens(sparql)))
    gone = [
        (start, end)
        for name, start, end in spans
        if name.endswith(HIDDEN) and name not in given and _is_free(sparql, name, start, end)
    ]
    if len(gone) == len(spans):
        return sparql
    for start, end in reversed(gone):
        sparql = sparql[:start] + sparql[end:]
    return sparql


def _columns(found: list[Token]) -> Iterator[tuple[str, int, int]]:
    """The columns a SELECT names, each with where it begins and ends; none of one with DISTINCT."""
    first = next((n for n, token in enumerate(found) if token.word in FORMS), len(found))
    opened = 0
    for place in range(first, len(found)):
        token = found[place]
        if token.word in ("DISTINCT", "REDUCED", "CONSTRUCT", "DESCRIBE", "ASK"):
            return
        if token.depth == 0 and (token.text == "{" or token.word in ("FROM", "WHERE")):
            return
        if token.depth == 0 and token.text == "(":
            opened = token.start
        elif token.depth == 0 and token.text == ")":
            yield found[place - 1].text[1:], opened, token.end
        elif token.depth == 0 and token.kind == "variable":
            yield token.text[1:], token.start, token.end


def _is_free(sparql: str, name: str, start: int, end: int) -> bool:
    """Whether a column is a variable of the pattern, or computed and used nowhere else."""
    if sparql[start] != "(":
        return True
    rest = sparql[:start] + sparql[end:]
    return all(token.text[1:] != name for token in tokens(rest) if token.kind == "variable")
