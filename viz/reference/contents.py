"""The parts of the ontology's page, and the table of contents that leads to them and their terms."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from policygraph.viz.reference.markup import both
from policygraph.viz.reference.ontology import Ontology
from policygraph.viz.reference.reading import Both, Resource

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


def contents(held: Ontology) -> str:
    """The table of contents: the parts, with their terms below them."""
    below: dict[str, str] = {
        "classes": _items(held.classes),
        "properties": "".join(
            f'<li><a href="#{slug(group)}">{both(group)}</a><ul>{_items(terms)}</ul></li>'
            for group, terms in grouped(held).items()
        ),
        "individuals": _items(held.individuals),
    }
    return (
        "<ul>"
        + "".join(
            f'<li><a class="part-link" href="#part-{name}">{both(title)}</a>'
            + (f"<ul>{below[name]}</ul>" if below.get(name) else "")
            + "</li>"
            for name, title in PARTS.items()
        )
        + "</ul>"
    )


def _items(terms: Iterable[Resource]) -> str:
    return "".join(
        f'<li class="item"><a href="#{escape(term.local)}">{both(term.label)}</a></li>'
        for term in terms
    )


def grouped(held: Ontology) -> dict[Both, list[Resource]]:
    """The properties under the headings of the ontology file."""
    groups: dict[Both, list[Resource]] = {}
    for term in held.properties:
        groups.setdefault(held.groups.get(term.name, NONE), []).append(term)
    return groups


def slug(group: Both) -> str:
    """The anchor of a group of properties."""
    return "group-" + "-".join("".join(c if c.isalnum() else " " for c in group[1].lower()).split())
