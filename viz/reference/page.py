"""The page of the ontology and the page of a vocabulary, as text: the same input gives the same bytes."""

from __future__ import annotations

from html import escape
from string import Template

from policygraph.ontology.prefixes import PREFIXES
from policygraph.viz.page import asset, policy
from policygraph.viz.reference import vocabularies
from policygraph.viz.reference.contents import PARTS, contents, grouped, slug
from policygraph.viz.reference.diagrams import DIAGRAMS, HIERARCHY, diagram, example, hierarchy
from policygraph.viz.reference.markup import (
    Links,
    both,
    facts,
    figure,
    heading,
    origins,
    outside,
    pair,
    refer,
    say,
    titled,
)
from policygraph.viz.reference.ontology import ROLES, Ontology, ontology
from policygraph.viz.reference.reading import ROOM, Both, Resource, lengthen
from policygraph.viz.reference.sample import Sample
from policygraph.viz.reference.terms import class_entry, foreign_row, other_entry, property_entry
from policygraph.viz.views import Select


def render_ontology(select: Select | None = None, links: Links | None = None) -> str:
    """The page of the ontology; with a store of one report, examples out of that report.

    Raises VocabularyError when a file of the ontology cannot be read.
    """
    held, ways = ontology(), links or Links()
    sample = Sample(select) if select else None
    inner = {
        "introduction": _introduction(held, sample),
        "diagrams": _diagrams(held),
        "classes": "".join(class_entry(held, term, sample, ways) for term in held.classes),
        "properties": _properties(held, sample, ways),
        "cube": _cube(held, ways),
        "disjointness": _disjointness(held, ways),
        "individuals": "".join(other_entry(held, term, ways) for term in held.individuals),
        "foreign": _foreign(held, sample, ways),
        "vocabularies": vocabularies.index(ways),
        "namespaces": _namespaces(),
    }
    body = "".join(
        f'<section class="part" aria-labelledby="part-{name}">{heading(2, f"part-{name}", title)}{inner[name]}</section>'
        for name, title in PARTS.items()
        if inner[name]
    )
    label = held.head.label
    return _page(label, _head(held, ways) + body, contents(held), say("查找词项", "Find a term"))


def render_vocabulary(name: str, links: Links | None = None) -> str:
    """The page of one vocabulary by the last part of its address: ``unit``.

    Raises VocabularyError when there is none of that name.
    """
    held, ways = vocabularies.scheme(name), (links or Links()).below()
    known = ontology()
    licence = next(
        iter(held.head.links("dcterms:license") or known.head.links("dcterms:license")), ""
    )
    others = "".join(
        f'<li><a href="{ways.scheme(one.name)}"{" aria-current=page" if one.name == name else ""}>'
        f"{both(one.title)}</a></li>"
        for one in vocabularies.schemes().values()
    )
    others = (
        f'<p><a href="{ways.up}{ways.ontology}">← {say("本体", "The ontology")}</a></p>'
        f"<ul>{others}</ul>"
    )
    body = vocabularies.head(held, ways, lengthen(licence)) + vocabularies.table(known, held, ways)
    return _page(held.title, body, others, say("查找概念", "Find a concept"))


def _page(title: Both, body: str, beside: str, search: str) -> str:
    script = asset("reference.js")
    return Template(asset("reference.html")).substitute(
        title=escape(f"{title[0]} · {title[1]} · policygraph"),
        policy=policy(script),
        style=asset("page.css") + asset("reference.css"),
        script=script,
        body=body,
        contents=beside,
        search=search,
    )


