"""What a report names: areas, bodies, people, groups …, each described once a document."""

from __future__ import annotations

from policygraph.graph.statements import Entity
from policygraph.graph.writer.areas import Areas
from policygraph.graph.writer.bodies import Bodies
from policygraph.graph.writer.context import WriterContext
from policygraph.ontology.concepts import meaning

_CLASSES = {"Document": "PolicyDocument"}
# The vocabularies that hold concepts of things, by the type of mention.
_CONCEPTS = {"Group": "named-groups", "Programme": "programmes"}
_PARENTS = {
    "Group": "Group.jurisdiction",
    "Organization": "org:subOrganizationOf",
    "Post": "org:postIn",
}


class Things:
    """Writes the named entities of one document, each once, and gives their IRIs."""

    def __init__(self, context: WriterContext) -> None:
        self.lines = context.lines
        self.minter = context.minter
        self.concepts = context.concepts
        self.things: dict[Entity, str] = {}
        self.area = Areas(context.lines, context.minter, context.register).area
        self.bodies = Bodies(context, self.area)

    def thing(self, entity: Entity) -> str:
        """An entity's IRI; at the first call it is written what it is and how it is called."""
        iri = self.things.get(entity)
        if iri is None:
            iri = self.things[entity] = self._thing(entity)
        return iri

    def _thing(self, entity: Entity) -> str:
        if entity.kind == "Area" and entity.area is not None:
            return self.area(entity.area)
        if entity.kind == "Organization":
            iri = self.bodies.organization(entity)
        else:
            kind = _CLASSES.get(entity.kind, entity.kind)
            iri = self.minter.thing(kind, entity.name, entity.key)
            self.lines.is_a(iri, kind)
            self._conceive(iri, kind, entity.name)
        self._place(iri, entity)
        return iri

    def _place(self, iri: str, entity: Entity) -> None:
        """Where a thing belongs: the area, the body above a body, the body of a post."""
        kind = entity.kind
        if kind in ("Group", "Organization", "Post") and entity.area is not None:
            self.lines.link(iri, f"{kind}.jurisdiction", self.area(entity.area))
        if kind == "Area" and entity.parent is not None:
            self.lines.link(iri, "Area.within", self.thing(entity.parent))
        if kind in _PARENTS and entity.parent is not None:
            self.lines.link(iri, _PARENTS[kind], self.thing(entity.parent))
        if kind == "Post":
            self.bodies.post(iri, entity)

    def _conceive(self, iri: str, kind: str, name: str) -> None:
        """Label a thing and say of which concept it is: a province's 脱贫人口 of 脱贫人口."""
        known = meaning(_CONCEPTS[kind], name) if kind in _CONCEPTS else None
        self.lines.label(iri, "rdfs:label", name, known.concept.english if known else "")
        if known:
            self.lines.link(iri, f"{kind}.concept", self.concepts.concept(known.concept))
            if known.merge:
                self.lines.link(iri, f"{kind}.mergedBy", self.concepts.merge(known))
