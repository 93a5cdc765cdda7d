"""The sums of a report as bars: by programme, by the level they come from, by actor; the figures behind each in a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

import pyoxigraph as ox

from policygraph.graph.sparql.data import Term
from policygraph.ontology.vocabulary import vocabulary, word_cache
from policygraph.queries.arithmetic import StatedFigure, printed
from policygraph.queries.comparability import LOOSE
from policygraph.queries.money_totals import CRITERIA, Total, payments, totals
from policygraph.service.pages.figure_list import qualifier_words, quote_link, spoken
from policygraph.service.pages.page_reader import PageReader
from policygraph.service.pages.sparql_access import Select
from policygraph.viz.bar_chart import Bar, BarRow, bar_chart, is_cut
from policygraph.viz.markup import Markup, join, tag

DRAWN = 8  # bars of one chart
_FEWEST = 2  # bars that say more than their numbers
_REPORTS = 12  # reports offered where rows are of several
_HUNDRED_MILLION, _TEN_THOUSAND, _MILLION = Decimal(10**8), Decimal(10**4), Decimal(10**6)

Line = Mapping[str, Term | None]


def money_charts(
    select: Select,
    lines: Sequence[Line],
    titles: Mapping[str, str],
    given: Mapping[str, str],
    reader: PageReader,
) -> Markup | None:
    """The charts of the sums in these rows; where they are of several reports, links to one at a time."""
    documents = dict.fromkeys(iri for line in lines if (iri := _iri(line)))
    if len(documents) > 1:
        return _choose(list(documents), titles, given, reader)
    actors = {_figure(line): _value(line, "actor") for line in lines if line.get("actor")}
    sums = payments(select, [_figure(line) for line in lines], actors)
    charts = [made for name in CRITERIA if (made := _chart(totals(sums, name), name, reader))]
    if not charts:
        return None
    return tag(
        "section",
        tag("h2", reader.say("money_charts")),
        tag("p", reader.say("money_charts_hint"), " ", tag("a", reader.say("to_rows"), href="#answer")),
        tag("div", *charts, class_="charts"),
        id="charts",
    )  # fmt: skip


def _choose(
    documents: Sequence[str],
    titles: Mapping[str, str],
    given: Mapping[str, str],
    reader: PageReader,
) -> Markup:
    """That charts are of one report, and links to it."""
    links = (
        join(tag("a", titles.get(iri, iri), href=reader.at("/queries/money", **{**given, "document": iri}), lang="zh-Hans"), " ")
        for iri in documents[:_REPORTS]
    )  # fmt: skip
    said = reader.say("charts_of_one")
    return tag("details", tag("summary", said), tag("p", *links, class_="titles"), class_="note")


def _chart(found: Sequence[Total], criterion: str, reader: PageReader) -> Markup | None:
    """The bars of a criterion with what is not drawn and the table of all."""
    told = [total for total in found if total.keys]
    if len(told) < _FEWEST:
        return None
    title = reader.say(f"money_by_{criterion}")
    rows = [_row(total, place, criterion, reader) for place, total in enumerate(told[:DRAWN])]
    notes = [reader.say("bars_more", count=len(told) - DRAWN)] if len(told) > DRAWN else []
    notes += [
        reader.say(f"untold_{criterion}", count=len(total.counted), sum=_amount(total.value, reader))
        for total in found
        if not total.keys and not total.planned
    ]  # fmt: skip
    if is_cut([total.value for total in told[:DRAWN]]):
        notes.append(reader.say("bar_shortened"))
    described = f"{reader.say('bars_described', count=len(rows))} {' '.join(notes)}"
    return tag(
        "figure",
        tag("figcaption", title),
        bar_chart(rows, title, described, f"by-{criterion}"),
        *(tag("p", note, class_="note") for note in notes),
        tag(
            "details",
            tag("summary", reader.say("bars_table")),
            _table(found, criterion, reader),
        ),
        class_="chart",
    )


def _row(total: Total, place: int, criterion: str, reader: PageReader) -> BarRow:
    name, one = _name(total, criterion, reader), total.counted[0]
    alone = len(total.counted) == 1 and not total.elsewhere
    where = (reader.local(one.iri) or one.iri) if alone else f"#{criterion}-{place}"
    words = _words(total, reader)
    return BarRow(name, (Bar(total.value, words, where, f"{name}: {words}", "planned" * total.planned),))  # fmt: skip


def _words(total: Total, reader: PageReader) -> str:
    """A sum as it is written, with its qualifiers; several added up."""
    alone = len(total.counted) == 1 and not total.elsewhere
    if alone and not reader.english:
        said = [spoken(total.counted[0], reader)]
    else:
        loose = [one for one in total.counted if spoken(one, reader) != printed(one)]
        mark = _loosely(loose[0], reader) if alone and loose else reader.say("not_exact")
        said = [_amount(total.value, reader), *([mark] if loose else [])]
    said += [reader.say("planned")] if total.planned else []
    return said[0] + "".join(reader.say("in_brackets", text=each) for each in said[1:])


def _loosely(figure: StatedFigure, reader: PageReader) -> str:
    """What softens or stretches a figure: approximately, over."""
    kept = tuple(key for key in figure.qualifiers if key in LOOSE)
    return qualifier_words(kept, reader) or reader.say("not_exact")


def _table(found: Iterable[Total], criterion: str, reader: PageReader) -> Markup:
    """Every total with the figures it is made of."""
    head = tag(
        "tr",
        tag("th", reader.say(f"key_{criterion}"), scope="col"),
        tag("th", reader.say("comes_to"), scope="col", class_="number"),
        tag("th", reader.say("made_of"), scope="col"),
    )
    body = (
        tag(
            "tr",
            tag("th", _name(total, criterion, reader), scope="row", id=f"{criterion}-{place}"),
            tag("td", _words(total, reader), class_="number"),
            tag("td", *_figures(total, reader)),
        )
        for place, total in enumerate(found)
    )
    return tag("div", tag("table", head, *body), class_="scroll", tabindex="0")


def _figures(total: Total, reader: PageReader) -> Iterator[Markup]:
    for figure in total.counted:
        yield _figure_line("", figure, reader)
    for figure in total.again:
        yield _figure_line(reader.say("said_again"), figure, reader)
    for figure in total.within:
        yield _figure_line(reader.say("within_it"), figure, reader)
    for figure in total.elsewhere:
        yield _figure_line(reader.say("counted_elsewhere"), figure, reader)


def _figure_line(before: str, figure: StatedFigure, reader: PageReader) -> Markup:
    words = spoken(figure, reader)
    return tag(
        "div",
        tag("small", f"{before} ") if before else None,
        quote_link(figure, reader),
        tag("small", words, lang="zh-Hans") if words != figure.quote else None,
        tag("small", f" {figure.indicator}", lang="zh-Hans"),
        class_="cell",
    )


def _name(total: Total, criterion: str, reader: PageReader) -> str:
    """What a total is called; of several levels it is said that they are not told apart."""
    if not total.keys:
        return reader.say(f"no_{criterion}")
    if criterion != "level":
        return reader.say("comma").join(total.keys)
    names = reader.say("comma").join(reader.pick(_levels()[key]) for key in total.keys)
    return reader.say("not_apart", names=names) if len(total.keys) > 1 else names


def _amount(value: Decimal, reader: PageReader) -> str:
    """A sum in the scale that reads best: 21.54亿元, 2,154 million yuan."""
    if reader.english:
        return f"{_plain(value / _MILLION)} million yuan"
    if abs(value) >= _HUNDRED_MILLION:
        return f"{_plain(value / _HUNDRED_MILLION)}亿元"
    return f"{_plain(value / _TEN_THOUSAND)}万元"


def _plain(value: Decimal) -> str:
    written = f"{value:,f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


@word_cache
def _levels() -> dict[str, tuple[str, str]]:
    return {concept.key: (concept.label, concept.english) for concept in vocabulary("levels")}


def _figure(line: Line) -> str:
    return f"{_iri(line)}/figure/{_value(line, 'start')}-{_value(line, 'end')}"


def _iri(line: Line) -> str:
    term = line.get("document")
    return term.value if isinstance(term, ox.NamedNode) else ""


def _value(line: Line, column: str) -> str:
    return str(getattr(line.get(column), "value", ""))