def _head(held: Ontology, links: Links) -> str:
    head = held.head
    _, en = head.label
    iri = lengthen(head.name)
    version = next(iter(head.texts("owl:versionInfo")), "")
    created = next(iter(head.texts("dcterms:modified") + head.texts("dcterms:created")), "")
    licence = "".join(head.links("dcterms:license")[:1])
    creator = next(iter(head.texts("dcterms:creator")), "")
    cite = f"{creator} ({created[:4]}): {en} {version}. {iri}"
    counts = (
        f"{len(held.classes)} 个类，{len(held.properties)} 个属性，{len(vocabularies.schemes())} 个词表",
        f"{len(held.classes)} classes, {len(held.properties)} properties, {len(vocabularies.schemes())} vocabularies",
    )
    rows: list[tuple[Both, str]] = [
        (("网址", "IRI"), f"<code>{escape(iri)}</code>"),
        (("前缀", "prefix"), f"<code>pg: &lt;{escape(PREFIXES['pg'])}&gt;</code>"),
        (("版本", "version"), f"{escape(version)} · {escape(created)}"),
        (("作者", "creator"), escape(creator)),
        (("许可", "licence"), outside(licence, "CC BY 4.0" if "/by/4.0" in licence else licence)),
        (("规模", "size"), both(counts)),
        (("来源", "source"), origins(head)),
        (("下载", "download"), _downloads(links)),
        (("引用", "cite as"), f'<span lang="en">{escape(cite)}</span>'),
    ]
    comment = head.comment
    return (
        titled(head.label)
        + pair(f"<p>{escape(comment[0])}</p>", f"<p>{escape(comment[1])}</p>", "lead")
        + facts(rows)
    )


def _downloads(links: Links) -> str:
    files = [
        ("Turtle", "ontology.ttl"),
        ("JSON-LD", "ontology.jsonld"),
        ("RDF/XML", "ontology.rdf"),
    ]
    files.append(("JSON-LD context", "context.jsonld"))
    if (ROOM / "shapes.ttl").exists():
        files.append(("SHACL", "shapes.ttl"))
    return " · ".join(f'<a href="{links.file(name)}">{said}</a>' for said, name in files)


def _introduction(held: Ontology, sample: Sample | None) -> str:
    said = pair(
        "<p>政府工作报告说的是：谁，在哪里，用多少钱，对谁，做了什么，结果如何。本体为这些事物各给一个类，"
        "为它们之间的联系各给一个属性，并让每一条<a href='#Statement'>陈述</a>都指回原文的确切文字。</p>"
        "<p>陈述与所述分开：<a href='#Mention'>提及</a>是文字，<a href='#NamedEntity'>所指事物</a>是被提到的东西；"
        "<a href='#Measure'>举措</a>是一句话，<a href='#Deed'>行动</a>是那件事；计划中的事不是已经发生的事。"
        "凡已有公认词汇的，都接在其下，不另造。</p>",
        "<p>A government work report says who did what, where, with what money, for whom, and with what result. "
        "The ontology has a class for each of these things, a property for each link between them, and lets every "
        "<a href='#Statement'>statement</a> point back at the exact words of the text.</p>"
        "<p>What is said is kept apart from what it is about: a <a href='#Mention'>mention</a> is words, a "
        "<a href='#NamedEntity'>named entity</a> is what they name; a <a href='#Measure'>measure</a> is a claim, a "
        "<a href='#Deed'>deed</a> the action itself; what is planned has not happened. Where a published vocabulary "
        "has the notion, ours stands below it.</p>",
    )
    sentence = sample.sentence() if sample else None
    if sample is None or sentence is None:
        return said
    quoted = f'<blockquote lang="zh-Hans">{escape(sentence.text)}</blockquote>'
    title = ("一个例子：读出的一句话", "An example: one sentence as it was read")
    says = (
        f"左边是句子及各陈述的依据（起点含、终点不含），中间是陈述，右边是陈述所指的事物。这句话在全文的 {sentence.start}–{sentence.end} 处。",
        f"On the left the sentence with the words each statement rests on (start included, end excluded), then the statements, then the things they are about. The sentence stands at {sentence.start}–{sentence.end} of the report.",
    )
    drawn = figure(example(held, sample, sentence), title, says, "part-example")
    return said + drawn.replace("</h3>", f"</h3>{quoted}", 1)


