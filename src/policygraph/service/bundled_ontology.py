"""The ontology and the vocabularies that come with policygraph, under the base of the served store."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from policygraph import ontology
from policygraph.ontology.iris import Minter
from policygraph.ontology.labels import graph_tag
from policygraph.ontology.mappings import mappings

FOLDER = Path(ontology.__file__).parent
ONTOLOGY = FOLDER / "policygraph.ttl"
SHAPES = FOLDER / "shapes.ttl"
CONTEXT = FOLDER / "context.jsonld"


@cache
def bundled_quads(base: str) -> dict[str, tuple[ox.Quad, ...]]:
    """IRI → what the bundled vocabularies say of it, under one base."""
    minter = Minter(base)

    def here(term: ox.NamedNode) -> ox.NamedNode:
        return ox.NamedNode(minter.rebased(term.value))

    found: dict[str, list[ox.Quad]] = {}
    for file in sorted((FOLDER / "vocabularies").glob("*.ttl")):
        for quad in ox.parse(file.read_bytes(), ox.RdfFormat.TURTLE):
            if isinstance(quad.subject, ox.NamedNode):
                subject = here(quad.subject)
                value = quad.object
                if isinstance(value, ox.NamedNode):
                    value = here(value)
                elif isinstance(value, ox.Literal) and value.language:
                    value = ox.Literal(value.value, language=graph_tag(value.language))
                graph = ox.NamedNode(minter.scheme(file.stem))
                described = ox.Quad(subject, quad.predicate, value, graph)
                found.setdefault(subject.value, []).append(described)
    for quad in _mapped(minter):
        assert isinstance(quad.subject, ox.NamedNode)
        found.setdefault(quad.subject.value, []).append(quad)
    return {iri: tuple(quads) for iri, quads in found.items()}


def _mapped(minter: Minter) -> Iterator[ox.Quad]:
    """The links of concepts with the Sustainable Development Goals, and what these are called."""
    graph = ox.NamedNode(minter.scheme("sdg"))
    for each in mappings("sdg"):
        subject, target = ox.NamedNode(minter.rebased(each.subject)), ox.NamedNode(each.target)
        yield ox.Quad(subject, ox.NamedNode(each.predicate), target, graph)
