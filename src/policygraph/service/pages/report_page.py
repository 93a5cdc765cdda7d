"""The page of a report: its text with every figure, mention and measure marked."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from policygraph.graph.sparql.data import Term
from policygraph.ontology.prefixes import PREFIXES, expand
from policygraph.service.pages.page_reader import PageReader
from policygraph.service.pages.property_list import value
from policygraph.service.pages.sheet_text import sheet_text
from policygraph.service.pages.sparql_access import Row, Select, rows, text
from policygraph.service.pages.thing_layout import formats, thing_page
from policygraph.viz.markup import Markup, join, tag

_HEAD = (
    ("area", "pg:area"),
    ("period", "pg:refPeriod"),
    ("issuer", "pg:issuer"),
    ("issued", "dcterms:issued"),
    ("identifier", "dcterms:identifier"),
    ("replaces", "dcterms:replaces"),
    ("source_of", "dcterms:source"),
)
_TYPE = PREFIXES["rdf"] + "type"
KINDS = ("figures", "mentions", "measures")


@dataclass(frozen=True, slots=True)
class Mark:
    """A statement's span of text: its IRI, its CSS classes, its tooltip."""

    start: int
    end: int
    iri: str
    css: str
    tooltip: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's heading: where it starts, its depth, number and label."""

    start: int
    depth: int
    number: str
    label: str


def report(
    select: Select, iri: str, known: list[Row], labels: Mapping[str, list[Term]], reader: PageReader
) -> str:
    """The report to read, its contents beside it."""
    document = ox.NamedNode(iri)
    by_name = {text(row, "property"): row["value"] for row in known}
    title = getattr(by_name.get(expand("dcterms:title")), "value", iri)
    body = getattr(by_name.get(expand("pg:text")), "value", "")
    told = rows(select, "sections", document=document)
    headings = _headings(row for row in told if "section" in row)
    marks = [_mark(row, reader) for row in rows(select, "marks", document=document)]
    types = [text(row, "value") for row in known if text(row, "property") == _TYPE]
    is_table = expand("pg:StatisticalTable") in types
    if is_table:
        figures = reader.at("/queries/figures", document=iri)
        shown = sheet_text(body, _pieces(body, marks, reader), figures, reader)
        reading = join(formats(reader, iri), shown)
    else:
        contents, words = _contents(headings, iri, reader), _text(body, marks, headings, reader)
        reading = tag("div", contents, words, class_="reading")
    return thing_page(
        reader,
        iri,
        title,
        reader.say("statistics_table")
        if is_table
        else tag("a", reader.say("reports"), href=reader.at("/")),
        _facts(by_name, labels, (row for row in told if "newer" in row), reader),
        *_switches(marks, reader),
        reading,
        lang="zh-Hans",
    )


def _facts(
    known: Mapping[str, Term],
    labels: Mapping[str, list[Term]],
    newer: Iterable[Row],
    reader: PageReader,
) -> Markup:
    """What the report says of itself, and which version replaced it."""
    present = [(name, known[expand(prop)]) for name, prop in _HEAD if expand(prop) in known]
    shown = [(name, value(reader, term, labels)) for name, term in present]
    shown += [
        ("replaced_by", value(reader, row["newer"], {text(row, "newer"): [row["title"]]}))
        for row in newer
    ]
    return tag(
        "dl",
        *(tag("div", tag("dt", reader.say(name)), " ", tag("dd", said)) for name, said in shown),
        class_="about",
    )


def _switches(marks: list[Mark], reader: PageReader) -> Iterator[Markup]:
    """A checkbox for each kind of mark that the text has; CSS hides the marks that are not checked."""
    told = {kind: sum(1 for mark in marks if mark.css.startswith(kind[:-1])) for kind in KINDS}
    counts = {kind: count for kind, count in told.items() if count}
    for kind in counts:
        yield tag("input", type="checkbox", id=f"show-{kind}", checked=True, class_="show")
    if not counts:
        return
    yield tag(
        "p",
        f"{reader.say('marks')} ",
        *(
            tag(
                "label",
                f"{reader.say(kind)} ",
                tag("b", str(counts[kind])),
                for_=f"show-{kind}",
                class_=kind,
            )
            for kind in counts
        ),
        tag("span", reader.say("read_hint")),
        class_="switches",
    )


