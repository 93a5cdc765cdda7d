"""A term's entry on the page: its meaning in both languages, what it is linked to, an example."""

from __future__ import annotations

from collections.abc import Iterable

from policygraph.viz.bilingual import both, say
from policygraph.viz.markup import Markup, join, tag
from policygraph.viz.node_styles import NODE_STYLES
from policygraph.viz.reference.components import Facts, facts, listed, pair
from policygraph.viz.reference.links import Links, origins, refer, source
from policygraph.viz.reference.ontology import KINDS, Ontology, domains
from policygraph.viz.reference.sample import Sample
from policygraph.viz.reference.turtle_index import SHAPES, Resource, constraints


def _entry(term: Resource, rows: Facts, level: int = 3) -> Markup:
    """A term under its anchor: a heading of a level with name and kinds, both labels and meanings, then the rows."""
    (zh, en), (comment, english) = term.label, term.comment
    return tag(
        "section",
        tag(f"h{level}", tag("a", tag("code", term.name), href=f"#{term.local}"), _kinds(term)),
        pair(_labelled(zh, comment), _labelled(en, english)),
        facts(rows),
        class_="term",
        id=term.local,
        style=_mark(term),
    )


def _mark(term: Resource) -> str | None:
    mark = NODE_STYLES.get(term.local) if term.is_a("owl:Class") else None
    return f"--mark:{mark.colour}" if mark else None


def _labelled(label: str, comment: str) -> Markup:
    return join(tag("b", label), tag("p", comment) if comment else None)


def _kinds(term: Resource) -> list[Markup]:
    kinds = [KINDS[kind] for kind in term.links("rdf:type") if kind in KINDS]
    return [tag("span", both(kind), class_="kind") for kind in kinds]


def _all(ontology: Ontology, names: Iterable[str], links: Links) -> Markup | None:
    return listed(refer(ontology, name, links) for name in dict.fromkeys(names))


def class_entry(ontology: Ontology, term: Resource, sample: Sample | None, links: Links) -> Markup:
    """A class: above and below it, what it cannot be, its properties, an example."""

    def names(resources: Iterable[Resource]) -> list[str]:
        return [one.name for one in resources]

    apart = [
        member
        for group in ontology.disjoint
        if term.name in group.links("owl:members")
        for member in group.links("owl:members")
        if member != term.name
    ]
    shown = sample.of_class(term.name) if sample else ""
    rows: Facts = [
        (("上位类", "subclass of"), _all(ontology, term.links("rdfs:subClassOf"), links)),
        (("等价类", "equivalent to"), _all(ontology, term.links("owl:equivalentClass"), links)),
        (("下位类", "superclass of"), _all(ontology, names(ontology.below(term.name)), links)),
        (("互斥于", "disjoint with"), _all(ontology, apart, links)),
        (("具有属性", "has properties"), _all(ontology, names(ontology.bearing(term.name)), links)),
        (("被指向于", "pointed at by"), _all(ontology, names(ontology.pointing(term.name)), links)),
        (("约束", "constraints"), _constraints(term)),
        (("来源", "source"), origins(term)),
        (
            ("另见", "see also"),
            _all(ontology, term.links("rdfs:seeAlso", "skos:closeMatch"), links),
        ),
        (("实例", "example"), tag("span", shown, lang="zh-Hans") if shown else None),
    ]
    return _entry(term, rows)


def _constraints(term: Resource) -> Markup | None:
    """What the shapes require of a class, folded."""
    texts = constraints(SHAPES).get(term.name, ())
    if not texts:
        return None
    count = say(f"{len(texts)} 条", f"{len(texts)}")
    items = (tag("li", both(one)) for one in texts)
    return tag("details", tag("summary", count), tag("ul", items))


def property_entry(
    ontology: Ontology, term: Resource, sample: Sample | None, links: Links
) -> Markup:
    """A property: from what to what, above and below it, its code list, an example."""
    lists = term.links("qb:codeList")
    below = [one.name for one in ontology.below(term.name, "rdfs:subPropertyOf")]
    components = [
        one.name
        for one in ontology.individuals
        if one.is_a("qb:ComponentSpecification") and term.name in one.links("qb:componentProperty")
    ]
    rows: Facts = [
        (("定义域", "domain"), _all(ontology, domains(term), links)),
        (
            ("值域", "range"),
            _all(ontology, term.links("rdfs:range", "schema:rangeIncludes"), links),
        ),
        (("上位属性", "subproperty of"), _all(ontology, term.links("rdfs:subPropertyOf"), links)),
        (("下位属性", "superproperty of"), _all(ontology, below, links)),
        (("逆属性", "inverse of"), _all(ontology, term.links("owl:inverseOf"), links)),
        (("代码表", "code list"), _all(ontology, lists, links)),
        (("立方体组成", "cube component"), _all(ontology, components, links)),
        (("来源", "source"), origins(term)),
        (("实例", "example"), _example(term, sample)),
    ]
    return _entry(term, rows, 4)


def _example(term: Resource, sample: Sample | None) -> Markup | None:
    sentence = sample.of_property(term.name) if sample else None
    if sentence is None:
        return None
    quote = tag("q", sentence.before, tag("mark", sentence.quote), sentence.after, lang="zh-Hans")
    if sentence.value == sentence.quote:
        return quote
    return join(quote, " → ", tag("b", sentence.value, lang="zh-Hans"))


def other_entry(ontology: Ontology, term: Resource, links: Links) -> Markup:
    """Any other term of the ontology: what it is, and everything it points at."""
    rows: Facts = [
        (("类型", "type"), _all(ontology, term.links("rdf:type"), links)),
    ]
    for predicate in term.values:
        if predicate not in ("rdf:type", "rdfs:label", "rdfs:comment", "dcterms:source"):
            named = (predicate, predicate)
            others = _all(ontology, term.links(predicate), links)
            texts = "、".join(term.texts(predicate))
            rows.append((named, others or texts))
    rows.append((("来源", "source"), origins(term)))
    return _entry(term, rows)


def foreign_row(ontology: Ontology, term: Resource, links: Links) -> Markup:
    """A term of another vocabulary as one row of a table."""
    zh, en = term.label
    start = _all(ontology, domains(term), links)
    end = _all(ontology, term.links("rdfs:range"), links)
    comment = term.comment
    return tag(
        "tr",
        tag("td", source(term.name)),
        tag("td", zh, lang="zh-Hans", class_="zh"),
        tag("td", en, lang="en", class_="en"),
        tag(
            "td",
            start,
            (" → ", end) if start and end else None,
            tag("small", both(comment)) if comment[0] else None,
        ),
        id=ontology.anchor(term.name),
    )
