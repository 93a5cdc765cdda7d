"""The page that sets the reports' figures of one indicator side by side, and the table of indicators × areas."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from policygraph.queries.arithmetic import StatedFigure, unit_of_heading
from policygraph.queries.comparison import SLOTS, Comparison, ReportFigures, Stated
from policygraph.queries.heat_table import HeatTable
from policygraph.queries.stated_figures import short_reference
from policygraph.queries.stated_passages import Report
from policygraph.service.pages.figure_list import qualifier_words, tone_word
from policygraph.service.pages.indicator_names import beside, english_name, english_of_names, pinyin
from policygraph.service.pages.page_reader import PageReader
from policygraph.service.pages.page_shell import hidden_fields, main, page, section
from policygraph.service.pages.ranked_charts import compared_charts
from policygraph.service.pages.tray import checkbox, tray_form
from policygraph.viz.markup import Child, Markup, join, tag

ADDRESS = "/compare"
FILES = ("csv", "xlsx", "json")
_BEFORE = 24  # characters shown before a figure that may be meant
_LACKING = ("target", "named", "absent")
_COLUMNS = [(slot, planned) for planned in (False, True) for slot in SLOTS]


def compare_page(
    names: Sequence[str], found: Comparison, sort: tuple[str, bool], reader: PageReader
) -> str:
    """An indicator over reports: the table, what is not comparable, who lacks it."""
    columns = [
        (slot, planned)
        for slot, planned in _COLUMNS
        if any(row.of(slot, planned=planned) for row in found.rows)
    ]
    return page(
        reader,
        f"{reader.say('compare')}: {' + '.join(names)}",
        f"{reader.path(ADDRESS)}?{urlencode([('indicator', name) for name in names])}",
        main(
            tag("p", tag("a", reader.say("compare"), href=reader.at(ADDRESS)), class_="kind"),
            tag("h1", " + ".join(names), lang="zh-Hans"),
            _english(names, reader),
            _form(reader),
            compared_charts(found, reader) if columns else None,
            _table(names, found, columns, sort, reader) if columns else _unknown(names, reader),
            _caveats(found, columns, reader),
            _lacking(found, reader) if columns else None,
            _near(names, found, bool(columns), reader),
        ),
    )


def _english(names: Sequence[str], reader: PageReader) -> Markup | None:
    """What the indicators are called in English; where no vocabulary says so, how they are read."""
    if not reader.english:
        return None
    known = [english_name(name) or pinyin(name) for name in names]
    spelled = (
        tag("small", f" {reader.say('in_pinyin')}") if not all(map(english_name, names)) else None
    )
    return tag("p", ", ".join(known), spelled, class_="lead")


def heat_page(found: HeatTable, reports: Sequence[Report], total: int, reader: PageReader) -> str:
    """The indicators that most reports have × the reports, these of so many; each leads to the comparison."""
    return page(
        reader,
        reader.say("compare"),
        reader.path(ADDRESS),
        main(
            tag("h1", reader.say("compare")),
            tag("p", reader.say("compare_lead"), class_="lead"),
            _form(reader),
            _cut(len(reports), total, reader) if found.rows else None,
            _heat(found, reports, reader) if found.rows else tag("p", reader.say("nothing_shared")),
            class_="wide",
        ),
    )


def _form(reader: PageReader) -> Markup:
    label = reader.say("indicator_name")
    return tag(
        "form",
        tag("input", type="search", name="indicator", aria_label=label, placeholder=label),
        hidden_fields(reader),
        tag("button", reader.say("compare")),
        action=reader.path(ADDRESS),
        class_="search",
    )


def _address(reader: PageReader, names: Sequence[str], **more: str) -> str:
    """The comparison of these names, for the reader."""
    kept = reader.at(ADDRESS, **more).partition("?")[2]
    return f"{reader.path(ADDRESS)}?{urlencode([('indicator', name) for name in names])}&{kept}"


def _table(
    names: Sequence[str],
    found: Comparison,
    columns: Sequence[tuple[str, bool]],
    sort: tuple[str, bool],
    reader: PageReader,
) -> Markup:
    rows = found.ordered(sort[0], planned=sort[1]) if sort[0] else found.by_period()
    head = tag(
        "tr",
        tag("th", reader.say("area"), scope="col"),
        *(_head(names, column, column == sort, reader) for column in columns),
    )
    body = (tag("tr", *_cells(row, columns, reader)) for row in rows)
    files = (
        join(" ", tag("a", form.upper(), href=f"{reader.path(ADDRESS)}.{form}?{urlencode([('indicator', name) for name in names])}"))
        for form in FILES
    )  # fmt: skip
    missing = reader.at("/queries/indicator-missing", indicator=names[0])
    behind = reader.at("/queries/indicator-compare", indicator=names[0])
    return join(
        tag("p", reader.say("download"), *files, " · ", tag("a", reader.say("lacking_query"), href=missing), " · ", tag("a", reader.say("same_rows"), href=behind), class_="ways"),
        tray_form(reader, tag("div", tag("table", head, *body, class_="compare"), class_="scroll", tabindex="0")),
    )  # fmt: skip


def _head(
    names: Sequence[str], column: tuple[str, bool], chosen: bool, reader: PageReader
) -> Markup:
    slot, planned = column
    label = slot_name(slot, planned, reader)
    order = {"sort": slot, **({"planned": "1"} if planned else {})}
    link = tag("a", label, href=_address(reader, names, **order))
    return tag("th", link, scope="col", aria_sort="descending" if chosen else None)


def slot_name(slot: str, planned: bool, reader: PageReader) -> str:
    """What a column is called: growth, target of growth."""
    name = reader.say(f"slot_{slot}")
    return reader.say("target_of", slot=name) if planned else name


def _cells(
    row: ReportFigures, columns: Sequence[tuple[str, bool]], reader: PageReader
) -> list[Markup]:
    report = row.report
    head = tag(
        "th",
        _link(report, reader),
        tag("small", f" {report.period}"),
        _table_named(report, reader),
        scope="row",
    )
    cells = [head]
    for slot, planned in columns:
        stated = row.of(slot, planned=planned)
        label = slot_name(
            slot, planned, reader
        )  # read beside it where a row is too wide for the screen
        cells.append(tag("td", *(_stated(one, report, reader) for one in stated), data_label=label))
    return cells


def _link(report: Report, reader: PageReader) -> Markup:
    """The area of a report, linked to it; its title where it has none."""
    where = reader.local(report.iri) or report.iri
    link = tag("a", report.area or report.title, href=where, title=report.title, lang="zh-Hans")
    english = english_of_names(report.area) if reader.english else ""
    return join(link, tag("small", f" {english}", lang="en")) if english else link


def _table_named(report: Report, reader: PageReader) -> Markup | None:
    """That a row is of a table of statistics, and of which one."""
    if not report.statistics:
        return None
    named = f" {report.title}" if report.area else ""
    return tag(
        "small",
        tag("b", reader.say("statistics_table")),
        tag("span", named, lang="zh-Hans"),
        class_="of-table",
    )


def _stated(one: Stated, report: Report, reader: PageReader) -> Markup:
    """A figure as it stands, with its tone and, where it is not that of its row, its scope.

    A cell of a table, which stands without its unit, has it beside it.
    """
    figure = one.figure
    where = reader.local(figure.iri) or figure.iri
    other = figure.scope if figure.scope != report.area else ""
    apart = " ".join(filter(None, (unit_of_heading(figure), other)))
    kept = tuple(key for key in figure.qualifiers if key in ("estimated", "cumulative", "new"))
    toned = dict.fromkeys(tone_word(word, reader) for word in one.tone)
    fell = [reader.say("fell")] if one.slot == "growth" and figure.value < 0 else []
    said = reader.say("comma").join((*fell, *toned, *filter(None, [qualifier_words(kept, reader)])))
    return tag(
        "div",
        checkbox(reader, short_reference(figure.iri), figure.quote),
        " ",
        tag("a", figure.quote, href=where, title=figure.sentence, lang="zh-Hans"),
        tag("em", f" {said}") if said else None,
        tag("small", f" {apart}", lang="zh-Hans") if apart else None,
        class_="cell",
    )


def _caveats(
    found: Comparison, columns: Sequence[tuple[str, bool]], reader: PageReader
) -> Markup | None:
    """Column by column, whether the values are comparable, and why not."""
    items: list[Child] = []
    for slot, planned in columns:
        caveats = found.caveats(slot, planned=planned)
        count = sum(bool(row.of(slot, planned=planned)) for row in found.rows)
        if count < 2:  # one report is compared with none; it may say several things itself
            caveats = [caveat for caveat in caveats if caveat.code == "several"]
        if count < 2 and not caveats:
            continue
        why = reader.say("semicolon").join(reader.pick((d.zh, d.en)) for d in caveats)
        items.append(
            tag("li", tag("b", slot_name(slot, planned, reader)), " ", why or reader.say("comparable"))
        )  # fmt: skip
    return section(reader.say("comparable_heading"), tag("ul", *items), id="comparable") if items else None  # fmt: skip


def _lacking(found: Comparison, reader: PageReader) -> Markup | None:
    """The reports that have only a target, name it without a figure, or do not name it."""
    groups = [
        tag("p", tag("b", reader.say(f"lacks_{state}", count=len(rows))), " ", *_links(rows, reader), class_=state)
        for state in _LACKING
        if (rows := found.in_state(state))
    ]  # fmt: skip
    return (
        section(reader.say("lacking"), *groups, _maybe(found, reader), id="lacking")
        if groups
        else None
    )


def _maybe(found: Comparison, reader: PageReader) -> Markup | None:
    """Figures that may be meant in other words, each with the words before it."""
    items = [
        tag(
            "li",
            tag("b", row.report.area or row.report.title, lang="zh-Hans"),
            " ",
            tag("a", figure.quote, href=reader.local(figure.iri) or figure.iri, lang="zh-Hans"),
            " ",
            tag("q", _beside(figure), lang="zh-Hans"),
            " ",
            tag("a", reader.say("include_named", words=figure.indicator), href=_address(reader, [*found.names, figure.indicator]), class_="add"),
        )
        for row in found.rows
        for figure in row.maybe
    ]  # fmt: skip
    return join(tag("h3", reader.say("maybe_meant")), tag("ul", *items, class_="maybe")) if items else None  # fmt: skip


def _beside(figure: StatedFigure) -> str:
    """A figure with the words around it."""
    begin, end = max(figure.place - _BEFORE, 0), figure.place + len(figure.quote)
    return ("…" if begin else "") + figure.sentence[begin:end]


def _links(rows: Sequence[ReportFigures], reader: PageReader) -> list[Markup]:
    return [
        join(
            tag("a", row.report.title, href=reader.local(row.report.iri) or row.report.iri, lang="zh-Hans"),
            " ",
        )
        for row in rows
    ]  # fmt: skip


def _near(
    names: Sequence[str], found: Comparison, known: bool, reader: PageReader
) -> Markup | None:
    """Other names to include, or to ask for instead."""
    if not found.near:
        return None
    items = (
        tag(
            "li",
            tag("a", name, href=_address(reader, [name]), lang="zh-Hans"),
            beside(name, reader),
            join(" ", tag("a", reader.say("include"), href=_address(reader, [*names, name]), class_="add"))
            if known
            else None,
        )
        for name in found.near
    )  # fmt: skip
    return section(reader.say("near"), tag("ul", *items, class_="links near"), id="near")


def _unknown(names: Sequence[str], reader: PageReader) -> Markup:
    return tag("p", reader.say("no_indicator", text=" + ".join(names)), class_="note", role="alert")


def _cut(shown: int, total: int, reader: PageReader) -> Markup | None:
    """That only the reports of the latest periods have a column, where there are more."""
    if shown == total:
        return None
    said = reader.say("heat_cut", shown=f"{shown:,}", total=f"{total:,}")
    return tag("p", said, class_="note", role="note")


def _heat(found: HeatTable, reports: Sequence[Report], reader: PageReader) -> Markup:
    head = tag(
        "tr",
        tag("th", reader.say("indicator"), scope="col"),
        *(
            tag("th", _link(report, reader), tag("small", f" {report.period}"), _table_named(report, reader), scope="col")
            for report in reports
        ),
    )  # fmt: skip
    body = (
        tag(
            "tr",
            tag(
                "th",
                tag("a", name, href=_address(reader, [name]), lang="zh-Hans"),
                beside(name, reader),
                scope="row",
            ),
            *(_heat_cell(cells, report, reader) for report in reports),
        )
        for name, cells in found.rows.items()
    )
    return join(
        tag("p", reader.say("heat_hint"), class_="note legend"),
        tag("div", tag("table", head, *body, class_="heat"), class_="scroll", tabindex="0"),
    )


def _heat_cell(cells: object, report: Report, reader: PageReader) -> Markup:
    cell = cells.get(report.iri) if isinstance(cells, dict) else None
    if cell is None:
        return tag("td", tag("span", "—", aria_label=reader.say("lacks_figure")), class_="none")
    where = reader.local(cell.figure) or cell.figure
    kind = "planned" if cell.planned else f"grade-{cell.grade}"
    said = [reader.say("fell")] if cell.growth and cell.value < 0 else []
    said += [reader.say("planned")] if cell.planned else []
    said += filter(None, [qualifier_words(cell.loose, reader)])
    mark = tag("em", f" {reader.say('comma').join(said)}") if said else None
    unit = tag("small", f" {cell.unit}", lang="zh-Hans") if cell.unit else None
    when = tag("small", f" {cell.period}") if cell.period else None
    link = tag("a", cell.quote, href=where, lang="zh-Hans")
    return tag("td", link, unit, mark, when, class_=kind)