def _contents(headings: list[Heading], iri: str, reader: PageReader) -> Markup:
    lines = (
        tag(
            "li",
            tag("a", heading.label, href=f"#section-{heading.number}"),
            class_=f"depth-{min(heading.depth, 3)}",
        )
        for heading in headings
    )
    return tag(
        "aside",
        tag(
            "details",
            tag("summary", reader.say("contents")),
            tag("ol", *lines, lang="zh-Hans"),
            open=True,
        ),
        formats(reader, iri),
    )


def _text(body: str, marks: list[Mark], headings: list[Heading], reader: PageReader) -> Markup:
    """The paragraphs; one that a section starts is its heading, or begins with it."""
    titled = {heading.start: heading for heading in headings}
    first = min((mark.start for mark in marks), default=len(body))
    piece = _pieces(body, marks, reader)
    blocks, start = [], 0
    for line in body.split("\n"):
        end = start + len(line.rstrip())
        heading = next((titled[at] for at in range(start, end) if at in titled), None)
        if heading is not None:
            blocks.append(_headed(heading, start, end, piece))
        elif line.strip():
            blocks.append(tag("p", piece(start, end), class_="front" if end <= first else None))
        start += len(line) + 1
    return tag("article", *blocks, lang="zh-Hans")


def _pieces(body: str, marks: list[Mark], reader: PageReader) -> Callable[[int, int], Markup]:
    """What makes a stretch of the text with its marks."""
    inside = sorted(marks, key=lambda mark: (mark.start, mark.end))
    starts = [mark.start for mark in inside]
    longest = max((mark.end - mark.start for mark in inside), default=0)

    def piece(start: int, end: int) -> Markup:
        near = inside[bisect_left(starts, start - longest) : bisect_left(starts, end)]
        return join(*_segments(body, start, end, near, reader))

    return piece


def _headed(heading: Heading, start: int, end: int, piece: Callable[[int, int], Markup]) -> Markup:
    """A heading that has its line to itself, or a paragraph that begins with one."""
    anchor, lead = f"section-{heading.number}", heading.start + len(heading.label)
    if lead + 1 >= end:
        return tag(f"h{min(heading.depth, 3) + 1}", piece(start, end), id=anchor)
    return tag("p", tag("strong", piece(start, lead)), piece(lead, end), id=anchor)


def _segments(
    body: str, start: int, end: int, marks: list[Mark], reader: PageReader
) -> Iterator[Markup]:
    """A stretch of text cut wherever a mark begins or ends; each piece leads to its innermost."""
    over = [mark for mark in marks if mark.start < end and mark.end > start]
    cuts = {start, end}
    for mark in over:
        cuts |= {max(mark.start, start), min(mark.end, end)}
    places = sorted(cuts)
    for left, right in itertools.pairwise(places):
        covering = [mark for mark in over if mark.start <= left and mark.end >= right]
        yield _piece(body[left:right], left, covering, reader)


def _piece(words: str, at: int, covering: list[Mark], reader: PageReader) -> Markup:
    if not covering:
        return join(words)
    inner = min(covering, key=lambda mark: (mark.end - mark.start, mark.iri))
    tooltip = " · ".join(dict.fromkeys(mark.tooltip for mark in covering))
    begins = any(mark.start == at for mark in covering)
    css = " ".join(sorted({part for mark in covering for part in mark.css.split()}))
    return tag(
        "a",
        words,
        href=reader.local(inner.iri),
        class_=css,
        title=tooltip,
        id=f"at-{at}" if begins else None,
    )


def _mark(row: Row, reader: PageReader) -> Mark:
    kind = text(row, "class").rpartition("#")[2].lower()
    planned = kind == "measure" and text(row, "status") == "planned"
    css = " ".join(filter(None, (kind, text(row, "kind"), "planned" if planned else "")))
    name = text(row, "name") or text(row, "indicator") or text(row, "action")
    noted = f"（{reader.say('planned')}）" if planned else ""
    label = f"{reader.say(f'{kind}s')}{noted}{': ' if name else ''}{name}"
    return Mark(int(text(row, "start")), int(text(row, "end")), text(row, "statement"), css, label)


def _headings(found: Iterable[Row]) -> list[Heading]:
    headings = [
        Heading(
            int(text(row, "start")),
            int(text(row, "depth")),
            text(row, "number"),
            text(row, "label"),
        )
        for row in found
    ]
    return sorted(headings, key=lambda heading: heading.start)
