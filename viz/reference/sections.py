"""The parts of the ontology's page, each under its heading."""

from __future__ import annotations

from policygraph.ontology.prefixes import PREFIXES
from policygraph.viz.bilingual import both, say
from policygraph.viz.markup import Markup, between, join, tag
from policygraph.viz.reference import vocabularies
from policygraph.viz.reference.components import (
    Facts,
    facts,
    figure,
    heading,
    listed,
    pair,
    paragraphs,
    row,
    tabulate,
    titled,
)
from policygraph.viz.reference.contents import grouped, slug
from policygraph.viz.reference.diagrams import DIAGRAMS, HIERARCHY, diagram, example, hierarchy
from policygraph.viz.reference.links import PUBLISHED, Links, downloads, origins, outside, refer
from policygraph.viz.reference.ontology import ROLES, Ontology
from policygraph.viz.reference.sample import Sample, Sentence
from policygraph.viz.reference.terms import foreign_row, property_entry
from policygraph.viz.reference.turtle_index import Resource, lengthen

_FILES = {
    **{form.name: f"ontology.{form.extension}" for form in PUBLISHED},
    "JSON-LD context": "context.jsonld",
    "SHACL": "shapes.ttl",
}
_CHINESE = Markup(
    "<p>政府工作报告说的是：谁，在哪里，用多少钱，对谁，做了什么，结果如何。本体为这些事物各给一个类，"
    '为它们之间的联系各给一个属性，并让每一条<a href="#Statement">陈述</a>都指回原文的确切文字。</p>'
    '<p>陈述与所述分开：<a href="#Mention">提及</a>是文字，<a href="#NamedEntity">所指事物</a>是被提到的东西；'
    '<a href="#Measure">举措</a>是一句话，<a href="#Deed">行动</a>是那件事；计划中的事不是已经发生的事。'
    "凡已有公认词汇的，都接在其下，不另造。</p>"
)
_ENGLISH = Markup(
    "<p>A government work report says who did what, where, with what money, for whom, and with what result. "
    "The ontology has a class for each of these things, a property for each link between them, and lets every "
    '<a href="#Statement">statement</a> point back at the exact words of the text.</p>'
    '<p>What is said is kept apart from what it is about: a <a href="#Mention">mention</a> is words, a '
    '<a href="#NamedEntity">named entity</a> is what they name; a <a href="#Measure">measure</a> is a claim, a '
    '<a href="#Deed">deed</a> the action itself; what is planned has not happened. Where a published vocabulary '
    "has the notion, ours stands below it.</p>"
)


def head(ontology: Ontology, links: Links) -> Markup:
    """What the ontology is: title, what it is for, address, version, licence, files."""
    header = ontology.head
    iri = lengthen(header.name)
    version = next(iter(header.texts("owl:versionInfo")), "")
    created = next(iter(header.texts("dcterms:modified") + header.texts("dcterms:created")), "")
    licence = "".join(header.links("dcterms:license")[:1])
    creator = next(iter(header.texts("dcterms:creator")), "")
    cite = f"{creator} ({created[:4]}): {header.label[1]} {version}. {iri}"
    rows: Facts = [
        (("网址", "IRI"), tag("code", iri)),
        (("前缀", "prefix"), tag("code", f"pg: <{PREFIXES['pg']}>")),
        (("版本", "version"), f"{version} · {created}"),
        (("作者", "creator"), creator),
        (("许可", "licence"), outside(licence, "CC BY 4.0" if "/by/4.0" in licence else licence)),
        (("规模", "size"), _size(ontology)),
        (("来源", "source"), origins(header)),
        (("下载", "download"), downloads(links, _FILES)),
        (("引用", "cite as"), tag("span", cite, lang="en")),
    ]
    return join(titled(header.label), paragraphs(header.comment, "lead"), facts(rows))


def _size(ontology: Ontology) -> Markup:
    classes, properties = len(ontology.classes), len(ontology.properties)
    schemes = len(vocabularies.schemes())
    return say(
        f"{classes} 个类，{properties} 个属性，{schemes} 个词表",
        f"{classes} classes, {properties} properties, {schemes} vocabularies",
    )


def introduction(ontology: Ontology, sample: Sample | None) -> Markup:
    """What the ontology is about, and one sentence of the sample as a graph."""
    sentence = sample.sentence() if sample else None
    shown = _example(ontology, sample, sentence) if sample and sentence else None
    return join(pair(_CHINESE, _ENGLISH), shown)


