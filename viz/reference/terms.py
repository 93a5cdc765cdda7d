"""A term's entry on the page: its meaning in both languages, what it is linked to, an example."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from policygraph.viz.marks import MARKS
from policygraph.viz.reference.markup import Links, both, facts, origins, pair, refer, say, source
from policygraph.viz.reference.ontology import KINDS, Ontology, domains
from policygraph.viz.reference.reading import SHAPES, Both, Resource, constraints
from policygraph.viz.reference.sample import Sample


def entry(
    ontology: Ontology, term: Resource, rows: list[tuple[Both, str]], anchor: str = ""
) -> str:
    """A term under its anchor: name, kinds, both labels and meanings, then the rows."""
    at = anchor or term.local
    zh, en = term.label
    comment = term.comment
    return (
        f'<section class="term" id="{escape(at)}"{_mark(term)}>'
        f'<h4><a href="#{escape(at)}"><code>{escape(term.name)}</code></a>{_kinds(term)}</h4>'
        f"{pair(_said(zh, comment[0]), _said(en, comment[1]))}{facts(rows)}</section>"
    )


def _mark(term: Resource) -> str:
    mark = MARKS.get(term.local) if term.is_a("owl:Class") else None
    return f' style="--mark:{mark.colour}"' if mark else ""


def _said(label: str, comment: str) -> str:
    return f"<b>{escape(label)}</b>" + (f"<p>{escape(comment)}</p>" if comment else "")


def _kinds(term: Resource) -> str:
    held = [KINDS[kind] for kind in term.links("rdf:type") if kind in KINDS]
    return "".join(f'<span class="kind">{both(kind)}</span>' for kind in held)


def _all(ontology: Ontology, names: Iterable[str], links: Links) -> str:
    held = [refer(ontology, name, links) for name in dict.fromkeys(names)]
    return (
        '<span class="list">' + "".join(f"<span>{one}</span>" for one in held) + "</span>"
        if held
        else ""
    )


def class_entry(ontology: Ontology, term: Resource, sample: Sample | None, links: Links) -> str:
    """A class: above and below it, what it cannot be, its properties, an example."""

    def names(held: Iterable[Resource]) -> list[str]:
        return [one.name for one in held]

    apart = [
        member
        for group in ontology.disjoint
        if term.name in group.links("owl:members")
        for member in group.links("owl:members")
        if member != term.name
    ]
    shown = sample.of_class(term.name) if sample else ""
    rows: list[tuple[Both, str]] = [
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
        (("实例", "example"), f'<span lang="zh-Hans">{escape(shown)}</span>' if shown else ""),
    ]
    return entry(ontology, term, rows)


def _constraints(term: Resource) -> str:
    """What the shapes ask of a class, folded."""
    said = constraints(SHAPES).get(term.name, ())
    if not said:
        return ""
    items = "".join(f"<li>{both(one)}</li>" for one in said)
    count = say(f"{len(said)} 条", f"{len(said)}")
    return f"<details><summary>{count}</summary><ul>{items}</ul></details>"


def property_entry(ontology: Ontology, term: Resource, sample: Sample | None, links: Links) -> str:
    """A property: from what to what, above and below it, its code list, an example."""
    lists = term.links("qb:codeList")
    below = [one.name for one in ontology.below(term.name, "rdfs:subPropertyOf")]
    components = [
        one.name
        for one in ontology.individuals
        if one.is_a("qb:ComponentSpecification") and term.name in one.links("qb:componentProperty")
    ]
    rows: list[tuple[Both, str]] = [
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
    return entry(ontology, term, rows)


def _example(term: Resource, sample: Sample | None) -> str:
    held = sample.of_property(term.name) if sample else None
    if held is None:
        return ""
    value = "" if held.value == held.quote else f' → <b lang="zh-Hans">{escape(held.value)}</b>'
    quote = f"{escape(held.before)}<mark>{escape(held.quote)}</mark>{escape(held.after)}"
    return f'<q lang="zh-Hans">{quote}</q>{value}'


def other_entry(ontology: Ontology, term: Resource, links: Links) -> str:
    """Any other term of ours: what it is, and everything it points at."""
    rows: list[tuple[Both, str]] = [
        (("类型", "type"), _all(ontology, term.links("rdf:type"), links)),
    ]
    for predicate in term.values:
        if predicate not in ("rdf:type", "rdfs:label", "rdfs:comment", "dcterms:source"):
            named = (predicate, predicate)
            held = _all(ontology, term.links(predicate), links)
            texts = "、".join(map(escape, term.texts(predicate)))
            rows.append((named, held or texts))
    rows.append((("来源", "source"), origins(term)))
    return entry(ontology, term, rows)


def foreign_row(ontology: Ontology, term: Resource, links: Links) -> str:
    """A term of another vocabulary as one row of a table."""
    zh, en = term.label
    start = _all(ontology, domains(term), links)
    end = _all(ontology, term.links("rdfs:range"), links)
    between = f"{start} → {end}" if start and end else start
    comment = term.comment
    said = f"<small>{say(*comment)}</small>" if comment[0] else ""
    return (
        f'<tr id="{escape(ontology.anchor(term.name))}"><td>{source(term.name)}</td>'
        f'<td lang="zh-Hans" class="zh">{escape(zh)}</td><td lang="en" class="en">{escape(en)}</td>'
        f"<td>{between}{said}</td></tr>"
    )
