"""Answers as rows for Python, and as bytes in each of the formats for answers."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from policygraph.errors import QueryError
from policygraph.graph.formats import ANSWER_GRAPHS, ANSWERS, BY_EXTENSION, Format, either, of_kinds
from policygraph.graph.serialization import serialized
from policygraph.graph.stores import Answer
from policygraph.graph.xml_text import well_formed
from policygraph.ontology.labels import counted
from policygraph.ontology.prefixes import PREFIXES
from policygraph.queries.columns import HIDDEN
from policygraph.queries.spreadsheet import write_spreadsheet

if TYPE_CHECKING:
    from pandas import DataFrame

_STANDARD = ("json", "xml")  # as the W3C has them
_INTEGERS = frozenset(
    PREFIXES["xsd"] + name for name in ("integer", "int", "long", "nonNegativeInteger")
)
_NUMBERS = _INTEGERS | {PREFIXES["xsd"] + "decimal"}
_NO_BINDINGS = re.compile(rb'"bindings"\s*:\s*\[\s*\]')
RowWriter = Callable[[Sequence[str], Iterable[Sequence[str]]], Iterator[str] | Iterator[bytes]]
# Formats of rows that the engine cannot write, by extension: a function from the names of the columns
# and the rows, whose cells are text, to the pieces of the file, as text or as bytes. The service stops giving it rows at its
# limits; what it writes after the last row closes the file.
ROW_WRITERS: dict[str, RowWriter] = {"xlsx": write_spreadsheet}
WIDEST = 60  # columns a cell of a table on a terminal takes at most
_NUMBER = re.compile(r"-?[\d.]*")
NARROWEST = 7  # columns of a terminal that a column of a table has at least, where it needs them


class Rows:
    """The rows of a SELECT: each a dict of column → Python value, None where unbound."""

    def __init__(self, solutions: ox.QuerySolutions) -> None:
        names = [variable.value for variable in solutions.variables]
        self.columns: tuple[str, ...] = tuple(_visible(names))
        if len(names) == len(self.columns):
            self._rows = [
                dict(zip(names, map(_value, solution), strict=True)) for solution in solutions
            ]
            return
        places = [(column, names.index(column)) for column in self.columns]
        self._rows = [
            {column: _value(solution[place]) for column, place in places} for solution in solutions
        ]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """The rows in the query's order."""
        return iter(self._rows)

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def __getitem__(self, place: int) -> dict[str, Any]:
        """One row by its place."""
        return self._rows[place]

    def to_pandas(self) -> DataFrame:
        """The rows as a pandas DataFrame; raises QueryError where pandas is not installed."""
        try:
            import pandas
        except ImportError as error:
            raise QueryError(
                "pandas is not installed; install it where policygraph runs: pip install pandas"
            ) from error
        return pandas.DataFrame(self._rows, columns=list(self.columns))


def _shown(solutions: ox.QuerySolutions) -> list[str]:
    """The columns without those that only take a parameter."""
    return _visible([variable.value for variable in solutions.variables])


def _visible(names: Iterable[str]) -> list[str]:
    return [name for name in names if not name.endswith(HIDDEN)]


def _value(term: object) -> Any:
    """A term as a Python value: integers int, decimals Decimal, everything else text."""
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        kind = term.datatype.value
        if kind in _NUMBERS:
            return int(term.value) if kind in _INTEGERS else Decimal(term.value)
        return term.value
    return str(getattr(term, "value", term))


def cell_text(term: object) -> str:
    """A term as text: decimals without exponent or trailing zeros, empty where unbound."""
    value = _value(term)
    if value is None:
        return ""
    if isinstance(value, Decimal):
        plain = format(value, "f")
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    return str(value)


def row_writer(form: Format) -> RowWriter:
    """What writes a format of rows that the engine cannot write; raises QueryError where nothing does."""
    found = ROW_WRITERS.get(form.extension)
    if found is None:
        raise QueryError(
            f"{form.extension}: nothing writes this format; add its writer to ROW_WRITERS in "
            "queries/results.py"
        )
    return found