def _example(ontology: Ontology, sample: Sample, sentence: Sentence) -> Markup:
    says = (
        f"左边是句子及各陈述的依据（起点含、终点不含），中间是陈述，右边是陈述所指的事物。这句话在全文的 {sentence.start}–{sentence.end} 处。",
        f"On the left the sentence with the words each statement rests on (start included, end excluded), then the statements, then the things they are about. The sentence stands at {sentence.start}–{sentence.end} of the report.",
    )
    return figure(
        example(ontology, sample, sentence),
        ("一个例子：读出的一句话", "An example: one sentence as it was read"),
        says,
        "part-example",
        lead=tag("blockquote", sentence.text, lang="zh-Hans"),
    )


def diagrams(ontology: Ontology) -> Markup:
    """The hierarchy of classes and the diagrams."""
    return join(
        figure(hierarchy(ontology), *HIERARCHY, "diagram-classes"),
        (
            figure(diagram(ontology, one), one.title, one.says, f"diagram-{one.name}")
            for one in DIAGRAMS
        ),
    )


def properties(ontology: Ontology, sample: Sample | None, links: Links) -> Markup:
    """The properties, group by group."""
    return join(
        tag(
            "section",
            heading(3, slug(group), group),
            (property_entry(ontology, term, sample, links) for term in terms),
            class_="group",
        )
        for group, terms in grouped(ontology).items()
    )


def cube(ontology: Ontology, links: Links) -> Markup:
    """The structures of data cubes, one component per row."""
    names = (
        ("作用", "Role"),
        ("属性", "Property"),
        ("值域", "Range"),
        ("代码表", "Code list"),
        ("必有", "Required"),
    )
    return join(
        (
            paragraphs(structure.comment),
            tabulate(
                (
                    _component(ontology, ontology.terms[name], links)
                    for name in structure.links("qb:component")
                    if name in ontology.terms
                ),
                *(tag("th", both(name)) for name in names),
            ),
        )
        for structure in ontology.structures
    )


def _component(ontology: Ontology, component: Resource, links: Links) -> Markup:
    roles = {"qb:dimension": 0, "qb:measure": 1, "qb:attribute": 2}
    role = next((one for one in roles if component.links(one)), "qb:dimension")
    name = next(iter(component.links(role, "qb:componentProperty")), "")
    prop = ontology.terms.get(name, Resource(name))
    required = "false" not in component.texts("qb:componentRequired")
    return row(
        both(list(ROLES.values())[roles[role]]),
        refer(ontology, name, links),
        between(" ", (refer(ontology, one, links) for one in prop.links("rdfs:range"))),
        between(" ", (refer(ontology, one, links) for one in prop.links("qb:codeList"))),
        say("是", "yes") if required else say("否", "no"),
    )


def disjointness(ontology: Ontology, links: Links) -> Markup:
    """The sets of classes no two of which share a thing, if any."""
    rows = [
        row(
            refer(ontology, group.name, links),
            listed(refer(ontology, name, links) for name in group.links("owl:members")),
        )
        for group in ontology.disjoint
    ]
    lead = ("同一行的类没有共同的成员。", "No thing is of two classes of one row.")
    return join(paragraphs(lead), tabulate(rows)) if rows else join()


def foreign(ontology: Ontology, sample: Sample | None, links: Links) -> Markup:
    """The terms of other vocabularies, and the terms of the ontology linked to them."""
    known = dict(ontology.foreign)
    # What the graph uses and the profile does not name yet is listed by its name alone.
    for name in sorted(sample.foreign() - set(known)) if sample else ():
        known[name] = Resource(name)
    lead = (
        "图谱直接使用的其他词汇的词项，及其在此处的用法。",
        "Terms of other vocabularies that the graph uses as they are, and between what.",
    )
    rows = tabulate(
        (foreign_row(ontology, term, links) for term in known.values()),
        tag("th", say("词项", "Term")),
        tag("th", "中文", class_="zh"),
        tag("th", "English", class_="en"),
        tag("th", say("在此处", "Here")),
    )
    return join(paragraphs(lead), rows)


def namespaces() -> Markup:
    """The prefixes and their namespaces."""
    return tabulate(
        row(tag("code", f"{prefix}:"), outside(iri, iri))
        for prefix, iri in sorted(PREFIXES.items())
    )
