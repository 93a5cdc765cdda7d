"""The sets of links that lead from this data to that of others, as VoID describes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from policygraph.ontology.iris import CC0, CC_BY, Minter
from policygraph.ontology.labels import CHINESE, ENGLISH
from policygraph.ontology.mappings import SDG
from policygraph.ontology.prefixes import PREFIXES, expand
from policygraph.ontology.register import Register
from policygraph.ontology.register.wikidata import ENTITY
from policygraph.service.bundled_ontology import bundled_quads

_RELATED = ("skos:broadMatch", "skos:closeMatch", "skos:relatedMatch")


@dataclass(frozen=True, slots=True)
class Linkset:
    """Links to one dataset: its name, the properties, where the targets are, the licence."""

    name: str
    title: tuple[str, str]
    predicates: tuple[str, ...]
    targets: str
    license: str


LINKSETS = (
    Linkset(
        "wikidata", ("行政区与维基数据", "areas and Wikidata"), ("skos:closeMatch",), ENTITY, CC0
    ),
    Linkset(
        "qudt", ("单位与 QUDT", "units and QUDT"), ("skos:exactMatch",), PREFIXES["unit"], CC_BY
    ),
    Linkset(
        "sdg",
        ("指标、主题与可持续发展目标", "indicators, topics and the Sustainable Development Goals"),
        _RELATED,
        SDG,
        CC_BY,
    ),
)


@cache
def links(name: str, base: str) -> tuple[ox.Triple, ...]:
    """The links of a set, in the order of their subjects; none where there is no such set."""
    wanted = next((each for each in LINKSETS if each.name == name), None)
    if wanted is None:
        return ()
    predicates = {ox.NamedNode(expand(each)) for each in wanted.predicates}
    found = _areas(base) if name == "wikidata" else _concepts(base)
    kept = {
        triple
        for triple in found
        if triple.predicate in predicates
        and isinstance(triple.object, ox.NamedNode)
        and triple.object.value.startswith(wanted.targets)
    }
    return tuple(sorted(kept, key=str))


def _areas(base: str) -> Iterator[ox.Triple]:
    """What the register says of the areas that have an item."""
    minter, register = Minter(base), Register.load()
    for area in register.areas:
        if area.wikidata is not None:
            iri = minter.area(register.local_id(area))
            yield ox.Triple(ox.NamedNode(iri), ox.NamedNode(expand("skos:closeMatch")), ox.NamedNode(area.wikidata.iri))  # fmt: skip


def _concepts(base: str) -> Iterator[ox.Triple]:
    for quads in bundled_quads(base).values():
        yield from (quad.triple for quad in quads)


def described(minter: Minter, dataset: str) -> Iterator[ox.Triple]:
    """The sets as parts of the dataset: property, ends, number of links, licence, where they can be had."""
    for each in LINKSETS:
        node = ox.NamedNode(minter.part("linkset", each.name))
        yield _triple(ox.NamedNode(dataset), "void:subset", node)
        for kind in ("void:Linkset", "dcat:Dataset"):
            yield _triple(node, "rdf:type", ox.NamedNode(expand(kind)))
        for text, tag in zip(each.title, (CHINESE, ENGLISH), strict=True):
            yield _triple(node, "dcterms:title", ox.Literal(text, language=tag))
        for name in each.predicates:
            yield _triple(node, "void:linkPredicate", ox.NamedNode(expand(name)))
        yield _triple(node, "void:subjectsTarget", ox.NamedNode(dataset))
        target = ox.NamedNode(minter.part("linked", each.name))
        yield _triple(node, "void:objectsTarget", target)
        yield _triple(target, "rdf:type", ox.NamedNode(expand("void:Dataset")))
        yield _triple(target, "void:uriSpace", ox.Literal(each.targets))
        yield _triple(node, "dcterms:license", ox.NamedNode(each.license))
        yield _triple(node, "void:triples", ox.Literal(len(links(each.name, minter.base))))
        yield _triple(node, "void:dataDump", ox.NamedNode(f"{minter.base}linksets/{each.name}.nt"))


def _triple(subject: ox.NamedNode, name: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(expand(name)), value)
