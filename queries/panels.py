"""Panels for statistics programs: indicator by area and year, long or wide, and the targets of growth."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pyoxigraph as ox

from policygraph.graph.sparql.data import one_of
from policygraph.graph.stores import Store
from policygraph.queries.catalogue import answer
from policygraph.queries.tones import clause, is_range, tones

LONG = ("code", "area", "year", "indicator", "variable", "kind", "unit", "value", "text", "document", "start", "end", "cell")  # fmt: skip
TARGETS = ("code", "area", "year", "target", "range", "unit", "tone", "tone_code", "quote", "document", "start", "end")  # fmt: skip
WIDE = ("code", "area", "year")
_LONGEST = 32  # characters of a name of a variable in Stata
_TEXTS = """
PREFIX pg: <https://w3id.org/policygraph/ontology#>
SELECT ?document ?text WHERE { $documents GRAPH ?document { ?document pg:text ?text } }
"""
_REPLACED = """
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT DISTINCT ?document { GRAPH ?newer { ?newer dcterms:replaces ?document } }
"""

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class WidePanel:
    """A row an area and year, a column a variable; what each variable is; cells whose sources disagree."""

    rows: tuple[Row, ...]
    variables: tuple[Row, ...]
    open_cells: tuple[tuple[str, str, str], ...]

    def table(self) -> bytes:
        """The panel as CSV with a byte order mark, which spreadsheets need."""
        return written((*WIDE, *(each["variable"] for each in self.variables)), self.rows)

    def codebook(self) -> bytes:
        """What each variable is, as CSV."""
        return written(("variable", "indicator", "kind", "unit", "concept"), self.variables)


def long_panel(store: Store) -> list[Row]:
    """Every figure of a level or a change in an area and a year, with where it stands.

    Of a report kept in several versions only the current one counts, here and in the targets.
    """
    found = []
    for row in _rows(store, "panel"):
        row["variable"] = variable(row["concept"], row["kind"])
        found.append(row)
    return found


def wide_panel(rows: Iterable[Row]) -> WidePanel:
    """The long panel with the indicators side by side.

    Where several figures stand for one cell, those of statistical tables count; where these or, without
    them, the reports disagree, the cell stays empty and is listed.
    """
    cells: dict[tuple[str, ...], dict[str, list[Row]]] = {}
    variables: dict[str, Row] = {}
    for row in rows:
        key = tuple(row[name] for name in WIDE)
        cells.setdefault(key, {}).setdefault(row["variable"], []).append(row)
        variables.setdefault(row["variable"], row)
    made, unclear = [], []
    for key, stated in cells.items():
        line = dict(zip(WIDE, key, strict=True))
        for name, figures in stated.items():
            official = [figure for figure in figures if figure["cell"]]
            values = {figure["value"] for figure in official or figures}
            if len(values) == 1:
                line[name] = values.pop()
            else:
                unclear.append((key[1], key[2], name))
        made.append(line)
    ordered = sorted(variables.values(), key=lambda row: row["variable"])
    return WidePanel(tuple(made), tuple(ordered), tuple(unclear))


def variable(concept: str, kind: str) -> str:
    """A name that statistics programs take: gdp, gdp_change, ind_1390ed28ba70."""
    name = concept.rpartition("/")[2].replace("-", "_")
    if "/vocabulary/" not in concept:
        name = f"ind_{name[:12]}"
    ending = "" if kind in ("amount", "count") else f"_{kind}"
    return f"{name[: _LONGEST - len(ending)]}{ending}"


def growth_targets(store: Store) -> list[Row]:
    """The targets of economic growth with the clause they stand in and the words that set their tone; of a range, which end."""
    rows = _rows(store, "growth-targets")
    texts = _texts(store, {row["document"] for row in rows})
    found = []
    for row in rows:
        text, start, end = texts[row["document"]], int(row["start"]), int(row["end"])
        said = tones(text, start, end)
        row["quote"] = clause(text, start, end)
        row["tone"] = " ".join(tone.word for tone in said)
        row["tone_code"] = " ".join(dict.fromkeys(tone.key for tone in said))
        found.append(row)
    for low, high in pairwise(found):
        same = low["document"] == high["document"]
        if same and is_range(texts[low["document"]], int(low["end"]), int(high["start"])):
            low["range"], high["range"] = "low", "high"
    return found


def written(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    """Rows as CSV with a byte order mark."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _rows(store: Store, name: str) -> list[Row]:
    """The rows of a named query about current reports, as text; empty where unbound."""
    replaced = {document.value for (document,) in store.solutions(_REPLACED)}
    solutions = answer(store, name, {})
    assert isinstance(solutions, ox.QuerySolutions)
    columns = [variable.value for variable in solutions.variables]
    rows = ({column: getattr(row[column], "value", "") for column in columns} for row in solutions)
    return [row for row in rows if row["document"] not in replaced]


def _texts(store: Store, documents: Iterable[str]) -> dict[str, str]:
    wanted = one_of("document", [ox.NamedNode(each) for each in sorted(documents)])
    answered = store.query(_TEXTS.replace("$documents", wanted))
    assert isinstance(answered, ox.QuerySolutions)
    return {row["document"].value: row["text"].value for row in answered}
