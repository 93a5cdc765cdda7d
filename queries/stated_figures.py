"""Figures of a store, looked up by IRI, by report and span, or by their words, for arithmetic and citations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from policygraph.errors import QueryError
from policygraph.graph.sparql.data import Term
from policygraph.graph.stores import Store
from policygraph.queries.arithmetic import StatedFigure

FOLDER = Path(__file__).parent / "lookups"
Row = Mapping[str, Term | None]
Ask = Callable[[str, Mapping[str, Term]], Iterable[Row]]  # what answers a SELECT
_SPAN = re.compile(r"(?:(?P<document>[^\s/:]+)[/:](?:figure/)?)?(?P<span>\d+-\d+(?:-\d+)?)")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s<>\"{}|\\^`]+")
_SENTENCE_ENDS = "。！？!?\n"
_CANDIDATES = 4  # named where words stand for several figures


def asking(store: Store) -> Ask:
    """What answers a SELECT from a store."""

    def ask(sparql: str, bindings: Mapping[str, Term]) -> list[Row]:
        answer = store.query(sparql, bindings)
        assert isinstance(answer, ox.QuerySolutions)
        names = [variable.value for variable in answer.variables]
        return [{name: _term(solution[name]) for name in names} for solution in answer]

    return ask


def _term(value: object) -> Term | None:
    return value if isinstance(value, ox.NamedNode | ox.BlankNode | ox.Literal) else None


def find_figures(ask: Ask, references: Sequence[str], base: str = "") -> list[StatedFigure]:
    """The figures that references mean, in their order; raises QueryError on one that means none.

    A reference is an IRI; a report's identifier and a span (``090cb592edbac444/2093-2101``), only the
    span where the store has one report; or the words of the figure where they are said once.
    """
    return [_figure(ask, _resolved(ask, reference.strip(), base)) for reference in references]


def quoted_figures(ask: Ask, words: str, most: int = 20) -> list[StatedFigure]:
    """The figures whose words are these, in the order of reports and text."""
    return [_figure(ask, iri) for iri in _quoting(ask, words)[:most]]


def short_reference(iri: str) -> str:
    """The reference of a figure that an address carries: its report's identifier and its span."""
    document, _, span = iri.rpartition("/figure/")
    return f"{document.rpartition('/')[2]}/{span}" if document else iri


def _resolved(ask: Ask, reference: str, base: str) -> str:
    if _IRI.fullmatch(reference):
        return reference
    match = _SPAN.fullmatch(reference)
    if match is None:
        return _quoted(ask, reference)
    if match["document"] and base:
        return f"{base}id/document/{match['document']}/figure/{match['span']}"
    return f"{_report(ask, match['document'] or '', reference)}/figure/{match['span']}"


def _report(ask: Ask, identifier: str, reference: str) -> str:
    """The IRI of the one report with an identifier, of the only one where none is given."""
    reports = [_text(row, "document") for row in ask(lookup("reports"), {})]
    found = [iri for iri in reports if not identifier or iri.endswith(f"/{identifier}")]
    if len(found) == 1:
        return found[0]
    if identifier:
        raise QueryError(f"{reference}: no report {identifier}; see: policygraph query documents")
    raise QueryError(f"{reference}: the store has {len(reports)} reports; write REPORT/{reference}")


def _quoted(ask: Ask, words: str) -> str:
    """The one figure whose words are these."""
    found = _quoting(ask, words)
    if len(found) == 1:
        return found[0]
    if not found:
        raise QueryError(f"{words}: no figure reads so; give its IRI, or REPORT/START-END")
    listed = ", ".join(map(short_reference, found[:_CANDIDATES]))
    more = ", …" if len(found) > _CANDIDATES else ""
    raise QueryError(f"{words}: {len(found)} figures read so; give one of {listed}{more}")


def _quoting(ask: Ask, words: str) -> list[str]:
    rows = ask(lookup("figures-quoted"), {"quote": ox.Literal(words)})
    return [_text(row, "figure") for row in rows]


def _figure(ask: Ask, iri: str) -> StatedFigure:
    try:
        term = ox.NamedNode(iri)
    except ValueError as error:
        raise QueryError(f"{iri}: not an IRI") from error
    rows = list(ask(lookup("stated-figure"), {"figure": term}))
    if not rows:
        raise QueryError(f"{iri}: no figure of this store")
    row = rows[0]
    plain = {name: _text(row, name) for name in row}
    return StatedFigure(
        iri,
        plain["quote"],
        Decimal(plain["value"]),
        qualifiers=tuple(plain["qualifiers"].split()),
        start=int(plain["start"]),
        end=int(plain["end"]),
        sentence=_sentence(plain["before"], plain["quote"], plain["after"]),
        **{name: plain[name] for name in _PLAIN},
    )


_PLAIN = (
    *("unit", "kind", "indicator", "scope", "period", "whole", "group", "document"),
    *("title", "issuer", "issued", "section"),
)


def _sentence(before: str, quote: str, after: str) -> str:
    """The sentence around a figure, as far as the text around it was fetched."""
    begin = max(before.rfind(mark) for mark in _SENTENCE_ENDS) + 1
    ends = [at for mark in _SENTENCE_ENDS if (at := after.find(mark)) >= 0]
    end = min(ends) + 1 if ends else len(after)
    return (before[begin:] + quote + after[:end]).strip()


def _text(row: Row, name: str) -> str:
    return str(getattr(row.get(name), "value", ""))


@cache
def lookup(name: str) -> str:
    """The text of a query in lookups/."""
    return (FOLDER / f"{name}.rq").read_text("utf-8")