def _diagrams(held: Ontology) -> str:
    first = figure(hierarchy(held), *HIERARCHY, "diagram-classes")
    return first + "".join(
        figure(diagram(held, one), one.title, one.says, f"diagram-{one.name}") for one in DIAGRAMS
    )


def _properties(held: Ontology, sample: Sample | None, links: Links) -> str:
    return "".join(
        f'<section class="group">{heading(3, slug(group), group)}'
        + "".join(property_entry(held, term, sample, links) for term in terms)
        + "</section>"
        for group, terms in grouped(held).items()
    )


def _cube(held: Ontology, links: Links) -> str:
    shown = []
    for structure in held.structures:
        rows = "".join(
            _component(held, held.terms[name], links)
            for name in structure.links("qb:component")
            if name in held.terms
        )
        comment = structure.comment
        shown.append(
            pair(f"<p>{escape(comment[0])}</p>", f"<p>{escape(comment[1])}</p>")
            + f'<div class="scroll"><table><thead><tr><th>{say("作用", "Role")}</th><th>{say("属性", "Property")}</th>'
            f"<th>{say('值域', 'Range')}</th><th>{say('代码表', 'Code list')}</th><th>{say('必有', 'Required')}</th></tr></thead>"
            f"<tbody>{rows}</tbody></table></div>"
        )
    return "".join(shown)


def _component(held: Ontology, component: Resource, links: Links) -> str:
    roles = {"qb:dimension": 0, "qb:measure": 1, "qb:attribute": 2}
    role = next((one for one in roles if component.links(one)), "qb:dimension")
    name = next(iter(component.links(role, "qb:componentProperty")), "")
    prop = held.terms.get(name, Resource(name))
    required = "false" not in component.texts("qb:componentRequired")
    cells = (
        both(list(ROLES.values())[roles[role]]),
        refer(held, name, links),
        " ".join(refer(held, one, links) for one in prop.links("rdfs:range")),
        " ".join(refer(held, one, links) for one in prop.links("qb:codeList")),
        say("是", "yes") if required else say("否", "no"),
    )
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _disjointness(held: Ontology, links: Links) -> str:
    rows = "".join(
        f"<tr><td>{refer(held, group.name, links)}</td><td><span class='list'>"
        + "".join(f"<span>{refer(held, name, links)}</span>" for name in group.links("owl:members"))
        + "</span></td></tr>"
        for group in held.disjoint
    )
    if not rows:
        return ""
    said = pair(
        "<p>同一行的类没有共同的成员。</p>", "<p>No thing is of two classes of one row.</p>"
    )
    return f'{said}<div class="scroll"><table><tbody>{rows}</tbody></table></div>'


def _foreign(held: Ontology, sample: Sample | None, links: Links) -> str:
    known = dict(held.foreign)
    # What the graph uses and the profile does not name yet is listed by its name alone.
    for name in sorted(sample.foreign() - set(known)) if sample else ():
        known[name] = Resource(name)
    said = pair(
        "<p>图谱直接使用的其他词汇的词项，及其在此处的用法。</p>",
        "<p>Terms of other vocabularies that the graph uses as they are, and between what.</p>",
    )
    rows = "".join(foreign_row(held, term, links) for term in known.values())
    return (
        f'{said}<div class="scroll"><table><thead><tr><th>{say("词项", "Term")}</th><th class="zh">中文</th>'
        f'<th class="en">English</th><th>{say("在此处", "Here")}</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _namespaces() -> str:
    rows = "".join(
        f"<tr><td><code>{escape(prefix)}:</code></td><td>{outside(iri, iri)}</td></tr>"
        for prefix, iri in sorted(PREFIXES.items())
    )
    return f'<div class="scroll"><table><tbody>{rows}</tbody></table></div>'
