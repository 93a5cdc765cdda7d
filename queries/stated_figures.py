"""Figures of a store, looked up by IRI, by report and span, or by their words, for arithmetic and citations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

import pyoxigraph as ox

from policygraph.errors import QueryError
from policygraph.ontology.prefixes import expand
from policygraph.queries.arithmetic import StatedFigure
from policygraph.queries.stated_passages import (
    Ask,
    Passage,
    lookup,
    passages,
    period_of,
    text_of,
)

_SPAN = re.compile(r"(?:(?P<document>[^\s/:]+)[/:](?:figure/)?)?(?P<span>\d+-\d+(?:-\d+)?)")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s<>\"{}|\\^`]+")
_CANDIDATES = 4  # named where words stand for several figures


def find_figures(ask: Ask, references: Sequence[str], base: str = "") -> list[StatedFigure]:
    """The figures that references mean, in their order; raises QueryError on one that means none.

    A reference is an IRI; a report's identifier and a span (``090cb592edbac444/2093-2101``), only the
    span where the store has one report; or the words of the figure where they are said once.
    """
    iris = [_resolved(ask, reference.strip(), base) for reference in references]
    found = {figure.iri: figure for figure in figures_of(ask, iris)}
    for iri in iris:
        if iri not in found:
            raise QueryError(f"{iri}: no figure of this store")
    return [found[iri] for iri in iris]


def figures_of(ask: Ask, iris: Sequence[str]) -> list[StatedFigure]:
    """The figures of these IRIs, in their order; what is no figure is left out."""
    return [
        figure_of(passage)
        for passage in passages(ask, list(dict.fromkeys(iris)))
        if passage.value("pg:value")
    ]


def figure_of(passage: Passage) -> StatedFigure:
    """A passage that states a figure as arithmetic takes it."""
    report, kind = passage.report, passage.value("pg:kind")
    several = passage.value("pg:qualifierText")
    qualifiers = several.split() if several else _keys(passage.said.get(_QUALIFIER, ()))
    return StatedFigure(
        passage.iri,
        passage.quote,
        Decimal(passage.value("pg:value")),
        passage.value("pg:unitText") or passage.label("pg:unit"),
        kind.rpartition("/")[2],
        passage.label("pg:asWritten") or passage.label("pg:indicator"),
        passage.value("pg:scopeText") or passage.label("pg:scope"),
        passage.value("pg:period") or period_of(passage.value("pg:refPeriod")),
        tuple(qualifiers),
        passage.value("pg:refersTo"),
        passage.value("pg:scope"),
        *(report.iri, report.title, report.issuer, report.issued, passage.section),
        *(passage.start, passage.end, passage.sentence, passage.place),
    )


def _keys(iris: Iterable[str]) -> list[str]:
    return [iri.rpartition("/")[2] for iri in iris]


_QUALIFIER = expand("pg:qualifier")


def quoted_figures(ask: Ask, words: str, most: int = 20) -> list[StatedFigure]:
    """The figures whose words are these, in the order of reports and text."""
    return figures_of(ask, _quoting(ask, words)[:most])


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
    """The IRI of the one report with an identifier, of the only current one where none is given."""
    rows = [row for row in ask(lookup("reports"), {}) if identifier or not row.get("newer")]
    reports = {text_of(row, "document") for row in rows}
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
    return [text_of(row, "figure") for row in rows]
