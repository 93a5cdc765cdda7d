"""The table of a named query's rows: filter, facets with counts, columns to choose, order, pages; all of it links and forms."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pyoxigraph as ox

from policygraph.graph.sparql.data import Term
from policygraph.service.pages.cell_words import UNITS, is_number
from policygraph.service.pages.indicator_names import english_name, english_of_names
from policygraph.service.pages.page_reader import PageReader
from policygraph.service.pages.page_shell import hidden_fields
from policygraph.service.pages.property_list import link
from policygraph.service.pages.table_view import SHOWN, Facet, Line, Rows, TableView
from policygraph.service.pages.tray import checkbox, row_reference, tray_form
from policygraph.viz.markup import Child, Markup, join, tag

_NAMES = (
    "area",
    "scope",
    "place",
    "actor",
    "issuer",
    "name",
    "body",
    "group",
)  # columns that name areas or bodies
_WORDS = ("text", "quote", "clause", "planned")  # columns that hold words of the report
_COUNTS = {"money-by-actor": ("sums", "passages")}  # query → its counts of sums that money has
# Columns of words → the columns of the report they stand in and of the place where they begin.
_PASSAGES = {
    **dict.fromkeys((*_WORDS, "plan", "stated"), ("document", "start")),
    "otherQuote": ("document", "otherStart"),
    "result": ("report", "resultStart"),
    "done": ("report", "doneStart"),
}


@dataclass(frozen=True, slots=True)
class QueryTable:
    """The table of the query at ``path`` for the values ``given``, looked at by ``view``."""

    reader: PageReader
    at: Callable[..., str]
    path: str
    given: Mapping[str, str]
    view: TableView
    headings: Mapping[str, str]
    titles: Mapping[str, str]

    def parts(self, lines: Sequence[Line]) -> Iterator[Markup | None]:
        """The parts of the page, from the filter to the pages."""
        rows = Rows(lines, self.reader, self.titles)
        chosen = rows.chosen(self.view)
        page = chosen[self.view.first : self.view.first + SHOWN]
        yield self._tools(lines[0])
        yield self._facets(rows)
        if len(chosen) < len(lines):
            said = self.reader.say("rows_left", count=len(chosen), total=len(lines))
            whole = tag("a", self.reader.say("all_kinds"), href=self._address(TableView()))
            yield tag("p", said, " ", whole, class_="note")
        yield self._table(self.view.shown(list(lines[0])), page, rows)
        yield self._pages(len(chosen))

    def _address(self, view: TableView) -> str:
        return self.at(self.path, **self.given, **view.parameters())

    def _tools(self, line: Line) -> Markup:
        """The form that filters the rows and chooses columns; it keeps the rest of the view."""
        kept = {**self.given, **replace(self.view, find="", columns=(), first=0).parameters()}
        shown = self.view.shown(list(line))
        boxes = (
            tag(
                "label",
                tag("input", type="checkbox", name="_columns", value=name, checked=name in shown),
                f" {self.headings[name]}",
            )
            for name in line
        )
        say = self.reader.say
        return tag(
            "form",
            *(tag("input", type="hidden", name=name, value=value) for name, value in kept.items()),
            hidden_fields(self.reader),
            tag("input", type="search", name="_find", value=self.view.find, aria_label=say("filter_rows"), placeholder=say("filter_rows")),
            tag("details", tag("summary", say("columns")), tag("div", *boxes), class_="choices"),
            tag("button", say("show")),
            action=self.reader.path(self.path),
            class_="lookat",
        )  # fmt: skip

    def _facets(self, rows: Rows) -> Markup | None:
        groups = [self._facet(facet) for facet in rows.facets(self.view)]
        return tag("div", *groups, class_="facets") if groups else None

    def _facet(self, facet: Facet) -> Markup:
        """The values of a column, each a link to its rows; the one chosen with a way back."""
        name = self.headings[facet.column]
        others = {key: value for key, value in self.view.only.items() if key != facet.column}
        if facet.column in self.view.only:
            given = self.view.only[facet.column]
            words = next((words for value, words, _ in facet.values if value == given), given)
            back = self._address(replace(self.view, only=others, first=0))
            remove = tag("a", "✕", href=back, aria_label=self.reader.say("widen", text=words))
            said = words or self.reader.say("left_empty")
            return tag("p", tag("b", name), " ", said, " ", remove, class_="facet")
        items = (
            tag(
                "li",
                tag("a", words or self.reader.say("left_empty"), href=self._address(replace(self.view, only={**others, facet.column: value}, first=0))),
                tag("small", f" {count}"),
            )
            for value, words, count in facet.values
        )  # fmt: skip
        summary = tag("summary", f"{name} ", tag("small", str(len(facet.values))))
        return tag("details", summary, tag("ul", *items), class_="facet")

    def _table(self, columns: Sequence[str], page: Sequence[Line], rows: Rows) -> Markup:
        references = [row_reference(line) for line in page]
        unseen = tag("span", self.reader.say("choose"), class_="unseen")
        head = tag(
            "tr",
            tag("th", unseen, scope="col", class_="choose") if any(references) else None,
            *(self._head(column) for column in columns),
        )
        body = (
            tag("tr", self._choice(line, reference), *self._cells(line, columns, rows))
            for line, reference in zip(page, references, strict=True)
        )
        table = tag("div", tag("table", head, *body), class_="scroll", tabindex="0")
        return tray_form(self.reader, table) if any(references) else table

    def _head(self, column: str) -> Markup:
        """A column's name for people, which orders by it, and the one programs know it by."""
        label, now = self.headings[column], self.view.sort == column
        turned = replace(self.view, sort=column, descending=now and not self.view.descending, first=0)  # fmt: skip
        mark = (" ↓" if self.view.descending else " ↑") if now else ""
        order = ("descending" if self.view.descending else "ascending") if now else None
        link = tag("a", label + mark, href=self._address(turned), title=self.reader.say("sort_by"))
        known = tag("small", f" {column}") if label != column else None
        return tag("th", link, known, scope="col", aria_sort=order)

    def _choice(self, line: Line, reference: str) -> Markup | None:
        """The cell of the box that puts a row's figure into the tray."""
        if not reference:
            return None
        words = next((line[name] for name in (*_WORDS, "value") if line.get(name)), None)
        box = checkbox(self.reader, reference, getattr(words, "value", reference))
        return tag("td", box, class_="choose")

    def _cells(self, line: Line, columns: Sequence[str], rows: Rows) -> Iterator[Markup]:
        """The cells of a row; words of a report lead to their place in it."""
        for column in columns:
            term = line.get(column)
            if term is None:
                yield tag("td")
            elif behind := self._behind(column, line):
                yield tag("td", tag("a", getattr(term, "value", ""), href=behind), class_="number")
            elif where := self._passage(column, term, line):
                words = tag("a", getattr(term, "value", ""), href=where, lang="zh-Hans")
                yield tag("td", words, class_="words")
            else:
                yield tag("td", self._value(column, term, rows), class_=_kind(column, term))

    def _passage(self, column: str, term: Term, line: Line) -> str:
        """Where the words of a cell stand in their report, empty where it holds none or that is not known."""
        if column not in _PASSAGES or is_number(term):
            return ""
        document, start = (line.get(name) for name in _PASSAGES[column])
        report = self.reader.local(document.value) if isinstance(document, ox.NamedNode) else None
        return f"{report}#at-{start.value}" if report and isinstance(start, ox.Literal) else ""

    def _behind(self, column: str, line: Line) -> str:
        """The rows that a count of sums counts, a passage each; empty for any other cell."""
        if column not in _COUNTS.get(self.path.rpartition("/")[2], ()):
            return ""
        given = {name: getattr(line.get(name), "value", "") for name in ("document", "actor")}
        return self.at("/queries/money", **{name: value for name, value in given.items() if value})

    def _value(self, column: str, term: Term, rows: Rows) -> Child:
        if isinstance(term, ox.NamedNode):
            named: list[Term] = [ox.Literal(self.titles.get(term.value, ""))]
            labels = {term.value: named} if term.value in self.titles else {}
            return link(self.reader, term.value, labels)
        lang = getattr(term, "language", None)
        said = tag("span", rows.text(column, term), lang=lang, dir="auto")
        known = self._english(column, getattr(term, "value", ""))
        return join(said, tag("small", f" {known}", lang="en")) if known else said

    def _english(self, column: str, said: str) -> str:
        """The English name of an indicator, an area or a body, for a reader of English."""
        if not self.reader.english:
            return ""
        if column == "indicator":
            return english_name(said)
        return english_of_names(said) if column in _NAMES else ""

    def _pages(self, count: int) -> Markup | None:
        """The rows before and after those shown."""
        if count <= SHOWN:
            return None
        first, say = self.view.first, self.reader.say
        before = replace(self.view, first=max(first - SHOWN, 0))
        after = replace(self.view, first=first + SHOWN)
        last = min(first + SHOWN, count)
        return tag(
            "p",
            tag("a", say("rows_before"), href=self._address(before), rel="prev") if first else None,
            f" {say('rows_of', first=first + 1, last=last, total=count)} ",
            tag("a", say("rows_after"), href=self._address(after), rel="next")
            if last < count
            else None,
            class_="turn",
        )


def _kind(column: str, term: Term) -> str | None:
    if is_number(term):
        return "number"
    if column in UNITS:
        return "unit"
    return "report" if column in ("document", "report", "table") else None
