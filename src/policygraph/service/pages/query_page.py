"""The page of a named query: its question, a form for its parameters, the rows with links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from string import Template
from urllib.parse import urlencode

from policygraph.errors import QueryError
from policygraph.graph.formats import ANSWER_GRAPHS, Format, of_kinds
from policygraph.graph.sparql.data import Term
from policygraph.ontology.declared import DECLARED
from policygraph.ontology.terms import THINGS
from policygraph.queries.catalogue import Catalogue, NamedQuery, Parameter
from policygraph.queries.columns import HIDDEN
from policygraph.queries.stated_passages import Row
from policygraph.queries.suggestions import known_as, suggest
from policygraph.service.pages.cell_words import choices
from policygraph.service.pages.money_charts import money_charts
from policygraph.service.pages.page_reader import PageReader
from policygraph.service.pages.page_reader import columns as names
from policygraph.service.pages.page_shell import hidden_fields, main, page, section
from policygraph.service.pages.query_table import QueryTable
from policygraph.service.pages.ranked_charts import plan_chart
from policygraph.service.pages.report_list import StoreReports, current
from policygraph.service.pages.sparql_access import Select
from policygraph.service.pages.table_view import Line, TableView
from policygraph.viz.markup import Markup, join, tag

SEEN = 1000  # rows a table is made of; all of them are in the downloads
_ENOUGH = 2  # times as many rows there must be, as far as one report tells
_SEARCHED = 50_000  # rows looked through for what a value may have meant
_HEADER = re.compile(r"^# \w+: .*\n", re.MULTILINE)
_ORDERED = re.compile(r"^ORDER BY \?document\b", re.MULTILINE)
_GRAPHS = re.compile(r"\bGRAPH (\S+)")
_GIVEN = Template("$query\nVALUES ($columns) { ($terms) }\n")
DOCUMENT = "document"  # the parameter that chooses one report
# Reports that a page asks, and then, where these have no rows: with values given the first step is left out.
NEWEST = (10, 60, 360)
LISTED = 200  # reports to choose from by title
OF_REPORTS = frozenset({"deliveries", "document-counts", "documents"})  # a row a report, and quick
WHOLE = TableView()


def named_page(
    select: Select,
    catalogue: Catalogue,
    name: str,
    values: Mapping[str, str],
    reader: PageReader,
    view: TableView = WHOLE,
) -> str:
    """The query's page; raises QueryError on an unknown name. Wrong values are reported on the page."""
    query = catalogue.named(name)
    given = {key: entry for key, entry in values.items() if entry.strip()}
    here = reader.path(f"/queries/{name}")
    seen = {**given, **view.parameters()}
    whole = f"{here}?{urlencode(seen)}" if seen else here
    reports = StoreReports(select)
    return page(
        reader,
        reader.pick(query.title),
        whole,
        main(
            tag("p", tag("a", reader.say("queries"), href=reader.at("/queries/")), class_="kind"),
            tag("h1", reader.pick(query.question) or reader.pick(query.title)),
            tag("p", reader.pick(query.note), class_="note") if any(query.note) else None,
            _form(reports, query, given, here, reader) if query.parameters else None,
            _answer(select, reports, query, given, view, reader),
            section(
                reader.say("the_sparql"),
                tag("pre", _HEADER.sub("", query.text({})).strip()),
                tag(
                    "p",
                    tag("a", reader.say("edit"), href=reader.query(runnable(query))),
                    class_="ways",
                ),
            ),
        ),
    )


def runnable(query: NamedQuery) -> str:
    """The query as it is asked, without its header; required parameters are bound to their examples."""
    needed = {p.name: p.example for p in query.parameters if not p.optional}
    bound = query.bindings(needed)
    body = _HEADER.sub("", query.text(bound))
    if not needed:
        return body
    return _GIVEN.substitute(
        query=body.rstrip(),
        columns=" ".join(f"?{name}" for name in bound),
        terms=" ".join(map(str, bound.values())),
    )


def wrong(query: NamedQuery, given: Mapping[str, str], reader: PageReader) -> str:
    """Why the query does not take these values, in the reader's language; empty where it does."""
    known = {parameter.name: parameter for parameter in query.parameters}
    for name, entry in given.items():
        if name not in known:
            return reader.say("no_parameter", parameter=name)
        try:
            known[name].bind(entry)
        except QueryError:
            return reader.say(
                "wrong_value", parameter=name, value=entry, example=known[name].example
            )
    return ""


