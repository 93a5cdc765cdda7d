"""The parts of the ontology's page, and the table of contents that leads to them and their terms."""

from __future__ import annotations

from collections.abc import Iterable

from policygraph.viz.bilingual import Both, both
from policygraph.viz.markup import Markup, tag
from policygraph.viz.reference.ontology import Ontology
from policygraph.viz.reference.turtle_index import Resource

NONE: Both = ("其他", "Other")
PARTS: dict[str, Both] = {
    "introduction": ("引言", "Introduction"),
    "diagrams": ("图", "Diagrams"),
    "classes": ("类", "Classes"),
    "properties": ("属性", "Properties"),
    "cube": ("数据立方体", "The data cube"),
    "disjointness": ("互斥", "Disjointness"),
    "individuals": ("其他词项", "Other terms"),
    "foreign": ("所用其他词汇", "Terms of other vocabularies"),
    "vocabularies": ("词表", "Vocabularies"),
    "namespaces": ("命名空间", "Namespaces"),
}


def contents(ontology: Ontology) -> Markup:
    """The table of contents: the parts, with their terms below them."""
    below = {
        "classes": _items(ontology.classes),
        "properties": [
            tag("li", tag("a", both(group), href=f"#{slug(group)}"), tag("ul", _items(terms)))
            for group, terms in grouped(ontology).items()
        ],
        "individuals": _items(ontology.individuals),
    }
    return tag("ul", (_part(name, below.get(name, [])) for name in PARTS))


def _part(name: str, below: list[Markup]) -> Markup:
    link = tag("a", both(PARTS[name]), class_="part-link", href=f"#part-{name}")
    return tag("li", link, tag("ul", below) if below else None)


def _items(terms: Iterable[Resource]) -> list[Markup]:
    return [
        tag("li", tag("a", both(term.label), href=f"#{term.local}"), class_="item")
        for term in terms
    ]


def grouped(ontology: Ontology) -> dict[Both, list[Resource]]:
    """The properties under the headings of the ontology file."""
    groups: dict[Both, list[Resource]] = {}
    for term in ontology.properties:
        groups.setdefault(ontology.groups.get(term.name, NONE), []).append(term)
    return groups


def slug(group: Both) -> str:
    """The anchor of a group of properties."""
    return "group-" + "-".join("".join(c if c.isalnum() else " " for c in group[1].lower()).split())
