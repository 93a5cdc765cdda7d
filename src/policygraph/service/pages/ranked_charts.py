"""Bars that rank: one indicator over reports, targets against results; each leads to its figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pyoxigraph as ox

from policygraph.graph.sparql.data import Term
from policygraph.queries.arithmetic import StatedFigure, in_unit
from policygraph.queries.comparison import Comparison, ReportFigures, Stated
from policygraph.service.pages.cell_words import cell_text
from policygraph.service.pages.figure_list import spoken
from policygraph.service.pages.indicator_names import english_name, english_of_names
from policygraph.service.pages.page_reader import PageReader
from policygraph.viz.bar_chart import Bar, BarRow, bar_chart, is_cut
from policygraph.viz.markup import Markup, tag

DRAWN = 40  # rows of one chart
_FEWEST = 2
_GROWTH = frozenset(("%", "‰"))  # units that growth is ranked in
_YEAR = 4  # letters of a period that is one year: 2024

Line = Mapping[str, Term | None]


def compared_charts(found: Comparison, reader: PageReader) -> Markup | None:
    """The growth and the level of an indicator, each from the highest down; targets have a frame of their own."""
    charts = [_ranked(found, slot, reader) for slot in ("growth", "level")]
    drawn = [chart for chart in charts if chart is not None]
    if not drawn:
        return None
    return tag(
        "section",
        tag("h2", reader.say("ranked")),
        _key(reader),
        tag("div", *drawn, class_="charts"),
        id="charts",
    )


def _key(reader: PageReader) -> Markup:
    """What the two kinds of bar mean."""
    result, target = reader.say("bar_result"), reader.say("bar_target")
    return tag(
        "p",
        tag("span", tag("i"), result),
        tag("span", tag("i", class_="planned"), target),
        class_="key",
    )


def _ranked(found: Comparison, slot: str, reader: PageReader) -> Markup | None:
    rows: list[tuple[Decimal, bool, BarRow]] = []
    left = 0
    for row in found.rows:
        stated = _told(row, slot, found.unit)
        if stated is None:
            left += bool(row.of(slot, planned=False) or row.of(slot, planned=True))
            continue
        value, one = stated
        rows.append(
            (value, one.planned, BarRow(_name(row, one, reader), (_bar(row, one, value, reader),)))
        )
    if len(rows) < _FEWEST:
        return None
    rows.sort(key=lambda each: (each[1], -each[0], each[2].name))
    title = reader.say(f"slot_{slot}")
    notes = [reader.say("not_ranked", count=left)] if left else []
    notes += (
        [reader.say("bar_shortened")] if is_cut([value for value, _, _ in rows[:DRAWN]]) else []
    )
    notes += [reader.say("bars_cut", count=len(rows) - DRAWN)] if len(rows) > DRAWN else []
    described = " ".join((reader.say("ranked_described", count=min(len(rows), DRAWN)), *notes))
    return tag(
        "figure",
        tag("figcaption", title),
        bar_chart([row for _, _, row in rows[:DRAWN]], title, described, f"ranked-{slot}"),
        *(tag("p", note, class_="note") for note in notes),
        class_="chart",
    )


def _told(row: ReportFigures, slot: str, unit: str) -> tuple[Decimal, Stated] | None:
    """The figure that stands for a report, with its value: of its area, of one year, a result before a target.

    Of several the one of the report's own period, else of the latest. What a table says of no known area
    (合计) stands for none.
    """
    if row.is_of_no_area:
        return None
    for planned in (False, True):
        fitting = [
            (value, one)
            for one in row.of(slot, planned=planned)
            if (value := _value(one.figure, slot, unit)) is not None
            and (not row.report.area or one.figure.scope == row.report.area)
            and len(one.figure.period) <= _YEAR
        ]
        if fitting:
            own = row.report.period
            return max(fitting, key=lambda each: (_of(each[1]) == own, _of(each[1])))
    return None


def _of(one: Stated) -> str:
    return one.figure.period


def _value(figure: StatedFigure, slot: str, unit: str) -> Decimal | None:
    """The value on the scale of the chart, None where it is in another unit."""
    if slot == "growth":
        return figure.value if figure.unit in _GROWTH else None
    same = in_unit(figure, unit)
    return same.value if same else None


def _name(row: ReportFigures, one: Stated, reader: PageReader) -> str:
    table = reader.say("in_brackets", text=reader.say("statistics_table"))
    name = f"{_area(row.report.area, reader) or row.report.title} {one.figure.period}".strip()
    return name + table * row.report.statistics


def _area(name: str, reader: PageReader) -> str:
    """An area as the reader calls it, as it is written where the register has no English for it."""
    return (english_of_names(name) if reader.english else "") or name


def _bar(row: ReportFigures, one: Stated, value: Decimal, reader: PageReader) -> Bar:
    figure = one.figure
    fell = f"{reader.say('fell')} " if value < 0 else ""
    mark = reader.say("in_brackets", text=reader.say("bar_target")) if one.planned else ""
    words = f"{fell}{spoken(figure, reader)}{mark}"
    where = reader.local(figure.iri) or figure.iri
    return Bar(value, words, where, f"{_name(row, one, reader)}: {words}", "planned" * one.planned)


def plan_chart(lines: Sequence[Line], reader: PageReader) -> Markup | None:
    """Targets and results in pairs, each pair on its own scale because their units differ."""
    rows = [row for line in lines[:DRAWN] if (row := _pair(line, reader))]
    if not rows:
        return None
    title = reader.say("plan_chart")
    notes = [reader.say("bars_cut", count=len(lines) - DRAWN)] if len(lines) > DRAWN else []
    described = " ".join((reader.say("plan_described", count=len(rows)), *notes))
    return tag(
        "section",
        tag("h2", title),
        tag("p", reader.say("plan_chart_hint")),
        _key(reader),
        bar_chart(rows, title, described, "plans", apart=True),
        *(tag("p", note, class_="note") for note in notes),
        class_="chart narrow",
        id="charts",
    )


def _pair(line: Line, reader: PageReader) -> BarRow | None:
    """A target above its result, with what came of it."""
    planned, value = _number(line, "planned"), _number(line, "value")
    if planned is None or value is None:
        return None
    area, chinese, period = (_text(line, name) for name in ("area", "indicator", "period"))
    area = _area(area, reader)
    indicator = (english_name(chinese) if reader.english else "") or chinese
    name = " · ".join(filter(None, (f"{area} {period}".strip(), indicator)))
    target, result = (reader.say(word) for word in ("bar_target", "bar_result"))
    plan = _text(line, "plan") + _bracketed(_worded(line, "bound", reader), reader)
    came = _text(line, "result") + _bracketed(_worded(line, "verdict", reader), reader)
    return BarRow(
        name,
        (
            Bar(planned, plan, _place(line, "document", "start", "end", reader), f"{name} {target} {plan}", "planned"),
            Bar(value, came, _place(line, "report", "resultStart", "resultEnd", reader), f"{name} {result} {came}"),
        ),
    )  # fmt: skip


def _bracketed(words: str, reader: PageReader) -> str:
    return reader.say("in_brackets", text=words) if words else ""


def _worded(line: Line, column: str, reader: PageReader) -> str:
    return cell_text(reader, column, line.get(column))


def _place(line: Line, document: str, start: str, end: str, reader: PageReader) -> str:
    """The page of the figure at a place of a report."""
    iri = f"{_text(line, document)}/figure/{_text(line, start)}-{_text(line, end)}"
    return reader.local(iri) or iri


def _text(line: Line, column: str) -> str:
    return str(getattr(line.get(column), "value", ""))


def _number(line: Line, column: str) -> Decimal | None:
    term = line.get(column)
    return Decimal(term.value) if isinstance(term, ox.Literal) else None