def _form(
    reports: StoreReports,
    query: NamedQuery,
    given: Mapping[str, str],
    here: str,
    reader: PageReader,
) -> Markup:
    names = [parameter.name for parameter in query.parameters]
    titles = reports.titles if DOCUMENT in names else {}
    return tag(
        "form",
        *(
            _field(query, parameter, given.get(parameter.name, ""), titles, reader)
            for parameter in query.parameters
        ),
        hidden_fields(reader),
        tag("button", reader.say("ask"), class_="go"),
        action=here,
        class_="parameters",
    )


def _field(
    query: NamedQuery,
    parameter: Parameter,
    given: str,
    titles: Mapping[str, str],
    reader: PageReader,
) -> Markup:
    """What a parameter is, its name for programs, and where to give it: reports are chosen by title, codes by their words."""
    need = reader.say("optional" if parameter.optional else "required")
    said = reader.pick((parameter.zh, parameter.en))
    listed = parameter.name == DOCUMENT and parameter.optional and 0 < len(titles) <= LISTED
    codes = choices(reader, parameter.name, query.sparql) if parameter.optional else []
    if listed and given in ("", *titles):
        options = [("", reader.say("explorer_every_report")), *titles.items()]
    elif codes and given in ("", *(code for code, _ in codes)):
        said = reader.pick(heading(query.name, parameter.name))
        options = [("", reader.say("all_kinds")), *codes]
    else:
        options = []
    if options:
        field = tag(
            "select",
            *(tag("option", title, value=iri, selected=iri == given) for iri, title in options),
            name=parameter.name,
        )
    else:
        field = tag(
            "input",
            name=parameter.name,
            value=given,
            required=not parameter.optional,
            placeholder=reader.say("example", value=parameter.example),
        )
    return tag(
        "label", tag("b", said), tag("span", tag("code", parameter.name), f" · {need}"), field
    )


def _newest(
    reports: StoreReports, query: NamedQuery, given: Mapping[str, str], reader: PageReader
) -> Iterator[tuple[list[str] | None, Markup | None]]:
    """The graphs that a page asks one after the other until there are rows, and what it says of each.

    The newest reports first where the store has many; None, all of them, at the end, or at once where one report is
    given or the query is about reports.
    """
    takes = any(parameter.name == DOCUMENT for parameter in query.parameters)
    if takes and DOCUMENT not in given and query.name not in OF_REPORTS:
        listed = current(reports.listed)
        for most in NEWEST[1:] if given else NEWEST:
            if most < len(listed):
                said = reader.say("newest", count=most, total=len(listed))
                graphs = [*(report.iri for report in listed[:most]), THINGS]
                yield graphs, tag("p", said, class_="note partial")
    yield None, None


def _answer(
    select: Select,
    reports: StoreReports,
    query: NamedQuery,
    given: Mapping[str, str],
    view: TableView,
    reader: PageReader,
) -> Markup:
    here = reader.path(f"/queries/{query.name}")
    problem = wrong(query, given, reader)
    if problem:
        return tag("p", problem, class_="wrong", role="alert")
    if any(not p.optional and p.name not in given for p in query.parameters):
        return tag("p", reader.say("fill_in"), class_="note")
    if query.makes_graph:
        files = _downloads(ANSWER_GRAPHS, here, given, reader)
        return tag("section", tag("p", *files, class_="ways"), id="answer")
    try:
        answer, partial = _asked(select, reports, query, given, reader)
    except QueryError as error:
        return tag("p", str(error), class_="wrong", role="alert")
    if not answer:
        return _nothing(select, query, given, reader)
    columns = [name for name in answer[0] if not name.endswith(HIDDEN)]
    found = [{column: row[column] for column in columns} for row in answer[:SEEN]]
    titles = reports.titles if DOCUMENT in columns or "report" in columns else {}
    headings = {column: reader.pick(heading(query.name, column)) for column in columns}
    table = QueryTable(reader, reader.at, f"/queries/{query.name}", given, view, headings, titles)
    chart = _chart(query.name, select, found, titles, given, reader)
    files = _downloads(of_kinds("rows"), here, given, reader)
    return join(chart, _table(table, found, partial, files, cut=len(answer) > SEEN))


