"""How rdflib evaluates our queries: patterns in the order of what is known, joins by hash or by look-up.

rdflib orders the patterns of a group before it knows any value and joins the solutions of two groups by
comparing each with each. The same algebra gives the same solutions faster this way. Only queries prepared
here are evaluated so; others in the same process are left to rdflib.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

from rdflib.plugins.sparql import CUSTOM_EVALS
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.evaluate import evalPart
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import (
    AlreadyBound,
    FrozenBindings,
    Query,
    QueryContext,
)
from rdflib.term import BNode, Variable

_COUNTED = 64  # triples that are enough to call a pattern wide
_OURS = "policygraph"  # marks the parts of a prepared query


@lru_cache(maxsize=128)  # rdflib takes a tenth of a second to parse a query of ours
def prepare(sparql: str) -> Query:
    """The query as rdflib's algebra, marked for the evaluation of this module."""
    query = translateQuery(parseQuery(sparql))
    _mark(query.algebra)
    return query


def _mark(part: Any) -> None:
    """Mark every group of patterns and every join below a part."""
    if isinstance(part, CompValue):
        if part.name in ("BGP", "Join"):
            part[_OURS] = True
        for key, value in part.items():
            if key != "_vars":
                _mark(value)
    elif isinstance(part, list | tuple):
        for value in part:
            _mark(value)


def _evaluate(context: QueryContext, part: CompValue) -> Iterator[FrozenBindings]:
    """The solutions of a marked part. Raises NotImplementedError for all others, as rdflib asks."""
    if _OURS not in part:
        raise NotImplementedError
    return _patterns(context, part.triples) if part.name == "BGP" else _join(context, part)


def _patterns(context: QueryContext, triples: list[Any]) -> Iterator[FrozenBindings]:
    """The solutions of triple patterns, the one of which most is known first."""
    if not triples:
        yield context.solution()
        return
    first = _narrowest(context, triples)
    rest = [triple for triple in triples if triple is not first]
    known = tuple(_value(context, term) for term in first)
    for found in context.graph.triples(known):  # type: ignore[union-attr]
        below = context.push()
        try:
            for term, value, before in zip(first, found, known, strict=True):
                if before is None:
                    below[term] = value
        except AlreadyBound:
            continue
        yield from _patterns(below, rest)


def _narrowest(context: QueryContext, triples: list[Any]) -> Any:
    """The pattern of which most is known; among several without a subject the one that fits fewest."""
    weights = [_unknown(context, triple) for triple in triples]
    least = min(weights)
    tied = [triple for triple, weight in zip(triples, weights, strict=True) if weight == least]
    if len(tied) == 1 or any(_value(context, triple[0]) is not None for triple in tied):
        return tied[0]
    return min(tied, key=lambda triple: _fitting(context, triple))


def _fitting(context: QueryContext, triple: Any) -> int:
    """How many triples fit a pattern, counted as far as matters for a choice."""
    known = tuple(_value(context, term) for term in triple)
    found = context.graph.triples(known)  # type: ignore[union-attr]
    return sum(1 for _ in islice(found, _COUNTED))


def _unknown(context: QueryContext, triple: Any) -> tuple[int, int]:
    """How many terms of a pattern have no value yet; then, fewer where a found value stands in it.

    A value found narrows more than a constant of the query: ?x pg:topic ?found before ?x a pg:Mention.
    """
    unknown = sum(_value(context, term) is None for term in triple)
    return unknown, unknown - sum(isinstance(term, Variable) for term in triple)


def _value(context: QueryContext, term: Any) -> Any:
    return context[term] if isinstance(term, Variable | BNode) else term


def _join(context: QueryContext, part: CompValue) -> Iterator[FrozenBindings]:
    """Solutions of both sides that agree: the right side looked up for each of the left, or hashed."""
    left = list(evalPart(context, part.p1))
    if not _is_look_up(part.p2):
        yield from _hash_join(left, list(evalPart(context, part.p2)))
        return
    variables = sorted(_variables(part.p2))
    known: dict[tuple[Any, ...], list[FrozenBindings]] = {}
    for row in left:
        values = tuple(row.get(name) for name in variables)
        if values not in known:
            solutions = evalPart(context.thaw(row), part.p2)
            known[values] = [found.project(variables) for found in solutions]
        for found in known[values]:
            yield found.merge(row)


def _is_look_up(part: Any) -> bool:
    """Whether values from outside narrow a part and change nothing else in it: patterns alone do."""
    if part.name == "Graph":
        return _is_look_up(part.p)
    return bool(part.name == "BGP")


def _variables(part: Any) -> set[Variable]:
    """The variables of a part that is looked up."""
    terms = [part.term] if part.name == "Graph" else [t for triple in part.triples for t in triple]
    below = _variables(part.p) if part.name == "Graph" else set()
    return below | {term for term in terms if isinstance(term, Variable)}


def _hash_join(left: list[FrozenBindings], right: list[FrozenBindings]) -> Iterator[FrozenBindings]:
    """The merged pairs that agree, found by the values of the variables all of them have."""
    if not left or not right:
        return
    shared = sorted(set.intersection(*(set(row) for row in (*left, *right))))
    rows: dict[tuple[Any, ...], list[FrozenBindings]] = {}
    for row in right:
        rows.setdefault(tuple(row[name] for name in shared), []).append(row)
    for row in left:
        for other in rows.get(tuple(row[name] for name in shared), ()):
            if row.compatible(other):
                yield row.merge(other)


CUSTOM_EVALS["policygraph"] = _evaluate
