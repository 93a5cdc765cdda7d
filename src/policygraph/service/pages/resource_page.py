"""The page of any thing with an IRI under the base of the service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from policygraph.graph.sparql.data import Term
from policygraph.ontology.prefixes import PREFIXES, expand
from policygraph.service.pages.answers_section import passage_section, stated_section
from policygraph.service.pages.page_reader import PageReader
from policygraph.service.pages.page_shell import section
from policygraph.service.pages.property_list import class_label, facts, link, property_label
from policygraph.service.pages.quotes import paragraphs, passage
from policygraph.service.pages.report_page import report
from policygraph.service.pages.sparql_access import Row, Select, rows, text, written
from policygraph.service.pages.thing_layout import formats, thing_page
from policygraph.viz.markup import Child, Markup, join, tag

Labels = Mapping[str, list[Term]]
NAMING = tuple(map(expand, ("skos:prefLabel", "rdfs:label", "dcterms:title", "pg:quote")))
TYPE = PREFIXES["rdf"] + "type"
ALSO = expand("skos:altLabel")
REPORT = expand("pg:Report")
BEGUN = expand("pg:start")
TITLE = 60  # characters of a sentence in its heading
PASSAGES = 3  # paragraphs shown of one report at most
QUOTED_REPORTS = 4  # reports quoted at most
NAMED = ox.NamedNode(expand("pg:mentions"))
POINTING = 8  # things listed under one property at most
LISTED = 12  # reports listed at most
# What only says where and how a statement was read, or says again of a deed what its measure says.
_PLUMBING = frozenset(
    map(
        expand,
        (
            *("oa:hasSource", "prov:used", "prov:wasDerivedFrom", "pg:evidence", "pg:asWritten"),
            *("prov:wasAssociatedWith", "prov:atLocation"),
        ),
    )
)


def resource_page(
    select: Select, iri: str, known: list[Row], reader: PageReader, labels: Labels | None = None
) -> str:
    """The page of a thing of which this is known (?property ?value), of a report its text.

    ``labels`` are those of concepts that no report describes.
    """
    thing = ox.NamedNode(iri)
    types = [text(row, "value") for row in known if text(row, "property") == TYPE]
    all_labels = {**(labels or {}), **value_labels(select, thing)}
    if REPORT in types:
        return report(select, iri, known, all_labels, reader)
    return _thing(select, thing, known, all_labels, reader)


def value_labels(select: Select, thing: ox.NamedNode) -> dict[str, list[Term]]:
    """The labels of everything a thing points at, by IRI."""
    by_iri: dict[str, list[Term]] = {}
    for row in rows(select, "value-labels", thing=thing):
        by_iri.setdefault(text(row, "value"), []).append(row["label"])
    return by_iri


def label_of(reader: PageReader, known: Iterable[Row], iri: str) -> str:
    """What a thing is called, else the end of its IRI."""
    terms = list(known)
    for name in NAMING:
        best = reader.best(row["value"] for row in terms if text(row, "property") == name)
        if best:
            return best
    return iri.removeprefix(reader.base)


def _thing(
    select: Select, thing: ox.NamedNode, known: list[Row], labels: Labels, reader: PageReader
) -> str:
    quoted = rows(select, "passage", thing=thing) if _is_passage(known) else []
    title = _title(reader, known, thing.value, quoted)
    types = [text(row, "value") for row in known if text(row, "property") == TYPE]
    reports = _reports_of(select, thing)
    listed = facts(reader, known, labels)
    main = [
        section(reader.say("facts"), listed, id="facts") if listed else None,
        None if quoted else stated_section(select, thing.value, _chinese(known, title), reader),
        _quote(quoted, reader) if quoted else _quotes_in_reports(select, thing, reports, reader),
        passage_section(select, thing.value, reader) if quoted else None,
        _incoming(select, thing, reader),
    ]
    return thing_page(
        reader,
        thing.value,
        title,
        class_label(reader, types),
        _also(known, title, reader),
        tag("div", tag("div", *main), _aside(thing, reports, reader), class_="columns"),
    )


def _also(known: list[Row], title: str, reader: PageReader) -> Markup | None:
    """Other names, without the one in the heading."""
    named = {*NAMING[:2], ALSO}
    names = {text(row, "value") for row in known if text(row, "property") in named} - {title}
    if not names:
        return None
    labels = tag("span", " / ".join(sorted(names)), dir="auto")
    return tag("p", f"{reader.say('also')} ", labels, class_="also")


def _chinese(known: list[Row], title: str) -> str:
    """The name that reports write, else the title."""
    return label_of(PageReader(), known, "") or title


def _is_passage(known: list[Row]) -> bool:
    """Whether a thing is a stretch of a report: a statement, a sentence, a section."""
    return any(text(row, "property") == BEGUN for row in known)


def _title(reader: PageReader, known: list[Row], iri: str, quoted: list[Row]) -> str:
    """What a thing is called; a sentence by its first words."""
    title = label_of(reader, known, iri)
    if quoted and title == iri.removeprefix(reader.base):
        words = text(quoted[0], "quote")
        return words if len(words) <= TITLE else f"{words[:TITLE]}…"
    return title


def _quote(found: list[Row], reader: PageReader) -> Markup:
    """The words of a passage in their paragraph."""
    return section(reader.say("evidence"), passage(reader, found[:1]), id="evidence")


def _quotes_in_reports(
    select: Select, thing: ox.NamedNode, reports: list[Row], reader: PageReader
) -> Markup | None:
    """A few paragraphs about a thing from each of the reports with most statements about it."""
    shown: list[Markup] = []
    for row in reports[:QUOTED_REPORTS]:
        document = row["document"]
        found = rows(select, "passages", thing=thing, document=document, link=NAMED)
        found = found or rows(select, "passages", thing=thing, document=document)
        shown += [passage(reader, paragraph) for paragraph in paragraphs(found)[:PASSAGES]]
    return section(reader.say("evidence_of"), *shown, id="evidence") if shown else None


def _incoming(select: Select, thing: ox.NamedNode, reader: PageReader) -> Markup | None:
    """The things this one is the object of, by property; a query lists the rest."""
    groups = []
    for row in sorted(rows(select, "incoming", thing=thing), key=lambda row: str(row["property"])):
        by = row["property"]
        if not isinstance(by, ox.NamedNode) or by.value in _PLUMBING:
            continue
        groups.append(_pointing(select, thing, by, int(text(row, "count")), reader))
    if not groups:
        return None
    return section(reader.say("incoming"), *groups, id="incoming")


def _pointing(
    select: Select, thing: ox.NamedNode, by: ox.NamedNode, count: int, reader: PageReader
) -> Markup:
    labels: dict[str, list[Term]] = {}
    for row in rows(select, "pointing", thing=thing, property=by):
        labels.setdefault(text(row, "subject"), []).append(row["label"])
    shown = sorted(labels)[:POINTING]
    rest = None
    if count > len(shown):
        where = reader.query(written("rest", thing=thing, property=by))
        rest = tag("li", tag("a", reader.say("rest", count=count), href=where), class_="rest")
    return join(
        tag("h3", f"← {property_label(reader, by.value)} ", tag("small", str(count))),
        tag("ul", *(tag("li", link(reader, iri, labels)) for iri in shown), rest, class_="links"),
    )


def _aside(thing: ox.NamedNode, reports: list[Row], reader: PageReader) -> Markup:
    behind, around = written("behind", thing=thing), written("around", thing=thing)
    return tag(
        "aside",
        _reports(thing, reports, reader),
        section(reader.say("formats"), formats(reader, thing.value)),
        section(
            reader.say("page_query"),
            tag("pre", behind),
            tag(
                "p",
                tag("a", reader.say("open_query"), href=reader.query(behind)),
                " ",
                tag("a", reader.say("as_network"), href=reader.query(around)),
                " ",
                tag("a", reader.say("explore"), href=reader.at("/network", node=thing.value)),
                class_="ways",
            ),
        ),
    )


def _reports_of(select: Select, thing: ox.NamedNode) -> list[Row]:
    """The reports about a thing, those with most statements first; the listed ones with title."""
    found = sorted(
        rows(select, "reports-of", thing=thing),
        key=lambda row: (-int(text(row, "count")), text(row, "document")),
    )
    for row in found[:LISTED]:
        for titled in rows(select, "title", document=row["document"]):
            row["title"] = titled["title"]
    return found


def _reports(thing: ox.NamedNode, found: list[Row], reader: PageReader) -> Markup | None:
    if not found:
        return None
    items: list[Child] = [
        tag(
            "li",
            _report_link(row, reader),
            tag("small", f" {reader.say('statements', count=text(row, 'count'))}"),
        )
        for row in found[:LISTED]
    ]
    if len(found) > LISTED:
        where = reader.query(written("naming", thing=thing))
        items.append(tag("li", tag("a", reader.say("rest", count=len(found)), href=where)))
    return section(reader.say("in_reports"), tag("ul", *items, class_="links"), id="reports")


def _report_link(row: Row, reader: PageReader) -> Markup:
    labels: Labels = {text(row, "document"): [row["title"]]} if "title" in row else {}
    return link(reader, text(row, "document"), labels)
