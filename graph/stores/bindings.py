"""Values bound to a query that is sent as text: the one place where a term becomes SPARQL.

The engine joins given values with what the query selects (SEP-0007); elsewhere a VALUES block says the
same. It is put after the query, where SPARQL 1.1 joins it with the groups; a column the SELECT computes
(``(COALESCE(?x, "") AS ?xGiven)``) is only there outside, so then the query is wrapped. Values are written
by the engine's own terms, and only after a query that is whole by itself: none can leave its place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import pyoxigraph as ox

from policygraph.errors import QueryError
from policygraph.graph.sparql.data import Term, values
from policygraph.graph.sparql.tokens import FORMS, Token, tokens, uncommented
from policygraph.graph.stores.oxigraph import run_query

_AFTER = ("GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")
ALL = ("*",)
_AGGREGATES = frozenset(("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"))


def form(sparql: str) -> str:
    """SELECT, ASK, CONSTRUCT or DESCRIBE; SELECT where the text is none of them."""
    return next((token.word for token in tokens(sparql) if token.word in FORMS), "SELECT")


def bind(sparql: str, bindings: Mapping[str, Term]) -> str:
    """The query with values for some of its variables. Raises QueryError."""
    if not bindings:
        return sparql
    check(sparql, bindings)
    parts = _split(sparql)
    if "VALUES" in parts.after or parts.computed & bindings.keys():
        return wrap(sparql, bindings)
    return f"{sparql}\n{values(bindings)}"


def check(sparql: str, bindings: Mapping[str, Term]) -> None:
    """Raise QueryError where the query is not whole, or does not take these values.

    The engine itself says so, on an empty store.
    """
    run_query(ox.Store(), sparql, bindings)
    if any(isinstance(term, ox.BlankNode) for term in bindings.values()):
        raise QueryError("a blank node cannot be a parameter; give an IRI or a literal")


def wrap(sparql: str, bindings: Mapping[str, Term]) -> str:
    """The query inside another one beside the values: a SELECT as a whole, else its pattern."""
    parts, given = _split(sparql), values(bindings)
    if parts.form == "SELECT":
        return parts.wrapped(given)
    start, end = parts.group
    if "VALUES" in parts.after or not start:
        raise QueryError("this form of query takes no parameters; write VALUES into it")
    return f"{sparql[:start]}{{ {sparql[start:end]} {given} }}{sparql[end:]}"


def is_grouped(sparql: str) -> bool:
    """Whether a whole query groups its rows at the end."""
    return "GROUP" in _split(sparql).after


def sliced(sparql: str) -> tuple[str, int, int | None]:
    """The query without its OFFSET and LIMIT, and these."""
    after = _split(sparql).after
    numbers = [re.search(r"\d+", after.get(word, "")) for word in ("OFFSET", "LIMIT")]
    for word in ("OFFSET", "LIMIT"):
        sparql = _without(sparql, word) if word in after else sparql
    offset, limit = (int(found[0]) if found else None for found in numbers)
    return sparql, offset or 0, limit


def _without(sparql: str, word: str) -> str:
    """The query without the last such clause outside of all brackets."""
    found = tokens(sparql)
    at = max(n for n, token in enumerate(found) if token.depth == 0 and token.word == word)
    number = found[at + 1]
    return sparql[: found[at].start] + sparql[number.end :]


@dataclass(frozen=True, slots=True)
class _Parts:
    """A query in its clauses, each as it was written."""

    form: str
    prologue: str
    select: str
    columns: tuple[str, ...]
    computed: frozenset[str]
    dataset: str
    where: str
    group: tuple[int, int]
    after: dict[str, str]

    def wrapped(self, given: str) -> str:
        """The query as a subselect beside the values; order and slice stay outside."""
        order = self.after.get("ORDER", "")
        slice_ = [self.after.get(word, "") for word in ("LIMIT", "OFFSET")]
        inner = [self.after.get(word, "") for word in ("GROUP", "HAVING", "VALUES")]
        needed = [t.text for t in tokens(order) if t.kind == "variable"]
        extra = [v for v in dict.fromkeys(needed) if v not in self.columns and self.columns != ALL]
        distinct = re.match(r"\s*(?:DISTINCT|REDUCED)\b", self.select, re.IGNORECASE)
        if any(t.word in _AGGREGATES for t in tokens(order)) or (distinct and extra):
            # Only the groups know this order: it stays inside, and servers keep it by habit.
            inner.insert(2, order)
            order, extra = "", []
        subselect = ("SELECT", self.select, *extra, self.where, *inner)
        pieces = (
            *(self.prologue, "SELECT", *self.columns, self.dataset, "WHERE {"),
            *("{", *subselect, "}", given, "}", order, *slice_),
        )
        return "\n".join(piece for piece in pieces if piece)


def _split(sparql: str) -> _Parts:
    """The clauses of a whole query."""
    found = tokens(sparql)
    first = next(n for n, token in enumerate(found) if token.word in FORMS)
    top = [n for n in range(first + 1, len(found)) if found[n].depth == 0]
    kind = found[first].word
    begins = next(
        (n for n in top if found[n].word in ("FROM", "WHERE") or _opens(found[n])), len(found)
    )
    where = next((n for n in top if found[n].word == "WHERE" or _opens(found[n])), len(found))
    ends = [n for n in top if n > where and found[n].word in _AFTER]

    def text(start: int, end: int) -> str:
        """The text between two tokens, without comments."""
        stop = found[end].start if end < len(found) else len(sparql)
        return uncommented(sparql[found[start].start : stop]) if start < len(found) else ""

    after = {}
    for n, end in zip(ends, [*ends, len(found)][1:], strict=True):
        after[found[n].word] = text(n, end)
    head = found[first + 1 : begins]
    computed = [b.text for a, b in pairwise(head) if a.word == "AS"]
    names = [t.text for t in head if t.kind == "variable" and t.depth == 0]
    columns = [t.text for t in head if t.text in (*computed, *names) and _is_column(t, computed)]
    return _Parts(
        form=kind,
        prologue=uncommented(sparql[: found[first].start]),
        select=text(first + 1, begins),
        columns=tuple(dict.fromkeys(columns)) or ALL,
        computed=frozenset(name[1:] for name in computed),
        dataset=text(begins, where) if begins < where else "",
        where=text(where, ends[0] if ends else len(found)),
        group=_group([found[n] for n in top if not ends or n < ends[0]], kind),
        after=after,
    )


def _group(top: list[Token], kind: str) -> tuple[int, int]:
    """The start and end of the graph pattern, (0, 0) where it has none of its own."""
    opened = [token.start for token in top if token.text == "{"]
    closed = [token.start for token in top if token.text == "}"]
    if len(opened) < 1 + (kind == "CONSTRUCT") or not closed:
        return 0, 0
    return opened[-1], closed[-1] + 1


def _opens(token: Token) -> bool:
    return token.text == "{"


def _is_column(token: Token, computed: list[str]) -> bool:
    """Named by itself, or after AS: never inside the expression that is computed."""
    return token.depth == 0 or (token.depth == 1 and token.text in computed)
