"""Where Virtuoso 7 departs from SPARQL 1.1, and the workarounds.

Each was found with Debian's 7.2.5 by running the named queries on every store; tests/test_stores.py
runs them again. No query is written for Virtuoso: the workarounds are applied when a query is sent.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from itertools import pairwise

import pyoxigraph as ox

from policygraph.graph.sparql.data import Term
from policygraph.graph.sparql.tokens import Token, tokens
from policygraph.graph.stores import Answer
from policygraph.graph.stores.bindings import form, sliced, wrap
from policygraph.graph.stores.term_conversion import from_rows

_BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"
_NUMBERS = frozenset(
    "http://www.w3.org/2001/XMLSchema#" + name
    for name in ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger")
)
_MANY = 16  # patterns whose order the server finds in a second
_FEW = 3  # the same of a short query, whose order costs nothing
_PARTIAL = ("OPTIONAL", "EXISTS", "MINUS")
_LABELS = ("rdfs:label", "skos:prefLabel")
_TRUTH = {"1": "true", "0": "false"}
_STRING = "http://www.w3.org/2001/XMLSchema#string"


def needs_care(sparql: str) -> bool:
    """Whether a query without parameters has what Virtuoso answers otherwise."""
    return any(token.word in ("REGEX", "DESCRIBE") for token in tokens(sparql))


def prepare(sparql: str, bindings: Mapping[str, Term]) -> tuple[str, LiteralJoin]:
    """The query as Virtuoso needs it, and what is still to be done with its rows.

    A VALUES block after the query overwrites a column that BIND or GROUP BY made, and a string that an
    aggregate made is equal to none: IRIs are given outside the query, literals are joined here. Inside, they
    narrow what they can: else the server works out all rows first. Where it would think for half a minute about the
    order of thirty patterns, it takes them as they are written.
    """
    kind = form(sparql)
    ordered = _is_long(sparql) or _gathers(sparql)
    sparql = _narrowed(sparql, bindings)
    literals: dict[str, ox.Literal] = {}
    if kind == "SELECT":
        literals = {name: term for name, term in bindings.items() if isinstance(term, ox.Literal)}
    offset, limit = 0, None
    if literals:
        sparql, offset, limit = sliced(sparql)
    outside = {name: term for name, term in bindings.items() if name not in literals}
    if outside:
        sparql = wrap(sparql, outside)
    if kind == "DESCRIBE":
        # By default it describes nothing that is in named graphs only.
        sparql = f'define sql:describe-mode "CBD"\n{sparql}'
    if ordered and bindings:
        sparql = f'define sql:select-option "order"\n{sparql}'
    return flagged(sparql), LiteralJoin(literals, offset, limit)


def _narrowed(sparql: str, bindings: Mapping[str, Term]) -> str:
    """The query with the values said once more where they choose a graph or a label, which are columns of the rows.

    A column of its own (``?xGiven``) is no variable of the pattern unless it is of labels (``?xLabelGiven``).
    """
    found = tokens(sparql)
    added = []
    for n in _in_all_rows(found):
        name, before = found[n].text, found[n - 1]
        term = bindings.get(name[1:])
        if before.word == "GRAPH" and isinstance(term, ox.NamedNode):
            added.append((_until_closed(found, n + 1)[-1].end, f" VALUES {name} {{ {term} }}"))
        elif term is not None and before.text in _LABELS and name.endswith("LabelGiven"):
            added.append((found[n].end, f" , {term}"))
    for place, text in sorted(added, reverse=True):
        sparql = f"{sparql[:place]}{text}{sparql[place:]}"
    return sparql


def _gathers(sparql: str) -> bool:
    """Whether a short query groups its rows, or one gathers distinct ones in each of several subselects.

    Of more than some hundred documents the server groups such rows only where they happen to follow each other, and
    leaves others out, unless it takes the patterns as they are written.
    """
    said = [token.word for token in tokens(sparql)]
    pairs = list(pairwise(said))
    grouped = ("GROUP", "BY") in pairs and _patterns(sparql) <= _FEW
    return grouped or pairs.count(("SELECT", "DISTINCT")) > 2


def _is_long(sparql: str) -> bool:
    """Whether a query has so many triple patterns that the server is better told their order."""
    return _patterns(sparql) > _MANY


def _patterns(sparql: str) -> int:
    """How many triple patterns are divided from the next."""
    return sum(token.text in (";", ".") for token in tokens(sparql))


def _in_all_rows(found: list[Token]) -> Iterator[int]:
    """The variables whose values are those of the rows: in nothing optional, excluded or cut short.

    A branch of a UNION makes rows of its own, each of which is narrowed.
    """
    opened: list[frozenset[str] | None] = []
    for n, token in enumerate(found):
        if token.text == "{":
            opened.append(_let_through(found, n))
        elif token.text == "}":
            opened.pop()
        elif token.kind == "variable" and all(
            names is None or token.text in names for names in opened
        ):
            yield n


def _let_through(found: list[Token], start: int) -> frozenset[str] | None:
    """The variables of a group that are those outside of it; None where all are."""
    inside = _until_closed(found, start)
    if start and found[start - 1].word in _PARTIAL:
        return frozenset()
    if found[start + 1].word != "SELECT":
        return None
    own = [token for token in inside if token.depth == found[start].depth + 1]
    if any(token.word in ("LIMIT", "OFFSET") for token in own):
        return frozenset()
    words = [token.text for token in own]
    head = words[: words.index("{")]
    return None if "*" in head else frozenset(head)


def flagged(sparql: str) -> str:
    """The query with flags in every REGEX: without them ``a|b`` finds nothing."""
    found, places = tokens(sparql), []
    for n, token in enumerate(found):
        if token.word == "REGEX" and n + 1 < len(found) and found[n + 1].text == "(":
            inside = _until_closed(found, n + 1)
            if sum(t.text == "," and t.depth == found[n + 1].depth + 1 for t in inside) == 1:
                places.append(inside[-1].start)
    for place in reversed(places):
        sparql = f'{sparql[:place]}, ""{sparql[place:]}'
    return sparql


def _until_closed(found: list[Token], start: int) -> list[Token]:
    """The tokens from an opening bracket to the one that closes it."""
    opened = found[start]
    for n in range(start + 1, len(found)):
        if found[n].depth == opened.depth:
            return found[start : n + 1]
    return found[start:]


class LiteralJoin:
    """Keeps the rows whose columns have the literals asked for, then the slice of them."""

    def __init__(self, literals: Mapping[str, ox.Literal], offset: int, limit: int | None) -> None:
        self._literals = literals
        self._offset, self._limit = offset, limit

    def rows(self, answer: Answer) -> Answer:
        """The rows that are left; an unbound column takes the value, as a join does."""
        if not self._literals or not isinstance(answer, ox.QuerySolutions):
            return answer
        results = json.loads(answer.serialize(format=ox.QueryResultsFormat.JSON) or b"{}")
        stop = None if self._limit is None else self._offset + self._limit
        kept = list(self._kept(results["results"]["bindings"]))[self._offset : stop]
        results["results"]["bindings"] = kept
        return from_rows(json.dumps(results).encode())

    def _kept(self, rows: list[dict[str, dict[str, str]]]) -> Iterator[dict[str, dict[str, str]]]:
        for row in rows:
            if all(_same(row.get(name), value) for name, value in self._literals.items()):
                filled = {n: _cell(v) for n, v in self._literals.items() if n not in row}
                yield row | filled


def _cell(value: ox.Literal) -> dict[str, str]:
    """A literal as results in JSON have it."""
    cell = {"type": "literal", "value": value.value}
    if value.language:
        return cell | {"xml:lang": value.language}
    return cell if value.datatype.value == _STRING else cell | {"datatype": value.datatype.value}


def _same(cell: dict[str, str] | None, value: ox.Literal) -> bool:
    """Whether a cell has the value, in whatever form numbers and language tags are given back."""
    if cell is None:
        return True
    wanted = _cell(value)
    tags = [one.get("xml:lang", "").lower() for one in (cell, wanted)]
    if cell["type"] == "uri" or tags[0] != tags[1]:
        return False
    kinds = [one.get("datatype", _STRING) for one in (cell, wanted)]
    if kinds[0] == kinds[1] == _BOOLEAN:
        return len({_TRUTH.get(one["value"], one["value"]) for one in (cell, wanted)}) == 1
    if all(kind in _NUMBERS for kind in kinds):
        return _equal_numbers(cell["value"], wanted["value"])
    return kinds[0] == kinds[1] and cell["value"] == wanted["value"]


def _equal_numbers(one: str, other: str) -> bool:
    try:
        return Decimal(one) == Decimal(other)
    except InvalidOperation:
        return False
