"""The page of any thing with an IRI under the base of the service."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

import pyoxigraph as ox

from policygraph.graph.sparql.data import Term
from policygraph.ontology.prefixes import PREFIXES, expand
from policygraph.queries.answers import Slots, answered, slots
from policygraph.queries.sentence_derivations import figures_near
from policygraph.queries.stated_passages import describing
from policygraph.service.pages.answers_section import ActingBody, passage_section, stated_section
from policygraph.service.pages.incoming import (
    LISTED,
    PASSAGES,
    POINTING,
    Details,
    Incoming,
    Place,
    details,
    quoted_of_reports,
)
from policygraph.service.pages.indicator_names import spoken
from policygraph.service.pages.named_beside import named_in
from policygraph.service.pages.page_reader import PageReader
from policygraph.service.pages.page_shell import section
from policygraph.service.pages.property_list import class_label, facts, link, property_label
from policygraph.service.pages.quotes import paragraphs, passage
from policygraph.service.pages.report_page import report
from policygraph.service.pages.sparql_access import Row, Select, text, written
from policygraph.service.pages.thing_layout import formats, thing_page
from policygraph.service.resource_description import COUNTED, Thing
from policygraph.viz.markup import Child, Markup, join, tag

Labels = Mapping[str, list[Term]]
Saying = Callable[[str], AbstractSet[str] | None]
NAMING = tuple(map(expand, ("skos:prefLabel", "rdfs:label", "dcterms:title", "pg:quote")))
TYPE = PREFIXES["rdf"] + "type"
ALSO = expand("skos:altLabel")
REPORT, INDICATOR = expand("pg:Report"), expand("pg:Indicator")
FIGURE, AREA = expand("pg:Figure"), expand("pg:Area")
WHOLE = expand("pg:refersTo")
BEGUN = expand("pg:start")
TITLE = 60  # characters of a sentence in its heading


def resource_page(
    select: Select,
    thing: Thing,
    known: list[Row],
    reader: PageReader,
    labels: Labels,
    saying: Saying,
) -> str:
    """The page of a thing of which this is known (?property ?value), of a report its text.

    ``labels`` are those of what the facts name; ``saying`` tells the reports whose texts have some words.
    """
    types = [text(row, "value") for row in known if text(row, "property") == TYPE]
    if REPORT in types:
        return report(select, thing.iri, known, labels, reader)
    # No slot of a statement holds a concept of a vocabulary but an indicator: no unit, no topic.
    slotted = "/vocabulary/" not in thing.iri or INDICATOR in types
    stated = None
    if slotted and thing.stored and not _own_places(thing):
        name = label_of(PageReader(), known, "") or label_of(reader, known, thing.iri)
        stated = slots(select, thing.iri, name, saying(name))
    return _thing(select, thing, known, labels, stated, reader)


def label_of(reader: PageReader, known: Iterable[Row], iri: str) -> str:
    """What a thing is called, else the end of its IRI."""
    terms = list(known)
    for name in NAMING:
        best = reader.best(row["value"] for row in terms if text(row, "property") == name)
        if best:
            return best
    return iri.removeprefix(reader.base)


def _thing(
    select: Select,
    thing: Thing,
    known: list[Row],
    labels: Labels,
    stated: Slots | None,
    reader: PageReader,
) -> str:
    types = [text(row, "value") for row in known if text(row, "property") == TYPE]
    incoming = Incoming.of(thing.incoming if thing.stored else (), COUNTED)
    subject, own = ox.NamedNode(thing.iri), _own_places(thing)
    near = _figures_near(select, thing) if own and FIGURE in types else []
    related = _related(thing)
    described = stated.describing if stated else ""
    found = details(
        select,
        incoming,
        own[:1] or quoted_of_reports(incoming),
        describing(dict.fromkeys((*related, *near))) if own else described,
        beside=not own,
        area=thing.iri if AREA in types and stated else "",
    )
    quoted = next(iter(found.passages.values()), [])[:1] if own else []
    title = _title(reader, known, thing.iri, quoted)
    listed = facts(reader, known, labels)
    main = [
        section(reader.say("facts"), listed, id="facts") if listed else None,
        _stated(stated, found, reader),
        _quote(quoted, reader)
        if quoted
        else _quotes_in_reports(thing.iri, found, incoming, reader),
        passage_section(found.said, related, near, reader) if quoted else None,
        _incoming(subject, incoming, found, reader),
    ]
    aside = _aside(subject, incoming, found, reader)
    also = _also(known, title, reader) or (None if own else spoken(title, reader))
    shown = tag("div", tag("div", *main), aside, class_="columns")
    kind, lang = class_label(reader, types), reader.language_of(title)
    return thing_page(reader, thing.iri, title, kind, also, shown, lang=lang)


def _own_places(thing: Thing) -> list[Place]:
    """Where a thing itself stands, if it is a stretch of a report."""
    return [(graph, ox.NamedNode(thing.iri)) for graph, _ in _begun(thing)]


def _figures_near(select: Select, thing: Thing) -> list[str]:
    """The figures around a figure."""
    return [
        figure
        for graph, start in _begun(thing)[:1]
        for figure in figures_near(select, graph.value, start)
    ]


def _begun(thing: Thing) -> list[tuple[ox.NamedNode, int]]:
    """The graphs of the reports whose stretch a thing is, with the character it begins at."""
    return [
        (graph, int(start.value))
        for _, by, start, graph in thing.facts
        if by.value == BEGUN and isinstance(start, ox.Literal) and isinstance(graph, ox.NamedNode)
    ]


def _stated(stated: Slots | None, found: Details, reader: PageReader) -> Markup | None:
    """What is stated of a thing, of an area also by its bodies, those that act most first."""
    if stated is None:
        return None
    bodies = [
        ActingBody(text(row, "acting"), text(row, "label"), int(text(row, "times")))
        for row in found.acting
    ]
    bodies.sort(key=lambda body: (-body.times, body.name))
    return stated_section(answered(stated, found.said), reader, bodies)


def _also(known: list[Row], title: str, reader: PageReader) -> Markup | None:
    """Other names, without the one in the heading."""
    named = {*NAMING[:2], ALSO}
    names = {text(row, "value") for row in known if text(row, "property") in named} - {title}
    if not names:
        return None
    labels = tag("span", " / ".join(sorted(names)), dir="auto")
    return tag("p", f"{reader.say('also')} ", labels, class_="also")


def _related(thing: Thing) -> list[str]:
    """A passage and the figures that it refers to or that refer to it."""
    whole = (quad.object for quad in thing.facts if quad.predicate.value == WHOLE)
    parts = (quad.subject for quad in thing.incoming if quad.predicate.value == WHOLE)
    others = [term.value for term in (*whole, *parts) if isinstance(term, ox.NamedNode)]
    return list(dict.fromkeys((thing.iri, *others)))


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
    iri: str, found: Details, incoming: Incoming, reader: PageReader
) -> Markup | None:
    """A few paragraphs about a thing from each of the reports with most statements about it, and who is named in them."""
    shown = [
        paragraph
        for document, _ in incoming.by_report
        for paragraph in paragraphs(
            {**row, **found.titles.get(document.value, {})}
            for row in found.passages.get(document.value, ())
        )[:PASSAGES]
    ]
    if not shown:
        return None
    quotes = (passage(reader, each, named_in(each, found.beside, iri, reader)) for each in shown)
    return section(reader.say("evidence_of"), *quotes, id="evidence")


def _incoming(
    thing: ox.NamedNode, incoming: Incoming, found: Details, reader: PageReader
) -> Markup | None:
    """The things this one is the object of, by property; a query lists the rest."""
    groups = [
        _pointing(thing, ox.NamedNode(by), places, found, incoming.whole, reader)
        for by, places in incoming.by_property.items()
    ]
    if not groups:
        return None
    return section(reader.say("incoming"), _partial(incoming, reader), *groups, id="incoming")


def _partial(incoming: Incoming, reader: PageReader) -> Markup | None:
    """What is said where not all was counted."""
    if incoming.whole:
        return None
    return tag("p", reader.say("counted", count=len(incoming.quads)), class_="partial")


def _pointing(
    thing: ox.NamedNode,
    by: ox.NamedNode,
    places: list[Place],
    found: Details,
    whole: bool,
    reader: PageReader,
) -> Markup:
    count = f"{len(places)}{'' if whole else '+'}"
    rest = None
    if len(places) > POINTING or not whole:
        where = reader.query(written("rest", thing=thing, property=by))
        rest = tag("li", tag("a", reader.say("rest", count=count), href=where), class_="rest")
    labels: Labels = {iri: list(terms) for iri, terms in found.labels.items()}
    alike: dict[str, list[str]] = {}
    for _, subject in places[:POINTING]:
        named = reader.best(labels.get(subject.value, ())) or subject.value
        alike.setdefault(named, []).append(subject.value)
    return join(
        tag("h3", f"← {property_label(reader, by.value)} ", tag("small", count)),
        tag("ul", *(_once(iris, labels, reader) for iris in alike.values()), rest, class_="links"),
    )


def _once(iris: Sequence[str], labels: Labels, reader: PageReader) -> Markup:
    """What is called the same, once, with numbered links to the others."""
    others = (
        join(" ", tag("a", str(place), href=reader.local(iri) or iri, class_="again"))
        for place, iri in enumerate(iris[1:], 2)
    )
    return tag("li", link(reader, iris[0], labels), *others)


def _aside(thing: ox.NamedNode, incoming: Incoming, found: Details, reader: PageReader) -> Markup:
    behind, around = written("behind", thing=thing), written("around", thing=thing)
    return tag(
        "aside",
        _reports(thing, incoming, found, reader),
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


def _reports(
    thing: ox.NamedNode, incoming: Incoming, found: Details, reader: PageReader
) -> Markup | None:
    """The reports about a thing, those with most statements first."""
    reports = incoming.by_report
    if not reports:
        return None
    items: list[Child] = [
        tag(
            "li",
            _report_link(document.value, found, reader),
            tag("small", f" {_counted(statements, incoming, reader)}"),
        )
        for document, statements in reports[:LISTED]
    ]
    if len(reports) > LISTED or not incoming.whole:
        where = reader.query(written("naming", thing=thing))
        count = f"{len(reports)}{'' if incoming.whole else '+'}"
        items.append(tag("li", tag("a", reader.say("rest", count=count), href=where)))
    return section(
        reader.say("in_reports"),
        _partial(incoming, reader),
        tag("ul", *items, class_="links"),
        id="reports",
    )


def _counted(statements: Sequence[ox.NamedNode], incoming: Incoming, reader: PageReader) -> str:
    """How many mentions, figures and measures of a report have a thing: what its page lists."""
    if not incoming.whole:
        return reader.say("statements_more", count=len(statements))
    kinds = incoming.kinds(statements)
    told = [reader.say(f"counted_{kind}", count=count) for kind, count in kinds.items()]
    return reader.say("comma").join(told) or reader.say("statements", count=len(statements))


def _report_link(document: str, found: Details, reader: PageReader) -> Markup:
    titled = found.titles.get(document)
    labels: Labels = {document: [titled["title"]]} if titled else {}
    return link(reader, document, labels)
