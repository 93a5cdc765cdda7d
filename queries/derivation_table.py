"""Derived values and the figures they are made of as rows that every format of answers can be written from."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext

import pyoxigraph as ox

from policygraph.graph.sparql.data import table
from policygraph.queries.arithmetic import Derivation, StatedFigure
from policygraph.queries.comparability import caveats, operation_words

COLUMNS = (
    *("role", "operation", "name", "value", "low", "high", "unit", "period", "formula"),
    *("caveats_zh", "caveats_en", "quote", "kind", "indicator", "scope", "qualifier"),
    *("section", "sentence", "title", "issuer", "issued", "document", "start", "end", "iri"),
)
_DIGITS = 12  # significant digits of a quotient


def derivation_table(derivations: Sequence[Derivation]) -> ox.QuerySolutions:
    """A row for each derived value, then one for each of the figures."""
    figures = {figure.iri: figure for derivation in derivations for figure in derivation.figures}
    rows = [*map(_result, derivations), *map(_figure, figures.values())]
    return table(COLUMNS, ([row.get(name) for name in COLUMNS] for row in rows))


def _result(derivation: Derivation) -> dict[str, str | Decimal | int]:
    found = caveats(derivation)
    return {
        "role": "result",
        "operation": derivation.operation,
        "name": " / ".join(operation_words(derivation.operation)),
        "value": _rounded(derivation.result.value),
        "low": _rounded(derivation.result.low),
        "high": _rounded(derivation.result.high),
        "unit": derivation.unit,
        "period": derivation.period,
        "formula": derivation.formula,
        "caveats_zh": "；".join(caveat.zh for caveat in found),
        "caveats_en": "; ".join(caveat.en for caveat in found),
    }


def _figure(figure: StatedFigure) -> dict[str, str | Decimal | int]:
    return {
        "role": "figure",
        "value": figure.value,
        "low": figure.interval.low,
        "high": figure.interval.high,
        "qualifier": " ".join(figure.qualifiers),
        **{
            name: getattr(figure, name)
            for name in ("unit", "period", "quote", "kind", "indicator", "scope", "section")
        },
        **{name: getattr(figure, name) for name in COLUMNS[COLUMNS.index("sentence") :]},
    }


def _rounded(number: Decimal) -> Decimal:
    with localcontext(prec=_DIGITS):
        return +number