def _table(
    table: QueryTable,
    found: Sequence[Line],
    partial: Markup | None,
    files: Iterable[Markup | str],
    *,
    cut: bool,
) -> Markup:
    """The rows, how many they are, and the answer as files."""
    say = table.reader.say
    summary = say("more_than", count=SEEN) if cut else say("row_count", count=len(found))
    return tag(
        "section",
        partial,
        tag("p", summary, " · ", *files, class_="ways"),
        *table.parts(found),
        id="answer",
    )


def _chart(
    name: str,
    select: Select,
    found: Sequence[Line],
    titles: Mapping[str, str],
    given: Mapping[str, str],
    reader: PageReader,
) -> Markup | None:
    """The rows as bars, of the queries that bars say more of than numbers."""
    if name == "money":
        return money_charts(select, found, titles, given, reader)
    return plan_chart(found, reader) if name == "plan-result" else None


def _asked(
    select: Select,
    reports: StoreReports,
    query: NamedQuery,
    given: Mapping[str, str],
    reader: PageReader,
) -> tuple[Sequence[Mapping[str, Term | None]], Markup | None]:
    """The rows of the newest reports that have any, and what is said of that."""
    steps = _newest(reports, query, given, reader)
    answers = ((_rows(select, query, given, graphs), said) for graphs, said in steps)
    return next((answer for answer in answers if answer[0]), ((), None))


def _rows(
    select: Select, query: NamedQuery, given: Mapping[str, str], graphs: Sequence[str] | None
) -> Sequence[Mapping[str, Term | None]]:
    """The first rows for the values, of the store or of some graphs, one more than the page shows.

    Where rows are ordered by report and each is of one report, and the first report has so many that a few
    will do, reports are asked one after the other: that all rows are gathered and ordered is what costs most.
    """

    def asked(values: Mapping[str, str]) -> Sequence[Mapping[str, Term | None]]:
        bindings = query.bindings(values)
        return select(query.text(bindings), bindings, SEEN + 1, graphs)

    if given or not graphs or not _goes_by_report(query):
        return asked(given)
    first, *others = sorted(graphs)
    found = list(asked({DOCUMENT: first}))
    if len(found) * len(graphs) < _ENOUGH * SEEN:
        return asked(given)
    for graph in others:
        if len(found) <= SEEN:
            found += asked({DOCUMENT: graph})
    return found[: SEEN + 1]


def _goes_by_report(query: NamedQuery) -> bool:
    """Whether a query's rows come report by report, and none needs another report than its own."""
    ordered = _ORDERED.search(query.sparql) is not None
    return ordered and set(_GRAPHS.findall(query.sparql)) <= {f"?{DOCUMENT}", "pg:things"}


def _nothing(
    select: Select, query: NamedQuery, given: Mapping[str, str], reader: PageReader
) -> Markup:
    """That there are no rows, and what the values may have meant."""
    with suppress(QueryError):

        def ask(sparql: str, bound: Mapping[str, Term]) -> Iterable[Row]:
            return select(sparql, bound, _SEARCHED)

        likely = suggest(ask, query, given)
        known = {} if likely else known_as(ask, query, given)
        return join(
            _no_rows(query, reader),
            *(
                tag("p", reader.say("is_known_as", text=given[parameter], names=reader.say("comma").join(names)), class_="likely")
                for parameter, names in known.items()
            ),
            *(
                tag(
                    "p",
                    reader.say("did_you_mean", text=given[parameter]),
                    *(
                        join(" ", tag("a", name, href=reader.at(f"/queries/{query.name}", **{**given, parameter: name}), class_="add"))
                        for name in names
                    ),
                    class_="likely",
                )
                for parameter, names in likely.items()
            ),
        )  # fmt: skip
    return _no_rows(query, reader)


def _no_rows(query: NamedQuery, reader: PageReader) -> Markup:
    """That there are no rows, and what has to be in the store for some."""
    return tag("p", reader.say("no_rows"), " ", reader.pick(query.empty), class_="note")


def _downloads(
    forms: Sequence[Format], here: str, given: Mapping[str, str], reader: PageReader
) -> Iterator[Markup | str]:
    """The answer as files, a link a format."""
    yield reader.say("download")
    for form in forms:
        href = f"{here}.{form.extension}{'?' * bool(given)}{urlencode(given)}"
        yield join(" ", tag("a", form.extension.upper(), href=href))


def heading(query: str, column: str) -> tuple[str, str]:
    """A column's Chinese and English name: in this query, in any query, or of the property it is."""
    known = names()
    if own := known.get(f"{query}.{column}") or known.get(column):
        return own
    return DECLARED[column][1:3] if column in DECLARED else (column, column)