def encoded(piece: str | bytes) -> bytes:
    """A piece of a file as it is sent."""
    return piece if isinstance(piece, bytes) else piece.encode("utf-8", "replace")


def has_no_rows(data: bytes, form: str) -> bool:
    """Whether a written answer is one without rows, as far as its format shows it."""
    if form in ("csv", "tsv"):
        return data.count(b"\n") <= 1
    if form == "json":
        return _NO_BINDINGS.search(data) is not None
    if form == "xml":
        return b"<results" in data and b"<result>" not in data
    return form == "table" and data.endswith(b"\n(0 rows)\n")


def with_links(data: bytes, links: Sequence[str]) -> bytes:
    """W3C results JSON whose head names addresses of other answers."""
    results = json.loads(data)
    results["head"]["link"] = list(links)
    return json.dumps(results, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def yes_or_no(answer: ox.QueryBoolean, form: str = "") -> bytes:
    """The answer to an ASK in a format that has no way of its own to say it."""
    if form == "xlsx":
        return b"".join(write_spreadsheet(["answer"], [["true" if answer else "false"]]))
    return b"true\n" if answer else b"false\n"


def write(
    answer: Answer, form: str, width: int | None = None, yielding: Sequence[str] = ()
) -> bytes:
    """The answer in one of the ANSWERS formats; raises QueryError when it does not fit the answer.

    ``width`` is a terminal's columns: cells of a table are cut to fit it, elsewhere never. ``yielding`` are columns
    that are left out of a table that is too wide, in this order, before others are cut.
    """
    chosen = BY_EXTENSION.get(form)
    if chosen not in ANSWERS:
        known = ", ".join(known.extension for known in ANSWERS)
        raise QueryError(f"{form}: no such format; choose one of {known}")
    if isinstance(answer, ox.QueryTriples):
        return _graph(answer, ANSWER_GRAPHS[0] if chosen.kind == "text" else chosen)
    if chosen.kind == "graph":
        raise QueryError(
            f"{form}: the query makes rows or a yes or no, not a graph; use "
            f"{either(of_kinds('text', 'rows'))}, or write the query as a CONSTRUCT"
        )
    if form in _STANDARD:
        return _standard(answer, form)
    if isinstance(answer, ox.QueryBoolean):
        return yes_or_no(answer, form)
    columns = _shown(answer)
    rows = [[cell_text(solution[column]) for column in columns] for solution in answer]
    if form == "table":
        return _table(columns, rows, width, yielding).encode("utf-8", "replace")
    writer = _DELIMITED.get(form) or row_writer(chosen)
    return b"".join(map(encoded, writer(columns, rows)))


def _delimited(delimiter: str) -> RowWriter:
    def lines(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows([columns, *rows])
        yield out.getvalue()

    return lines


_DELIMITED = {"csv": _delimited(","), "tsv": _delimited("\t")}


def _graph(triples: ox.QueryTriples, form: Format) -> bytes:
    """A graph in sorted order, its blank nodes named by their triples, not by chance."""
    if form.kind != "graph":
        raise QueryError(f"{form.extension}: the query makes a graph; use {either(ANSWER_GRAPHS)}")
    dataset = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    ordered = sorted((quad.triple for quad in dataset), key=str)
    return serialized(ordered, form)


def _standard(answer: ox.QuerySolutions | ox.QueryBoolean, form: str) -> bytes:
    """W3C results JSON or XML, without the columns that only take a parameter."""
    results = json.loads(answer.serialize(format=ox.QueryResultsFormat.JSON) or b"{}")
    if "results" in results:
        shown = [name for name in results["head"]["vars"] if not name.endswith(HIDDEN)]
        results["head"]["vars"] = shown
        results["results"]["bindings"] = [
            {name: row[name] for name in shown if name in row}
            for row in results["results"]["bindings"]
        ]
    data = json.dumps(results, ensure_ascii=False).encode("utf-8", "replace")
    if form == "xml":
        again = ox.parse_query_results(data, ox.QueryResultsFormat.JSON)
        data = well_formed(again.serialize(format=ox.QueryResultsFormat.XML) or b"")
    return data + b"\n"


def _columns_of(text: str) -> int:
    """How many terminal columns a text takes: two for a wide character."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _cut(text: str, widest: int) -> str:
    if _columns_of(text) <= widest:
        return text
    kept = ""
    for char in text:
        if _columns_of(kept + char) > widest - 1:
            break
        kept += char
    return kept + "…"


def _table(
    columns: list[str], rows: list[list[str]], width: int | None, yielding: Sequence[str] = ()
) -> str:
    short = [[_short_name(cell) if width else cell for cell in row] for row in rows]
    short = [[" ".join(cell.split()) for cell in row] for row in short]
    kept = list(range(len(columns)))
    if width:
        short = [[_cut(cell, WIDEST) for cell in row] for row in short]
        kept = _fitting(columns, short, width, yielding)
        short = [[row[place] for place in kept] for row in short]
    left_out = [
        name
        for place, name in enumerate(columns)
        if place not in kept and any(row[place] for row in rows)
    ]
    columns = [columns[place] for place in kept]
    grid = [columns, *short]
    widths = [max(_columns_of(row[place]) for row in grid) for place in range(len(columns))]
    if width:
        whole = [all(_NUMBER.fullmatch(row[place]) for row in short) for place in range(len(columns))]  # fmt: skip
        widths = _narrowed(widths, whole, width)
        grid = [[_cut(cell, w) for cell, w in zip(row, widths, strict=True)] for row in grid]
    lines = []
    for row in grid:
        cells = [cell + " " * (w - _columns_of(cell)) for cell, w in zip(row, widths, strict=True)]
        line = "  ".join(cells).rstrip()
        lines.append(_cut(line, width) if width else line)
    rule = "  ".join("─" * w for w in widths)
    lines.insert(1, _cut(rule, width) if width else rule)
    told = f"; too wide for {', '.join(left_out)}: --format csv" if left_out else ""
    return "\n".join(lines) + f"\n({counted(len(rows), 'row')}{told})\n"


def _fitting(
    columns: list[str], rows: list[list[str]], width: int, yielding: Sequence[str]
) -> list[int]:
    """The columns that stand side by side in a width: without the places in the text, then without the last ones.

    Before the last ones go what gives way to others, and what is empty beside it.
    """
    widths = [
        max(_columns_of(text) for text in (name, *(row[place] for row in rows)))
        for place, name in enumerate(columns)
    ]
    kept = list(range(len(columns)))
    if sum(widths) + 2 * len(kept) - 2 > width:
        words = [p for p in kept if not columns[p].lower().endswith(("start", "end"))]
        kept = words or kept
    empty = [n for p, n in enumerate(columns) if yielding and rows and not any(r[p] for r in rows)]
    for name in (*empty, *yielding):
        if sum(widths[p] + 2 for p in kept) - 2 > width:
            kept = [p for p in kept if columns[p] != name] or kept
    while len(kept) > 1 and sum(min(NARROWEST, widths[p]) + 2 for p in kept) - 2 > width:
        kept.pop()
    return kept


def _short_name(cell: str) -> str:
    """A thing by the last part of its IRI, a report by its identifier."""
    return cell.rsplit("/id/", 1)[-1].removeprefix("document/")


def _narrowed(widths: list[int], whole: list[bool], width: int) -> list[int]:
    """Widths with which all columns stand side by side, the widest narrowed first, numbers kept whole."""
    room = width - 2 * (len(widths) - 1)
    most = max(widths, default=0)

    def narrowed() -> list[int]:
        return [w if keep else min(w, most) for w, keep in zip(widths, whole, strict=True)]

    while most > NARROWEST and sum(narrowed()) > room:
        most -= 1
    return narrowed()
